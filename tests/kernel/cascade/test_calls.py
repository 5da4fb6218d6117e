"""Calls that ask no figures but to do something: written anew while drafts, reviewed to the top, over when they are
taken back or another stands in their place."""

from datetime import timedelta

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import calls, freezing, replies, rounds
from wuli.kernel.cascade.actions.calls import NewCall
from wuli.kernel.cascade.actions.replies import Answer
from wuli.kernel.cascade.models import Call, Figure, Slot
from wuli.kernel.cascade.queries.coverage import Coverage, coverage
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import units

from . import asking
from .asking import DAY, MORNING, at

KINDS = ("enterprise", "segment")


def to_do(world, number="甲1号", **changes):
    group = world.unit("G")
    told = {"kind": "errand", "number": number, "title": "备足口罩", "issuer": group, "targets": {group: KINDS},
            "hours": dict.fromkeys(KINDS, (0, 1020, 1020)), "starts_on": DAY, "cadence": Call.Cadence.ONCE,
            "route": Call.Route.REVIEWED}  # fmt: skip
    return NewCall(**told | changes)


def issued(world, **changes):
    user = world.user("顾岚")
    call = calls.issue(call=calls.draft(to_do(world, **changes), by=user, at=MORNING), by=user, at=MORNING)
    return asking.Asked(world, call, rounds.open_round(call=call, on=DAY, at=MORNING))


@pytest.fixture
def errand(world):
    return issued(world)


def answer(asked, code, when):
    return replies.file_reply(slot=asked.slot(code), answer=Answer(f"{code}-{when}"), by=asked.keeper, at=when)


def test_an_answer_without_fields_is_no_zero_report(errand):
    assert answer(errand, "WORKS-1", at(10)).kind == "some"


def test_nothing_is_fixed_where_nothing_adds_up_and_late_answers_need_no_reason(errand):
    freezing.freeze_due(at(9, days=9))
    answer(errand, "WORKS-1", at(10, days=9))

    assert not Figure.objects.exists()
    assert errand.slot("WORKS-1").late


@pytest.mark.parametrize(
    ("route", "segment", "enterprise"),
    [("reviewed", "waiting", "waiting"), ("layered", "none", "waiting"), ("straight", "none", "none")],
)
def test_who_is_reviewed_follows_from_the_route(world, route, segment, enterprise):
    asked = issued(world, route=route)
    answer(asked, "NORTH", at(10))
    answer(asked, "WORKS-1", at(10))

    assert (asked.slot("NORTH").review, asked.slot("WORKS-1").review) == (segment, enterprise)


def test_whoever_asks_others_does_not_ask_itself(world):
    asked = issued(world, issuer=world.unit("NORTH"), targets={world.unit("NORTH"): KINDS})
    assert list(asked.round.slots.order_by("path").values_list("unit__code", flat=True)) == ["WORKS-1", "WORKS-2"]


def test_a_unit_that_closes_meanwhile_owes_nothing_any_more(errand, world):
    tomorrow = {"on": DAY + timedelta(days=1), "by": world.user("赵系"), "at": at(9, days=1)}
    units.merge_unit(unit=world.unit("WORKS-3"), target=world.unit("WORKS-1"), **tomorrow)
    rounds.follow_tree(at(23))
    assert errand.slot("WORKS-3").state == "missing"

    rounds.follow_tree(at(9, days=1))

    assert errand.slot("WORKS-3").exempt_reason == "单位已关闭"
    assert coverage(errand.round, "") == Coverage(missing=4, exempt=1)


def test_another_call_stands_in_its_place_and_nobody_owes_the_old_one(errand, world):
    new = issued(world, number="甲2号")
    answer(errand, "WORKS-1", at(10))

    old = calls.supersede(call=errand.call, new=new.call, reason="标准改了", by=errand.keeper, at=at(11))

    assert (old.status, old.superseded_by) == ("superseded", new.call)
    assert coverage(errand.round, "") == Coverage(some=1, exempt=4, waiting=1)
    assert not Slot.objects.filter(round=errand.round, round__closed_at__isnull=True).exists()
    assert Event.objects.get(verb="call.superseded").changes == {"new": [None, "甲2号"]}
    with pytest.raises(Refused, match="已被替代，不用再报"):
        answer(errand, "WORKS-2", at(12))


@pytest.mark.parametrize("stands_in", ["itself", "a draft"])
def test_only_another_issued_call_stands_in(errand, world, stands_in):
    new = errand.call if stands_in == "itself" else calls.draft(to_do(world, "甲2号"), by=errand.keeper, at=MORNING)
    with pytest.raises(Refused, match="应是另一份已经签发的文件"):
        calls.supersede(call=errand.call, new=new, reason="改了", by=errand.keeper, at=at(11))
    errand.call.refresh_from_db()
    assert errand.call.status == "issued"


def test_a_draft_is_written_anew_and_thrown_away(world):
    user = world.user("顾岚")
    call = calls.draft(to_do(world), by=user, at=MORNING)
    north = world.unit("NORTH")

    calls.redraft(call=call, new=to_do(world, "甲9号", targets={north: ["enterprise"]}), by=user, at=MORNING)
    assert Call.objects.get().number == "甲9号"
    assert [(one.root, one.kinds) for one in call.targets.all()] == [(north, ["enterprise"])]

    calls.discard(call=call, by=user, at=MORNING)
    assert not Call.objects.exists()


def test_what_is_issued_is_neither_rewritten_nor_thrown_away(errand, world):
    with pytest.raises(Refused, match="已经签发，不能再改"):
        calls.redraft(call=errand.call, new=to_do(world, title="别的"), by=errand.keeper, at=at(11))
    with pytest.raises(Refused, match="已经签发，不能再改"):
        calls.discard(call=errand.call, by=errand.keeper, at=at(11))
    errand.call.refresh_from_db()
    assert errand.call.title == "备足口罩"
