"""The board on a wall: what stands on it, who may see it, and that it is sent only when something changed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wuli.kernel.cascade.actions import reviewing, rounds
from wuli.kernel.cascade.queries import board, wall
from wuli.kernel.cascade.rules import wall as rules
from wuli.kernel.cascade.rules.wall import Tile

from .asking import DAY, at


def shown(asked, code="G", of=None):
    node = board.Node(asked.world.unit(code), asked.world.unit(code).path)
    of = of or asked.round
    kinds = wall.kinds_shown(of, node)
    return kinds, wall.blocks(of, node, board.lines(of, node), kinds), wall.silent(of, node, kinds)


def test_every_unit_is_a_square_at_its_place(asked):
    asked.answer("W1-T1", at(14))
    asked.answer("W2-T1", at(15, 5), abnormal=1)
    asked.answer("NORTH", at(14), abnormal=1)
    reviewing.exempt(slot=asked.slot("W1-T2"), reason="休假", by=asked.keeper, at=at(9))
    kinds, blocks, _silent = shown(asked)

    assert kinds == ["segment", "enterprise", "workshop", "team"]
    marks = {block.name: [square.mark for square in block.squares] for block in blocks}
    assert marks == {
        "集团办公室": ["miss"], "北方板块": ["ok", "miss", "miss", "zero", "na", "miss", "late"],
        "南方板块": ["miss", "miss", "miss"],
    }  # fmt: skip


def test_where_not_all_fit_the_lower_levels_stay_away(asked, monkeypatch):
    monkeypatch.setattr(wall, "MOST_SQUARES", 5)
    kinds, blocks, silent = shown(asked)
    assert kinds == ["segment", "enterprise"]
    assert sum(len(block.squares) for block in blocks) == 5
    assert {one.slot.kind for one in silent} == {"segment", "enterprise"}


def test_the_longest_silent_come_first_and_exempt_days_do_not_interrupt(asked):
    of = asked.round
    for code in ("W1-T1", "W1-T2", "NORTH", "SOUTH", "WORKS-1", "WORKS-2", "WORKS-3", "W1-SHOP", "W2-T1", "G-OFFICE"):
        asked.answer(code, at(14))
    for day in (1, 2):
        asked.round = rounds.open_round(call=asked.call, on=DAY + timedelta(days=day), at=at(9, days=day))
        if day == 1:
            reviewing.exempt(slot=asked.slot("W3-T1"), reason="休假", by=asked.keeper, at=at(9, days=1))
    silent = shown(asked)[2]

    assert of != asked.round
    assert [(one.slot.unit.code, one.rounds) for one in silent][0] in [("W3-T1", 2), ("G-OFFICE", 2)]
    assert {one.slot.unit.code: one.rounds for one in silent}["W3-T1"] == 2


def test_the_clock_to_the_freeze(asked):
    figure = asked.round.figures.get(unit__code="G")
    assert [wall.minutes_left(figure, at(hour)) for hour in (16, 18, 19)] == [120, None, None]
    assert wall.minutes_left(None, at(16)) is None


@pytest.fixture
def metric():
    rules.register("tests", lambda user, unit, on, codes: [Tile(f"试数 {code}", "42") for code in codes])
    yield
    rules._tellers.pop("tests")


def test_the_page_tells_who_is_missing_and_the_metrics_chosen(signed_in, asked, metric):
    page = reverse("cascade:wall", args=[asked.round.pk])
    shown = signed_in("顾岚").get(page, {"show": ["one", "orgs.people"]}).content.decode()
    for words in ('data-bs-theme="dark"', "还有 11 个未报", "采矿班", "督办事项", "试数 one", "在册人数"):
        assert words in shown, words
    assert "主导航" not in shown
    assert "督办事项" not in signed_in("才让").get(page).content.decode()


def test_a_wall_that_did_not_change_is_not_sent_again(signed_in, asked):
    client, page, asks = signed_in("顾岚"), reverse("cascade:wall", args=[asked.round.pk]), {"HX-Request": "true"}
    tag = client.get(page, headers=asks)["ETag"]
    assert client.get(page, headers=asks | {"If-None-Match": tag}).status_code == 304
    asked.answer("W1-T1", at(14))
    assert client.get(page, headers=asks | {"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("顾岚", 200), ("才让", 200), ("马力", 404), ("孙审", 404)])
def test_who_may_open_it(signed_in, asked, who, status):
    assert signed_in(who).get(reverse("cascade:wall", args=[asked.round.pk])).status_code == status


def test_the_wall_costs_the_same_for_any_number_of_slots(signed_in, asked, django_assert_max_num_queries):
    client, page = signed_in("顾岚"), reverse("cascade:wall", args=[asked.round.pk])
    client.get(page)
    with django_assert_max_num_queries(26):
        client.get(page)
