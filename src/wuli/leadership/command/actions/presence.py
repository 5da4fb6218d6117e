"""Who is expected at post follows duties and groups; who is there is said by themselves or for them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wuli.base import rows
from wuli.base.clock import FOREVER, business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.actions import Entry
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import KeyPerson, Presence, Response, Statement
from ..queries.extents import ground_of
from ..queries.presence import desired, speaks_for
from ..rules import presence as rules
from ..rules.extents import Ground
from ..rules.presence import Place
from .holding import held, person_or_none

DAY = timedelta(days=1)
CURRENT = ("status", "reason", "expected_on", "said_at", "said_by")
COLUMNS = ("status", "reason", "expected_on", "said_at", "said_by_id")


def follow_all(*, at: datetime) -> int:
    """Part of the tick: those expected are brought in line with duties, groups and roll; returns how many changed."""
    return sum(follow(response=response, at=at) for response in Response.objects.active().order_by("pk"))


@transaction.atomic
def follow(*, response: Response, at: datetime) -> int:
    """Expect whoever leads now, and nobody who does not any more. People named by hand stay until they leave."""
    response = held(response)
    if not response.is_active:
        return 0
    today = business_date(at, response.issuer.zone)
    wanted, there = desired(response, today), _there(response)
    here = ground_of(response, today)
    gone = [one for one in there.values() if _is_gone(one, wanted, here, today)]
    stay = {one.person_id for one in there.values()} - {one.person_id for one in gone}
    new = {person: place for person, place in wanted.items() if person not in stay}
    moved = [_moved(there[person], place) for person, place in wanted.items() if person in stay]
    _end(gone, today)
    KeyPerson.objects.bulk_update([one for one in moved if one], ["unit", "why"])
    KeyPerson.objects.bulk_create(_new(response, person, place, today) for person, place in new.items())
    changed = len(gone) + len(new) + sum(one is not None for one in moved)
    if changed:
        changes = {"came": [None, len(new)], "went": [None, len(gone)]}
        journal.record("key_person.followed", subject=response, unit=response.issuer, changes=changes, at=at)
    return changed


@transaction.atomic
def name(*, response: Response, person: Person, unit: Unit, post: str, by: User, at: datetime) -> KeyPerson:
    """Expect somebody for the post they hold, though they lead no unit. Raises Refused."""
    response = held(response)
    today = business_date(at, unit.zone)
    if not may(by, Perm.RESPONSE_COMMAND, unit):
        raise Refused(_("“%(unit)s”不在您的指挥范围内") % {"unit": unit.name}, field="unit")
    if not response.is_active or not ground_of(response, today).covers(unit.path):
        raise Refused(_("“%(unit)s”不在响应范围内，或响应已终止") % {"unit": unit.name}, field="unit")
    if not person.is_on_roll(today) or not post.strip():
        raise Refused(_("请选择在册人员，并写明岗位"), field="person")
    if KeyPerson.objects.expected().filter(response=response, person=person).exists():
        raise Refused(_("%(person)s 已经在应到岗名单里") % {"person": person.name}, field="person")
    key = KeyPerson.objects.create(
        response=response, person=person, unit=unit, why=KeyPerson.Why.NAMED, post=post.strip(), from_date=today
    )  # fmt: skip
    journal.record("key_person.named", subject=key, unit=unit, changes={"post": [None, post]}, by=by, at=at)
    return key


@transaction.atomic
def state(
    *, key: KeyPerson, status: str, by: User, at: datetime, reason: str = "", expected_on: date | None = None
) -> KeyPerson:  # fmt: skip
    """Say where somebody is. Raises Refused."""
    key = _locked().get(pk=key.pk)
    before = key.status
    _refuse_state(key, status, reason, expected_on, by, at)
    _say(key, status, reason, expected_on, by, at).save()
    key.save(update_fields=CURRENT)
    changes = {"status": [before, status]}
    journal.record("key_person.stated", subject=key, unit=key.unit, changes=changes, by=by, at=at)
    return key


@transaction.atomic
def all_at_post(*, keys: Iterable[KeyPerson], by: User, at: datetime) -> int:
    """Say of several that they are at post; returns of how many it was not said before. Raises Refused."""
    found = list(_locked().filter(pk__in=[key.pk for key in keys]).exclude(status=Presence.AT_POST).order_by("pk"))
    for key in found:
        _refuse_state(key, Presence.AT_POST, "", None, by, at)
    Statement.objects.bulk_create(_say(key, Presence.AT_POST, "", None, by, at) for key in found)
    rows.update(KeyPerson, [{name: getattr(key, name) for name in ("id", *COLUMNS)} for key in found])
    changes = {"status": [None, Presence.AT_POST]}
    journal.record_all((Entry("key_person.stated", key, key.unit, changes) for key in found), by=by, at=at)
    return len(found)


def _locked() -> QuerySet[KeyPerson]:
    return KeyPerson.objects.select_for_update(of=("self",)).select_related("person", "unit", "response")


def _say(key: KeyPerson, status: str, reason: str, expected_on: date | None, by: User, at: datetime) -> Statement:
    """Set what is said now on `key`; returns it, to be kept among all that was said."""
    back = expected_on if status in (Presence.AWAY, Presence.ON_WAY) else None
    key.status, key.reason, key.expected_on = status, reason.strip(), back
    key.said_at, key.said_by = at, person_or_none(by)
    return Statement(
        key_person=key, status=status, reason=key.reason, expected_on=back, at=at, by=key.said_by
    )  # fmt: skip


def _refuse_state(
    key: KeyPerson, status: str, reason: str, expected_on: date | None, by: User, at: datetime
) -> None:  # fmt: skip
    today = business_date(at, key.unit.zone)
    reason_not = rules.why_not_state(
        key, may=speaks_for(by, key), active=key.response.is_active, status=status, reason=reason,
        expected_on=expected_on, today=today,
    )  # fmt: skip
    refuse(reason_not, field="expected_on" if status == Presence.AWAY and reason.strip() else "reason")


def _there(response: Response) -> dict[int, KeyPerson]:
    expected = KeyPerson.objects.expected().filter(response=response).select_related("person", "unit")
    return {one.person_id: one for one in expected.order_by("pk")}


def _is_gone(key: KeyPerson, wanted: dict[int, Place], here: Ground, today: date) -> bool:
    """Who was named by hand stays as long as they and their unit are there, and the response in force at it."""
    if key.person_id in wanted:
        return False
    stays = key.person.is_on_roll(today) and key.unit.is_open(today) and here.covers(key.unit.path)
    return key.why != KeyPerson.Why.NAMED or not stays


def _moved(key: KeyPerson, place: Place) -> KeyPerson | None:
    if key.why == KeyPerson.Why.NAMED or (key.unit_id, key.why) == (place.unit, place.why):
        return None
    key.unit_id, key.why = place.unit, place.why
    return key


def _end(gone: list[KeyPerson], today: date) -> None:
    for one in gone:
        one.until_date = max(today, one.from_date + DAY)
    KeyPerson.objects.bulk_update(gone, ["until_date"])


def _new(response: Response, person: int, place: Place, today: date) -> KeyPerson:
    return KeyPerson(
        response=response, person_id=person, unit_id=place.unit, why=place.why, from_date=today, until_date=FOREVER
    )  # fmt: skip
