"""The kinds of notices that grids give rise to."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.notices.rules.kinds import NoticeKind

CARRIED, TO_SETTLE = "grid.carried", "grid.to_settle"

KINDS = (
    NoticeKind(CARRIED, _("我看管的网格随单位合并")),
    NoticeKind(TO_SETTLE, _("单位合并后要处理的网格")),
)
