"""A file as a table of texts, from XLSX or CSV in the forms in which offices send them."""

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

import fastexcel
import polars as pl
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

from ...rules.sheets.layout import Layout
from .unpacking import refuse_dangerous

ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
SEPARATORS = "\t;,"
HEADING_ROWS = 20
"""How far down the headings may stand: below titles, notes and a line of groups."""
STRANGE = re.compile("[\x00-\x08\x0e-\x1f\ufffe]")
REMARK = "※"
"""A line that begins with it says nothing of anyone: our own exports end with who made them and when."""


@dataclass(frozen=True)
class Sheet:
    """What a file holds: `cells` for our columns, each with the line number `row`; `lines` as they were sent."""

    cells: pl.DataFrame
    lines: pl.DataFrame
    headings: list[str]
    notes: dict[str, str] = field(default_factory=dict)

    def as_sent(self, rows: pl.Series) -> pl.DataFrame:
        """Some lines under their own headings, told apart where two are alike; columns with neither are left out."""
        lines = self.lines.filter(pl.col("row").is_in(rows.implode()))
        columns = [lines["row"]]
        for place, heading in enumerate(self.headings):
            cells, name = lines.to_series(place), heading.strip() or str(place + 1)
            if heading.strip() or cells.is_not_null().any():
                taken = any(name == column.name for column in columns)
                columns.append(cells.alias(f"{name} ({place + 1})" if taken else name))
        return pl.DataFrame(columns)


def read(path: Path, layout: Layout) -> Sheet:
    """The table in `path`. Raises Refused with what is wrong with the file as a whole."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(ZIP):
        table, notes = _workbook(path)
    elif start.startswith(OLE):
        raise _why_not_ole(path)
    else:
        table, notes = _text(path), {}
    if len(table) > layout.most_rows:
        raise Refused(_("文件有 %(rows)d 行，一次最多 %(most)d 行") % {"rows": len(table), "most": layout.most_rows})
    return _sheet(table, notes, layout)


def _workbook(path: Path) -> tuple[pl.DataFrame, dict[str, str]]:
    refuse_dangerous(path)
    try:
        book = fastexcel.read_excel(path)
        table = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as broken:
        raise Refused(_("文件已损坏，不能打开；请用 Excel 另存一份再上传"), code="broken") from broken
    first, *others = book.sheet_names
    return table, {"sheet": first, "other_sheets": _("、").join(others)} if others else {}


def _why_not_ole(path: Path) -> Refused:
    if LOCKED in path.read_bytes():
        return Refused(_("文件有密码，请取消密码后再上传"), code="locked")
    return Refused(_("这是旧格式文件，请在 Excel 中另存为 .xlsx 再上传"), code="old_format")


def _text(path: Path) -> pl.DataFrame:
    text = _decoded(path.read_bytes())
    head = "\n".join(text.split("\n", HEADING_ROWS)[:HEADING_ROWS])
    separator = max(SEPARATORS, key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as broken:
        raise Refused(_("文件里的引号不成对，请用 Excel 另存一份再上传"), code="broken") from broken
    return pl.DataFrame([pl.Series(str(at), cells, pl.String) for at, cells in enumerate(zip_longest(*lines))])


def _decoded(content: bytes) -> str:
    """Text in whatever of the usual ways it was written: UTF-8, UTF-16 with its mark, or GBK."""
    wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    ways = ["utf-16"] if wide else ["utf-8-sig", "gb18030"]
    for way in ways:
        try:
            text = content.decode(way)
        except UnicodeDecodeError:
            continue
        if not STRANGE.search(text) and not text.lstrip().startswith("<"):
            return text
        break
    raise Refused(_("这不是表格文件，请上传 .xlsx 或 .csv 文件"), code="not_a_sheet")


def _sheet(table: pl.DataFrame, notes: dict[str, str], layout: Layout) -> Sheet:
    top, places = _headings(table, layout)
    headings = [text or "" for text in table.row(top)]
    lines = table.with_columns(row=pl.int_range(1, pl.len() + 1)).slice(top + 1)
    cells = lines.select("row", *(pl.nth(place).alias(key) for key, place in places.items()))
    cells = _only_filled(cells, layout)
    if cells.is_empty():
        raise Refused(_("文件里只有表头，没有内容"), code="empty")
    if others := [text for place, text in enumerate(headings) if text.strip() and place not in places.values()]:
        notes = notes | {"other_columns": _("、").join(others)[:200]}
    return Sheet(cells, lines, headings, notes)


def _headings(table: pl.DataFrame, layout: Layout) -> tuple[int, dict[str, int]]:
    """The line among the first that holds most of our headings, and where each of them stands."""
    if table.is_empty():
        raise Refused(_("文件是空的"), code="empty")
    lines = [layout.places_of([text or "" for text in line]) for line in table.head(HEADING_ROWS).iter_rows()]
    top = max(range(len(lines)), key=lambda at: (len(lines[at]), -at))
    missing = [str(layout.columns[key].title) for key in layout.needed if key not in lines[top]]
    if missing:
        raise Refused(_("没有找到必填的列：%(columns)s。请下载模板，对照表头") % {"columns": _("、").join(missing)},
                      code="no_heading")  # fmt: skip
    return top, lines[top]


def _only_filled(cells: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Without blank lines, headings once more (in another language, or on each printed page) and remarks.

    Only lines whose first needed cell has no digit, or is a remark, need a closer look.
    """
    first, *_others = naming = layout.needed[:2]
    number, keys = pl.col(first), [key for key in cells.columns if key != "row"]
    doubtful = cells.filter(number.is_null() | ~number.str.contains(r"\d") | number.str.starts_with(REMARK))
    filled = pl.any_horizontal(pl.col(key).str.strip_chars().ne("").fill_null(value=False) for key in keys)
    again = pl.all_horizontal(
        pl.col(key).str.strip_chars(" *").str.to_lowercase().is_in([key, *layout.columns[key].headings])
        .fill_null(value=False)
        for key in naming
    )  # fmt: skip
    nothing = doubtful.filter(~filled | again | number.str.starts_with(REMARK).fill_null(value=False))
    return cells.filter(~pl.col("row").is_in(nothing["row"].implode())) if len(nothing) else cells
