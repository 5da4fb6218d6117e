"""What the events of items mean in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import Item

ITEM = Group(
    "item",
    pgettext_lazy("plural", "督办事项"),
    {
        "item.opened": Verb(_("交办"), _("%(who)s在%(unit)s交办了%(what)s")),
        "item.followed_up": Verb(_("跟进"), _("%(who)s跟进了%(what)s")),
        "item.close_asked": Verb(_("申请销号"), _("%(who)s申请为%(what)s销号")),
        "item.closed": Verb(_("确认销号"), _("%(who)s确认%(what)s销号")),
        "item.returned": Verb(_("退回责任人"), _("%(who)s退回了%(what)s的销号申请")),
        "item.reopened": Verb(_("重新打开"), _("%(who)s重新打开了%(what)s")),
        "item.withdrawn": Verb(_("撤销事项"), _("%(who)s撤销了%(what)s")),
        "item.handed_over": Verb(_("移交"), _("%(who)s移交了%(what)s")),
        "item.inherited": Verb(_("离册移交"), _("责任人已离册，%(what)s移交%(unit)s的负责人")),
        "item.extended": Verb(_("延期"), _("%(who)s给%(what)s延期")),
        "item.escalated": Verb(_("升级"), _("%(what)s无人推进，已升级")),
        "item.moved": Verb(_("随单位合并"), _("%(what)s随单位合并转到%(unit)s")),
        "item.exported": Verb(_("导出督办事项"), _("%(who)s导出了督办事项")),
    },
    model=Item,
    words={
        "for": _("跟进日期"), "files": _("附件摘要"), "to": _("升级给"), "items": _("条数"), "format": _("文件格式"),
        "filters": _("筛选条件"), "second": _("销号确认人"),
    },
)  # fmt: skip
