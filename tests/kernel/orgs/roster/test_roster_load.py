from datetime import date, timedelta

import pytest

from tests.kernel.orgs.roster.conftest import AT, DAY
from tests.kernel.orgs.roster.files import IDENTITY, OTHER_IDENTITY, line
from tests.world import DAY_ONE
from wuli.base.clock import FOREVER
from wuli.base.crypto import decrypt, keyed_hash
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import people, roster
from wuli.kernel.orgs.models import Assignment, Person, Post, Posting
from wuli.kernel.orgs.queries.people import roll_on

BEFORE = DAY - timedelta(days=1)
NOTHING = {"joined": 0, "moved": 0, "changed": 0, "left": 0, "unchanged": 0, "refused": 0}


def days_of(number):
    rows = Assignment.objects.filter(person__number=number).order_by("from_date")
    return list(rows.values_list("unit__code", "from_date", "until_date"))


def test_a_new_person_joins_with_everything_the_line_says(world, load):
    counts = load(
        line("40001", "单晓梅", post="电解工", process_step="电解", branch="P-W1-A", phone="13912345678",
             identity=IDENTITY, on_roll_from="2020-02-10")
    )  # fmt: skip

    assert counts == {"rows": 1, **NOTHING, "joined": 1}
    person = world.person("单晓梅")
    assert (person.pinyin, person.initials, person.phone) == ("shanxiaomei", "sxm", "13912345678")
    assert (person.unit.code, person.path, person.employer.code) == ("W1-T1", person.unit.path, "WORKS-1")
    assert (str(person.post), person.branch.code) == ("电解 · 电解工", "P-W1-A")
    assert (decrypt(person.identity), person.identity_hash) == (IDENTITY, keyed_hash(IDENTITY))
    assert days_of("40001") == [("W1-T1", date(2020, 2, 10), FOREVER)]


@pytest.mark.parametrize(
    ("team", "employer"),
    [("W1-T1", "WORKS-1"), ("W1-SHOP", "WORKS-1"), ("NORTH", "NORTH"), ("W2-T1", "WORKS-2"), ("G-OFFICE", "G")],
)
def test_without_an_employer_the_nearest_office_above_employs(world, load, team, employer):
    load(line("40001", team=team), under="G")
    assert world.person("新人").employer.code == employer


def test_a_contractor_has_an_outside_employer_and_no_other(world, load):
    load(line("40001", outside_employer="宏远劳务"))
    person = world.person("新人")
    assert (person.employer, person.outside_employer, person.is_contractor) == (None, "宏远劳务", True)

    load(line("40001", employer="WORKS-2"))
    person = world.person("新人")
    assert (person.employer.code, person.outside_employer) == ("WORKS-2", "")


def test_posts_are_made_once_for_all_who_hold_them(load):
    load(line("40001", "甲", post="天车工"), line("40002", "乙", post="天车工"), line("40003", "丙", post="天车工"))
    load(line("40004", "丁", post="天车工"))
    assert Post.objects.filter(unit__code="W1-T1", name="天车工").count() == 1


def test_the_second_time_changes_nothing_and_says_so(load):
    rows = [
        line("40001", "甲", post="天车工", identity=IDENTITY, phone="13912345678", on_roll_from="2019-05-01"),
        line("40002", "乙", outside_employer="宏远劳务", on_roll_until="2020-06-01"),
        line("20003", "才让", branch="P-W1-A"),
    ]
    load(*rows)
    before = list(Assignment.objects.order_by("pk").values()), Person.objects.count()
    told = Event.objects.exclude(verb="roster.imported").count()

    assert load(*rows) == {"rows": 3, **NOTHING, "unchanged": 3}
    assert (list(Assignment.objects.order_by("pk").values()), Person.objects.count()) == before
    assert Event.objects.exclude(verb="roster.imported").count() == told


def test_a_blank_cell_keeps_and_a_dash_empties(world, load):
    load(
        line("40001", "甲", post="天车工", process_step="铸造", branch="P-W1-A", phone="13912345678", identity=IDENTITY)
    )
    load(line("40001", "甲", post="", branch=None))
    kept = world.person("甲")
    assert (str(kept.post), kept.branch.code, kept.phone) == ("铸造 · 天车工", "P-W1-A", "13912345678")

    load(line("40001", "甲", post="-", branch="无", phone="—", identity="/"), on=DAY + timedelta(days=1))
    empty = world.person("甲")
    assert (empty.post, empty.branch, empty.phone) == (None, None, "")
    assert (empty.identity, empty.identity_hash) == (None, "")


def test_who_moves_keeps_the_days_before_and_the_employer_follows(world, load):
    load(line("40001", "甲", post="天车工", on_roll_from="2020-01-05"))
    counts = load(line("40001", "甲", team="W2-T1"))

    assert counts["moved"] == 1
    person = world.person("甲")
    assert (person.unit.code, person.path, person.employer.code) == ("W2-T1", person.unit.path, "WORKS-2")
    assert (person.post.unit.code, person.post.name) == ("W2-T1", "天车工")
    assert days_of("40001") == [("W1-T1", date(2020, 1, 5), DAY), ("W2-T1", DAY, FOREVER)]
    assert "40001" in roll_on(BEFORE, world.unit("WORKS-1")).values_list("person__number", flat=True)
    assert "40001" in roll_on(DAY, world.unit("WORKS-2")).values_list("person__number", flat=True)
    event = Event.objects.get(verb="person.moved")
    assert event.changes["unit"] == ["电解一班", "铸造班"]
    assert event.changes["from"] == [None, "2020-02-03"]


def test_someone_lent_to_another_works_keeps_the_employer_given(world, load):
    load(line("40001", "甲", employer="WORKS-2"))
    load(line("40001", "甲", team="W1-T2"))
    assert world.person("甲").employer.code == "WORKS-2"


