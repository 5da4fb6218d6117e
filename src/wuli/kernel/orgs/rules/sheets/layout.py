"""How a table of some kind looks: its columns and their headings, what becomes of its lines, and the words for it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..duties import Perm

REFUSED, UNCHANGED = "refused", "unchanged"

COMMON: Mapping[str, Promise] = {
    "missing": _("不能空白"),
    "too_long": _("内容太长：“%(value)s”"),
    "formula": _("是公式，请改为它的值：“%(value)s”"),
    "scientific": _("已被 Excel 变成科学计数“%(value)s”，末几位已丢失。请把该列设为文本后重新填写"),
    "bad_date": _("不是日期：“%(value)s”。请写成 2020-02-03"),
    "unknown_unit": _("没有编码为“%(value)s”的单位"),
    "closed": _("“%(value)s”已于 %(other)s 关闭"),
    "not_open_yet": _("“%(value)s”自 %(other)s 才设立"),
    "changed_later": _("自 %(other)s 起已有更新的记录，生效日期不能早于这一天"),
}
"""What can be wrong with a cell of any table."""


@dataclass(frozen=True)
class Column:
    title: Promise
    headings: tuple[str, ...]
    """What senders write above the column: simplified, traditional, English; compared by `bare_heading`."""
    explanation: Promise
    example: str = ""
    needed: bool = False
    longest: int = 32
    is_code: bool = False
    """Without spaces and wide signs; other columns are words, kept as they are written."""
    is_day: bool = False


@dataclass(frozen=True)
class Words:
    """What pages say of a table of this kind."""

    sheet: Promise
    bring_in: Promise
    send: Promise
    none_yet: Promise
    why: Promise
    look: Promise
    name: Promise
    number: Promise
    affected: Callable[[int], str]
    day: Promise = _("生效日期")
    since: Promise = _("%(day)s 起生效")


@dataclass(frozen=True)
class Layout:
    columns: Mapping[str, Column]
    problems: Mapping[str, Promise | str]
    """What refuses a line, beside what is COMMON."""
    notices: Mapping[str, Promise]
    """What lets a line pass but is shown."""
    outcomes: Mapping[str, Promise]
    """What becomes of a line; all but REFUSED and UNCHANGED write something."""
    perm: Perm
    """What someone must be allowed to do at the unit to which the file applies."""
    words: Words
    rules: Callable[[], list[str]]
    """What every sender should know, in three lines."""
    most_rows: int
    line: str = ""
    """The line to which the unit must belong that a file applies to; "" for either."""
    not_ahead: str | Promise = ""
    """Why the day that a file applies to cannot lie ahead; "" where it can."""

    @cached_property
    def needed(self) -> tuple[str, ...]:
        return tuple(key for key, column in self.columns.items() if column.needed)

    @cached_property
    def days(self) -> tuple[str, ...]:
        return tuple(key for key, column in self.columns.items() if column.is_day)

    @cached_property
    def effects(self) -> tuple[str, ...]:
        return tuple(one for one in self.outcomes if one not in (REFUSED, UNCHANGED))

    @cached_property
    def refusing(self) -> Mapping[str, Promise | str]:
        """All that refuses a line."""
        return {**COMMON, **self.problems}

    @cached_property
    def known(self) -> dict[str, tuple[str, int]]:
        """For each heading its column, and how plainly it says so."""
        return {
            bare_heading(heading): (key, rank)
            for key, column in self.columns.items()
            for rank, heading in enumerate((*column.headings, key))
        }

    def places_of(self, headings: list[str]) -> dict[str, int]:
        """Where each of our columns stands. Of two that could be one (“班组编码”, “班组”) the plainer word wins."""
        found: dict[str, tuple[int, int]] = {}
        for place, heading in enumerate(headings):
            key, rank = self.known.get(bare_heading(heading), ("", 0))
            if key and (key not in found or rank < found[key][0]):
                found[key] = rank, place
        return {key: place for key, (_rank, place) in found.items()}

    def sentence(self, code: str, value: object = "", other: object = "") -> str:
        params: dict[str, Any] = {
            "value": value if value is not None else "", "other": other if other is not None else ""
        }  # fmt: skip
        return str((self.refusing.get(code) or self.notices[code]) % params)


def bare_heading(text: str) -> str:
    """A heading without marks, brackets, spaces, case and width: “手机号 *（必填）” → "手机号"."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[(\[【].*?[)\]】]", "", text)
    return re.sub(r"[\s*:_'\"]+", "", text)
