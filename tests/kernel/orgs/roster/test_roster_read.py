"""Files as offices send them, and files that are none."""

import io
import struct
import zipfile
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter

from tests.kernel.orgs.roster.files import csv_bytes, line, table, xlsx_bytes
from wuli.base.errors import Refused
from wuli.kernel.orgs.actions.sheets import unpacking
from wuli.kernel.orgs.actions.sheets.reading import read
from wuli.kernel.orgs.rules.roster.layout import ROSTER

CELLS = table([line("00123", "才让", phone="13800012345"), line("40002", "卓玛", "W1-T2")])
EXPECTED = [("00123", "才让", "W1-T1", "13800012345"), ("40002", "卓玛", "W1-T2", None)]


@pytest.fixture
def sheet_of(tmp_path):
    """What is read from a file with this content."""

    def sheet_of(content):
        path = tmp_path / "upload"
        path.write_bytes(content)
        return read(path, ROSTER)

    return sheet_of


def people_in(sheet):
    columns = [column for column in ("number", "name", "team", "phone") if column in sheet.cells.columns]
    return [tuple(cell or None for cell in row) for row in sheet.cells.select(columns).iter_rows()]


GOOD = {
    "a workbook": xlsx_bytes(CELLS),
    "UTF-8": csv_bytes(CELLS),
    "UTF-8 with its mark": csv_bytes(CELLS, encoding="utf-8-sig"),
    "GBK, as Excel in China saves CSV": csv_bytes(CELLS, encoding="gbk"),
    "UTF-16, as Excel saves Unicode text": csv_bytes(CELLS, encoding="utf-16", separator="\t"),
    "semicolons": csv_bytes(CELLS, separator=";"),
    "tabs": csv_bytes(CELLS, separator="\t"),
    "quoted": (
        '"工号","姓名","班组编码","手机"\n"00123","才让","W1-T1","13800012345"\n"40002","卓玛","W1-T2",\n'
    ).encode(),
    "old line ends": csv_bytes(CELLS).replace(b"\r\n", b"\r"),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD.keys())
def test_every_usual_kind_of_file_says_the_same(sheet_of, content):
    assert people_in(sheet_of(content)) == EXPECTED


HEADED = {
    "simplified": ["工号", "姓名", "班组编码", "手机"],
    "traditional": ["工號", "姓名", "班組編碼", "手機號碼"],
    "English": ["Employee number", "Full name", "Team code", "Mobile"],
    "our own names": ["number", "name", "team", "phone"],
    "with marks": ["工号 *", "姓名*（必填）", "班组编码：", "手机号(11位)"],
    "with spaces": [" 工 号 ", "姓　名", "班组编码", "手\n机"],
}


@pytest.mark.parametrize("headings", HEADED.values(), ids=HEADED.keys())
def test_headings_in_three_languages(sheet_of, headings):
    assert people_in(sheet_of(xlsx_bytes([headings, *CELLS[1:]]))) == EXPECTED


def test_headings_below_a_title_and_a_line_of_groups(sheet_of):
    cells = [["北方板块花名册"], [], ["基本信息", "", "", "联系方式"], *CELLS]
    sheet = sheet_of(xlsx_bytes(cells))
    assert people_in(sheet) == EXPECTED
    assert sheet.cells["row"].to_list() == [5, 6]


def test_headings_once_more_are_no_person(sheet_of):
    cells = [CELLS[0], ["Number", "Name", "Team code", "Phone"], CELLS[1], CELLS[0], CELLS[2]]
    sheet = sheet_of(xlsx_bytes(cells))
    assert people_in(sheet) == EXPECTED
    assert sheet.cells["row"].to_list() == [3, 5]


def test_blank_lines_and_remarks_are_no_people(sheet_of):
    cells = [CELLS[0], CELLS[1], [], ["", " "], CELLS[2], [], ["※ 顾岚 2020-02-03 导出"]]
    for content in (xlsx_bytes(cells), csv_bytes(cells)):
        sheet = sheet_of(content)
        assert people_in(sheet) == EXPECTED
        assert sheet.cells["row"].to_list() == [2, 5]


