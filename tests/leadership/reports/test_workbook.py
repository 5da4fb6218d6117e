"""Another authority's file: what is refused, what is kept, what is written."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill

from wuli.base.errors import Refused
from wuli.leadership.reports.actions import layouts
from wuli.leadership.reports.rules import workbook
from wuli.leadership.reports.rules.workbook import Line


def packed(book):
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def book():
    """A report as an authority sends it: a title over merged cells, a head, one drawn line, a sum below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "日报"
    sheet["A1"] = "疫情防控日报表"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells("A1:D1")
    for column, words in enumerate(["序号", "单位", "在岗", "体温异常"], start=1):
        sheet.cell(3, column, words)
        sheet.cell(4, column).fill = PatternFill("solid", fgColor="FFEECC")
    sheet["C9"] = "=SUM(C4:C8)"
    sheet.merge_cells("A11:A12")
    return book


def with_part(content, name, text=b"x"):
    file = BytesIO(content)
    with ZipFile(file, "a") as archive:
        archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("spoil", "name", "sentence"),
    [
        (lambda good: b"PK\x03\x04 not a zip", "a.xlsx", "文件打不开，可能已损坏"),
        (lambda good: good[:-400], "a.xlsx", "文件打不开，可能已损坏"),
        (lambda good: b"", "a.xlsx", "文件打不开，可能已损坏"),
        (lambda good: bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 100, "a.xls", "旧格式或有密码"),
        (lambda good: good, "a.xlsm", "带有宏"),
        (lambda good: with_part(good, "xl/vbaProject.bin"), "a.xlsx", "带有宏"),
        (lambda good: with_part(good, "xl/embeddings/oleObject1.bin"), "a.xlsx", "带有宏"),
        (lambda good: good + b"0" * workbook.LARGEST, "a.xlsx", "最大 2 MB"),
    ],
)
def test_a_file_that_is_no_plain_workbook_is_refused(book, spoil, name, sentence):
    with pytest.raises(Refused, match=sentence) as no:
        workbook.open_template(spoil(packed(book)), name)
    assert no.value.field == "file"


def test_a_file_that_swells_is_refused_before_it_is_read(book):
    assert workbook.open_template(packed(book)).sheetnames == ["日报"]
    file = BytesIO(packed(book))
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"0" * (workbook.LARGEST_UNPACKED + 1))
    with pytest.raises(Refused, match="展开后太大"):
        workbook.open_template(file.getvalue())


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("C5", None), ("A1", None), ("Z99", None),
        ("B1", "B1 在合并单元格 A1:D1 里，请写它的左上角 A1"),
        ("C9", "C9 里是公式，填写会破坏它"),
        ("5C", "“5C”不是单元格"), ("C0", "“C0”不是单元格"), ("ZZZ1", "“ZZZ1”不是单元格"), ("A9999999", "不是单元格"),
    ],
)  # fmt: skip
def test_which_cell_can_be_written(book, place, why):
    found = workbook.why_not_cell(book.active, place)
    assert (found is None) if why is None else why in found


def lines(count):
    return [Line({"A": n, "B": f"单位{n}", "C": 10 * n}) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("first_row", "count", "why"),
    [
        (4, 5, None), (20, 500, None),
        (4, 6, "从第 4 行起要填 6 行，但C9 里是公式，填写会破坏它"),
        (3, 1, "A3 已有内容“序号”"),
        (10, 2, "从第 10 行起要填 2 行，但A11 在跨行的合并单元格 A11:A12 里"),
        (12, 1, "A12 在合并单元格 A11:A12 里"),
    ],
)  # fmt: skip
def test_lines_need_room(book, first_row, count, why):
    found = workbook.why_not_lines(book.active, ["A", "B", "C"], first_row, count)
    assert (found is None) if why is None else why in found


def test_the_filled_file_keeps_its_looks_and_its_formulas(book):
    sheet = workbook.open_template(packed(book))["日报"]
    written = dict(workbook.fill(sheet, {"A2": "同舟集团", "D2": None}, lines(3), 4))
    again = load_workbook(BytesIO(layouts.packed(sheet.parent, by="顾岚", note="测试")))["日报"]

    assert [[cell.value for cell in row] for row in again["A4:C6"]] == [
        [1, "单位1", 10], [2, "单位2", 20], [3, "单位3", 30],
    ]  # fmt: skip
    assert (again["A2"].value, again["D2"].value, written["D2"]) == ("同舟集团", None, None)
    assert (again["A1"].font.b, again["C9"].value) == (True, "=SUM(C4:C8)")
    assert again["B6"].fill.fgColor.rgb == again["B4"].fill.fgColor.rgb == "00FFEECC"
    assert again.parent.properties.lastModifiedBy == "顾岚"


def test_a_name_that_looks_like_a_formula_stays_a_name(book):
    sheet = book.active
    list(workbook.fill(sheet, {"B2": "=1+1"}, [], None))
    assert load_workbook(BytesIO(packed(book)))["日报"]["B2"].data_type == "s"


@pytest.mark.parametrize("cells", [{"C9": 1}, {"B1": 1}, {"B5": 1}])
def test_nothing_is_written_where_one_place_is_wrong(book, cells):
    with pytest.raises(Refused):
        list(workbook.fill(book.active, {"A2": 1} | cells, lines(3), 4))
    assert book.active["A2"].value is None
    assert book.active["A4"].value is None


def test_pictures_that_will_be_lost_are_noticed(book):
    assert not workbook.loses(packed(book))
    assert workbook.loses(with_part(packed(book), "xl/media/logo.png"))
