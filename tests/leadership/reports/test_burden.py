"""What reports cost, and what they ask twice."""

import pytest

from wuli.kernel.cascade.models import Call, Form
from wuli.kernel.cascade.rules.form import Field, Spec, Type
from wuli.leadership.reports.rules import burden
from wuli.leadership.reports.rules.burden import Asked


def field(key, label, *, unit="人", source="", kinds=()):
    return Field(key, label, Type.INTEGER, unit=unit, source=source, kinds=kinds)


@pytest.mark.parametrize(
    ("cadence", "typed", "filled", "timed", "minutes"),
    [
        ("daily", 10, 5, (), (10 * 8 + 5 * 2) / 60),
        ("weekly", 10, 5, (), (10 * 8 + 5 * 2) / 60 / 7),
        ("once", 10, 5, (), 0),
        ("daily", 10, 5, (1, 1, 1, 1), 90 / 60),
        ("daily", 10, 5, (30, 60, 600, 60, 45), 1.0),
    ],
)
def test_minutes_a_day_are_counted_until_they_are_timed(cadence, typed, filled, timed, minutes):
    asked = Asked(Call(cadence=cadence), "team", 60, typed, filled, timed)
    assert asked.minutes_a_day == pytest.approx(minutes)
    assert asked.hours_a_day == pytest.approx(minutes)


def test_only_a_register_that_is_there_spares_typing():
    fields = [field("a", "甲", source="orgs.on_roll"), field("b", "乙", source="later"), field("c", "丙")]
    assert burden.counted(fields, {"orgs.on_roll"}) == (2, 1)


HEALTH, SAFETY = Form(pk=1, name="疫情日报"), Form(pk=2, name="安全日报")
ALL = frozenset({"team", "enterprise"})


def twins(mine, others, asks=None):
    specs = {HEALTH: Spec((mine,)), SAFETY: Spec((others,))}
    return burden.twins(specs, asks or {1: ALL, 2: ALL})


@pytest.mark.parametrize(
    ("mine", "others", "kinds"),
    [
        (field("a", "在岗人数"), field("x", "在岗 人数："), ("enterprise", "team")),
        (field("a", "在岗", unit="人"), field("x", "在岗", unit="个"), None),
        (field("a", "在岗", source="s"), field("x", "到岗", source="s"), ("enterprise", "team")),
        (field("a", "在岗", source="s"), field("x", "在岗"), ("enterprise", "team")),
        (field("a", "在岗", kinds=("team",)), field("x", "在岗", kinds=("enterprise",)), None),
        (field("a", "在岗", kinds=("team",)), field("x", "在岗"), ("team",)),
        (field("a", "在岗"), field("x", "缺勤"), None),
    ],
)
def test_which_questions_are_asked_twice(mine, others, kinds):
    found = twins(mine, others)
    assert [one.kinds for one in found] == ([kinds] if kinds else [])


def test_a_form_that_nobody_is_asked_bothers_nobody():
    assert twins(field("a", "在岗"), field("x", "在岗"), {1: ALL}) == []


def test_two_fields_of_one_form_are_no_twins():
    specs = {HEALTH: Spec((field("a", "在岗"), field("b", "在岗")))}
    assert burden.twins(specs, {1: ALL}) == []


def test_a_register_joins_what_has_different_names():
    specs = {
        HEALTH: Spec((field("a", "在岗", source="s"),)), SAFETY: Spec((field("b", "到岗", source="s"),)),
        Form(pk=3, name="周报"): Spec((field("c", "到岗"),)),
    }  # fmt: skip
    found = burden.twins(specs, {1: ALL, 2: ALL, 3: ALL})
    assert [len(one.fields) for one in found] == [3]
