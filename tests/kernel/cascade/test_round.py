"""A round from its opening to its last figure: who is asked, who answers, what is fixed and what changes afterwards."""

from datetime import date, timedelta

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import calls, freezing, replies, reviewing, rounds
from wuli.kernel.cascade.models import Figure, Reply, Round, Slot
from wuli.kernel.cascade.queries import figures
from wuli.kernel.cascade.queries.coverage import Coverage, coverage, coverage_by_child
from wuli.kernel.cascade.rules import sources
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import postings, units
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models.posting import Duty

from .asking import DAY, MORNING, at, give


@pytest.fixture
def register():
    """A register of abnormal people that the test fills: by path, how many."""
    found: dict[str, int] = {}

    def count(part):
        return sum(
            n for path, n in found.items()
            if path.startswith(part.path) and not any(path.startswith(below) for below in part.without)
        )  # fmt: skip

    sources.register(sources.Source("tests.abnormal", "异常人员", count, lambda part: "/"))
    yield found
    sources.forget("tests.abnormal")


def state(asked, code):
    slot = asked.slot(code)
    return slot.state, slot.review, slot.late


def test_everyone_asked_has_a_slot_and_is_missing_from_the_first_minute(asked, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = coverage(asked.round, "")

    assert found == Coverage(missing=11)
    assert set(asked.round.slots.values_list("unit__code", flat=True)) == {
        "G-OFFICE", "NORTH", "SOUTH", "WORKS-1", "WORKS-2", "WORKS-3", "W1-SHOP", "W1-T1", "W1-T2", "W2-T1", "W3-T1",
    }  # fmt: skip


def test_each_slot_knows_the_next_level_and_its_hours(asked):
    team, shop = asked.slot("W1-T1"), asked.slot("W1-SHOP")

    assert (team.above, team.due_at, team.freeze_at) == (shop.path, at(15), at(16))
    assert asked.slot("NORTH").above == ""
    levels = asked.round.figures.order_by("path").values_list("unit__code", "freeze_at")
    assert dict(levels) == {
        "G": at(18), "NORTH": at(18), "SOUTH": at(18), "WORKS-1": at(17, 30), "WORKS-2": at(17, 30),
        "WORKS-3": at(17, 30), "W1-SHOP": at(16, 30),
    }  # fmt: skip


def test_opening_twice_is_opening_once(asked):
    again = rounds.open_round(call=asked.call, on=DAY, at=at(10))

    assert again == asked.round
    assert rounds.open_due(at(12)) == 0
    assert asked.round.slots.count() == 11


def test_a_zero_a_matter_and_a_late_answer_are_three_different_facts(asked):
    asked.answer("W1-T1", at(14))
    asked.answer("W1-T2", at(14), abnormal=1)
    asked.answer("W2-T1", at(15, 5))

    assert state(asked, "W1-T1") == ("zero", "waiting", False)
    assert state(asked, "W1-T2") == ("some", "waiting", False)
    assert state(asked, "W2-T1") == ("zero", "waiting", True)
    assert coverage(asked.round, "") == Coverage(zero=2, some=1, missing=8, late=1, waiting=3)


def test_children_add_up_to_their_parent(asked):
    asked.answer("W1-T1", at(14))
    asked.answer("W3-T1", at(14), abnormal=2)

    group = asked.world.unit("G")
    by_child = coverage_by_child(asked.round, group.path)
    assert sum(by_child.values(), Coverage()) == coverage(asked.round, group.path)
    assert by_child[asked.slot("SOUTH").path] == Coverage(some=1, missing=2, waiting=1)


@pytest.mark.parametrize(
    ("values", "sentence", "field"),
    [
        ({"present": ""}, "“在岗”没有填。没有就填 0，空白不算零", "present"),
        ({"present": "十"}, "“在岗”应是整数，填的是“十”", "present"),
        ({"present": 1.5}, "“在岗”应是整数，填的是“1.5”", "present"),
        ({"present": -1}, "“在岗”应在 0 到 1000000000000000 之间，填的是 -1", "present"),
        ({"abnormal": 11}, "异常人数不能多于在岗人数", "abnormal"),
        ({"need": "长" * 2001}, "“需协调”最多 2000 字", "need"),
    ],
)
def test_values_that_do_not_fit_are_refused_with_the_field_and_nothing_is_kept(asked, values, sentence, field):
    with pytest.raises(Refused, match=sentence) as no:
        asked.answer("W1-T1", at(14), **values)

    assert no.value.field == field
    assert Reply.objects.count() == 0
    assert state(asked, "W1-T1") == ("missing", "none", False)


def test_a_field_for_enterprises_is_not_asked_of_teams(asked):
    team = asked.answer("W1-T1", at(14), masks="12.50")
    works = asked.answer("WORKS-1", at(14), masks="12.50")

    assert "masks" not in team.values
    assert works.values["masks"] == "12.50"


def test_no_zero_stands_against_the_register(asked, register):
    register[asked.slot("W1-T1").path] = 1

    with pytest.raises(Refused, match="不能报零：台账中还有 体温异常 1"):
        asked.answer("W1-T1", at(14))
    assert Reply.objects.count() == 0


def test_a_number_other_than_the_registers_needs_its_reason(asked, register):
    register[asked.slot("W1-T1").path] = 2
    answer = replies.Answer("one", {"present": 10, "abnormal": 1})

    with pytest.raises(Refused, match="“体温异常”填 1，台账是 2，请写明不一致的原因"):
        replies.file_reply(slot=asked.slot("W1-T1"), answer=answer, by=asked.keeper, at=at(14))
    explained = replies.Answer("one", answer.values, {"abnormal": "一人已于中午转出"})
    reply = replies.file_reply(slot=asked.slot("W1-T1"), answer=explained, by=asked.keeper, at=at(14))

    assert (reply.registers, reply.notes) == ({"abnormal": 2}, {"abnormal": "一人已于中午转出"})


def test_a_level_answers_only_for_what_no_unit_below_answers_for(asked, register):
    register[asked.slot("W1-T1").path] = 3

    reply = asked.answer("W1-SHOP", at(14))

    assert reply.kind == "zero"


def test_the_same_submission_twice_is_one(asked):
    first = asked.answer("W1-T1", at(14), key="tap")
    second = asked.answer("W1-T1", at(14, 1), key="tap", abnormal=5)

    assert first == second
    assert Reply.objects.count() == 1
    assert Event.objects.filter(verb="reply.filed").count() == 1


def test_who_answers_for_another_unit_is_marked(asked):
    keeper = asked.world.user("才让")

    assert not asked.answer("W1-T1", at(14), by=keeper).proxy
    assert asked.answer("W1-T2", at(14), by=asked.keeper).proxy


def test_whose_duty_has_ended_answers_for_the_unit_no_longer(asked):
    nomin = asked.world.user("诺敏")
    held = postings.post(
        person=nomin.person, duty=Duty.GRID_KEEPER, unit=asked.world.unit("W1-T2"), from_date=date(2020, 1, 5), by=None,
        at=MORNING,
    )  # fmt: skip
    postings.end_posting(posting=held, on=date(2020, 1, 20), by=asked.world.user("钱安"), at=MORNING)

    assert asked.answer("W1-T2", at(14), by=nomin).proxy


def test_the_next_level_returns_a_field_and_it_is_mended(asked):
    nomin = asked.world.user("诺敏")
    asked.answer("W1-T1", at(14), abnormal=1)

    reviewing.send_back(slot=asked.slot("W1-T1"), fields={"abnormal": "请核对姓名"}, by=nomin, at=at(14, 30))
    assert state(asked, "W1-T1") == ("some", "returned", False)
    asked.answer("W1-T1", at(15, 30), abnormal=2)
    assert state(asked, "W1-T1") == ("some", "waiting", False)  # it was in time when it first came
    reviewing.accept(slots=[asked.slot("W1-T1")], by=nomin, at=at(15, 40))

    assert state(asked, "W1-T1") == ("some", "accepted", False)
    assert [reply.values["abnormal"] for reply in Reply.objects.order_by("number")] == [1, 2]


@pytest.mark.parametrize("who", ["才让", "石强", "林河"])
def test_only_a_higher_level_reviews(asked, who):
    asked.answer("W1-T1", at(14))

    with pytest.raises(Refused, match="由上级审核"):
        reviewing.accept(slots=[asked.slot("W1-T1")], by=asked.world.user(who), at=at(14, 30))
    assert state(asked, "W1-T1")[1] == "waiting"


def test_many_are_accepted_together_or_not_at_all(asked):
    asked.answer("W1-T1", at(14))

    with pytest.raises(Refused, match="电解二班还没有上报"):
        reviewing.accept(slots=[asked.slot("W1-T1"), asked.slot("W1-T2")], by=asked.world.user("诺敏"), at=at(15))
    assert state(asked, "W1-T1")[1] == "waiting"


def test_an_exempt_unit_is_neither_missing_nor_asked(asked):
    nomin = asked.world.user("诺敏")

    reviewing.exempt(slot=asked.slot("W2-T1"), reason="全员休假", by=nomin, at=at(9))

    assert coverage(asked.round, "") == Coverage(missing=10, exempt=1)
    with pytest.raises(Refused, match="铸造班本次免报：全员休假"):
        asked.answer("W2-T1", at(14))


def test_a_unit_spared_for_some_days_has_exempt_slots(world, asked):
    by = asked.keeper
    calls.exempt_unit(
        call=asked.call, unit=world.unit("WORKS-1"), reason="封存", from_date=DAY + timedelta(days=1),
        until_date=DAY + timedelta(days=3), by=by, at=MORNING,
    )  # fmt: skip
    opened = [rounds.open_round(call=asked.call, on=DAY + timedelta(days=n), at=MORNING) for n in (1, 2, 3)]

    assert [coverage(one, "").exempt for one in opened] == [4, 4, 0]


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


def test_a_unit_that_opens_or_closes_while_the_round_is_open(asked):
    by = asked.world.user("赵系")
    units.open_unit(NewUnit("W1-T3", "team", "电解三班", "W1-SHOP"), on=DAY, by=by, at=at(9))
    units.open_unit(NewUnit("W1-T4", "team", "电解四班", "W1-SHOP"), on=DAY + timedelta(days=1), by=by, at=at(9))

    assert rounds.follow_tree(at(9, 1)) == 1
    assert rounds.follow_tree(at(9, 2)) == 0
    assert asked.slot("W1-T3").above == asked.slot("W1-SHOP").path
    assert not Slot.objects.filter(unit__code="W1-T4").exists()


def test_a_unit_that_moves_while_the_round_is_open_answers_under_its_new_parent(asked):
    by = asked.world.user("赵系")
    units.move_unit(unit=asked.world.unit("W1-T2"), target=asked.world.unit("WORKS-2"), on=DAY, by=by, at=at(9))

    rounds.follow_tree(at(9, 1))

    assert asked.slot("W1-T2").above == asked.slot("WORKS-2").path
    assert coverage(asked.round, asked.slot("WORKS-1").path).expected == 3


def test_a_move_after_a_level_has_told_leaves_this_round_as_it_was(asked):
    freezing.freeze_due(at(17, 30))
    by = asked.world.user("赵系")
    units.move_unit(unit=asked.world.unit("W1-T2"), target=asked.world.unit("WORKS-2"), on=DAY, by=by, at=at(17, 40))

    rounds.follow_tree(at(17, 41))

    assert asked.slot("W1-T2").above == asked.slot("W1-SHOP").path


def test_a_daily_call_opens_a_round_a_day_and_catches_up(asked):
    assert rounds.open_due(at(9, days=3)) == 3
    assert list(Round.objects.order_by("on").values_list("on", flat=True)) == [date(2020, 2, n) for n in (3, 4, 5, 6)]


def test_a_unit_in_another_zone_has_its_own_hours(world):
    from . import asking

    units.amend_unit(unit=world.unit("WORKS-3"), by=world.user("赵系"), at=MORNING, zone="America/Lima")
    asked = asking.evening(world)

    assert asked.slot("WORKS-3").due_at - asked.slot("WORKS-1").due_at == timedelta(hours=13)


def test_a_revoked_call_needs_no_answer(asked):
    calls.revoke(call=asked.call, reason="改用新表", by=asked.keeper, at=at(10))

    with pytest.raises(Refused, match="“晚报”已撤销，不用再报"):
        asked.answer("W1-T1", at(14))
    assert coverage(asked.round, "") == Coverage(exempt=11)


def test_nobody_asks_beyond_their_reach(world, asked):
    nomin = world.user("诺敏")
    new = calls.NewCall(
        kind="report", number="2", title="别家", issuer=world.unit("NORTH"), starts_on=DAY,
        targets={world.unit("SOUTH"): ["team"]}, hours={"team": (0, 900, 960)},
    )  # fmt: skip
    with pytest.raises(Refused, match="您没有向南方板块下发的职责"):
        calls.draft(new, by=nomin, at=MORNING)


@pytest.mark.parametrize("change", [calls.end, calls.revoke], ids=["end", "revoke"])
def test_nobody_takes_back_what_a_level_above_asked(world, asked, change):
    with pytest.raises(Refused, match="您没有向同舟集团下发的职责"):
        change(call=asked.call, reason="不想报", by=world.user("诺敏"), at=at(10))
    asked.call.refresh_from_db()
    assert asked.call.status == "issued"


def test_a_reporter_may_file_and_a_stranger_finds_nothing(asked):
    from django.http import Http404

    from wuli.kernel.cascade.queries import slots

    reporter = give(asked.world, "马力", "reporter", "W3-T1")
    pk = asked.slot("W3-T1").pk
    assert slots.slot_for(reporter, pk).pk == pk
    with pytest.raises(Http404):
        slots.slot_for(asked.world.user("才让"), pk)
