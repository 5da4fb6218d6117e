"""Who was in time for whom: each level against its own due time, and against the hours of the levels above."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wuli.kernel.cascade.actions import reviewing, rounds
from wuli.kernel.cascade.models import Figure
from wuli.kernel.cascade.queries.timeliness import DUE, Span, matrix, worst
from wuli.kernel.cascade.templatetags.cascade import lead, spell
from wuli.kernel.orgs.actions import units

from .asking import DAY, at


@pytest.fixture
def told(asked):
    """Of five teams: one early, one after its due time, one after the workshop's hour, one exempt, one silent."""
    nomin = asked.world.user("诺敏")
    asked.answer("W1-T1", at(14))
    asked.answer("W2-T1", at(15, 30))
    asked.answer("W1-T2", at(16, 45), reason="现场无信号")
    reviewing.exempt(slot=asked.slot("G-OFFICE"), reason="休假", by=asked.keeper, at=at(9))
    reviewing.accept(slots=[asked.slot("W1-T1")], by=nomin, at=at(14, 50))
    return asked


def span(asked, code="G", *, days=0, when=None):
    return Span(asked.call, asked.world.unit(code), DAY, DAY + timedelta(days=days), when or at(23))


def cells(asked, kind, **more):
    found = matrix(span(asked, **more))
    row = next(cells for row, cells, _by in found.rows if row == kind)
    return {
        column: cell and (cell.in_time, cell.late, cell.missing, cell.median)
        for column, cell in zip(found.columns, row, strict=True)
    }


def test_each_level_waits_for_its_own_hour(told):
    assert cells(told, "team") == {
        DUE: (1, 2, 1, 30),
        "workshop": (1, 1, 0, -68),  # 16:30, of the two that hang there
        "enterprise": (3, 0, 1, -120),  # 17:30
        "segment": (3, 0, 1, -150),
        "group": (3, 0, 1, -150),
    }


def test_in_time_late_and_missing_add_up(told):
    found = matrix(span(told))
    for _row, row, _by in found.rows:
        for cell in filter(None, row):
            assert cell.in_time_percent + cell.late_percent + cell.missing_percent == pytest.approx(100)


def test_a_moment_to_come_counts_nobody(told):
    assert cells(told, "team", when=at(16)) == {DUE: (1, 2, 1, 30)}
    assert matrix(span(told, when=at(9))).rows == []


def test_the_levels_own_rows_and_how_long_a_review_took(told):
    found = matrix(span(told))
    assert [row for row, _cells, _by in found.rows] == ["team", "workshop", "enterprise", "segment"]
    assert found.columns == [DUE, "workshop", "enterprise", "segment", "group"]
    reviews = {row: by and (by.count, by.median) for row, _cells, by in found.rows}
    assert reviews == {"team": (1, 50), "workshop": None, "enterprise": None, "segment": None}


def test_a_cell_opens_into_its_units_the_worst_first(told):
    found = [(unit.code, cell.late, cell.missing) for unit, cell in worst(span(told), "team", DUE)]
    assert sorted(found[:3]) == [("W1-T2", 1, 0), ("W2-T1", 1, 0), ("W3-T1", 0, 1)]
    assert found[3:] == [("W1-T1", 0, 0)]
    assert [unit.code for unit, _cell in worst(span(told), "team", "workshop")] == ["W1-T2", "W1-T1"]


def test_a_unit_counts_where_it_hung_on_each_date(told):
    rounds.open_round(call=told.call, on=DAY + timedelta(days=1), at=at(9, days=1))
    tomorrow, world = DAY + timedelta(days=1), told.world
    units.move_unit(unit=world.unit("WORKS-1"), target=world.unit("SOUTH"), on=tomorrow, by=None, at=at(9, days=1))
    rounds.follow_tree(at(9, 1, days=1))

    late = at(23, days=1)
    assert cells(told, "team", code="NORTH", days=1, when=late)[DUE] == (1, 2, 1, 30)
    assert cells(told, "team", code="WORKS-1", days=1, when=late)[DUE][2] == 2


def test_the_period_costs_no_more_queries_than_a_day(told, django_assert_num_queries):
    rounds.open_round(call=told.call, on=DAY + timedelta(days=1), at=at(9, days=1))
    for days in (0, 1):
        asked = span(told, days=days)
        with django_assert_num_queries(5):
            matrix(asked)


def test_the_page_opens_a_cell_and_takes_any_period(signed_in, told):
    Figure.objects.update(frozen_at=None)
    client, page = signed_in("顾岚"), reverse("cascade:timeliness", args=[told.round.pk])
    shown = client.get(page, {"row": "team", "column": "due", "until": "x", "from": "2020-02-09"}).content.decode()
    assert "25.0%" in shown
    assert "采矿班" in shown
    assert client.get(page, {"row": "team", "column": "nobody"}).status_code == 200
    assert client.get(page, {"from": "1999-01-01", "until": "2020-01-01"}).status_code == 200
    assert "采矿班" not in signed_in("诺敏").get(page, {"row": "team", "column": "due"}).content.decode()
    assert signed_in("马力").get(page).status_code == 404


@pytest.mark.parametrize(
    ("minutes", "words"), [(-90, "早 1 小时 30 分"), (0, "准点"), (12, "晚 12 分"), (None, ""), (120, "晚 2 小时")]
)
def test_a_median_in_words(minutes, words):
    assert lead(minutes) == words


def test_minutes_in_words():
    assert [spell(minutes) for minutes in (0, 59, 60, 135)] == ["0 分", "59 分", "1 小时", "2 小时 15 分"]
