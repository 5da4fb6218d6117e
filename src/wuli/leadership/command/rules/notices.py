"""The kinds of notices that responses, groups and rosters give rise to."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.notices.rules.kinds import NoticeKind

FORCE, GROUP = "response.force", "response.group"

KINDS = (
    NoticeKind(FORCE, _("应急响应启动、调整、终止"), to_groups=True, urgent=True),
    NoticeKind(GROUP, _("领导小组人员变动")),
)
