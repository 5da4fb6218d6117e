"""The workbook that senders fill in: the headings on one sheet, what to put under them on the other."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from .columns import COLUMNS


def template() -> bytes:
    """An .xlsx in the language of whoever asks. All columns are text, so that Excel leaves long numbers alone."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bg_color": "#EEF3F8", "bottom": 1, "num_format": "@"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("花名册"))
        for place, column in enumerate(COLUMNS.values()):
            sheet.set_column(place, place, 18, text)
            sheet.write_string(0, place, f"{column.title} *" if column.needed else str(column.title), head)
        sheet.freeze_panes(1, 0)
        _explain(book.add_worksheet(_("填写说明")), head, wrap)
    return out.getvalue()


def _explain(sheet: xlsxwriter.worksheet.Worksheet, head: object, wrap: object) -> None:
    for place, (label, width) in enumerate([(_("列"), 16), (_("示例"), 24), (_("必填"), 8), (_("说明"), 70)]):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, label, head)
    row = 0
    for row, column in enumerate(COLUMNS.values(), start=1):
        sheet.write_string(row, 0, str(column.title))
        sheet.write_string(row, 1, column.example)
        sheet.write_string(row, 2, _("是") if column.needed else "")
        sheet.write_string(row, 3, str(column.explanation), wrap)
    for place, rule in enumerate(rules(), start=row + 2):
        sheet.write_string(place, 0, rule)


def rules() -> list[str]:
    """What every sender should know, in three lines."""
    return [
        _("按工号认人：已有的工号更新，没有的新增。空白的单元格不改原来的内容，填 - 表示清空。"),
        _("先检查、再预览，确认后才写入；有问题的行连同原因退回给您，默认全部没有问题才导入。"),
        _("同一文件可以重复导入，不会重复增加。以 ※ 开头的行是备注，不导入。"),
    ]
