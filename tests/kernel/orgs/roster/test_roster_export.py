"""The roll as a file: whom it holds, how much of their numbers, and that it comes in again."""

import csv
import io

import fastexcel
import pytest
from django.urls import reverse

from tests.kernel.orgs.roster.conftest import AT, DAY
from tests.kernel.orgs.roster.files import IDENTITY, line
from tests.world import DAY_ONE
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import people, postings
from wuli.kernel.orgs.actions.roster.checking import plan
from wuli.kernel.orgs.actions.sheets.reading import read
from wuli.kernel.orgs.models import Person
from wuli.kernel.orgs.queries import roster_export
from wuli.kernel.orgs.rules.roster.layout import ROSTER


@pytest.fixture
def take(signed_in):
    """Download the roll of a unit as 欧阳 or another."""

    def take(who="欧阳", *, unit="NORTH", shape="csv", **more):
        return signed_in(who).post(reverse("orgs:roster_export"), {"unit": unit, "shape": shape, **more})

    return take


def csv_of(answer):
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"), newline="")))


def xlsx_of(answer):
    frame = fastexcel.read_excel(b"".join(answer.streaming_content)).load_sheet(0, header_row=None, dtypes="string")
    return [[cell or "" for cell in row] for row in frame.to_polars().iter_rows()]


def test_who_is_in_the_file_and_that_numbers_are_masked(world, take, load):
    load(line("40001", "甲", post="天车工", process_step="铸造", identity=IDENTITY, outside_employer="宏远劳务"))
    heading, *rows, mark = csv_of(take())

    assert heading[:3] == ["工号", "姓名", "班组编码"]
    assert [row[0] for row in rows] == ["20001", "20002", "20003", "40001", "20004", "20005"]
    assert rows[3] == ["40001", "甲", "W1-T1", "", "宏远劳务", "天车工", "铸造", "", "", "*" * 18, "2020-02-03", ""]
    assert rows[0][8] == "138****0001"
    assert mark[0].startswith("※ 欧阳 20002 于 ")
    assert "号码已脱敏" in mark[0]


def test_the_workbook_says_the_same_as_the_text(take):
    told = csv_of(take())
    for one, other in zip(told[:-1], xlsx_of(take(shape="xlsx"))[:-1], strict=True):
        assert one == [cell.removesuffix(" 00:00:00") for cell in other]


def test_complete_numbers_need_a_reason_and_leave_it_behind(world, take, load):
    load(line("40001", "甲", identity=IDENTITY, phone="13912345678"))
    assert take(unmask="on").status_code == 422
    assert not Event.objects.filter(verb="roster.exported").exists()

    rows = csv_of(take(unmask="on", reason="核对社保名单"))
    assert ["13912345678", IDENTITY] in [row[8:10] for row in rows]
    event = Event.objects.get(verb="roster.exported")
    assert (event.actor_name, event.reason, event.subject_name) == ("欧阳", "核对社保名单", "北方板块")
    assert event.changes == {"people": [None, 6], "format": [None, "csv"], "numbers": [None, "full"]}


def test_every_download_is_an_event(take):
    take(q="诺")
    event = Event.objects.get(verb="roster.exported")
    assert event.changes == {"people": [None, 1], "format": [None, "csv"], "filters": [None, "诺"]}


def test_a_complete_file_comes_in_again_and_changes_nothing(world, take, load, tmp_path):
    load(
        line("40001", "甲", post="天车工", process_step="铸造", identity=IDENTITY, on_roll_until="2030-01-01"),
        line("00042", "@乙", outside_employer="+宏远劳务", branch="P-W1-A"),
        line("40003", "-丙", phone="+51987654321"),
    )
    for shape in ("csv", "xlsx"):
        answer = take(shape=shape, unmask="on", reason="改后再导入")
        file = tmp_path / shape
        file.write_bytes(b"".join(answer.streaming_content))
        made = plan(read(file, ROSTER).cells, unit=world.unit("NORTH"), on=DAY)
        assert made.counts()["unchanged"] == made.counts()["rows"] == 8


def test_a_masked_file_does_not_overwrite_numbers(world, take, tmp_path):
    file = tmp_path / "masked.csv"
    file.write_bytes(b"".join(take().streaming_content))
    made = plan(read(file, ROSTER).cells, unit=world.unit("NORTH"), on=DAY)
    assert set(made.findings["code"]) == {"masked"}


def test_who_has_left_is_not_on_the_roll(world, take):
    people.leave(person=world.person("才让"), on=DAY, by=world.user("欧阳"), at=AT)
    assert "才让" not in [row[1] for row in csv_of(take())[1:-1]]


def test_a_unit_out_of_reach_is_not_found(take):
    answer = take(unit="SOUTH")
    assert answer.status_code == 422
    assert not Event.objects.filter(verb="roster.exported").exists()


def test_party_officers_take_their_members_without_complete_numbers(world, take):
    postings.post(person=world.person("林河"), duty="party_officer", unit=world.unit("P-NORTH"), from_date=DAY_ONE,
                  by=None, at=AT)  # fmt: skip
    rows = csv_of(take("林河", unit="P-NORTH", unmask="on", reason="核对党员"))
    assert [row[1] for row in rows[1:-1]] == ["诺敏", "才让", "周舟"]
    assert all("****" in row[8] for row in rows[1:-1])


@pytest.mark.parametrize(("who", "status"), [("欧阳", 200), ("顾岚", 200), ("诺敏", 404), ("石强", 404), ("马力", 404)])
def test_who_may_export(signed_in, who, status):
    assert signed_in(who).get(reverse("orgs:roster_export")).status_code == status


@pytest.mark.parametrize("count", [1, 300])
def test_any_number_of_people_is_read_with_one_query(world, load, django_assert_num_queries, count):
    load(*(line(str(50000 + n), f"人{n}") for n in range(count)))
    found = Person.objects.filter(number__startswith="5").order_by("number")
    with django_assert_num_queries(1):
        assert len(list(roster_export.rows(found, unmasked=False))) == count
