"""The pages of the grid: for whom they open, what they count, what is found and taken away."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world import DAY_ONE, START
from wuli.base.clock import today
from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.journal.models import Event
from wuli.kernel.metrics.queries.numbers import by_child, value
from wuli.kernel.metrics.rules.metrics import metric_of
from wuli.kernel.orgs.actions import people
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.actions.units import NewUnit, open_units
from wuli.kernel.orgs.models import Posting
from wuli.leadership.grid.actions import cells
from wuli.leadership.grid.queries.grid import grid_of

FEB = date(2020, 2, 1)


@pytest.fixture
def cell(world, join):
    for _each in range(2):
        join("W1-T1", "电解", "出铝工")
    by = world.user("诺敏")
    return cells.cut(unit=world.unit("W1-T1"), process_step="电解", post="", on=FEB, reason="", by=by, at=START)


def address(name, world, cell):
    if name in ("grid", "cells"):
        return reverse(f"grid:{name}", query={"unit": world.unit("W1-T1").pk})
    if name in ("cell", "cell_keepers", "cell_end"):
        return reverse(f"grid:{name}", args=[cell.pk])
    if name == "export":
        return reverse("grid:export", args=["xlsx"], query={"unit": world.unit("W1-T1").pk})
    if name in ("find", "hand_over"):
        return reverse(f"grid:{name}")
    return reverse(f"grid:{name}", args=[world.unit("W1-T1").pk])


#                     page              顾岚 诺敏 欧阳 才让 石强 马力 赵系
WHO_MAY = [
    ("grid",            [200, 200, 200, 200, 404, 404, 404]),
    ("cells",           [200, 200, 200, 200, 404, 404, 404]),
    ("cell",            [200, 200, 200, 200, 404, 404, 404]),
    ("find",            [200, 200, 200, 200, 200, 404, 404]),
    ("export",          [200, 200, 200, 200, 404, 404, 404]),
    ("board",           [200, 200, 200, 200, 404, 404, 404]),
    ("pack_new",        [200, 200, 200, 200, 404, 404, 404]),
    ("keepers",         [404, 200, 200, 404, 404, 404, 404]),
    ("cut",             [404, 200, 200, 404, 404, 404, 404]),
    ("cell_keepers",    [404, 200, 200, 404, 404, 404, 404]),
    ("cell_end",        [404, 200, 200, 404, 404, 404, 404]),
    ("instructor_new",  [404, 200, 200, 404, 404, 404, 404]),
    ("board_edit",      [404, 200, 200, 404, 404, 404, 404]),
    ("hand_over",       [404, 200, 200, 404, 200, 404, 404]),
]  # fmt: skip
WHO = ["顾岚", "诺敏", "欧阳", "才让", "石强", "马力", "赵系"]


@pytest.mark.parametrize("door", [door for door, _answers in WHO_MAY])
def test_who_may_open_it(client, world, cell, door):
    for name, expected in zip(WHO, dict(WHO_MAY)[door], strict=True):
        client.force_login(world.user(name))
        assert client.get(address(door, world, cell)).status_code == expected, name


def test_those_without_keeper_come_first(world):
    rows = grid_of(world.unit("W1-SHOP"), today(), seen_by=world.user("诺敏")).rows.rows
    assert [(row.node.name, row.counts.without_keeper) for row in rows] == [("电解二班", 1), ("电解一班", 0)]


@pytest.mark.parametrize(("only", "total"), [("", 3), ("unkept", 2), ("crowded", 0)])
def test_the_list_behind_a_number_has_as_many_cells(signed_in, world, cell, only, total):
    """Two teams, one of them without keeper, and a cell inside a team that nobody keeps yet."""
    answer = signed_in("诺敏").get(reverse("grid:cells"), {"unit": world.unit("WORKS-1").pk, "only": only})
    counts = grid_of(world.unit("WORKS-1"), today(), seen_by=world.user("诺敏")).counts

    shown = len(answer.context["rows"]) + len(answer.context["inner"])
    told = {"": counts.cells, "unkept": counts.without_keeper, "crowded": counts.too_large}[only]
    assert shown == answer.context["total"] == told == total


def test_a_unit_that_was_not_open_has_no_cells(signed_in, world):
    asked = {"unit": world.unit("WORKS-1").pk, "on": "2019-12-31"}
    for door in ("grid", "cells"):
        assert signed_in("诺敏").get(reverse(f"grid:{door}"), asked).status_code == 200, door


def test_sums_above_ones_reach_are_not_told(world):
    shown = grid_of(world.unit("NORTH"), today(), seen_by=world.user("才让"))
    assert shown.heads is None
    assert {row.heads for row in shown.rows.rows} == {None}


def test_a_keeper_is_appointed_in_the_page(signed_in, world):
    page = reverse("grid:keepers", args=[world.unit("W1-T2").pk])
    client = signed_in("诺敏")

    refused = client.post(page, {"keeper": "林河", "deputy": "20004", "on": "2020-02-01", "reason": "新任"})
    done = client.post(page, {"keeper": "林河", "deputy": "欧阳", "on": "2020-02-01", "reason": "新任"})

    assert "不能是同一个人" in refused.content.decode()
    assert done.status_code == 302
    held = Posting.objects.filter(unit__code="W1-T2").order_by("pk").values_list("duty", "person__name")
    assert list(held) == [("grid_keeper", "林河"), ("deputy_keeper", "欧阳")]


def test_a_cell_is_cut_kept_and_given_up_in_the_page(signed_in, world, join):
    join("W1-T1", "电解", "出铝工")
    client, team = signed_in("诺敏"), world.unit("W1-T1")
    cut = client.post(reverse("grid:cut", args=[team.pk]), {"part": "0", "on": "2020-02-01", "reason": "人多"})
    cell = team.cells.get()
    kept = client.post(
        reverse("grid:cell_keepers", args=[cell.pk]), {"keeper": "林河", "on": "2020-02-01", "reason": "新任"}
    )
    shown = client.get(reverse("grid:cell", args=[cell.pk])).content.decode()
    ended = client.post(reverse("grid:cell_end", args=[cell.pk]), {"on": "2020-03-01", "reason": "并回"})

    assert [answer.status_code for answer in (cut, kept, ended)] == [302, 302, 302]
    assert "林河" in shown
    assert str(team.cells.get().until_date) == "2020-03-01"


def test_grids_are_handed_over_in_the_page(signed_in, world):
    said = {"person": "才让", "to": "林河", "on": "2020-02-01", "reason": "调离"}
    answer = signed_in("诺敏").post(reverse("grid:hand_over"), said)

    assert answer.status_code == 302
    assert Posting.objects.on(FEB).get(duty="grid_keeper").person.name == "林河"


def test_boards_are_changed_in_the_page(signed_in, world):
    client, page = signed_in("诺敏"), reverse("grid:board_edit", args=[world.unit("W1-T1").pk])
    key = f"phone_{world.person('才让').pk}"

    wrong = client.post(page, {"hotline": "报警"})
    board = client.post(page, {"boundary": "一号厂房", "hotline": "8000", "text_team": "巡查\r\n报告"})
    phones = client.post(page, {"phones": "1", key: "8123"})

    assert (wrong.status_code, board.status_code, phones.status_code) == (422, 302, 302)
    shown = client.get(reverse("grid:board", args=[world.unit("W1-T1").pk])).content.decode()
    for words in ("一号厂房", "8000", "<li>巡查</li><li>报告</li>", "8123"):
        assert words in shown, words


def test_someone_is_found_with_their_cell_and_its_keeper(signed_in, world, cell):
    client = signed_in("诺敏")
    page = client.get(reverse("grid:find"), {"q": "cairang"}).content.decode()
    assert "电解一班" in page
    inside = client.get(reverse("grid:find"), {"q": "人900"}).content.decode()
    assert "电解一班</a> · 电解" in inside
    assert "没有网格员" in inside
    elsewhere = signed_in("石强").get(reverse("grid:find"), {"q": "才让"}).content.decode()
    assert "没有找到“才让”" in elsewhere
    assert "电解一班" not in elsewhere


def test_the_directory_leaves_as_a_file_and_as_an_event(signed_in, world):
    page = reverse("grid:export", args=["csv"], query={"unit": world.unit("WORKS-1").pk})
    text = b"".join(signed_in("诺敏").get(page).streaming_content).decode()

    lines = text.splitlines()
    assert [line.split(",")[1] for line in lines[1:5]] == ["一厂", "电解车间", "电解一班", "电解二班"]
    assert lines[3].split(",")[3:9] == ["同舟集团 / 北方板块 / 一厂 / 电解车间", "3", "", "", "才让", "138****0003"]
    assert lines[4].endswith("没有网格员")
    assert "20001" in lines[-1]
    assert Event.objects.get(verb="grid.exported").changes == {"rows": [None, 4], "format": [None, "csv"]}


@pytest.mark.parametrize("door", ["grid", "cells", "find"])
def test_the_number_of_queries_does_not_grow_with_the_rows(signed_in, world, door, django_assert_max_num_queries):
    open_units([NewUnit(f"X{n}", "team", f"班组{n}", "NORTH") for n in range(20)], on=DAY_ONE, by=None, at=START)
    for n in range(20):
        place = Place(world.unit(f"X{n}"), world.unit("WORKS-1"))
        people.join(number=f"5{n:04}", name=f"工人{n}", place=place, on=DAY_ONE, by=None, at=START)
    client, page = signed_in("诺敏"), reverse(f"grid:{door}", query={"unit": world.unit("NORTH").pk, "q": "工人"})
    client.get(page)
    with django_assert_max_num_queries({"grid": 24, "cells": 16, "find": 12}[door]):
        assert "班组19" in client.get(page).content.decode()


def test_metrics_of_the_grid_count_whom_nobody_keeps(world, cell):
    def told(code, unit="WORKS-1"):
        return value(metric_of(code), Part(world.unit(unit).path, today()))

    assert [told(code) for code in ("orgs.people", "grid.kept")] == [6, 3]
    assert told("grid.kept_share") == 50
    assert [told(code) for code in ("grid.inner", "grid.inner_no_keeper", "grid.inner_too_large")] == [1, 1, 0]

    cells.keep(
        cell=cell, role="keeper", person=world.person("林河"), on=FEB, reason="", by=world.user("诺敏"), at=START
    )
    assert [told(code) for code in ("grid.kept", "grid.inner_no_keeper")] == [5, 0]


def test_a_cell_of_more_than_thirty_counts_as_too_large(world, join):
    for _each in range(31):
        join("W3-T1", "掘进", "掘进工")
    by = world.user("石强")
    part = Part(world.unit("SOUTH").path, today())
    cells.cut(unit=world.unit("W3-T1"), process_step="掘进", post="掘进工", on=FEB, reason="", by=by, at=START)
    assert value(metric_of("grid.inner_too_large"), part) == 1
    assert grid_of(world.unit("SOUTH"), today(), seen_by=by).counts.too_large == 1


moves = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["W1-T1", "W1-T2", "W1-SHOP", "WORKS-2"])), max_size=5)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_children_and_those_directly_there_add_up_to_the_parent_on_every_day(world, moves):
    with transaction.atomic():
        for month, (who, where) in enumerate(moves, start=2):
            _move(world, ["欧阳", "才让", "林河", "周舟"][who], where, date(2020, month, 1))
        for day in (date(2020, 3, 15), today()):
            for code in ("NORTH", "WORKS-1", "W1-SHOP"):
                _adds_up(world, world.unit(code), day)
        transaction.set_rollback(True)


def _move(world, name, where, on):
    place = Place(world.unit(where), world.unit("WORKS-1"))
    with suppress(Refused):  # they are there already
        people.transfer(person=world.person(name), place=place, on=on, by=world.user("诺敏"), at=START)


def _adds_up(world, unit, day):
    shown = grid_of(unit, day, seen_by=world.user("顾岚"))
    below = [row.heads.people for row in shown.rows.rows]
    assert sum(below) + shown.direct.people == shown.heads.people
    assert shown.heads.people == value(metric_of("orgs.people"), Part(unit.path, day))
    kept = metric_of("grid.kept")
    assert sum(by_child(kept, unit.path, day).values()) == value(kept, Part(unit.path, day))
