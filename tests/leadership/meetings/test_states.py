"""The turns of a meeting: who may, when, and that a refusal changes nothing."""

from datetime import date, time, timedelta

import pytest

from tests.leadership.meetings.conftest import HALF_PAST_EIGHT, QUARTER
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.models import Item
from wuli.kernel.notices.models import Notice
from wuli.leadership.meetings.actions import attendance, decisions, meetings, minutes
from wuli.leadership.meetings.actions.attendance import Mark
from wuli.leadership.meetings.actions.decisions import NewDecision
from wuli.leadership.meetings.models import Attendance, Decision, Meeting
from wuli.leadership.meetings.rules.states import TRANSITIONS

AT, DAY = HALF_PAST_EIGHT, timedelta(days=1)


@pytest.fixture
def handed_in(world, opened):
    """欧阳 has called the roll, written something and handed it in."""
    came(world, opened)
    minutes.write_point(
        meeting=opened, point="output", text="照常", step=0, hand="a", by=world.user("欧阳"), at=AT
    )  # fmt: skip
    return meetings.hand_in(meeting=opened, by=world.user("欧阳"), at=AT + QUARTER)


def came(world, meeting):
    marks = {one.pk: Mark("present") for one in meeting.attendances.all()}
    attendance.call_roll(meeting=meeting, marks=marks, by=world.user("欧阳"), at=AT)


def test_every_state_has_its_followers():
    assert set(TRANSITIONS) == set(Meeting.Status)


@pytest.mark.parametrize(
    ("who", "at", "said"),
    [
        ("周舟", AT, "只有主持人"), ("石强", AT, "只有主持人"), ("欧阳", AT - 3 * DAY, "还早"),
        ("欧阳", AT + 4 * DAY, "不再补记"),
    ],
)  # fmt: skip
def test_who_may_open_and_when(world, monday, who, at, said):
    with pytest.raises(Refused, match=said):
        meetings.open_meeting(meeting=monday, by=world.user(who), at=at)
    monday.refresh_from_db()
    assert monday.status == "planned"
    assert not Event.objects.filter(verb="meeting.opened").exists()


def test_minutes_are_not_handed_in_empty_or_without_a_roll(world, opened):
    with pytest.raises(Refused, match="点名"):
        meetings.hand_in(meeting=opened, by=world.user("欧阳"), at=AT)
    came(world, opened)
    with pytest.raises(Refused, match="空的"):
        meetings.hand_in(meeting=opened, by=world.user("欧阳"), at=AT)


def test_the_chair_confirms_and_everyone_asked_is_told_present_or_not(world, handed_in):
    with pytest.raises(Refused, match="由主持人"):
        meetings.confirm(meeting=handed_in, by=world.user("欧阳"), at=AT + QUARTER)
    closed = meetings.confirm(meeting=handed_in, by=world.user("诺敏"), at=AT + 2 * QUARTER)

    assert (closed.status, closed.closed_by.name, closed.kept_by_chair) == ("closed", "诺敏", False)
    told = Notice.objects.filter(kind="meeting.minutes").values_list("person__name", flat=True)
    assert set(told) == {"欧阳", "周舟"}
    given, confirmed = Event.objects.filter(verb__in=["meeting.handed_in", "meeting.closed"]).order_by("pk")
    assert given.changes["digest"] == confirmed.changes["digest"]


def test_a_chair_who_handed_them_in_does_not_confirm_unless_he_keeps_the_minutes_and_says_so(world, opened):
    chair = world.user("诺敏")
    came(world, opened)
    minutes.write_point(meeting=opened, point="output", text="照常", step=0, hand="a", by=chair, at=AT)
    meetings.hand_in(meeting=opened, by=chair, at=AT)
    with pytest.raises(Refused, match="记录人"):
        meetings.confirm(meeting=opened, by=chair, at=AT, own_record=True)

    person = world.person("诺敏")
    meetings.appoint(meeting=opened, chair=person, secretary=person, reason="记录人病假", by=chair, at=AT)
    with pytest.raises(Refused, match="勾选"):
        meetings.confirm(meeting=opened, by=chair, at=AT)
    assert meetings.confirm(meeting=opened, by=chair, at=AT, own_record=True).kept_by_chair


def test_returned_minutes_are_mended_and_confirmed_ones_only_added_to(world, handed_in):
    chair, keeper = world.user("诺敏"), world.user("欧阳")
    with pytest.raises(Refused, match="请先退回"):
        minutes.write_point(meeting=handed_in, point="output", text="改", step=1, hand="a", by=keeper, at=AT)
    meetings.return_minutes(meeting=handed_in, reason="漏了库存", by=chair, at=AT + QUARTER)
    minutes.write_point(meeting=handed_in, point="stock", text="够七天", step=0, hand="a", by=keeper, at=AT + QUARTER)
    meetings.hand_in(meeting=handed_in, by=keeper, at=AT + QUARTER)
    meetings.confirm(meeting=handed_in, by=chair, at=AT + QUARTER)

    with pytest.raises(Refused, match="补充说明"):
        minutes.write_point(meeting=handed_in, point="stock", text="改", step=1, hand="a", by=keeper, at=AT + QUARTER)
    meetings.add(meeting=handed_in, text="应为八天", reason="笔误", by=keeper, at=AT + QUARTER)
    assert handed_in.addenda.get().text == "应为八天"
    assert handed_in.minutes.get(point="stock").text == "够七天"


