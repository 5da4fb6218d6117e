"""Answers: what fits, what the registers say, who may answer, review and return."""

from datetime import date

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import replies, reviewing
from wuli.kernel.cascade.models import Reply
from wuli.kernel.cascade.rules import sources
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.models.posting import Duty

from .asking import MORNING, at, give


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


def test_a_reporter_may_file_and_a_stranger_finds_nothing(asked):
    from django.http import Http404

    from wuli.kernel.cascade.queries import slots

    reporter = give(asked.world, "马力", "reporter", "W3-T1")
    pk = asked.slot("W3-T1").pk
    assert slots.slot_for(reporter, pk).pk == pk
    with pytest.raises(Http404):
        slots.slot_for(asked.world.user("才让"), pk)
