"""In which subtrees a response is in force on a day, and in which units of that day's tree."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wuli.base.clock import business_date
from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Line, Placement, Unit, User
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.queries.units import path_on
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Extent, Response
from ..rules.extents import Ground, ground


def words_of(response: Response) -> list[Extent]:
    """All that was said of where it is in force, in the order of saying; fetched once for a response in hand."""
    if not hasattr(response, "_words"):
        with_words([response])
    found: list[Extent] = response._words  # type: ignore[attr-defined]
    return found


def with_words[R: Iterable[Response]](responses: R) -> R:
    """Fetched at once for several."""
    said: dict[int, list[Extent]] = defaultdict(list)
    for word in _words(responses=tuple(one.pk for one in responses)):
        said[word.response_id].append(word)
    for one in responses:
        one._words = said[one.pk]  # type: ignore[attr-defined]
    return responses


@Prepared
def _words(responses: tuple[int, ...]) -> QuerySet[Extent]:
    return Extent.objects.filter(response__in=responses).select_related("root", "by").order_by("said_at", "pk")


def ground_of(response: Response, on: date) -> Ground:
    """Where it is in force on a day, in today's tree. Of one that has ended: where it was on its last day."""
    return ground((word.root.path, word.inside) for word in _begun(response, on))


def ground_then(response: Response, on: date) -> Ground:
    """Where it was in force on a day, in the tree of that day."""
    then = ((path_on(word.root, on), word.inside) for word in _begun(response, on))
    return ground((path, inside) for path, inside in then if path)


def ground_said(response: Response) -> Ground:
    """Where it will be in force once all that is said has begun."""
    return ground((word.root.path, word.inside) for word in words_of(response))


def ground_ever(response: Response) -> Ground:
    """Wherever it is in force, or was on some day."""
    return ground((word.root.path, True) for word in words_of(response) if word.inside)


def places_led(user: User, response: Response, on: date, kinds: Iterable[str]) -> QuerySet[Placement]:
    """The units of these kinds in which it was in force on a day, as they hung and were called then."""
    then = ground_then(response, on)
    led = Placement.objects.on(on).filter(then.units(), Q(unit__kind__in=kinds) | Q(path__in=then.paths))
    open_then = led.filter(unit__line=Line.OPERATIONS, unit__opened_on__lte=on, unit__closed_on__gt=on)
    return open_then.filter(reach(user, Perm.RESPONSE_VIEW).units("unit__path")).select_related("unit")


def scope(response: Response, on: date) -> dict[str, Any]:
    """As pages tell it: the subtrees in force by name, each with what is not; and what will leave it later."""
    then = [(path_on(word.root, on), word) for word in _begun(response, on)]
    names = {path: word.root.name for path, word in then}
    there = ground((path, word.inside) for path, word in then if path)
    still = ground_said(response)
    later = [word for word in words_of(response) if not word.inside and day_of(word, response) > on]
    return {
        "parts": [(names[part.root], [names[hole] for hole in part.holes]) for part in there.parts],
        "ahead": [(word, day_of(word, response)) for word in later if not still.covers(word.root.path)],
    }  # fmt: skip


def places_on(response: Response, on: date) -> tuple[list[Unit], list[Unit]]:
    """The tops of the subtrees in force on a day, and of those that were taken out of them."""
    units = {word.root.path: word.root for word in words_of(response)}
    parts = ground_of(response, on).parts
    return [units[part.root] for part in parts], [units[hole] for part in parts for hole in part.holes]


def day_of(word: Extent, response: Response) -> date:
    """The day from which a word holds, where the response was activated."""
    return business_date(word.since, response.issuer.zone)


def last_day(response: Response, on: date) -> date:
    """`on`, or the day on which the response ended if that was before."""
    return min(on, business_date(response.stood_down_at, response.issuer.zone)) if response.stood_down_at else on


def _begun(response: Response, on: date) -> list[Extent]:
    day = last_day(response, on)
    return [word for word in words_of(response) if day_of(word, response) <= day]
