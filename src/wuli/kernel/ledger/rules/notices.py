"""The kinds of notices that items give rise to."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.notices.rules.kinds import NoticeKind

GIVEN, ASKED, ANSWERED, ESCALATED = "item.given", "item.asked", "item.answered", "item.escalated"

KINDS = (
    NoticeKind(GIVEN, _("交办给我的事项")),
    NoticeKind(ASKED, _("等我确认的销号")),
    NoticeKind(ANSWERED, _("我的事项有变化")),
    NoticeKind(ESCALATED, _("升级给我的事项")),
)
