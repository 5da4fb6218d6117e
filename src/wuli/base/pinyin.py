"""Pinyin of names, quick enough for a roster of 170,000.

Characters are looked up one by one in pypinyin's own table, each once; the first character is
read as a surname where surnames are read differently (单 is Shan, not Dan).
"""

from collections.abc import Iterable
from functools import cache

SURNAMES = {
    "单": "shan", "解": "xie", "曾": "zeng", "仇": "qiu", "区": "ou", "查": "zha", "任": "ren", "朴": "piao",
    "尉": "yu", "盖": "ge", "缪": "miao", "覃": "qin", "乐": "yue", "种": "chong", "翟": "zhai", "召": "shao",
}  # fmt: skip


def pinyin_of(name: str) -> tuple[str, str]:
    """Full pinyin and initials: 单晓梅 → ("shanxiaomei", "sxm"). Latin letters and digits are kept, in lower case."""
    syllables = [SURNAMES.get(name[0]) or _syllable(name[0])] if name else []
    syllables += [_syllable(sign) for sign in name[1:]]
    return "".join(syllables), "".join([syllable[:1] for syllable in syllables])


def readings(signs: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """How each sign is read as a surname, and elsewhere in a name: `pinyin_of` for whole columns of names."""
    elsewhere = {sign: _syllable(sign) for sign in signs}
    return {sign: SURNAMES.get(sign) or read for sign, read in elsewhere.items()}, elsewhere


@cache
def _syllable(sign: str) -> str:
    if sign.isascii():
        return sign.lower() if sign.isalnum() else ""
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a fifth of a second, which most commands never need

    found = lazy_pinyin(sign, style=Style.NORMAL, errors="ignore")
    return found[0] if found else ""
