"""文号: the prefix of the office, the year in 〔〕, the running number."""

import re

from django.utils.translation import gettext as _

LONGEST_PREFIX = 20
_PREFIX = re.compile(r"[^\W\d_]+\Z")


def written(prefix: str, year: int, number: int) -> str:
    """同舟党办发〔2020〕3号"""
    return f"{prefix}〔{year}〕{number}号"


def why_not_prefix(prefix: str) -> str | None:
    if not prefix:
        return _("请填写机关代字，或自编文号")
    if len(prefix) > LONGEST_PREFIX or not _PREFIX.match(prefix):
        return _("机关代字只用汉字或字母，最多 %(most)d 个，如“同舟党办发”") % {"most": LONGEST_PREFIX}
    return None
