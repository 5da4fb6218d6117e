"""The kinds of notices that directives give rise to."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.notices.rules.kinds import NoticeKind

ISSUED, RETURNED, WITHDRAWN, ESCALATED = (
    "directive.issued", "directive.returned", "directive.withdrawn", "directive.escalated",
)  # fmt: skip

KINDS = (
    NoticeKind(ISSUED, _("新收到的通知"), to_groups=True, a_day=12),
    NoticeKind(RETURNED, _("退回给我的落实情况")),
    NoticeKind(WITHDRAWN, _("撤销或替代的通知"), to_groups=True),
    NoticeKind(ESCALATED, _("下级超期未办")),
)
