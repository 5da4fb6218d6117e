"""The kinds of notices that responses, groups and rosters give rise to."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.notices.rules.kinds import NoticeKind

FORCE, GROUP = "response.force", "response.group"
ROSTER, HANDING, GAP = "duty.roster", "duty.handing", "duty.gap"

KINDS = (
    NoticeKind(FORCE, _("应急响应启动、调整、终止"), to_groups=True, urgent=True),
    NoticeKind(GROUP, _("领导小组人员变动")),
    NoticeKind(ROSTER, _("我的班次")),
    NoticeKind(HANDING, _("交接班")),
    NoticeKind(GAP, _("无人值班"), urgent=True),
)
