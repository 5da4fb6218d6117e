"""Where a response is in force is said anew: in one subtree more, or in one less from a day on."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User

from ..models import Extent, Response
from ..queries.extents import ground_of, ground_said, words_of
from ..queries.responses import commanded, party_body_of
from ..rules import extents as rules
from ..rules import responses as response_rules
from . import presence, telling
from .holding import held_for


@transaction.atomic
def widen(
    *, response: Response, root: Unit, reason: str, by: User, at: datetime, with_party: bool = False
) -> Extent:  # fmt: skip
    """Put the response in force in one subtree more, at once; what was to leave it there stays. Raises Refused.

    `with_party`: also in the Party body that serves it, if there is one.
    """
    response = held_for(response, by)
    refuse(response_rules.why_not_reach(root, may=commanded(by, root)), field="root")
    before, today = ground_said(response), business_date(at, root.zone)
    covered = before.covers(root.path)
    refuse(rules.why_not_widen(root, covered=covered, open_=root.is_open(today), reason=reason), field="root")
    roots = [root, *(one for one in _bodies(root, with_party, today) if not before.covers(one.path))]
    words = [_say(response, one, since=at, inside=True, reason=reason, by=by, at=at) for one in roots]
    presence.follow(response=response, at=at)
    told = sum(telling.tell_widened(response, word, before, by=by, at=at) for word in words)
    changes = {"told": [None, told], "extents": [None, [one.name for one in roots]]}
    journal.record("response.widened", subject=response, unit=root, changes=changes, reason=reason, by=by, at=at)
    return words[0]


@transaction.atomic
def narrow(
    *, response: Response, root: Unit, from_date: date, reason: str, by: User, at: datetime, with_party: bool = False
) -> Extent:  # fmt: skip
    """Take a subtree out of force from the beginning of a day on, and tell those who lead it. Raises Refused.

    Its groups end with it, nobody there is expected any more; a duty desk goes on until its unit closes it.
    """
    response = held_for(response, by)
    refuse(response_rules.why_not_reach(root, may=commanded(by, root)), field="root")
    today = business_date(at, response.issuer.zone)
    _refuse_narrow(response, root, from_date, today, reason)
    there = ground_of(response, from_date)
    roots = [root, *(one for one in _bodies(root, with_party, today) if there.touches(one.path))]
    people = {one: telling.chiefs_under(response, one, at=at) for one in roots}
    since = datetime.combine(from_date, time.min, ZoneInfo(response.issuer.zone))
    words = [_say(response, one, since=since, inside=False, reason=reason, by=by, at=at) for one in roots]
    presence.follow(response=response, at=at)
    told = sum(telling.tell_narrowed(response, word, people[word.root], by=by, at=at) for word in words)
    changes = {
        "told": [None, told], "extents": [[one.name for one in roots], None], "from_date": [None, str(from_date)],
    }  # fmt: skip
    journal.record("response.narrowed", subject=response, unit=root, changes=changes, reason=reason, by=by, at=at)
    return words[0]


def _refuse_narrow(response: Response, root: Unit, from_date: date, today: date, reason: str) -> None:
    words = [(word.root.path, word.inside) for word in words_of(response)]
    wrong = rules.why_not_narrow(
        response, root, from_date=from_date, today=today, reason=reason,
        began_on=business_date(response.activated_at, response.issuer.zone),
        in_force=ground_of(response, from_date).touches(root.path),
        empties=not rules.ground([*words, (root.path, False)]).parts,
    )  # fmt: skip
    if wrong:
        raise Refused(wrong[1], field=wrong[0])


def _bodies(root: Unit, wanted: bool, today: date) -> list[Unit]:
    body = party_body_of(root, today) if wanted else None
    return [body] if body else []


def _say(
    response: Response, root: Unit, *, since: datetime, inside: bool, reason: str, by: User, at: datetime
) -> Extent:  # fmt: skip
    word = Extent.objects.create(
        response=response, root=root, inside=inside, since=since, said_at=at, by=by.person, reason=reason.strip()
    )  # fmt: skip
    words_of(response).append(word)
    return word
