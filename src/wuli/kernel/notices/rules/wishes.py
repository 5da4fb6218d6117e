from collections.abc import Iterable

from django.utils.translation import gettext as _

from . import kinds


def why_not_mute(codes: Iterable[str]) -> str | None:
    """Why notices of these kinds cannot be kept to the page."""
    urgent = [str(kinds.label_of(code)) for code in codes if kinds.is_urgent(code)]
    return _("紧急通知不能关闭：%(kinds)s") % {"kinds": _("、").join(urgent)} if urgent else None
