"""At its hour a figure is fixed from what has arrived; what comes later restates it."""

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import freezing
from wuli.kernel.cascade.models import Figure, Round, Slot
from wuli.kernel.cascade.queries import figures
from wuli.kernel.cascade.queries.coverage import Coverage

from .asking import at


def test_at_its_hour_the_figure_is_fixed_with_its_gaps_and_a_late_unit_cannot_hold_it_up(asked):
    for code in ("G-OFFICE", "NORTH", "SOUTH", "WORKS-1", "WORKS-2", "WORKS-3", "W1-SHOP", "W1-T1", "W1-T2"):
        asked.answer(code, at(14), abnormal=1)

    assert freezing.freeze_due(at(18)) == 7
    top = Figure.objects.get(unit__code="G")
    assert top.totals == {"present": 90, "abnormal": 9}
    assert top.coverage == Coverage(some=9, missing=2).as_dict()
    assert freezing.freeze_due(at(18, 1)) == 0

    with pytest.raises(Refused, match="请写明补报或更正的原因"):
        asked.answer("W2-T1", at(19, 10))
    asked.answer("W2-T1", at(19, 10), reason="现场无信号", abnormal=2)

    top.refresh_from_db()
    assert top.totals == {"present": 90, "abnormal": 9}
    assert [reply.reason for reply in figures.restatements(top)] == ["现场无信号"]
    now, counted = figures.totals(asked.round, top.path)
    assert (now, counted.missing, counted.late) == ({"present": 100, "abnormal": 11}, 1, 1)


def test_after_an_outage_the_figure_is_what_it_would_have_been(asked):
    asked.answer("W1-T1", at(14), abnormal=1)
    Slot.objects.filter(unit__code="W1-T2").update(due_at=at(15))
    asked.answer("W1-T2", at(20), abnormal=4)  # the tick slept: nothing is fixed yet, so no reason is asked

    freezing.freeze_due(at(9, days=3))

    top = Figure.objects.get(unit__code="G")
    assert (top.totals, top.coverage["missing"]) == ({"present": 10, "abnormal": 1}, 10)
    assert figures.restatements(top).count() == 1


def test_the_round_closes_with_its_last_level(asked):
    freezing.freeze_due(at(17, 59))
    assert Round.objects.get().closed_at is None
    freezing.freeze_due(at(18))
    assert Round.objects.get().closed_at == at(18)
