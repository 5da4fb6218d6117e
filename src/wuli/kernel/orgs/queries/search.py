from datetime import date

from ..models import Unit, User
from ..rules.duties import Perm
from .people import beginning
from .scope import units_where


def search_units(user: User, text: str, on: date, *, limit: int = 8) -> list[Unit]:
    """The first few open units whose name contains `text`, or whose code, pinyin or initials begin with it."""
    text = text.strip()
    found = units_where(user, Perm.UNIT_VIEW).open(on).select_related("parent")
    by_sign = beginning("code", text.upper())
    if text.isascii():
        plain = text.lower().replace(" ", "")
        by_sign |= beginning("pinyin", plain) | beginning("initials", plain)
        return list(found.filter(by_sign).order_by("depth", "path")[:limit])
    return list(found.filter(name__contains=text).order_by("depth", "path")[:limit])
