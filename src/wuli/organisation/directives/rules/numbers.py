"""文号: the prefix of the office, the year in 〔〕, the running number."""

import re

from django.utils.translation import gettext as _

from ..models.directive import DRAFTED

LONGEST_PREFIX = 20
_PREFIX = re.compile(r"[^\W\d_]+\Z")
_WRITTEN = re.compile(r"(.+?)\s*〔\s*\d+\s*〕")


def written(prefix: str, year: int, number: int) -> str:
    """同舟党办发〔2020〕3号"""
    return f"{prefix}〔{year}〕{number}号"


def prefix_of(number: str) -> str:
    """What a typed number begins with, if it is written like the others; else nothing."""
    found = _WRITTEN.match(number)
    return found[1].strip() if found else ""


def why_not_typed(number: str) -> str | None:
    if number.startswith(DRAFTED):
        return _("文号不能以 %(sign)s 开头") % {"sign": DRAFTED}
    return None


def why_not_prefix(prefix: str) -> str | None:
    if not prefix:
        return _("请填写机关代字，或自编文号")
    if len(prefix) > LONGEST_PREFIX or not _PREFIX.match(prefix):
        return _("机关代字只用汉字或字母，最多 %(most)d 个，如“同舟党办发”") % {"most": LONGEST_PREFIX}
    return None