def test_of_two_columns_that_could_be_the_team_the_code_is_taken(sheet_of):
    cells = [["工号", "姓名", "班组", "班组编码"], ["1", "甲", "电解一班", "W1-T1"]]
    sheet = sheet_of(xlsx_bytes(cells))
    assert people_in(sheet) == [("1", "甲", "W1-T1")]
    assert sheet.notes["other_columns"] == "班组"


def test_columns_of_others_are_named_and_kept_for_the_error_file(sheet_of):
    sheet = sheet_of(xlsx_bytes([["工号", "姓名", "班组编码", "籍贯", ""], ["1", "甲", "W1-T1", "青海", "？"]]))
    assert sheet.notes["other_columns"] == "籍贯"
    sent = sheet.as_sent(sheet.cells["row"])
    assert sent.columns == ["row", "工号", "姓名", "班组编码", "籍贯", "5"]
    assert sent.row(0) == (2, "1", "甲", "W1-T1", "青海", "？")


def test_the_first_of_several_sheets_is_read_and_said(sheet_of):
    sheet = sheet_of(xlsx_bytes(CELLS, ("离职", [["别的"]]), ("填写说明", [])))
    assert people_in(sheet) == EXPECTED
    assert (sheet.notes["sheet"], sheet.notes["other_sheets"]) == ("花名册", "离职、填写说明")


def test_numbers_dates_and_formulas_of_a_workbook_are_their_values(sheet_of):
    def fill(book, sheet):
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, ["工号", "姓名", "班组编码", "手机", "在册日期", "身份证号"])
        sheet.write_number(1, 0, 40001)
        sheet.write_formula(1, 1, '="新"&"人"', None, "新人")
        sheet.write_string(1, 2, "W1-T1")
        sheet.write_number(1, 3, 13800012345)
        sheet.write_datetime(1, 4, date(2020, 2, 3), day)
        sheet.write_number(1, 5, 110105194912310021)

    sheet = sheet_of(xlsx_bytes([], fill=fill))
    assert people_in(sheet) == [("40001", "新人", "W1-T1", "13800012345")]
    assert sheet.cells["on_roll_from"].to_list() == ["2020-02-03 00:00:00"]
    assert sheet.cells["identity"].to_list() == ["110105194912310000"]


def test_under_a_merged_cell_there_is_nothing(sheet_of):
    def fill(book, sheet):
        sheet.merge_range(1, 2, 2, 2, "W1-T1")

    cells = [CELLS[0][:3], ["1", "甲"], ["2", "乙"]]
    assert people_in(sheet_of(xlsx_bytes(cells, fill=fill))) == [("1", "甲", "W1-T1"), ("2", "乙", None)]


