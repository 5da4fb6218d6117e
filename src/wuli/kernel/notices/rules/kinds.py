"""The kinds of notices. Each app registers its own; a notice of an unknown kind is a fault of the program."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

type Words = str | Promise

GATHERED = lazy("%(label)s，%(n)s 个单位：%(names)s")


@dataclass(frozen=True)
class NoticeKind:
    """What sort of thing is told.

    `to_groups` lets it go to chat groups, so its texts must be fit for everyone in them. `urgent` lets it out at
    night and past anyone's wishes. `gathered` says many at once, with %(n)s units and their %(names)s. At most
    `a_day` of them a day reach one person's own channels; the page shows all.
    """

    code: str
    label: Words
    to_groups: bool = False
    urgent: bool = False
    gathered: Words = GATHERED
    a_day: int = 6


class UnknownKind(LookupError):
    """No app has registered a kind of that code."""


_kinds: dict[str, NoticeKind] = {}


def register(*kinds: NoticeKind) -> None:
    _kinds.update({kind.code: kind for kind in kinds})


def kinds() -> list[NoticeKind]:
    """All kinds, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


def kind_of(code: str) -> NoticeKind:
    """Raises UnknownKind."""
    try:
        return _kinds[code]
    except KeyError as missing:
        raise UnknownKind(f"no app has registered notices of kind {code!r}") from missing


def label_of(code: str) -> Words:
    """What people call the kind; its bare code where the app that had it is gone."""
    return _kinds[code].label if code in _kinds else code


def gathered(code: str) -> Words:
    """The sentence for many at once."""
    return _kinds[code].gathered if code in _kinds else GATHERED


def is_urgent(code: str) -> bool:
    """Not so where the app that had the kind is gone."""
    return code in _kinds and _kinds[code].urgent