def test_a_cancelled_meeting_says_why_and_tells_everyone(world, monday):
    with pytest.raises(Refused, match="原因"):
        meetings.cancel(meeting=monday, reason=" ", by=world.user("诺敏"), at=AT - DAY)
    with pytest.raises(Refused):
        meetings.cancel(meeting=monday, reason="合并到集团会", by=world.user("欧阳"), at=AT - DAY)
    meetings.cancel(meeting=monday, reason="合并到集团会", by=world.user("诺敏"), at=AT - DAY)

    assert Notice.objects.filter(kind="meeting.changed").count() == 2
    with pytest.raises(Refused):
        meetings.open_meeting(meeting=monday, by=world.user("欧阳"), at=AT)


def test_a_meeting_is_not_moved_into_the_past(world, monday):
    with pytest.raises(Refused, match="已经过去"):
        meetings.move(
            meeting=monday, on=date(2020, 2, 1), starts_at=time(9), minutes=30, place="", link="",
            by=world.user("诺敏"), at=AT - DAY,
        )  # fmt: skip


def test_whoever_is_absent_says_why_and_may_send_another(world, opened):
    keeper = world.user("欧阳")
    row = opened.attendances.get(person__name="周舟")
    with pytest.raises(Refused, match="周舟缺席"):
        attendance.call_roll(meeting=opened, marks={row.pk: Mark("absent")}, by=keeper, at=AT)
    mark = Mark("absent", "出差", world.person("周舟"))
    with pytest.raises(Refused, match="本人"):
        attendance.call_roll(meeting=opened, marks={row.pk: mark}, by=keeper, at=AT)
    mark = Mark("absent", "出差", world.person("林河"))
    assert attendance.call_roll(meeting=opened, marks={row.pk: mark}, by=keeper, at=AT) == 1
    assert attendance.call_roll(meeting=opened, marks={row.pk: mark}, by=keeper, at=AT) == 0
    assert Attendance.objects.get(pk=row.pk).substitute.name == "林河"


@pytest.mark.parametrize(
    ("said", "owner", "unit"),
    [
        ({"unit": "WORKS-2"}, "周舟", "WORKS-2"), ({"owner": "周舟"}, "周舟", "WORKS-2"),
        ({"owner": "林河"}, "林河", "WORKS-1"), ({"owner": "诺敏"}, "诺敏", "NORTH"),
        ({"owner": "林河", "unit": "W1-SHOP"}, "林河", "W1-SHOP"),
    ],
)  # fmt: skip
def test_who_has_a_decision_and_where_it_is_followed(world, opened, said, owner, unit):
    made = decisions.decide(decision(world, **said), meeting=opened, key="k", by=world.user("欧阳"), at=AT)
    assert (made.item.owner.name, made.item.unit.code) == (owner, unit)
    assert (made.item.subject_type, made.item.subject_id) == ("meetings.meeting", opened.pk)
    again = decisions.decide(decision(world, **said), meeting=opened, key="k", by=world.user("欧阳"), at=AT)
    assert again == made


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "owner"), ({"unit": "WORKS-1"}, "owner"), ({"unit": "WORKS-3"}, "unit"),
        ({"owner": "林河", "text": " "}, "text"),
        ({"owner": "林河", "due_on": date(2020, 2, 1)}, None), ({"owner": "林河", "point": "x"}, "point"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_followed_is_refused(world, opened, said, field):
    with pytest.raises(Refused) as no:
        decisions.decide(decision(world, **said), meeting=opened, key="k", by=world.user("欧阳"), at=AT)
    assert no.value.field == field
    assert not Item.objects.exists()
    assert not Decision.objects.exists()


def test_a_slip_of_the_pen_is_withdrawn_by_whoever_wrote_it(world, opened):
    keeper = world.user("欧阳")
    made = decisions.decide(decision(world, owner="林河"), meeting=opened, key="k", by=keeper, at=AT)
    decisions.take_back(decision=made, reason="记错了", by=keeper, at=AT)
    made.item.refresh_from_db()
    assert (made.item.status, made.item.withdrawn_reason) == ("withdrawn", "记错了")


def decision(world, *, owner="", unit="", text="恢复 2 号槽", due_on=date(2020, 2, 5), point=""):
    return NewDecision(
        text, due_on, owner=world.person(owner) if owner else None, unit=world.unit(unit) if unit else None, point=point
    )  # fmt: skip


def test_who_is_to_preside_or_keep_the_minutes_is_told(world, handed_in):
    Notice.objects.all().delete()
    said = {
        "chair": world.person("周舟"),
        "secretary": world.person("欧阳"),
        "reason": "出差",
        "by": world.user("诺敏"),
    }
    meetings.appoint(meeting=handed_in, at=AT + QUARTER, **said)
    told = {one.kind: one.text for one in Notice.objects.filter(person__name="周舟")}
    assert told["meeting.called"].startswith("请您主持：北方板块生产运营调度会")
    assert told["meeting.confirm"] == "请确认会议纪要：北方板块生产运营调度会（欧阳提交）"
    assert not Notice.objects.exclude(person__name="周舟").exists()
    meetings.appoint(meeting=handed_in, at=AT + 2 * QUARTER, **said)
    assert Event.objects.filter(verb="meeting.appointed").count() == 1, "nobody was changed"


def test_a_decision_that_was_taken_back_is_no_minutes(world, opened):
    keeper = world.user("欧阳")
    came(world, opened)
    made = decisions.decide(decision(world, owner="林河"), meeting=opened, key="k", by=keeper, at=AT)
    decisions.take_back(decision=made, reason="记错了", by=keeper, at=AT)
    with pytest.raises(Refused, match="空的"):
        meetings.hand_in(meeting=opened, by=keeper, at=AT)
