"""What the events of this app mean in words."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import Cell

GRID = Group(
    "grid",
    _("网格"),
    {
        "grid.cut": Verb(_("划分网格"), _("%(who)s在%(unit)s划出网格“%(what)s”")),
        "grid.uncut": Verb(_("取消网格"), _("%(who)s取消了%(unit)s的网格“%(what)s”")),
        "grid.carried": Verb(_("网格随单位合并"), _("网格“%(what)s”随单位合并转到%(unit)s")),
        "grid.joined": Verb(_("网格并入已有网格"), _("单位合并，一格编入%(unit)s的“%(what)s”")),
        "grid.keeper_given": Verb(_("任命格内网格员"), _("%(who)s任命%(what)s看管%(unit)s的网格")),
        "grid.keeper_ended": Verb(_("结束格内网格员"), _("%(who)s结束了%(what)s在%(unit)s的网格职责")),
        "grid.instructor_given": Verb(_("聘请指导员"), _("%(who)s为%(unit)s聘请了指导员")),
        "grid.instructor_ended": Verb(_("指导员离任"), _("%(who)s结束了%(unit)s指导员的聘请")),
        "grid.board_set": Verb(_("修改公示牌"), _("%(who)s修改了%(unit)s的网格公示牌")),
        "grid.duties_set": Verb(_("修改网格员职责"), _("%(who)s修改了%(unit)s的网格员职责")),
        "grid.phone_published": Verb(_("公示电话"), _("%(who)s登记了%(what)s的公示电话")),
        "grid.boards_printed": Verb(_("印制公示牌"), _("%(who)s印制了%(unit)s的网格公示牌")),
        "grid.exported": Verb(_("导出网格名录"), _("%(who)s导出了%(unit)s的网格名录")),
    },
    model=Cell,
    words={
        "from": _("生效日期"), "until": _("结束日期"), "cell": _("网格"), "role": _("职责"), "kind": _("类型"),
        "boundary": _("网格范围"), "hotline": _("报告电话"), "text": _("职责"), "phone": _("公示电话"),
        "boards": _("张数"), "size": _("纸张"), "rows": _("行数"), "format": _("文件格式"), "name": _("姓名"),
        "unit": _("单位"), "keepers": _("网格员"),
    },
    values={"role": {"keeper": _("网格员"), "deputy": _("副网格员")}},
)  # fmt: skip
GROUPS = (GRID,)
