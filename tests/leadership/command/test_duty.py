"""A desk is staffed around the clock; hours that nobody covers and hand-overs that nobody made are told."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries import numbers
from wuli.kernel.metrics.rules.metrics import known
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.actions import planned as planned_changes
from wuli.kernel.orgs.models import Person
from wuli.leadership.command.actions import duty, duty_telling, following, handing_over
from wuli.leadership.command.models import DutyDesk, HandOver, Shift, Turn
from wuli.leadership.command.queries import duty as queries
from wuli.leadership.command.rules.duty import Gap, Passing, gaps
from wuli.leadership.command.rules.rotation import Pattern, planned, why_not_plan

from .conftest import DAY, HOUR, MINUTE, MORNING, TODAY

EIGHT = MORNING - 30 * MINUTE
"""08:00 in Beijing, when shifts change."""


@pytest.fixture
def desk(world):
    return duty.open_desk(unit=world.unit("NORTH"), phone="010-6666 8888", by=world.user("诺敏"), at=EIGHT)


@pytest.fixture
def arrange(world, desk):
    """Shifts of a day each from that morning: 诺敏 leads, 欧阳 and 林河 by turns, unless said otherwise."""

    def do(*officers, days=4, leads=("诺敏",), hours=24, first=TODAY, at=EIGHT):
        pattern = Pattern(
            first=first, last=first + timedelta(days=days - 1), starts=time(8), hours=hours,
            leads=[world.person(one) for one in leads],
            officers=[world.person(one) for one in officers or ("欧阳", "林河")],
        )  # fmt: skip
        return duty.arrange(desk=desk, pattern=pattern, by=world.user("诺敏"), at=at)

    return do


def write(world, shift, who="欧阳", at=EIGHT + 23 * HOUR, **more):
    said = {"happened": "平安无事", "unfinished": "口罩未到货", "attention": ""} | more
    return handing_over.write(shift=shift, by=world.user(who), at=at, **said)


def passing(shift, at):
    return queries.passed_one(queries.with_people(Shift.objects.filter(pk=shift.pk)).get(), at).passing


# rosters


def folk(n):
    until = date(9999, 12, 31)
    return [Person(pk=k, name=f"甲{k}", on_roll_from=date(2019, 1, 1), on_roll_until=until) for k in range(1, n + 1)]


@given(
    days=st.integers(1, 40), hours=st.sampled_from([8, 12, 24]), officers=st.integers(1, 7), each=st.integers(1, 3),
    zone=st.sampled_from(["Asia/Shanghai", "America/Lima", "Europe/Berlin", "Africa/Conakry"]),
    first=st.dates(date(2020, 1, 1), date(2020, 12, 1)),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_shifts_lie_end_to_end_and_turns_are_fair(days, hours, officers, each, zone, first):
    people_ = folk(officers + each)
    last = first + timedelta(days=days - 1)
    shifts = planned(Pattern(first, last, time(8), hours, (), people_, each), zone)

    assert len(shifts) == days * 24 // hours
    assert all(one.until_at == two.from_at for one, two in zip(shifts, shifts[1:], strict=False))
    assert gaps([(one.from_at, one.until_at) for one in shifts], shifts[0].from_at, shifts[-1].until_at) == []
    turns = [sum(one in shift.officers for shift in shifts) for one in people_]
    assert max(turns) - min(turns) <= 1
    assert all(len(set(one.officers)) == each for one in shifts)


def test_the_night_when_clocks_are_changed_has_no_hole():
    shifts = planned(Pattern(date(2020, 3, 28), date(2020, 3, 29), time(0), 12, (), folk(2)), "Europe/Berlin")
    lengths = [(one.until_at.astimezone(UTC) - one.from_at.astimezone(UTC)) / HOUR for one in shifts]
    assert lengths == [12, 12, 11, 12]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, None), ({"hours": 7}, "24、12 或 8"), ({"last": TODAY - DAY}, "不早于"),
        ({"last": TODAY + 92 * DAY}, "最多"),
        ({"first": TODAY - 2 * DAY}, "过去"), ({"officers": []}, "值班员"), ({"each": 3}, "只有 2 人"),
        ({"leads": folk(1)}, "不能既带班又值班"),
        ({"leads": [Person(pk=9, name="离者", on_roll_from=TODAY, on_roll_until=TODAY + DAY)]}, "不在册"),
    ],
)  # fmt: skip
def test_which_patterns_make_a_roster(changes, words):
    said = {"first": TODAY, "last": TODAY + 6 * DAY, "starts": time(8), "hours": 12, "leads": (), "officers": folk(2)}
    reason = why_not_plan(Pattern(**said | changes), TODAY)
    assert reason is None if words is None else words in reason


@pytest.mark.parametrize(
    ("shifts", "found"),
    [
        ([], [(0, 48)]), ([(0, 48)], []), ([(-5, 10), (12, 60)], [(10, 12)]), ([(2, 10), (10, 30)], [(0, 2), (30, 48)]),
        ([(60, 70)], [(0, 48)]), ([(0, 20), (5, 10), (20, 48)], []),
    ],
)  # fmt: skip
def test_the_hours_that_nobody_covers(shifts, found):
    def at(hours):
        return EIGHT + hours * HOUR

    told = gaps([(at(start), at(end)) for start, end in shifts], EIGHT, at(48))
    assert told == [Gap(at(start), at(end)) for start, end in found]


def test_a_roster_is_made_once_for_the_same_hours(arrange, world, desk):
    made = arrange()
    assert [(one.from_at, one.until_at) for one in made] == [
        (EIGHT + n * DAY, EIGHT + (n + 1) * DAY) for n in range(4)]  # fmt: skip
    assert Notice.objects.filter(kind="duty.roster").count() == 3
    with pytest.raises(Refused, match="已经排了班"):
        arrange(first=TODAY + 3 * DAY)
    assert Shift.objects.count() == 4


def test_only_who_arranges_duty_there_makes_rosters(world):
    for name in ("石强", "林河", "欧阳"):
        with pytest.raises(Refused, match="不能安排"):
            duty.open_desk(unit=world.unit("NORTH"), phone="1", by=world.user(name), at=EIGHT)
    assert not DutyDesk.objects.exists()


# gaps


def test_a_desk_without_a_roster_is_a_gap_from_the_first_minute(desk, world):
    [row] = queries.shown([desk], EIGHT + HOUR)
    assert (row.now, row.gap) == (None, Gap(EIGHT, EIGHT + HOUR + 48 * HOUR))


def test_gaps_are_told_when_seen_and_when_they_begin(arrange, world, desk):
    arrange(days=1)
    moments = [0, 1, 2, 24, 25, 26]
    told = [duty_telling.watch(at=EIGHT + n * HOUR) for n in moments]

    assert told[:3] == [1, 0, 0]
    gap_notices = Notice.objects.filter(kind="duty.gap").order_by("pk")
    assert [one.text for one in gap_notices] == [
        "北方板块自 01-28 08:00 起无人值班，请安排",
        "北方板块现在无人值班，请马上安排",
    ]
    assert {one.person.name for one in gap_notices} == {"诺敏"}


def test_who_has_left_the_company_is_not_on_duty(arrange, world, desk):
    arrange("林河", leads=(), days=3)
    people.leave(person=world.person("林河"), on=TODAY + DAY, by=world.user("赵系"), at=EIGHT)

    assert queries.first_gaps(DutyDesk.objects.all(), EIGHT + HOUR)[desk.pk].since == EIGHT + DAY
    [row] = queries.shown([desk], EIGHT + HOUR)
    assert (row.now.from_at, row.next) == (EIGHT, None)


def test_the_unstaffed_desks_of_a_day_are_a_number(arrange, world, desk, clock):
    duty.open_desk(unit=world.unit("SOUTH"), phone="2", by=world.user("石强"), at=EIGHT - DAY)
    arrange(days=2)

    def told(code, unit, on):
        return numbers.value(known()[f"command.{code}"], Part(world.unit(unit).path, on))

    assert [told("unstaffed", "G", TODAY + n * DAY) for n in (-1, 0, 1, 2)] == [1, 1, 1, 2]
    assert [told("unstaffed", unit, TODAY) for unit in ("NORTH", "SOUTH")] == [0, 1]


# handing over


def test_a_shift_is_handed_over_in_writing_and_signed_by_the_next(arrange, world):
    first, second, *_rest = arrange()
    note = write(world, first)
    assert passing(first, EIGHT + 23 * HOUR) == Passing.WRITTEN
    assert Notice.objects.filter(kind="duty.handing", person__name="林河").count() == 1
    handing_over.take(note=note, remark="已核对", by=world.user("林河"), at=EIGHT + DAY)

    assert passing(first, EIGHT + DAY) == Passing.TAKEN
    assert queries.before(second).unfinished == "口罩未到货"
    with pytest.raises(Refused, match="已经接班"):
        write(world, first, at=EIGHT + DAY + MINUTE)


@pytest.mark.parametrize(
    ("who", "at", "text", "words"),
    [
        ("林河", 23, "无", "只有这一班"), ("石强", 23, "无", "只有这一班"), ("欧阳", 21, "无", "前两小时"),
        ("欧阳", 23, " ", "请写明"), ("诺敏", 23, "无", None),
    ],
)  # fmt: skip
def test_who_may_write_a_hand_over_and_when(arrange, world, who, at, text, words):
    shift = arrange()[0]
    if words is None:
        assert write(world, shift, who, EIGHT + at * HOUR, happened=text).written_by.name == who
    else:
        with pytest.raises(Refused, match=words):
            write(world, shift, who, EIGHT + at * HOUR, happened=text)
        assert not HandOver.objects.exists()


@pytest.mark.parametrize("who", ["欧阳", "周舟", "石强"])
def test_only_another_of_the_next_shift_signs(arrange, world, who):
    note = write(world, arrange(leads=())[0])
    with pytest.raises(Refused):
        handing_over.take(note=note, by=world.user(who), at=EIGHT + DAY)
    assert HandOver.objects.get().taken_at is None


def test_nobody_takes_over_from_themselves(arrange, world):
    note = write(world, arrange()[0], who="诺敏")
    with pytest.raises(Refused, match="交班人不能"):
        handing_over.take(note=note, by=world.user("诺敏"), at=EIGHT + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.update(taken_by=note.written_by, taken_at=EIGHT)


def test_a_missed_hand_over_is_told_once(arrange, world, clock):
    first = arrange()[0]
    ends = EIGHT + DAY
    assert [passing(first, ends + shift) for shift in (-3 * HOUR, -HOUR, 29 * MINUTE, 30 * MINUTE)] == [
        Passing.NOT_YET, Passing.OWED, Passing.OWED, Passing.MISSED]  # fmt: skip
    assert [duty_telling.watch(at=ends + n * MINUTE) for n in (20, 30, 40)] == [0, 2, 0]
    assert {one.person.name for one in Notice.objects.filter(kind="duty.handing")} == {"诺敏", "欧阳"}

    write(world, first, at=ends + HOUR)
    assert passing(first, ends + HOUR) == Passing.WRITTEN
    assert passing(first, ends + 2 * HOUR) == Passing.LEFT
    assert duty_telling.watch(at=ends + 2 * HOUR) == 2


def test_the_same_people_going_on_hand_nothing_over(arrange, world):
    first = arrange("欧阳", leads=())[0]
    assert passing(first, EIGHT + 2 * DAY) == Passing.NONE
    assert queries.missed_everywhere(EIGHT + 25 * HOUR) == []


def test_what_waits_for_me_to_hand_over_and_take_over(arrange, world):
    first = arrange(leads=())[0]
    outgoing, incoming = world.person("欧阳"), world.person("林河")
    ends = EIGHT + DAY

    assert [one.shift.pk for one in queries.my_hand_overs(outgoing, ends)] == [first.pk]
    assert queries.my_hand_overs(incoming, ends) == []
    write(world, first, at=ends)
    assert queries.my_hand_overs(outgoing, ends) == []
    assert [one.shift.pk for one in queries.my_hand_overs(incoming, ends)] == [first.pk]


# changes


def test_turns_are_exchanged_with_a_reason(arrange, world):
    first, second, *_rest = arrange(leads=())
    mine, theirs = first.turns.get(), second.turns.get()
    duty.swap(turn=mine, to=theirs.person, other=theirs, reason="送孩子", by=world.user("欧阳"), at=EIGHT - HOUR)

    assert [shift.turns.get().person.name for shift in (first, second)] == ["林河", "欧阳"]
    assert Turn.objects.get(shift=first).instead_of.name == "欧阳"
    assert Shift.objects.get(pk=first.pk).sequence == 1
    assert Notice.objects.filter(text__contains="由欧阳换为林河", person__name="林河").count() == 1


@pytest.mark.parametrize(
    ("by", "to", "reason", "words"),
    [("石强", "才让", "忙", "只有本人"), ("诺敏", "诺敏", "忙", "已经在这一班"),
        ("诺敏", "才让", " ", "原因"), ("欧阳", "才让", "忙", None),],
)  # fmt: skip
def test_who_may_swap_a_turn(arrange, world, by, to, reason, words):
    turn = arrange()[0].turns.get(role="officer")
    todo = {"turn": turn, "to": world.person(to), "reason": reason, "by": world.user(by), "at": EIGHT}
    if words is None:
        assert duty.swap(**todo).person.name == to
    else:
        with pytest.raises(Refused, match=words):
            duty.swap(**todo)
        assert Turn.objects.get(pk=turn.pk).person.name == "欧阳"


def test_a_shift_ahead_is_cancelled_one_begun_is_not(arrange, world):
    first, second, *_rest = arrange()
    by = world.user("诺敏")
    with pytest.raises(Refused, match="已经开始"):
        duty.cancel(shift=first, reason="改排", by=by, at=EIGHT)
    duty.cancel(shift=second, reason="改排", by=by, at=EIGHT)
    assert [one.pk for one in queries.roster_of(first.desk, EIGHT)][1] != second.pk
    assert queries.first_gaps(DutyDesk.objects.all(), EIGHT)[first.desk_id].since == EIGHT + DAY


def test_a_closed_desk_has_no_gaps_and_no_shifts_ahead(arrange, world, desk):
    arrange()
    duty.close_desk(desk=desk, reason="响应终止", by=world.user("诺敏"), at=EIGHT + HOUR)
    assert Shift.objects.planned().count() == 1
    assert duty_telling.watch(at=EIGHT + 3 * DAY) == 0
    assert duty.open_desk(unit=desk.unit, phone="1", by=None, at=EIGHT + 2 * HOUR).closed_at is None


def test_a_day_lasts_as_long_as_the_unit_says(world):
    lima = world.unit("SOUTH")
    lima.zone = "America/Lima"
    lima.save()
    desk = duty.open_desk(unit=lima, phone="1", by=None, at=EIGHT)
    pattern = Pattern(TODAY, TODAY, time(8), 24, (), [world.person("石强")])
    [shift] = duty.arrange(desk=desk, pattern=pattern, by=None, at=EIGHT)
    assert shift.from_at.astimezone(UTC) == datetime(2020, 1, 27, 13, 0, tzinfo=UTC)


def test_nobody_is_on_duty_at_a_unit_that_was_merged(world):
    desk = duty.open_desk(unit=world.unit("WORKS-2"), phone="1", by=None, at=EIGHT)
    duty.arrange(
        desk=desk, pattern=Pattern(TODAY, TODAY + 3 * DAY, time(8), 24, (), [world.person("周舟")]), by=None, at=EIGHT
    )  # fmt: skip
    units.merge_unit(
        unit=world.unit("WORKS-2"), target=world.unit("WORKS-1"), on=TODAY + DAY, by=world.user("赵系"), at=EIGHT
    )  # fmt: skip
    planned_changes.carry_out_due(at=EIGHT + DAY)

    assert [following.follow_units(at=EIGHT + n * DAY) for n in (0, 1, 1)] == [0, 1, 0]
    assert DutyDesk.objects.get().closed_reason == "单位已关闭"
    assert Shift.objects.planned().count() == 2
    assert duty_telling.watch(at=EIGHT + 5 * DAY) == 0
