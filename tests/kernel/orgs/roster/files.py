"""Roster files as senders make them."""

import io

import xlsxwriter

HEADINGS = {
    "number": "工号", "name": "姓名", "team": "班组编码", "employer": "用工单位编码", "outside_employer": "外协单位",
    "post": "岗位", "process_step": "工序", "branch": "党支部编码", "phone": "手机", "identity": "身份证号",
    "on_roll_from": "在册日期", "on_roll_until": "离册日期",
}  # fmt: skip
IDENTITY, OTHER_IDENTITY = "11010519491231002X", "110105199003071239"


def line(number, name="新人", team="W1-T1", **cells):
    """One row of a roster by our own names of the columns."""
    return {"number": number, "name": name, "team": team} | cells


def table(lines):
    """Headings and cells of `lines`, as a list of lists."""
    keys = [key for key in HEADINGS if any(key in one for one in lines)]
    return [[HEADINGS[key] for key in keys], *([one.get(key, "") for key in keys] for one in lines)]


def csv_bytes(cells, *, encoding="utf-8", separator=","):
    return "\r\n".join(separator.join(str(cell) for cell in row) for row in cells).encode(encoding)


def xlsx_bytes(cells, *more_sheets, fill=None):
    """A workbook whose first sheet holds `cells`; `fill(book, sheet)` may add what a table of values cannot."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in [("花名册", cells), *more_sheets]:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            if fill and name == "花名册":
                fill(book, sheet)
    return out.getvalue()
