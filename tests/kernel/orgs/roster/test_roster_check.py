"""What is found wrong with a line, and that finding it touches nothing."""

from datetime import date, timedelta

import polars as pl
import pytest

from tests.kernel.orgs.roster.conftest import AT, DAY
from tests.kernel.orgs.roster.files import IDENTITY, line
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.actions.roster.checking import plan
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.rules.roster.layout import ROSTER


def problems(*lines, under="NORTH", on=DAY, whole=False):
    """(line, column, code) of every problem; lines are numbered from 1."""
    keys = {key for one in lines for key in one}
    rows = pl.DataFrame([{key: one.get(key) for key in keys} for one in lines], infer_schema_length=None)
    made = plan(rows.with_row_index("row", 1), unit=Unit.objects.get(code=under), on=on, whole=whole)
    return [found[:3] for found in made.findings.iter_rows() if found[2] in ROSTER.refusing]


WRONG = [
    ("no number", line(""), "number", "missing"),
    ("no name", line("1", " "), "name", "missing"),
    ("no team, as under a merged cell", line("1", team=None), "team", "missing"),
    ("a number with spaces only", line("　"), "number", "missing"),
    ("a number with strange signs", line("12#4"), "number", "bad_number"),
    ("a number spoilt by Excel", line("1.1E+17"), "number", "scientific"),
    ("a very long number", line("9" * 33), "number", "too_long"),
    ("a formula for a number", line("=A2+1"), "number", "formula"),
    ("a formula for a name", line("1", "=B2"), "name", "formula"),
    ("a very long name", line("1", "长" * 61), "name", "too_long"),
    ("a team nobody knows", line("1", team="NOWHERE"), "team", "unknown_team"),
    ("a team of strangers", line("1", team="W3-T1"), "team", "unknown_team"),
    ("a Party branch as team", line("1", team="P-W1-A"), "team", "party_team"),
    ("someone of strangers", line("30001"), "number", "number_elsewhere"),
    ("an employer nobody knows", line("1", employer="NOWHERE"), "employer", "unknown_unit"),
    ("a team as employer", line("1", employer="W1-T2"), "employer", "not_employer"),
    ("a Party body as employer", line("1", employer="P-W1"), "employer", "unknown_unit"),
    ("two employers", line("1", employer="WORKS-1", outside_employer="宏远劳务"), "outside_employer", "two_employers"),
    ("a committee as branch", line("1", branch="P-NORTH"), "branch", "not_branch"),
    ("a branch nobody knows", line("1", branch="NOWHERE"), "branch", "unknown_unit"),
    ("a process step alone", line("1", process_step="电解"), "process_step", "step_without_post"),
    ("a short phone", line("1", phone="1380001"), "phone", "bad_phone"),
    ("words for a phone", line("1", phone="没有手机"), "phone", "bad_phone"),
    ("a masked phone", line("1", phone="138****0001"), "phone", "masked"),
    ("a masked identity number", line("1", identity="11**************2X"), "identity", "masked"),
    ("an identity number of 15 digits", line("1", identity="110105491231002"), "identity", "identity_length"),
    ("letters in an identity number", line("1", identity="1101051949123100AX"), "identity", "identity_digits"),
    ("a birthday that never was", line("1", identity="110105194902310024"), "identity", "identity_birthday"),
    ("a wrong check digit", line("1", identity="110105194912310021"), "identity", "identity_check"),
    ("an identity number spoilt by Excel", line("1", identity="110105194912310000"), "identity", "scientific"),
    ("the same in scientific writing", line("1", identity="1.10105E+17"), "identity", "scientific"),
    ("no date", line("1", on_roll_from="上个月"), "on_roll_from", "bad_date"),
    ("a day that never was", line("1", on_roll_from="2020-02-30"), "on_roll_from", "bad_date"),
    ("a year out of this world", line("1", on_roll_from="0202-02-03"), "on_roll_from", "bad_date"),
    ("leaving before joining", line("1", on_roll_from="2020-02-03", on_roll_until="2020-02-03"), "on_roll_until",
     "leaves_too_early"),
    ("leaving before the newest change", line("20003", "才让", on_roll_until="2020-01-01"), "on_roll_until",
     "leaves_too_early"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "code"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_one_wrong_cell_is_found_once(world, cells, column, code):
    assert problems(cells) == [(1, column, code)]


def test_every_problem_has_a_sentence_in_which_its_values_stand():
    for code in ROSTER.refusing:
        assert "%(" not in ROSTER.sentence(code, "甲", "乙")


def test_of_two_lines_with_one_number_neither_is_believed(world):
    assert problems(line("1", "甲"), line("2", "乙"), line("1", "丙")) == [
        (1, "number", "duplicate_number"), (3, "number", "duplicate_number"),
    ]  # fmt: skip


def test_one_identity_under_two_numbers_is_refused(world):
    assert problems(line("1", identity=IDENTITY), line("2", identity=IDENTITY.lower())) == [
        (1, "identity", "duplicate_identity"), (2, "identity", "duplicate_identity"),
    ]  # fmt: skip


def test_once_excel_spoilt_one_identity_number_none_that_looks_so_is_trusted(world):
    happens_to_check = "110105194912141000"
    assert problems(line("1", identity=happens_to_check)) == []
    both = problems(line("1", identity=happens_to_check), line("2", identity="110105194912310000"))
    assert both == [(1, "identity", "scientific"), (2, "identity", "scientific")]


def test_a_closed_team_and_one_not_yet_open(world):
    units.open_unit(NewUnit("W2-T2", "team", "新班", "WORKS-2"), on=date(2020, 3, 1), by=None, at=AT)
    old = units.open_unit(NewUnit("W2-T3", "team", "旧班", "WORKS-2"), on=date(2020, 1, 1), by=None, at=AT)
    units.close_unit(unit=old, on=date(2020, 2, 1), by=None, at=AT)

    assert problems(line("1", team="W2-T2")) == [(1, "team", "not_open_yet")]
    assert problems(line("1", team="W2-T2", on_roll_from="2020-03-01")) == []
    assert problems(line("1", team="W2-T3")) == [(1, "team", "closed")]
    assert problems(line("1", team="W2-T3", on_roll_from="2020-01-05", on_roll_until="2020-01-20")) == []


def test_nothing_can_change_before_the_newest_change(world, load):
    load(line("20003", "才让", team="W1-T2"))
    the_day_before = DAY - timedelta(days=1)
    assert problems(line("20003", "才让", team="W1-T1"), on=the_day_before) == [(1, "team", "changed_later")]
    assert problems(line("20003", "才让", team="W1-T2"), on=the_day_before) == []
    assert problems(line("20003", "才让", team="W1-T2", on_roll_until=str(DAY))) == [
        (1, "on_roll_until", "leaves_before_change")
    ]
    assert problems(line("20003", "才让", team="W1-T2", on_roll_from=str(DAY))) == [
        (1, "on_roll_from", "joins_too_late")
    ]
    everyone_else = [line("20001", "诺敏"), line("20002", "欧阳"), line("20004", "林河", team="W1-T2")]
    assert problems(*everyone_else, under="WORKS-1", whole=True) == [(-1, "number", "absent_changed")]


SAME_DAY = [
    "2020-02-03", "2020/2/3", "2020.2.3", "20200203", "43864", "43864.0", "2020年2月3日", "２０２０－０２－０３",
    " 2020-02-03 ", "2020-02-03 00:00:00", "2020/02/03 0:00", "'2020-02-03",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME_DAY)
def test_a_day_is_read_in_every_usual_way(world, load, text):
    load(line("1", on_roll_from=text), under="NORTH")
    assert world.person("新人").on_roll_from == date(2020, 2, 3)


@pytest.mark.parametrize(
    ("key", "text", "read"),
    [
        ("number", "４０００１", "40001"),
        ("number", "40001.0", "40001"),
        ("number", "'00123", "00123"),
        ("number", '="00123"', "00123"),
        ("number", " 400 01　", "40001"),
        ("name", "张　三", "张三"),
        ("name", " 欧 阳 锋 ", "欧阳锋"),
        ("name", "才让·多杰", "才让·多杰"),
        ("name", "John  Smith", "John Smith"),
        ("name", "\ufeff王五\u200b", "王五"),
        ("phone", "138-0001-2345", "13800012345"),
        ("phone", "+86 138 0001 2345", "13800012345"),
        ("phone", "008613800012345", "13800012345"),
        ("phone", "+51 987 654 321", "+51987654321"),
        ("phone", "0871-63123456", "087163123456"),
        ("phone", "１３８０００１２３４５", "13800012345"),
        ("outside_employer", "宏远（云南）劳务", "宏远（云南）劳务"),
    ],
)
def test_what_senders_do_to_cells_is_undone(world, load, key, text, read):
    load({"number": "40001", "name": "新人", "team": "W1-T1"} | {key: text})

    assert Person.objects.order_by("-pk").values_list(key, flat=True).first() == read
