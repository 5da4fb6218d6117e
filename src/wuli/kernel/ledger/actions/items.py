"""The turns of an item: opened, followed up, asked to be closed, closed by a second person, opened again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.people import person_of
from wuli.kernel.orgs.queries.scope import may

from ..models import Item, Status
from ..queries.items import standing_of
from ..rules import items as rules
from ..rules import kinds
from ..rules.clockwork import day_of, wind
from . import following, telling
from .turning import locked, turn


@transaction.atomic
def open_item(
    *,
    title: str,
    unit: Unit,
    owner: Person,
    by: User | None,
    at: datetime,
    kind: str = kinds.TASK.code,
    text: str = "",
    due_on: date | None = None,
    cadence: str = "",
    second: Person | None = None,
    subject: models.Model | None = None,
    key: str = "",
) -> Item:
    """Give `owner` something to finish at `unit`. Raises Refused.

    `by` is asked for the permission where people open this kind by hand; an app that opens its own kind has asked its
    own. `second` is asked to confirm that it is done, before the heads are. `subject` is the noun beside the item. The
    same `key` twice is one item.
    """
    if key and (already := Item.objects.filter(key=key).first()):
        return already
    if not kinds.is_known(kind):
        raise Refused(_("没有“%(kind)s”这一类事项") % {"kind": kind}, field="kind")
    told, today = kinds.kind_of(kind), business_date(at, unit.zone)
    allowed = by is None or not told.by_hand or may(by, told.opens, unit)
    refuse(rules.why_not_open(title=title, unit=unit, owner=owner, due_on=due_on, may=allowed, today=today))
    if reason := rules.why_not_second(second, owner, today):
        raise Refused(reason, field="second")
    item = Item(
        kind=kind, key=key, title=title.strip(), text=text.strip(), unit=unit, path=unit.path, owner=owner,
        second=second, opened_by=by.person if by else None, opened_at=at, due_on=due_on,
        cadence=cadence or told.cadence, counts_from=today, **_named(subject),
    )  # fmt: skip
    wind(item)
    item.save(force_insert=True)
    changes = {"owner": [None, str(owner)], "due_on": [None, _day(due_on)], "cadence": [None, item.cadence]}
    if second:
        changes["second"] = [None, str(second)]
    journal.record("item.opened", subject=item, unit=unit, changes=changes, by=by, at=at)
    telling.tell_owner(item, "opened", _("交给您办理：%(title)s"), by=by, at=at)
    return item


@transaction.atomic
def ask_to_close(
    *, item: Item, text: str, by: User, at: datetime, evidence: Sequence[File] = (), key: str = ""
) -> Item:  # fmt: skip
    """Say that it is done, with what proves it; a second person confirms. Raises Refused. Once for a `key`."""
    item, person = locked(item), person_of(by)
    if key and item.follow_ups.filter(key=key).exists():
        return item
    refuse(rules.why_not_ask_to_close(item, standing_of(by, item), text=text), field="text")
    today = day_of(item, at)
    said = following.write(
        item, text=text, for_date=today, files=evidence, key=key, by=person, at=at, asks_to_close=True
    )
    turn(item, status=Status.CLOSING, asked_by=person, asked_at=at, followed_to=today)
    changes = {"files": [None, following.digests(said)]}
    journal.record("item.close_asked", subject=item, unit=item.unit, changes=changes, by=by, at=at)
    telling.tell_seconds(item, by=by, at=at)
    return item


@transaction.atomic
def close(*, item: Item, by: User, at: datetime) -> Item:
    """Confirm, as a second person, that it is done. Raises Refused."""
    item, person = locked(item), person_of(by)
    refuse(rules.why_not_close(item, standing_of(by, item)))
    turn(item, status=Status.CLOSED, closed_by=person, closed_at=at, inherited=False)
    journal.record("item.closed", subject=item, unit=item.unit, by=by, at=at)
    telling.tell_owner(item, "closed", _("已确认销号：%(title)s"), by=by, at=at)
    return item


@transaction.atomic
def return_to_owner(*, item: Item, reason: str, by: User, at: datetime) -> Item:
    """Send a request to close back: not done yet. Follow-ups count from today. Raises Refused."""
    item = locked(item)
    refuse(rules.why_not_return(item, standing_of(by, item), reason=reason), field="reason")
    _back_to_work(item, at)
    journal.record("item.returned", subject=item, unit=item.unit, reason=reason, by=by, at=at)
    telling.tell_owner(item, "returned", _("退回，请继续办理：%(title)s"), by=by, at=at)
    return item


@transaction.atomic
def reopen(*, item: Item, reason: str, by: User, at: datetime, due_on: date | None = None) -> Item:
    """Take up a closed item again, perhaps with a new date; all that was said stays. Raises Refused."""
    item = locked(item)
    today = day_of(item, at)
    refuse(rules.why_not_reopen(item, standing_of(by, item), reason=reason, due_on=due_on, today=today), field="reason")
    changes = {"closed_by": [str(item.closed_by), None], "due_on": [_day(item.due_on), _day(due_on or item.due_on)]}
    _back_to_work(item, at, closed_by=None, closed_at=None, due_on=due_on or item.due_on)
    journal.record("item.reopened", subject=item, unit=item.unit, changes=changes, reason=reason, by=by, at=at)
    telling.tell_owner(item, "reopened", _("重新打开，请继续办理：%(title)s"), by=by, at=at)
    return item


@transaction.atomic
def withdraw(*, item: Item, reason: str, by: User, at: datetime) -> Item:
    """Take back an item that was opened by mistake: never by its owner, and for good. Raises Refused."""
    item = locked(item)
    refuse(rules.why_not_withdraw(item, standing_of(by, item), reason=reason), field="reason")
    turn(item, status=Status.WITHDRAWN, withdrawn_reason=reason.strip(), asked_by=None, asked_at=None, inherited=False)
    journal.record("item.withdrawn", subject=item, unit=item.unit, reason=reason, by=by, at=at)
    telling.tell_owner(item, "withdrawn", _("已撤销，不用再办：%(title)s"), by=by, at=at)
    return item


@transaction.atomic
def extend(*, item: Item, due_on: date, reason: str, by: User, at: datetime) -> Item:
    """Give more time: never the owner to themselves. Raises Refused."""
    item = locked(item)
    standing, today = standing_of(by, item), day_of(item, at)
    refuse(rules.why_not_extend(item, standing, due_on=due_on, reason=reason, today=today), field="due_on")
    changes = {"due_on": [_day(item.due_on), _day(due_on)]}
    turn(item, due_on=due_on)
    journal.record("item.extended", subject=item, unit=item.unit, changes=changes, reason=reason, by=by, at=at)
    telling.tell_owner(item, "extended", _("期限已调整：%(title)s"), by=by, at=at)
    return item


def _back_to_work(item: Item, at: datetime, **values: Any) -> None:
    """The owner has it again; what they owe counts from today, whatever was missed before."""
    turn(
        item, status=Status.OPEN, asked_by=None, asked_at=None, counts_from=day_of(item, at), followed_to=None, **values
    )  # fmt: skip


def _named(subject: models.Model | None) -> dict[str, Any]:
    return {"subject_type": subject._meta.label_lower, "subject_id": subject.pk} if subject else {}


def _day(day: date | None) -> str | None:
    return str(day) if day else None
