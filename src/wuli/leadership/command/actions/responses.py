"""A response activated, raised or lowered, noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Extent, LevelChange, Note, Response
from ..queries.extents import ground_ever
from ..queries.responses import commanded
from ..rules import responses as rules
from . import presence, telling
from .holding import held, held_for, person_or_none


@dataclass(frozen=True)
class NewResponse:
    """What is needed to activate a response. `activated_at`: the minute of the order, up to a week ago."""

    kind: str
    title: str
    level: int
    basis: str
    measures: str
    issuer: Unit
    roots: Sequence[Unit]
    activated_at: datetime


@transaction.atomic
def activate(new: NewResponse, *, by: User | None, at: datetime) -> Response:
    """Put a response in force, and tell the heads of the units there. Raises Refused.

    `by` must command all that it shall be in force in, and the unit that activates it.
    """
    beyond = [one for one in (new.issuer, *new.roots) if by is not None and not commanded(by, one)]
    today = business_date(at, new.issuer.zone)
    refuse(
        rules.why_not_activate(
            issuer=new.issuer, roots=new.roots, out_of_reach=beyond, activated_at=new.activated_at, at=at, today=today
        )
    )  # fmt: skip
    person = person_or_none(by)
    _refuse_twice(new)
    response = Response.objects.create(
        kind=new.kind, title=new.title.strip(), level=new.level, basis=new.basis.strip(), measures=new.measures.strip(),
        issuer=new.issuer, activated_at=new.activated_at, activated_by=person,
    )  # fmt: skip
    LevelChange.objects.create(
        response=response, level=new.level, measures=response.measures, at=new.activated_at, by=person
    )  # fmt: skip
    roots = {root.pk: root for root in new.roots}.values()
    Extent.objects.bulk_create(
        Extent(response=response, root=root, since=new.activated_at, said_at=new.activated_at, by=person)
        for root in roots
    )
    presence.follow(response=response, at=at)
    told = telling.tell_activated(response, by=by, at=at)
    changes = {
        "level": [None, str(new.level)], "extents": [None, [root.name for root in roots]],
        "activated_at": [None, new.activated_at], "told": [None, told],
    }  # fmt: skip
    journal.record("response.activated", subject=response, unit=new.issuer, changes=changes, by=by, at=at)
    return response


@transaction.atomic
def change_level(*, response: Response, level: int, measures: str, reason: str, by: User, at: datetime) -> Response:
    """Raise or lower the level, or say anew what it asks. Raises Refused."""
    response = held_for(response, by)
    refuse(rules.why_not_level(response, level=level, measures=measures, reason=reason), field="level")
    before = response.level
    response.level, response.measures = level, measures.strip()
    response.save(update_fields=["level", "measures"])
    LevelChange.objects.create(
        response=response, level=level, measures=response.measures, at=at, by=by.person, reason=reason.strip()
    )  # fmt: skip
    changes = {"level": [str(before), str(level)], "told": [None, telling.tell_level(response, by=by, at=at)]}
    journal.record(
        "response.level_changed", subject=response, unit=response.issuer, changes=changes, reason=reason, by=by, at=at
    )  # fmt: skip
    return response


@transaction.atomic
def write_note(
    *, response: Response, unit: Unit, happened_at: datetime, text: str, by: User, at: datetime, key: str = ""
) -> Note:
    """Write a line into the activation log, of the minute at which it happened. Raises Refused. Once for a `key`."""
    response = held(response)
    if key and (already := Note.objects.filter(key=key).first()):
        return already
    refuse(rules.why_not_reach(unit, may=may(by, Perm.RESPONSE_COMMAND, unit)), field="unit")
    refuse(rules.why_not_cover(response, unit, covered=ground_ever(response).touches(unit.path)), field="unit")
    refuse(rules.why_not_note(response, happened_at=happened_at, text=text, at=at), field="happened_at")
    note = Note.objects.create(
        response=response, unit=unit, at=happened_at, text=text.strip(), by=by.person, written_at=at, key=key
    )  # fmt: skip
    changes = {"happened_at": [None, happened_at]}
    journal.record("response.noted", subject=response, unit=unit, changes=changes, by=by, at=at)
    return note


def _refuse_twice(new: NewResponse) -> None:
    """The same order entered twice, by two people or by one who is impatient, is one response."""
    Unit.objects.select_for_update().get(pk=new.issuer.pk)
    if Response.objects.active().filter(issuer=new.issuer, title=new.title.strip()).exists():
        raise Refused(_("“%(title)s”已经启动") % {"title": new.title.strip()}, field="title")
