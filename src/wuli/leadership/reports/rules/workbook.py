"""Another authority's template as a file in hand: refused where it is dangerous or broken, shown, and filled."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from wuli.base.errors import Refused, refuse

LARGEST = 2 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 400
OLD_OR_LOCKED = bytes.fromhex("d0cf11e0")
"""How files of the old format begin, and those with a password."""
MACROS = re.compile(r"vbaProject|/activeX/|/embeddings/|/macrosheets/", re.IGNORECASE)
LOST = re.compile(r"xl/(media|charts|drawings|diagrams)/", re.IGNORECASE)
SHOWN_ROWS, SHOWN_COLUMNS = 60, 26
CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
COLUMN = re.compile(r"[A-Z]{1,3}")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

type Written = str | int | Decimal | date | None


@dataclass(frozen=True)
class Line:
    """A row of the template and what comes into its columns."""

    values: Mapping[str, Written]


def open_template(content: bytes, name: str = "") -> Workbook:
    """The workbook. Raises Refused, with a sentence, for what is no plain .xlsx file."""
    if name.lower().endswith((".xlsm", ".xltm", ".xlsb")):
        raise _macros()
    if len(content) > LARGEST:
        raise Refused(_("模板最大 2 MB；请删去图片和多余的工作表"), field="file")
    if content.startswith(OLD_OR_LOCKED):
        raise Refused(_("这是旧格式或有密码的文件，请用 Excel 取消密码、另存为 .xlsx"), field="file")
    try:
        _refuse_swollen(content)
        book = load_workbook(BytesIO(content), keep_links=False)
    except (BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError) as broken:
        raise Refused(_("文件打不开，可能已损坏；请用 Excel 打开后另存为 .xlsx"), field="file") from broken
    if not book.worksheets:
        raise Refused(_("文件里没有工作表"), field="file")
    return book


def loses(content: bytes) -> bool:
    """Whether pictures or charts of the template will not be in the filled one."""
    with ZipFile(BytesIO(content)) as archive:
        return any(LOST.match(name) for name in archive.namelist())


def sheet_of(book: Workbook, name: str) -> Worksheet:
    if name not in book.sheetnames or not isinstance(book[name], Worksheet):
        raise Refused(_("模板里没有工作表“%(sheet)s”") % {"sheet": name}, field="sheet")
    return book[name]


def grid(sheet: Worksheet) -> tuple[list[str], list[tuple[int, list[Any]]]]:
    """The letters of the first columns, and the first rows as they stand: what the designer points at."""
    columns = min(max(sheet.max_column, 1), SHOWN_COLUMNS)
    rows = [
        (number, [sheet.cell(number, column).value for column in range(1, columns + 1)])
        for number in range(1, min(sheet.max_row, SHOWN_ROWS) + 1)
    ]
    return [get_column_letter(column) for column in range(1, columns + 1)], rows


def why_not_cell(sheet: Worksheet, place: str) -> str | None:
    """Why nothing can be written into the cell called `place`."""
    if not is_cell(place):
        return _("“%(place)s”不是单元格，请写成 C5 这样") % {"place": place}
    row, column = coordinate_to_tuple(place)
    if row > sheet.max_row or column > sheet.max_column:
        return None  # beyond what stands in the template: asking for the cell would make it
    cell = sheet[place]
    if isinstance(cell, MergedCell):
        merged = next(one for one in sheet.merged_cells.ranges if place in one)
        return _("%(place)s 在合并单元格 %(range)s 里，请写它的左上角 %(corner)s") % {
            "place": place, "range": merged.coord, "corner": merged.coord.split(":")[0]}  # fmt: skip
    if cell.data_type == "f":
        return _("%(place)s 里是公式，填写会破坏它") % {"place": place}
    return None


def is_cell(place: str) -> bool:
    found = CELL.fullmatch(place)
    return bool(found and is_column(found[1]) and int(found[2]) <= LAST_ROW)


def is_column(letters: str) -> bool:
    return bool(COLUMN.fullmatch(letters)) and coordinate_to_tuple(f"{letters}1")[1] <= LAST_COLUMN


def why_not_lines(sheet: Worksheet, columns: Iterable[str], first_row: int, count: int) -> str | None:
    """Why `count` lines do not fit from `first_row` on: a cell is taken, or in the midst of a merged one."""
    if first_row + count > LAST_ROW:
        return _("起始行太靠下")
    for row in range(first_row, min(first_row + count, sheet.max_row + 1)):
        for letters in columns:
            if why_not := why_not_cell(sheet, f"{letters}{row}") or _why_not_over(sheet, letters, row):
                return why_not if row == first_row else _("从第 %(first)d 行起要填 %(count)d 行，但%(why)s") % {
                    "first": first_row, "count": count, "why": why_not}  # fmt: skip
    return None


def fill(
    sheet: Worksheet, cells: Mapping[str, Written], lines: list[Line], first_row: int | None
) -> Iterator[tuple[str, Written]]:
    """Write values into single cells, and lines from `first_row` down; yields each place with what came there.

    A value that is not known leaves its cell as it is: a blank is never a zero. Raises Refused before the first write
    if one of them has no room.
    """
    if lines and first_row and (why_not := why_not_lines(sheet, lines[0].values, first_row, len(lines))):
        raise Refused(why_not)
    for place in cells:
        refuse(why_not_cell(sheet, place) or _why_not_beside(place, lines, first_row or 1))
    yield from [(place, _write(sheet, place, value)) for place, value in cells.items()]
    for number, line in enumerate(lines):
        row = (first_row or 1) + number
        for letters, value in line.values.items():
            _dress(sheet, letters, row, first_row or 1)
            yield f"{letters}{row}", _write(sheet, f"{letters}{row}", value)


def _refuse_swollen(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        names = [part.filename for part in parts]
    if any(MACROS.search(name) for name in names):
        raise _macros()
    if "xl/workbook.xml" not in names:
        raise BadZipFile("no workbook in it")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(_("模板展开后太大；请删去多余的工作表和图片"), field="file")


def _macros() -> Refused:
    return Refused(_("模板带有宏或嵌入的程序，不能使用；请另存为不带宏的 .xlsx"), field="file")


def _why_not_beside(place: str, lines: list[Line], first_row: int) -> str | None:
    row, column = coordinate_to_tuple(place)
    if lines and first_row <= row < first_row + len(lines) and get_column_letter(column) in lines[0].values:
        return _("%(place)s 要填的内容会被各单位的行盖住") % {"place": place}
    return None


def _why_not_over(sheet: Worksheet, letters: str, row: int) -> str | None:
    place = f"{letters}{row}"
    if sheet[place].value not in (None, ""):
        return _("%(place)s 已有内容“%(text)s”") % {"place": place, "text": str(sheet[place].value)[:20]}
    merged = next((one for one in sheet.merged_cells.ranges if place in one), None)
    if merged and merged.max_row > merged.min_row:
        return _("%(place)s 在跨行的合并单元格 %(range)s 里") % {"place": place, "range": merged.coord}
    return None


def _write(sheet: Worksheet, place: str, value: Written) -> Written:
    if value is None:
        return None
    cell = sheet[place]
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # a name that begins with = is no formula
    return value


def _dress(sheet: Worksheet, letters: str, row: int, first_row: int) -> None:
    """A line below the ones that were drawn looks like the first."""
    cell, first = sheet[f"{letters}{row}"], sheet[f"{letters}{first_row}"]
    if row > first_row and not cell.has_style and first.has_style:
        cell._style = copy(first._style)
