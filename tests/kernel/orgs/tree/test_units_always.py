"""What holds for any tree: its export, imported again, changes nothing."""

from datetime import timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import world as named
from tests.kernel.orgs.test_tree_always import STEPS, _try
from tests.world import DAY_ONE
from wuli.base.errors import Refused
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.actions.tree.checking import plan
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.queries import unit_export
from wuli.kernel.orgs.rules.tree.columns import COLUMNS

LAST = DAY_ONE + timedelta(days=60)
CODES = st.text("ABab12-_/.汉", min_size=1, max_size=8)
NAMES = st.text("甲乙 Ab('-=无　.", min_size=1, max_size=12)
NAMES = NAMES.filter(lambda name: name.lstrip("' 　")[:1] not in ("", "="))
NEWS = st.lists(st.tuples(CODES, NAMES, st.sampled_from(["team", "workshop", "enterprise"])), max_size=5)


class AfterAnyChanges(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS, NEWS)
    def test_an_exported_tree_comes_in_unchanged(self, steps, news):
        world = named.build()
        for step in steps:
            _try(world, *step)
        for code, name, kind in news:
            self._open(code, name, kind)
        user = world.user("赵系")
        open_units = unit_export.exported(user, unit=world.unit("G"), on=LAST)
        lines = [[None if cell is None else str(cell) for cell in row] for row in unit_export.rows(open_units, user)]
        cells = pl.DataFrame(lines, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
        cells = cells.with_columns(row=pl.int_range(2, pl.len() + 2))
        made = plan(cells, unit=world.unit("G"), on=LAST, by=user)
        assert set(made.rows["outcome"]) == {"unchanged"}, made.problems
        assert len(made.rows) == Unit.objects.filter(line="operations").open(LAST).count()

    def _open(self, code, name, kind):
        try:
            new = units.NewUnit(code, kind, name, "WORKS-1")
            units.open_unit(new, on=LAST, by=None, at=named.START)
        except Refused:
            pass
