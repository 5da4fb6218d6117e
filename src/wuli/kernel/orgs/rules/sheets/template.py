"""The workbook that senders fill in: the headings on one sheet, what to put under them on the other."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from .layout import Layout


def template(layout: Layout) -> bytes:
    """An .xlsx in the language of whoever asks. All columns are text, so that Excel leaves long numbers alone."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bg_color": "#EEF3F8", "bottom": 1, "num_format": "@"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(str(layout.words.sheet))
        for place, column in enumerate(layout.columns.values()):
            sheet.set_column(place, place, 18, text)
            sheet.write_string(0, place, f"{column.title} *" if column.needed else str(column.title), head)
        sheet.freeze_panes(1, 0)
        _explain(book.add_worksheet(_("填写说明")), head, wrap, layout)
    return out.getvalue()


def _explain(sheet: xlsxwriter.worksheet.Worksheet, head: object, wrap: object, layout: Layout) -> None:
    for place, (label, width) in enumerate([(_("列"), 16), (_("示例"), 24), (_("必填"), 8), (_("说明"), 70)]):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, label, head)
    row = 0
    for row, column in enumerate(layout.columns.values(), start=1):
        sheet.write_string(row, 0, str(column.title))
        sheet.write_string(row, 1, column.example)
        sheet.write_string(row, 2, _("是") if column.needed else "")
        sheet.write_string(row, 3, str(column.explanation), wrap)
    for place, rule in enumerate(layout.rules(), start=row + 2):
        sheet.write_string(place, 0, rule)
