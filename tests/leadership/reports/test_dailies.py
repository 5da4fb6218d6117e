"""A daily report begins, opens its rounds, spares a unit, ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import freezing, rounds
from wuli.kernel.cascade.models import Call, Exemption, Form, Slot
from wuli.leadership.reports.actions import dailies
from wuli.leadership.reports.queries import dailies as queries

ONE_DAY = timedelta(days=1)


def test_a_daily_report_asks_as_many_as_it_said(daily, call, now, today):
    said = queries.counted(daily.root, daily.kinds, today)
    opened = rounds.open_round(call=call, on=today, at=now)

    assert said == {"segment": 2, "enterprise": 3}
    assert opened.slots.count() == 5
    assert call.status == Call.Status.ISSUED


def test_the_last_day_is_included(begin, today):
    assert begin(last_day=today + 2 * ONE_DAY).ends_on == today + 3 * ONE_DAY


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda world, day: {"first_day": day - ONE_DAY}, "first_day"),
        (lambda world, day: {"last_day": day - ONE_DAY}, "last_day"),
        (lambda world, day: {"hours": {"party_branch": (0, 1, 2)}}, "kinds"),
        (lambda world, day: {"hours": {"enterprise": (0, 990, 1100), "segment": (0, 1000, 1010)}}, "kinds"),
    ],
)
def test_what_cannot_begin_keeps_nothing(world, begin, today, change, field):
    with pytest.raises(Refused) as no:
        begin(**change(world, today))
    assert no.value.field == field
    assert not Call.objects.exists()


def test_nobody_begins_a_report_beyond_their_reach(world, daily, now):
    with pytest.raises(Refused, match="您没有向南方板块下发的职责"):
        dailies.begin(replace(daily, root=world.unit("SOUTH")), by=world.user("诺敏"), at=now)
    with pytest.raises(Refused, match="您没有向同舟集团下发的职责"):
        dailies.begin(daily, by=world.user("诺敏"), at=now)
    assert not Call.objects.exists()


def test_a_report_that_ended_opens_no_more_rounds(world, call, lead, now):
    with pytest.raises(Refused, match="请写明原因"):
        dailies.end(call=call, reason=" ", by=lead, at=now)
    with pytest.raises(Refused, match="没有这项职责"):
        dailies.end(call=call, reason="转入常态", by=world.user("诺敏"), at=now)
    dailies.end(call=call, reason="转入常态", by=lead, at=now)
    assert rounds.open_due(now + 5 * ONE_DAY) == 0


def exempt(call, unit, by, now, day, **changes):
    said = {"first_day": day + ONE_DAY, "last_day": day + 2 * ONE_DAY, "reason": "停产检修"} | changes
    return dailies.exempt(call=call, unit=unit, by=by, at=now, **said)


def test_a_unit_is_spared_for_some_days_and_asked_again(world, call, lead, now, today):
    exempt(call, world.unit("NORTH"), lead, now, today)
    states = [
        rounds.open_round(call=call, on=today + n * ONE_DAY, at=now).slots.get(unit__code="WORKS-1").state
        for n in range(4)
    ]
    assert states == [Slot.State.MISSING, Slot.State.EXEMPT, Slot.State.EXEMPT, Slot.State.MISSING]


@pytest.mark.parametrize(
    ("code", "changes", "sentence"),
    [
        ("P-W1", {}, "一厂党总支不在“晚报”的范围内"),
        ("WORKS-1", {"reason": " "}, "请写明免报原因"),
        ("WORKS-1", {"days": 0}, "的一期已经定数"),
        ("WORKS-1", {"backwards": True}, "最后一天不能早于第一天"),
    ],
)
def test_who_cannot_be_spared(world, call, lead, now, today, code, changes, sentence):
    of = rounds.open_round(call=call, on=today, at=now)
    if changes.pop("days", None) is not None:
        freezing.freeze_due(of.figures.latest("freeze_at").freeze_at)
        changes["first_day"] = today
    if changes.pop("backwards", None):
        changes["last_day"] = today
    with pytest.raises(Refused, match=sentence):
        exempt(call, world.unit(code), lead, now, today, **changes)
    assert not Exemption.objects.exists()


def test_reports_that_ask_the_same_people_the_same_are_noticed(world, daily, call):
    other = Form.objects.create(
        code="other", name="别表", owner=world.unit("G"), purpose="x", ends_on=daily.form.ends_on
    )

    assert queries.overlapping(daily.form, world.unit("WORKS-1")) == [call]
    assert queries.overlapping(daily.form, world.unit("P")) == []
    assert queries.overlapping(other, world.unit("G")) == []
