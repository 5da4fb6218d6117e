"""Whole registers at once: what was kept on paper or elsewhere before, taken over as it is, with one event each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched

from django.db import transaction

from wuli.base import rows
from wuli.base.clock import FOREVER, business_date
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User

from ..models import Activity, Attendance, Campaign, Commitment, Host, Vanguard, VanguardMember, Wording
from ..models.activity import Presence, Sort
from ..models.campaign import Way
from ..queries.campaigns import wording_of

AT_ONCE = 5000


@dataclass(frozen=True)
class Signed:
    """People by their keys."""

    person: int
    at: datetime
    way: str = Way.OWN
    by: int = 0
    own_words: str = ""


@dataclass(frozen=True)
class HeldDay:
    """A theme day that a branch held; `absent` with a reason each."""

    branch: Unit
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    secretary: int
    present: Sequence[int]
    absent: Sequence[tuple[int, str]] = ()
    minutes: str = ""
    guests: int = 0


@dataclass(frozen=True)
class Standing:
    """An approved vanguard; whoever stands first among `members` leads it."""

    sort: str
    name: str
    body: Unit
    unit_id: int
    location: str
    purpose: str
    flag: str
    from_date: date
    until_date: date
    proposed_by: int
    decided_by: int
    at: datetime
    members: Sequence[int]


@transaction.atomic
def load_commitments(campaign: Campaign, signed: Iterable[Signed], *, by: User | None, at: datetime) -> int:
    """Take over commitments; returns how many."""
    wording, count = wording_of(campaign), 0
    for some in batched(signed, AT_ONCE, strict=False):
        count += len(rows.insert(Commitment, [_commitment(one, campaign, wording) for one in some]))
    changes = {"people": [None, count]}
    journal.record("commitment.loaded", subject=campaign, unit=campaign.body, changes=changes, by=by, at=at)
    return count


@transaction.atomic
def load_theme_days(held: Iterable[HeldDay], *, top: Unit, by: User | None, at: datetime) -> int:
    """Take over theme days with who was there; returns how many."""
    count = 0
    for some in batched(held, AT_ONCE // 10, strict=False):
        made = Activity.objects.bulk_create([_activity(one) for one in some])
        pairs = list(zip(some, made, strict=True))
        Host.objects.bulk_create(Host(activity=activity, body=one.branch, step=2) for one, activity in pairs)
        rows.insert(Attendance, [row for one, activity in pairs for row in _attendance(one, activity)])
        count += len(made)
    journal.record("activity.loaded", unit=top, changes={"rows": [None, count]}, by=by, at=at)
    return count


@transaction.atomic
def load_vanguards(standing: Sequence[Standing], *, top: Unit, by: User | None, at: datetime) -> int:
    """Take over approved vanguards with who serves there; returns how many."""
    made = Vanguard.objects.bulk_create([_vanguard(one) for one in standing])
    VanguardMember.objects.bulk_create(
        VanguardMember(vanguard=vanguard, person_id=person, leads=not rank, from_date=one.from_date)
        for one, vanguard in zip(standing, made, strict=True)
        for rank, person in enumerate(one.members)
    )
    journal.record("vanguard.loaded", unit=top, changes={"rows": [None, len(made)]}, by=by, at=at)
    return len(made)


def _commitment(one: Signed, campaign: Campaign, wording: Wording) -> rows.Row:
    return {
        "campaign_id": campaign.pk, "wording_id": wording.pk, "person_id": one.person, "own_words": one.own_words,
        "way": one.way, "by_id": one.by or one.person, "at": one.at, "from_date": business_date(one.at),
        "until_date": FOREVER, "ended_reason": "",
    }  # fmt: skip


def _activity(one: HeldDay) -> Activity:
    return Activity(
        sort=Sort.THEME_DAY, body=one.branch, title=one.title, place=one.place, starts_at=one.starts_at,
        ends_at=one.ends_at, on_date=business_date(one.starts_at, one.branch.zone), responsible_id=one.secretary,
        status=Activity.Status.HELD, minutes=one.minutes, guests=one.guests, made_by_id=one.secretary,
        made_at=one.starts_at, recorded_by_id=one.secretary, recorded_at=one.ends_at,
    )  # fmt: skip


def _attendance(one: HeldDay, activity: Activity) -> Iterator[rows.Row]:
    same = {"activity_id": activity.pk, "branch_id": one.branch.pk, "by_id": one.secretary, "at": one.ends_at}
    for person in one.present:
        yield same | {"person_id": person, "presence": Presence.PRESENT, "reason": ""}
    for person, reason in one.absent:
        yield same | {"person_id": person, "presence": Presence.LEAVE, "reason": reason}


def _vanguard(one: Standing) -> Vanguard:
    return Vanguard(
        sort=one.sort, name=one.name, body=one.body, unit_id=one.unit_id, location=one.location, purpose=one.purpose,
        flag=one.flag, from_date=one.from_date, until_date=one.until_date, status=Vanguard.Status.APPROVED,
        proposed_by_id=one.proposed_by, proposed_at=one.at, decided_by_id=one.decided_by, decided_at=one.at,
    )  # fmt: skip
