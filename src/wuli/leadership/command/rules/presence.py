"""Who is to be at post, at which unit; what may be said of it, by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Posting
from wuli.kernel.orgs.models.posting import Duty

from ..models import KeyPerson, Member, Presence

Why = KeyPerson.Why
BY_DUTY = {Duty.HEAD: Why.HEAD, Duty.PARTY_SECRETARY: Why.SECRETARY, Duty.DEPUTY: Why.DEPUTY}
RANK = tuple(Why)
"""Of several places at one level the first counts."""


@dataclass(frozen=True, order=True)
class Place:
    """Where somebody is expected: at the highest unit, there by the first of their reasons."""

    depth: int
    rank: int
    path: str
    unit: int

    @property
    def why(self) -> Why:
        return RANK[self.rank]


def places(postings: Iterable[Posting], members: Iterable[Member]) -> dict[int, Place]:
    """By the key of each person, the one place where they are expected, so that nobody is asked twice."""
    found: dict[int, Place] = {}
    for posting in postings:
        why = BY_DUTY[Duty(posting.duty)]
        _put(found, posting.person_id, Place(posting.unit.depth, RANK.index(why), posting.unit.path, posting.unit_id))
    for member in members:
        unit = member.group.unit
        _put(found, member.person_id, Place(unit.depth, RANK.index(Why.GROUP), unit.path, unit.pk))
    return found


def why_not_state(
    key: KeyPerson, *, may: bool, active: bool, status: str, reason: str, expected_on: date | None, today: date
) -> str | None:  # fmt: skip
    if not may:
        return _("只有本人和本单位的填报人能填报到岗情况")
    if not active or key.until_date <= today:  # expected since a day of the issuer, which may not have begun here
        return _("%(person)s 不再需要填报到岗情况") % {"person": key.person.name}
    if status not in Presence.values:
        return _("请选择到岗情况")
    if status == Presence.AWAY and not reason.strip():
        return _("未返岗请写明原因")
    if status == Presence.AWAY and expected_on is None:
        return _("未返岗请填写预计到岗日期")
    if expected_on and status in (Presence.AWAY, Presence.ON_WAY) and expected_on < today:
        return _("预计到岗日期 %(day)s 已经过去") % {"day": expected_on}
    return None


def is_overdue(key: KeyPerson, today: date) -> bool:
    """Expected back by now, and not said to be there."""
    away = key.status in (Presence.AWAY, Presence.ON_WAY)
    return away and key.expected_on is not None and key.expected_on < today


def _put(found: dict[int, Place], person: int, place: Place) -> None:
    found[person] = min(found.get(person, place), place)
