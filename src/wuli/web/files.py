"""Lists as files: CSV in one stream, XLSX in constant memory; no cell of either ever runs as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAST_ROW = 1_048_576
LONGEST_CELL = 32_767
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def stream_csv(
    name: str, header: Sequence[object], rows: Iterable[Sequence[Any]], note: str | None = None
) -> StreamingHttpResponse:
    """`name`.csv as UTF-8 with a mark that spreadsheets recognise. `note` (who, when) stands below the rows."""
    answer = StreamingHttpResponse(_csv_lines(header, rows, note), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return _not_kept(answer)


def stream_xlsx(
    name: str, header: Sequence[object], rows: Iterable[Sequence[Any]], note: str | None = None
) -> FileResponse:
    """`name`.xlsx, from a temporary file that goes when it is sent. `note` (who, when) is below and on each page."""
    file = TemporaryFile(suffix=".xlsx")  # noqa: SIM115  the answer closes it when it is sent
    try:
        _write_xlsx(file, header, rows, note)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _not_kept(FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX))


def kept_file(place: Path, name: str, media_type: str, *, shown: bool) -> FileResponse:
    """A file of the private folder as it came, drawn in the browser if `shown`, else handed over; or 404."""
    try:
        content = place.open("rb")
    except FileNotFoundError as gone:  # a backup came back without its files
        raise Http404 from gone
    answer = FileResponse(content, as_attachment=not shown, filename=name, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def plain(value: Any) -> str:
    """A value as text for people: local times, no time zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _local(value).strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def harmless(value: Any) -> Any:
    """A cell that a spreadsheet will not run: text that begins like a formula gets a quote in front."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = plain(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(header: Sequence[object], rows: Iterable[Sequence[Any]], note: str | None) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([harmless(cell) for cell in header])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
    if note:
        yield writer.writerow([harmless(note)])


def _write_xlsx(file: IO[bytes], header: Sequence[object], rows: Iterable[Sequence[Any]], note: str | None) -> None:
    settings = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, settings) as book:
        sheet, write = book.add_worksheet(), _cell_writer(book)
        bold = book.add_format({"bold": True, "bg_color": "#EEF3F8", "bottom": 1, "quote_prefix": True})
        for column, label in enumerate(header):
            sheet.set_column(column, column, min(40, max(10, 2 * len(str(label)) + 4)))
            sheet.write_string(0, column, str(label), bold)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        place = 0
        for place, row in enumerate(rows, start=1):
            if place + 1 >= LAST_ROW:
                raise Refused(_("超过 1,048,574 行，电子表格放不下，请改用 CSV 导出"), code="too_many_rows")
            for column, value in enumerate(row):
                write(sheet, place, column, value)
        if note:
            write(sheet, place + 1, 0, note)
            sheet.set_footer("&L" + note.replace("&", "&&")[:200] + "&R&P / &N")


def _cell_writer(book: Any) -> Any:
    """Dates as dates, numbers as numbers, all else as text that stays text even when someone edits the cell."""
    formats = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        str: book.add_format({"quote_prefix": True}),
    }

    def write(sheet: Any, row: int, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(row, column, value)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, _local(value), formats[datetime])
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, formats[date])
        else:
            text = str(value)
            kept = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
            sheet.write_string(row, column, kept, formats[str] if text.startswith(FORMULA_STARTS) else None)

    return write


def _local(value: datetime) -> datetime:
    return timezone.make_naive(value) if timezone.is_aware(value) else value


def _not_kept[R: HttpResponseBase](answer: R) -> R:
    """Exports hold people's data: neither browsers nor proxies may keep a copy."""
    answer["Cache-Control"] = "no-store"
    return answer
