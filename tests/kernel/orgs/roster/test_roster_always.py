"""What holds for every roster: the roll of any day is what the rosters said, and saying it twice changes nothing."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.orgs.roster.conftest import AT
from tests.world import DAY_ONE
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import roster
from wuli.kernel.orgs.models import Assignment, Person
from wuli.kernel.orgs.queries.people import roll_on

TEAMS = ["W1-T1", "W1-T2", "W2-T1", "WORKS-1", "W1-SHOP"]
NUMBERS = [f"5000{n}" for n in range(6)]
FIRST_DAY = DAY_ONE + timedelta(days=1)


@dataclass
class Model:
    """The roll as a table of days: who belonged where."""

    days: dict[date, dict[str, str]] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)

    def told(self, lines: dict[str, tuple[str, bool]], on: date, *, whole: bool) -> None:
        for number in [number for number in self.now if whole and number not in lines]:
            del self.now[number]
        for number, (team, leaves) in lines.items():
            if leaves:
                self.now.pop(number, None)
            else:
                self.now[number] = team
        self.days[on] = dict(self.now)


@st.composite
def rosters(draw):
    """Some rosters, each later than the one before: number → (team, whether the line says that the person leaves)."""
    on, sent = FIRST_DAY, []
    for _roster in range(draw(st.integers(1, 4))):
        on += timedelta(days=draw(st.integers(1, 3)))
        said = st.tuples(st.sampled_from(TEAMS), st.booleans())
        sent.append((on, draw(st.dictionaries(st.sampled_from(NUMBERS), said, min_size=1)), draw(st.booleans())))
    return sent


def rows_of(lines, on, known):
    """People who are not on the roll cannot leave it: such a line would be a short stint of its own."""
    return [
        {"number": number, "name": "人", "team": team, "on_roll_until": str(on) if leaves else None}
        for number, (team, leaves) in lines.items()
        if not leaves or number in known
    ]


def counted(world, on):
    found = roll_on(on, world.unit("NORTH")).filter(person__number__startswith="5")
    return dict(found.values_list("person__number", "unit__code"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=rosters())
def test_the_roll_of_every_day_is_what_the_rosters_said(world, sent):
    with rolled_back():
        model = Model()
        for on, lines, whole in sent:
            lines = {number: said for number, said in lines.items() if not said[1] or number in model.now}
            if not lines:
                continue
            rows = rows_of(lines, on, model.now)
            keep = [] if not whole else staff(world)
            by = {"unit": world.unit("NORTH"), "on": on, "by": None, "at": AT, "whole": whole}
            roster.load(rows + keep, **by)
            model.told(lines, on, whole=whole)

            before = list(Assignment.objects.order_by("pk").values())
            again = roster.load(rows + keep, **by)
            assert (again["joined"], again["moved"], again["changed"], again["left"]) == (0, 0, 0, 0)
            assert list(Assignment.objects.order_by("pk").values()) == before

        for on, expected in model.days.items():
            assert counted(world, on) == expected
        assert_history_is_whole()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=rosters(), bad=st.integers(0, 5))
def test_one_bad_row_among_good_ones_changes_nothing(world, sent, bad):
    with rolled_back():
        on, lines, _whole = sent[0]
        rows = rows_of(lines, on, lines)
        rows.insert(min(bad, len(rows)), {"number": "59999", "name": "人", "team": "NOWHERE"})
        before = everything()
        with pytest.raises(Refused):
            roster.load(rows, unit=world.unit("NORTH"), on=on, by=None, at=AT)
        assert everything() == before


def staff(world):
    """Those who were there before: a complete roster names them too."""
    known = Person.objects.filter(path__startswith=world.unit("NORTH").path).exclude(number__startswith="5")
    return [{"number": one.number, "name": one.name, "team": one.unit.code} for one in known.select_related("unit")]


def everything():
    people, places = Person.objects.order_by("pk").values(), Assignment.objects.order_by("pk").values()
    return list(people), list(places), Event.objects.count()


def assert_history_is_whole():
    """Assignments of a person follow one another; the newest stint is the person's own days and place."""
    for person in Person.objects.all():
        own = list(person.assignments.order_by("from_date"))
        for earlier, later in zip(own, own[1:], strict=False):
            assert earlier.until_date <= later.from_date
        assert own[-1].until_date == person.on_roll_until
        assert own[-1].unit_id == person.unit_id
        assert person.on_roll_from in [one.from_date for one in own]
        assert person.path == person.unit.path


@contextmanager
def rolled_back():
    """Each example begins from the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
