"""What holds after any sequence of changes of the tree, on every day."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import world as named
from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.models import Assignment, Person, Placement, Unit
from wuli.kernel.orgs.models.unit import STEP
from wuli.kernel.orgs.queries import units as tree

CODES = [new.code for new in named.OPERATIONS[1:]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "merge", "rename", "close"]),
        st.sampled_from(CODES),
        st.sampled_from(["G", *CODES]),
        st.integers(0, 40),
    ),
    max_size=12,
)


class AfterAnyChanges(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_the_tree_of_every_day_is_whole_and_counts_add_up(self, steps):
        world = named.build()
        for step in steps:
            _try(world, *step)

        for unit in Unit.objects.all():
            self._is_where_its_newest_placement_says(unit)
        for day in [DAY_ONE + timedelta(days=n) for n in (0, 1, 7, 20, 41)]:
            self._is_whole_on(day)
        for person in Person.objects.select_related("unit"):
            assert person.path == person.unit.path

    def _is_where_its_newest_placement_says(self, unit):
        newest = unit.placements.order_by("-from_date")[0]
        assert unit.path[-STEP:] == newest.path[-STEP:]
        if unit.closed_on.year == 9999:
            assert (newest.path, newest.name, newest.parent_id) == (unit.path, unit.name, unit.parent_id)
            assert unit.depth == len(unit.path) // STEP - 1
            assert unit.path == (unit.parent.path if unit.parent else "") + unit.path[-STEP:]
        spans = list(unit.placements.order_by("from_date").values_list("from_date", "until_date"))
        assert all(until == start for (_s, until), (start, _u) in zip(spans, spans[1:], strict=False))

    def _is_whole_on(self, day):
        placed = {p.path: p for p in Placement.objects.on(day)}
        for path, placement in placed.items():
            parent = placed.get(path[:-STEP])
            assert (parent.unit_id if parent else None) == placement.parent_id
        top = next(path for path, p in placed.items() if p.parent_id is None and p.unit.line == "operations")
        everyone = Assignment.objects.on(day).count()
        assert tree.heads_under(top, day).people == everyone == len(named.PEOPLE)
        by_child = tree.heads_by_child(top, day)
        for path in by_child:
            if path != top:
                assert tree.heads_under(path, day) == by_child[path]


def _try(world, verb, code, target, days):
    unit, on = world.unit(code), DAY_ONE + timedelta(days=days)
    when = {"on": on, "by": None, "at": START}
    try:
        if verb == "rename":
            units.rename_unit(unit=unit, name=f"{code}改{days}", **when)
        elif verb == "close":
            units.close_unit(unit=unit, **when)
        else:
            getattr(units, f"{verb}_unit")(unit=unit, target=world.unit(target), **when)
    except Refused:
        pass
