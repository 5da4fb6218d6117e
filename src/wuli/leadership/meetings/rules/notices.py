"""The kinds of notices that meetings give rise to."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.notices.rules.kinds import NoticeKind

CALLED, CHANGED, MINUTES, CONFIRM = "meeting.called", "meeting.changed", "meeting.minutes", "meeting.confirm"

KINDS = (
    NoticeKind(CALLED, _("会议通知")),
    NoticeKind(CHANGED, _("会议改期或取消"), urgent=True),
    NoticeKind(MINUTES, _("会议纪要")),
    NoticeKind(CONFIRM, _("等我确认的会议纪要")),
)
