"""What the events of this app mean in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import Call, Form, Reply, Round, Slot

FORM = Group(
    "form",
    _("表单"),
    {
        "form.made": Verb(_("新建表单"), _("%(who)s新建了表单%(what)s")),
        "form.amended": Verb(_("改名、延期或提前停用表单"), _("%(who)s修改了表单%(what)s的名称、用途或停用日期")),
        "form.changed": Verb(_("修改表单"), _("%(who)s修改了表单%(what)s，从新的业务日期起启用")),
    },
    model=Form,
    words={"from": _("启用日期"), "version": _("版本")},
)
CALL = Group(
    "call",
    pgettext_lazy("plural", "任务"),
    {
        "call.drafted": Verb(_("起草"), _("%(who)s起草了%(what)s")),
        "call.discarded": Verb(_("删除草稿"), _("%(who)s删除了一份没有签发的草稿")),
        "call.issued": Verb(_("签发"), _("%(who)s签发了%(what)s")),
        "call.ended": Verb(_("结束"), _("%(who)s结束了%(what)s")),
        "call.revoked": Verb(_("撤销"), _("%(who)s撤销了%(what)s")),
        "call.superseded": Verb(_("替代"), _("%(who)s用新文件替代了%(what)s")),
        "call.exempted": Verb(_("免报"), _("%(who)s让%(unit)s免报%(what)s")),
        "call.exemption_lifted": Verb(_("提前恢复上报"), _("%(who)s让%(unit)s提前恢复上报%(what)s")),
    },
    model=Call,
    words={"from": _("自"), "until": _("至"), "new": _("替代文件"), "slots": _("进行中的应报")},
)
ROUND = Group(
    "round",
    _("期次"),
    {
        "round.opened": Verb(_("开始一期"), _("%(what)s开始填报")),
        "round.followed_tree": Verb(_("随单位变化调整"), _("%(what)s的应报单位随组织变化调整")),
        "round.chased": Verb(_("催办"), _("%(who)s催办了%(what)s")),
        "round.frozen": Verb(_("定数"), _("%(what)s按时定数")),
        "round.exported": Verb(_("导出一期"), _("%(who)s导出了%(unit)s的%(what)s")),
    },
    model=Round,
    words={"slots": _("应报单位"), "levels": _("定数单位"), "rows": _("行数"), "format": _("文件格式")},
)
REPLY = Group(
    "reply",
    _("上报"),
    {
        "reply.filed": Verb(_("上报"), _("%(who)s为%(unit)s上报")),
        "reply.accepted": Verb(_("审核通过"), _("%(who)s通过了%(unit)s的上报")),
        "reply.returned": Verb(_("退回"), _("%(who)s退回了%(unit)s的上报")),
    },
    model=Slot,
    words={"version": _("版本"), "kind": _("类型"), "proxy": _("代填"), "fields": _("字段")},
    values={"kind": dict(Reply.Kind.choices)},
)
SLOT = Group(
    "slot",
    _("应报"),
    {
        "slot.exempted": Verb(_("本期免报"), _("%(who)s免去%(unit)s的上报")),
        "slot.asked_again": Verb(_("恢复上报"), _("%(who)s恢复%(unit)s的上报")),
    },
    model=Slot,
)
GROUPS = (FORM, CALL, ROUND, REPLY, SLOT)
