"""The kinds of notices that mobilisation gives rise to."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.notices.rules.kinds import NoticeKind

ASKED, PLANNED, DECIDED = "party.asked", "party.planned", "party.decided"

KINDS = (
    NoticeKind(ASKED, _("请组织或参加的党员活动")),
    NoticeKind(PLANNED, _("党日、党课和党员大会的安排")),
    NoticeKind(DECIDED, _("先锋岗和突击队的审批")),
)
