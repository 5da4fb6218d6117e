"""What the events of this app mean in words."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import LeadingGroup, Level, Response

LEVELS = {str(level): label for level, label in Level.choices}

RESPONSE = Group(
    "response",
    _("应急响应"),
    {
        "response.activated": Verb(_("启动"), _("%(who)s在%(unit)s启动了%(what)s")),
        "response.level_changed": Verb(_("调整级别或要求"), _("%(who)s调整了%(what)s的级别或要求")),
        "response.widened": Verb(_("扩大范围"), _("%(who)s把%(what)s的范围扩大到%(unit)s")),
        "response.noted": Verb(_("记大事记"), _("%(who)s在%(what)s的大事记里写了一条")),
        "response.stood_down": Verb(_("终止"), _("%(who)s终止了%(what)s")),
        "response.followed_units": Verb(_("随单位合并"), _("%(what)s的范围随单位合并转到%(unit)s")),
    },
    model=Response,
    words={"extents": _("范围"), "told": _("已通知人数"), "happened_at": _("发生时间")},
    values={"level": LEVELS},
)
GROUP = Group(
    "leading_group",
    _("领导小组"),
    {
        "leading_group.set_up": Verb(_("成立"), _("%(who)s成立了%(unit)s领导小组")),
        "leading_group.appointed": Verb(_("增加成员"), _("%(who)s给%(unit)s领导小组增加了成员")),
        "leading_group.relieved": Verb(_("成员退出"), _("%(who)s让成员退出了%(unit)s领导小组")),
        "leading_group.left": Verb(_("离册退出"), _("成员离册，退出%(unit)s领导小组")),
        "leading_group.divided": Verb(_("设工作组"), _("%(who)s在%(unit)s领导小组设了工作组")),
    },
    model=LeadingGroup,
    words={"person": _("人员"), "role": _("角色"), "working_group": _("工作组")},
)
GROUPS = (RESPONSE, GROUP)
