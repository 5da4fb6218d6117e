"""The line of heads above an item: from its unit up to the group, whoever answers there and is not its owner."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from wuli.kernel.orgs.models import Person, Posting
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import DUTIES

from ..models import Item
from ..rules.kinds import kind_of

ANSWERS = (Duty.HEAD, Duty.PARTY_SECRETARY)
"""Who heads a unit of the operations line, and who a Party body."""

type HeadsLine = list[list[Person]]
"""For each stage, from the lowest, those who head the unit; units that nobody heads are left out."""
type Heads = dict[str, list[Posting]]


def lines_above(items: Iterable[Item], on: date) -> dict[int, HeadsLine]:
    """The line above each item, by its key: all of them in one query. Only those stand in it who may see the item."""
    items = list(items)
    heads = _heads_at({path for item in items for path in item.unit.ancestor_paths}, on)
    return {item.pk: _line(item, heads) for item in items}


def line_above(item: Item, on: date) -> HeadsLine:
    return lines_above([item], on)[item.pk]


def _line(item: Item, heads: Heads) -> HeadsLine:
    stages = (_people(item, heads[path]) for path in reversed(item.unit.ancestor_paths))
    return [people for people in stages if people]


def _people(item: Item, heads: list[Posting]) -> list[Person]:
    """Each once, in the order in which they took up their duty."""
    sees = kind_of(item.kind).sees
    able = (one.person for one in heads if sees in DUTIES[Duty(one.duty)].perms)
    return list(dict.fromkeys(person for person in able if person.pk != item.owner_id))


def _heads_at(paths: set[str], on: date) -> Heads:
    """Who answers there that day, stand-ins with them; nobody who has left."""
    held = Posting.objects.on(on).filter(
        duty__in=ANSWERS, unit__path__in=paths, unit__closed_on__gt=on, person__on_roll_from__lte=on,
        person__on_roll_until__gt=on,
    )  # fmt: skip
    found: Heads = defaultdict(list)
    for posting in held.select_related("person", "unit").order_by("from_date", "pk"):
        found[posting.unit.path].append(posting)
    return found