def test_a_place_taken_on_the_same_day_is_corrected_without_a_day_between(load):
    load(line("40001", "甲"))
    load(line("40001", "甲", team="W1-T2"))
    assert days_of("40001") == [("W1-T2", DAY, FOREVER)]


def test_personal_values_stand_masked_in_the_journal(world, load):
    load(line("20003", "才让", phone="13912345678", identity=IDENTITY))
    event = Event.objects.get(verb="person.amended")
    assert event.changes["phone"] == ["138****0003", "139****5678"]
    assert event.changes["identity"] == [None, "***"]
    assert event.actor_name == "欧阳"


def test_who_leaves_gives_up_duties_and_place_on_that_day(world, load):
    assert load(line("20003", "才让", on_roll_until="2020-02-01"))["left"] == 1

    assert world.person("才让").on_roll_until == date(2020, 2, 1)
    assert days_of("20003") == [("W1-T1", DAY_ONE, date(2020, 2, 1))]
    assert Posting.objects.get(person__number="20003").until_date == date(2020, 2, 1)
    assert Event.objects.get(verb="person.left").changes["on_roll_until"] == [None, "2020-02-01"]


def test_a_leaving_day_ahead_can_be_withdrawn(world, load):
    load(line("40001", "甲", on_roll_until="2020-12-31"))
    assert days_of("40001")[-1][2] == date(2020, 12, 31)
    assert load(line("40001", "甲", on_roll_until="-"))["changed"] == 1
    assert days_of("40001")[-1][2] == FOREVER


def test_moving_and_leaving_in_one_line(load):
    load(line("20003", "才让", team="W1-T2", on_roll_until="2020-03-01"))
    assert days_of("20003") == [("W1-T1", DAY_ONE, DAY), ("W1-T2", DAY, date(2020, 3, 1))]


def test_who_comes_back_begins_anew_and_the_gap_stays(world, load):
    load(line("20003", "才让", on_roll_until="2020-01-20"))
    counts = load(line("20003", "才让", team="W1-T2", on_roll_from="2015-07-01"))

    assert (counts["joined"], counts["rejoins"], counts["earlier_stint"]) == (1, 1, 1)
    assert days_of("20003") == [("W1-T1", DAY_ONE, date(2020, 1, 20)), ("W1-T2", DAY, FOREVER)]
    person = world.person("才让")
    assert (person.on_roll_from, person.on_roll_until) == (DAY, FOREVER)
    again = load(line("20003", "才让", team="W1-T2", on_roll_from="2015-07-01"))
    assert (again["unchanged"], again["earlier_stint"]) == (1, 1)


def test_someone_listed_as_gone_stays_gone(load):
    load(line("20003", "才让", on_roll_until="2020-01-20"))
    assert load(line("20003", "才让", on_roll_from="2015-07-01", on_roll_until="2020-01-20"))["changed"] == 1
    assert days_of("20003") == [("W1-T1", date(2015, 7, 1), date(2020, 1, 20))]
    assert load(line("20003", "才让", on_roll_until="2020-01-25"))["left"] == 1
    assert days_of("20003") == [("W1-T1", date(2015, 7, 1), date(2020, 1, 25))]


def test_a_joining_day_is_corrected_in_the_first_assignment(world, load):
    load(line("40001", "甲", on_roll_from="2020-01-10"))
    load(line("40001", "甲", team="W1-T2"))
    load(line("40001", "甲", team="W1-T2", on_roll_from="2019-12-01"))
    assert days_of("40001") == [("W1-T1", date(2019, 12, 1), DAY), ("W1-T2", DAY, FOREVER)]
    assert world.person("甲").on_roll_from == date(2019, 12, 1)


def test_with_a_complete_roster_whoever_is_absent_leaves(world, load):
    counts = load(
        line("20001", "诺敏"), line("20002", "欧阳"), line("20004", "林河", team="W1-T2"), line("40001", "甲"),
        under="WORKS-1", whole=True,
    )  # fmt: skip
    assert counts == {"rows": 5, **NOTHING, "joined": 1, "unchanged": 3, "left": 1}
    assert world.person("才让").on_roll_until == DAY
    assert world.person("周舟").on_roll_until == FOREVER


def test_nobody_leaves_because_a_file_has_only_some(world, load):
    load(line("20001", "诺敏"), under="WORKS-1")
    assert world.person("才让").on_roll_until == FOREVER


@pytest.mark.parametrize(
    ("cells", "notice"),
    [
        (line("40001", team="WORKS-1"), "no_cell"),
        (line("40001", identity=OTHER_IDENTITY), "two_rolls"),
    ],
    ids=["a unit above a team", "a second roll with the same identity"],
)
def test_some_things_are_let_in_but_said(world, load, cells, notice):
    people.amend(person=world.person("石强"), identity=OTHER_IDENTITY, by=world.user("顾岚"), at=AT)
    assert load(cells)[notice] == 1


def test_one_bad_line_keeps_all_out(load):
    before = Person.objects.count(), Event.objects.count()
    with pytest.raises(Refused, match="第 2 行 班组编码：没有编码为“NOWHERE”的单位"):
        load(line("40001", "甲"), line("40002", "乙", team="NOWHERE"))
    assert (Person.objects.count(), Event.objects.count()) == before


def test_a_frame_and_typed_days_do_as_well(world):
    import polars as pl

    frame = pl.DataFrame({"number": ["40001"], "name": ["甲"], "team": ["W1-T1"], "on_roll_from": [date(2019, 1, 1)]})
    roster.load(frame, unit=world.unit("G"), on=DAY, by=None, at=AT)
    assert days_of("40001") == [("W1-T1", date(2019, 1, 1), FOREVER)]
