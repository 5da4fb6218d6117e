"""A morning meeting turns a decision into an item; nobody moves, so it climbs; the next meeting opens with it."""

from datetime import date, timedelta

import pytest

from tests.leadership.meetings.conftest import HALF_PAST_EIGHT, QUARTER
from wuli.kernel.ledger.actions import due
from wuli.kernel.ledger.models import Item
from wuli.kernel.notices.models import Notice
from wuli.leadership.meetings.actions import attendance, decisions, meetings, minutes, packs, planning
from wuli.leadership.meetings.actions.attendance import Mark
from wuli.leadership.meetings.actions.decisions import NewDecision
from wuli.leadership.meetings.models import Meeting

DAY = timedelta(days=1)


def test_a_decision_becomes_an_item_that_climbs_when_nobody_moves(world, clock, opened):
    keeper, chair = world.user("欧阳"), world.user("诺敏")
    minutes.write_point(
        meeting=opened, point="output", text="一厂 2 号槽停槽", step=0, hand="a", by=keeper, at=HALF_PAST_EIGHT
    )
    said = NewDecision("明日前恢复 2 号槽", date(2020, 2, 4), unit=world.unit("WORKS-2"), point="output")
    decision = decisions.decide(said, meeting=opened, key="k", by=keeper, at=HALF_PAST_EIGHT)
    came(opened, keeper)
    meetings.hand_in(meeting=opened, by=keeper, at=HALF_PAST_EIGHT + QUARTER)
    meetings.confirm(meeting=opened, by=chair, at=HALF_PAST_EIGHT + 2 * QUARTER)

    item = Item.objects.get()
    assert (item.owner.name, item.unit.code, item.due_on, item.kind) == (
        "周舟", "WORKS-2", date(2020, 2, 4), "meeting.decision")  # fmt: skip
    assert decision.item == item

    thursday = HALF_PAST_EIGHT + 3 * DAY
    clock(thursday - timedelta(minutes=30))
    due.escalate_due(at=thursday)
    planning.make_due(at=thursday - timedelta(minutes=30))
    packs.make_due(at=thursday - timedelta(minutes=30))

    item.refresh_from_db()
    assert item.stage == 1
    assert Notice.objects.filter(kind="item.escalated").exists()
    following = Meeting.objects.get(on=date(2020, 2, 6))
    (action,) = following.pack.contents["actions"]
    assert (action["text"], action["owner"], action["stage"]) == ("明日前恢复 2 号槽", "周舟", 1)


@pytest.mark.parametrize("who", ["周舟", "欧阳"])
def test_everyone_asked_is_told_of_the_minutes_and_of_the_next_meeting(world, opened, who):
    decisions.decide(
        NewDecision("排查库存", date(2020, 2, 5), owner=world.person("周舟")), meeting=opened, key="k",
        by=world.user("欧阳"), at=HALF_PAST_EIGHT,
    )  # fmt: skip
    came(opened, world.user("欧阳"))
    meetings.hand_in(meeting=opened, by=world.user("欧阳"), at=HALF_PAST_EIGHT)
    meetings.confirm(meeting=opened, by=world.user("诺敏"), at=HALF_PAST_EIGHT + QUARTER)

    assert Notice.objects.filter(kind="meeting.minutes", person__name=who).count() == 1


def came(meeting, keeper):
    marks = {one.pk: Mark("present") for one in meeting.attendances.all()}
    attendance.call_roll(meeting=meeting, marks=marks, by=keeper, at=HALF_PAST_EIGHT)
