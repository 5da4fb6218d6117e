"""Who employs, who manages, who is responsible: three questions, each with links that hold or are missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Kind, Placement, Posting, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import DUTIES

FIRST_RESPONSIBLE = frozenset({Kind.ENTERPRISE, Kind.SEGMENT, Kind.GROUP})
"""Kinds of units whose head answers first for everyone below, when theirs is the nearest."""


@dataclass(frozen=True)
class Holder:
    """Someone who holds a duty, since when, and for whom they stand in."""

    person_id: int
    name: str
    duty: str
    phone: str
    since: date
    until: date
    instead_of: str = ""


@dataclass(frozen=True)
class Link:
    """One answer: a unit, company or cell, and who answers there. `gap`: what is missing, and who must fill it."""

    label: str
    place: str
    unit: Unit | None = None
    since: date | None = None
    holders: Sequence[Holder] = ()
    gap: str = ""
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """`key`: "employs", "manages" or "answers" (for whom)."""

    key: str
    question: str
    links: Sequence[Link]

    @property
    def has_gap(self) -> bool:
        return any(link.gap for link in self.links)


def since(periods: Iterable[tuple[date, date, object]], on: date) -> date | None:
    """Since when what held on that day has held without a break. `periods`: (from, until, what), newest first."""
    began: date | None = None
    what: object = None
    for start, end, held in periods:
        if began is None:
            if start <= on < end:
                began, what = start, held
        elif end == began and held == what:
            began = start
        else:
            break
    return began


def missing(duty: Duty, chain: Sequence[Placement], postings: Iterable[Posting]) -> str:
    """That nobody holds `duty` at the end of `chain`, and who of `postings` is nearest to appoint someone."""
    nearest = _appointer(duty, chain, list(postings))
    if nearest is None:
        return _("没有%(duty)s；上级也没有人能任命，请找安全管理员") % {"duty": duty.label}
    said = {
        "duty": duty.label, "unit": nearest.unit.name, "office": nearest.get_duty_display(), "who": nearest.person.name,
    }  # fmt: skip
    return _("没有%(duty)s，应由%(unit)s%(office)s%(who)s任命") % said


def without_cell(chain: Sequence[Placement], postings: Iterable[Posting]) -> str:
    """That someone belongs to no cell, and who of `postings` keeps the roster nearest to them."""
    found = list(_nearest(Duty.ROSTER_KEEPER, chain, list(postings)))
    if not found:
        return _("没有编入网格；上级也没有花名册管理员，请找安全管理员任命")
    said = {"unit": found[0].unit.name, "who": _("、").join(posting.person.name for posting in found)}
    return _("没有编入网格，应由%(unit)s花名册管理员%(who)s编入") % said


def without_secretary(officers: Sequence[Posting]) -> str:
    """That a Party body has no secretary, and who of `officers`, the nearest first, appoints one."""
    if not officers:
        return _("没有书记，应由党务干部任命")
    return _("没有书记，应由%(who)s（党务干部）任命") % {"who": officers[0].person.name}


def _appointer(duty: Duty, chain: Sequence[Placement], postings: list[Posting]) -> Posting | None:
    """The nearest holder who may hand the duty out; the security administrator, who hands out all, only at last."""
    may = [one for one in Duty if duty in DUTIES[one].grants]
    plain = [one for one in may if DUTIES[one].admin is None]
    for among in (plain, may):
        for placed in reversed(chain):
            for posting in postings:
                if posting.unit_id == placed.unit_id and Duty(posting.duty) in among:
                    return posting
    return None


def _nearest(duty: Duty, chain: Sequence[Placement], postings: list[Posting]) -> Iterator[Posting]:
    for placed in reversed(chain):
        found = [one for one in postings if one.unit_id == placed.unit_id and one.duty == duty]
        if found:
            yield from found
            return


def first_responsible(chain: Sequence[Placement]) -> Placement | None:
    """The nearest unit up the chain whose head answers first."""
    return next((placed for placed in reversed(chain) if placed.unit.kind in FIRST_RESPONSIBLE), None)
