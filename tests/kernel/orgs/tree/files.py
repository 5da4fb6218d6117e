"""Lists of units as senders make them."""

from tests.kernel.orgs.roster import files
from wuli.kernel.orgs.rules.tree.columns import COLUMNS

HEADINGS = {key: str(column.headings[0]) for key, column in COLUMNS.items()}


def line(code, name="新单位", kind="班组", parent="WORKS-1", **cells):
    """One line by our own names of the columns; a new team of 一厂 unless said otherwise."""
    return {"code": code, "name": name, "kind": kind, "parent": parent} | cells


def table(lines):
    """Headings and cells of `lines`, as a list of lists."""
    keys = [key for key in HEADINGS if any(key in one for one in lines)]
    return [[HEADINGS[key] for key in keys], *([one.get(key, "") for key in keys] for one in lines)]


csv_bytes, xlsx_bytes = files.csv_bytes, files.xlsx_bytes