def locked_workbook():
    """The outside of a workbook with a password: a compound file with a stream of that name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(488)


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def cut(content):
    return content[: len(content) // 2]


BAD = {
    "an empty file": (b"", "empty"),
    "only a mark": (b"\xef\xbb\xbf", "empty"),
    "an empty workbook": (xlsx_bytes([]), "empty"),
    "headings only": (xlsx_bytes(CELLS[:1]), "empty"),
    "headings and blank lines": (csv_bytes([CELLS[0], ["", ""], []]), "empty"),
    "no headings": (xlsx_bytes(CELLS[1:]), "no_heading"),
    "a missing column": (xlsx_bytes([["工号", "姓名"], ["1", "甲"]]), "no_heading"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_a_sheet"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00", "not_a_sheet"),
    "a web page named .xls": ("<html><table><tr><td>工号</td></tr></table></html>".encode(), "not_a_sheet"),
    "bytes of no writing": (bytes(range(128, 256)) * 3, "not_a_sheet"),
    "a program": (b"\x7fELF\x02\x01\x01\x00", "not_a_sheet"),
    "another archive": (zipped(word__document_dot_xml="x"), "not_a_sheet"),
    "half a workbook": (cut(xlsx_bytes(CELLS)), "broken"),
    "a workbook of rubbish": (zipped(xl__workbook_dot_xml="rubbish"), "broken"),
    "a workbook with a password": (locked_workbook(), "locked"),
    "a workbook of 2003": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "old_format"),
    "an open quote": ('工号,姓名,班组编码\n1,"甲'.encode() + b"x" * 200_000, "broken"),
}


@pytest.mark.parametrize(("content", "code"), BAD.values(), ids=BAD.keys())
def test_what_is_no_roster_is_refused_with_a_sentence(sheet_of, content, code):
    with pytest.raises(Refused) as no:
        sheet_of(content)
    assert no.value.code == code
    assert len(str(no.value)) > 4


def test_missing_columns_are_named(sheet_of):
    with pytest.raises(Refused, match="班组编码"):
        sheet_of(xlsx_bytes([["工号", "姓名"], ["1", "甲"]]))


def test_a_file_of_too_many_lines_is_refused(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(csv_bytes(CELLS))
    with pytest.raises(Refused, match="3 行"):
        read(path, replace(ROSTER, most_rows=2))


class TestZipBomb:
    """A small archive that unpacks to more than any roster holds is refused before a parser opens it."""

    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch):
        monkeypatch.setattr(unpacking, "LARGEST", 200_000)

    def bomb(self, size):
        return zipped(xl__workbook_dot_xml="<workbook/>", xl__worksheets__sheet1_dot_xml=b"0" * size)

    def test_that_says_so(self, sheet_of):
        with pytest.raises(Refused) as no:
            sheet_of(self.bomb(1_000_000))
        assert no.value.code == "bomb"

    def test_that_lies_about_it(self, sheet_of):
        honest, said = self.bomb(1_000_000), struct.pack("<I", 1_000_000)
        assert honest.count(said) == 2  # in the directory and before the part itself
        with pytest.raises(Refused) as no:
            sheet_of(honest.replace(said, struct.pack("<I", 1000)))
        assert no.value.code == "bomb"

    def test_a_lie_about_little_is_a_broken_file(self, sheet_of):
        honest, said = self.bomb(100_000), struct.pack("<I", 100_000)
        with pytest.raises(Refused) as no:
            sheet_of(honest.replace(said, struct.pack("<I", 1000)))
        assert no.value.code == "broken"

    def test_with_very_many_parts(self, sheet_of):
        with pytest.raises(Refused) as no:
            sheet_of(zipped(xl__workbook_dot_xml="", **{f"part{n}": "" for n in range(1001)}))
        assert no.value.code == "bomb"


class TestFarCells:
    """One cell far away makes the parser ask for room for everything in between: for more than any machine has."""

    @pytest.mark.parametrize("place", ["XFD1", "XFD1048576", "E999999999999", "ZZ400000", "ABCDEFGHIJ1"])
    def test_are_refused(self, sheet_of, place):
        content = xlsx_bytes(CELLS)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
        first = "xl/worksheets/sheet1.xml"
        parts[first] = parts[first].replace(b'r="C3"', f'r="{place}"'.encode()).replace(b'r="A1"', b'r="A400000"')
        with pytest.raises(Refused) as no:
            sheet_of(zipped(**parts))
        assert no.value.code == "far_cells"

    def test_a_wide_sheet_of_usual_length_is_read(self, sheet_of):
        def fill(_book, sheet):
            sheet.write_string(500, 120, "备注")

        assert people_in(sheet_of(xlsx_bytes(CELLS, fill=fill))) == EXPECTED


def test_a_workbook_made_to_be_written_in_one_pass_is_read_too(sheet_of):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(CELLS):
            sheet.write_row(at, 0, row)
    assert people_in(sheet_of(out.getvalue())) == EXPECTED
