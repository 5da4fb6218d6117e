"""A shift is one appointment: the same wherever it is taken from, newer when it changes, cancelled when it is gone."""

from datetime import UTC, datetime, time

import pytest
from django.urls import reverse
from icalendar import Calendar

from wuli.base.errors import Refused
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people
from wuli.leadership.command.actions import duty
from wuli.leadership.command.models import DutyDesk
from wuli.leadership.command.queries import duty as queries
from wuli.leadership.command.rules.rotation import Pattern
from wuli.web import agenda

from .conftest import DAY, HOUR, MORNING, TODAY

EIGHT = MORNING - HOUR / 2


@pytest.fixture(autouse=True)
def then(clock):
    return clock


@pytest.fixture
def desk(world):
    """North's desk: 诺敏 leads, 欧阳 and 林河 by turns, for four days."""
    made = duty.open_desk(unit=world.unit("NORTH"), phone="010-1", room="三楼", by=None, at=EIGHT)
    officers = [world.person("欧阳"), world.person("林河")]
    pattern = Pattern(TODAY, TODAY + 3 * DAY, time(8), 24, [world.person("诺敏")], officers)
    duty.arrange(desk=made, pattern=pattern, by=None, at=EIGHT)
    return made


def feed(world, name):
    return {one.uid: one for one in agenda.appointments_of(world.user(name), EIGHT, EIGHT + 30 * DAY)}


def events(client, address):
    return {str(one["uid"]): one for one in Calendar.from_ical(client.get(address).content).events}


def test_a_shift_has_one_uid_in_the_feed_and_in_every_file(signed_in, world, desk):
    mine = events(signed_in("欧阳"), "/duty/mine.ics")
    roster = events(signed_in("诺敏"), f"/duty/{desk.pk}/roster.ics")

    assert set(mine) == set(feed(world, "欧阳"))
    assert set(mine) < set(roster) == {f"shift-{one.pk}@wuli" for one in desk.shifts.all()}
    assert all("欧阳" in str(roster[uid]["description"]) for uid in mine)
    assert not any("诺敏" in str(one["description"]) for one in mine.values())


def test_who_gave_a_turn_away_sees_it_cancelled_and_who_took_it_sees_it(signed_in, world, desk):
    first = desk.shifts.order_by("from_at").first()
    uid = f"shift-{first.pk}@wuli"
    turn = first.turns.get(role="officer")
    duty.swap(turn=turn, to=world.person("才让"), reason="忙", by=world.user("欧阳"), at=EIGHT)

    given, taken = feed(world, "欧阳")[uid], feed(world, "才让")[uid]
    assert [(one.status, one.sequence) for one in (given, taken)] == [("CANCELLED", 1), ("CONFIRMED", 1)]
    assert str(events(signed_in("欧阳"), "/duty/mine.ics")[uid]["status"]) == "CANCELLED"
    page = signed_in("欧阳").get(reverse("orgs:feed")).content.decode()
    assert page.count("北方板块值班") == 1, "what is cancelled is not listed as coming"


@pytest.mark.parametrize("how", ["cancel", "close"])
def test_what_is_cancelled_says_so_with_a_higher_sequence_and_is_told(signed_in, world, desk, how):
    second, by = desk.shifts.order_by("from_at")[1], world.user("诺敏")
    if how == "cancel":
        duty.cancel(shift=second, reason="改排", by=by, at=EIGHT)
    else:
        duty.close_desk(desk=desk, reason="响应终止", by=by, at=EIGHT)

    found = feed(world, "林河")[f"shift-{second.pk}@wuli"]
    assert (found.status, found.sequence) == ("CANCELLED", 1)
    assert str(events(signed_in("诺敏"), f"/duty/{desk.pk}/roster.ics")[found.uid]["status"]) == "CANCELLED"
    told = Notice.objects.filter(kind="duty.roster", text__contains="已取消")
    assert {one.person.name for one in told} == ({"林河"} if how == "cancel" else {"欧阳", "林河"})


def test_another_place_is_news_for_calendars(world, desk):
    duty.amend_desk(desk=desk, phone="010-1", room="五楼", by=world.user("诺敏"), at=EIGHT)
    assert {(one.place, one.sequence) for one in feed(world, "欧阳").values()} == {("五楼", 1)}


def test_who_leaves_is_on_duty_until_the_last_day_where_the_desk_is(world):
    """In Lima it is still the 27th when the group has the 28th."""
    lima = world.unit("SOUTH")
    lima.zone = "America/Lima"
    lima.save()
    desk = duty.open_desk(unit=lima, phone="1", by=None, at=EIGHT)
    pattern = Pattern(TODAY, TODAY, time(20), 24, (), [world.person("石强")])
    [shift] = duty.arrange(desk=desk, pattern=pattern, by=None, at=EIGHT)
    people.leave(person=world.person("石强"), on=TODAY + DAY, by=world.user("赵系"), at=EIGHT)

    people.leave(person=world.person("马力"), on=TODAY + DAY, by=world.user("赵系"), at=EIGHT)
    assert shift.from_at == datetime(2020, 1, 28, 1, 0, tzinfo=UTC)
    duty.swap(turn=shift.turns.get(), to=world.person("马力"), reason="忙", by=world.user("石强"), at=EIGHT)
    gap = queries.first_gaps(DutyDesk.objects.all(), shift.from_at)[desk.pk]
    assert gap.since == shift.until_at
    with pytest.raises(Refused, match="2020-01-27 20:00 已经排了班"):
        duty.arrange(
            desk=desk, pattern=Pattern(TODAY, TODAY, time(20), 24, (), [world.person("顾岚")]), by=None, at=EIGHT
        )


def test_turns_to_exchange_are_told_by_the_clock_of_the_desk(signed_in, world):
    lima = world.unit("SOUTH")
    lima.zone = "America/Lima"
    lima.save()
    desk = duty.open_desk(unit=lima, phone="1", by=None, at=EIGHT)
    pattern = Pattern(TODAY, TODAY + DAY, time(20), 24, (), [world.person("石强"), world.person("马力")])
    first, _second = duty.arrange(desk=desk, pattern=pattern, by=None, at=EIGHT)
    page = signed_in("石强").get(f"/duty/turns/{first.turns.get().pk}/swap/").content.decode()
    assert "01-28 20:00 马力" in page
