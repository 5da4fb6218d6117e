"""The columns of a roster, the headings under which they are known, and what may stand in them."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Column:
    title: Promise
    headings: tuple[str, ...]
    """What senders write above the column: simplified, traditional, English; compared by `bare_heading`."""
    explanation: Promise
    example: str = ""
    needed: bool = False
    longest: int = 32


COLUMNS: dict[str, Column] = {
    "number": Column(
        _("工号"),
        ("工号", "员工编号", "人员编号", "工號", "員工編號", "人員編號", "number", "employee number", "employee no",
         "employee id", "staff number"),
        _("全集团唯一，用来认人：再次导入时按工号更新"), "200801", needed=True,
    ),
    "name": Column(
        _("姓名"), ("姓名", "名字", "name", "full name"), _("与身份证件一致"), "才让多杰", needed=True, longest=60
    ),
    "team": Column(
        _("班组编码"),
        ("班组编码", "班组", "单位编码", "所在单位编码", "班組編碼", "班組", "單位編碼", "team code", "team",
         "work team code", "unit code"),
        _("管理此人的班组。可填班组以上的单位，但会列为“未编入班组”的盲点"), "W1-T1", needed=True,
    ),
    "employer": Column(
        _("用工单位编码"),
        ("用工单位编码", "用工单位", "劳动合同单位", "用工單位編碼", "用工單位", "employer code", "employer"),
        _("签订劳动合同的单位。空白时为班组所在的企业"), "WORKS-1",
    ),
    "outside_employer": Column(
        _("外协单位"),
        ("外协单位", "外包单位", "劳务单位", "外協單位", "外包單位", "outside employer", "contractor",
         "contractor company"),
        _("外协人员所属公司的名称；填了它就不填用工单位"), longest=80,
    ),
    "post": Column(_("岗位"), ("岗位", "岗位名称", "崗位", "崗位名稱", "post", "job"), _("班组里没有的岗位会自动新建"),
                   "电解工", longest=40),
    "process_step": Column(_("工序"), ("工序", "process step", "step"), _("岗位所在的工序"), "电解", longest=40),
    "branch": Column(
        _("党支部编码"),
        ("党支部编码", "党支部", "黨支部編碼", "黨支部", "party branch code", "party branch", "branch code"),
        _("党员所在党支部；不是党员则空白"), "P-W1-A",
    ),
    "phone": Column(_("手机"),
                    ("手机", "手机号", "手机号码", "手機", "手機號", "手機號碼", "phone", "mobile", "mobile phone"),
                    _("境外号码以 + 开头"), "13800012345", longest=20),
    "identity": Column(
        _("身份证号"),
        ("身份证号", "身份证", "身份证号码", "身份證號", "身份證", "身份證號碼", "identity number", "id number"),
        _("18 位，单元格须为文本格式；加密保存"), "11010519491231002X", longest=18,
    ),
    "on_roll_from": Column(
        _("在册日期"),
        ("在册日期", "入职日期", "在冊日期", "入職日期", "on roll from", "on the roll from", "joined on", "join date"),
        _("何日起在册。空白时为生效日期"), "2020-02-03",
    ),
    "on_roll_until": Column(
        _("离册日期"), ("离册日期", "离职日期", "離冊日期", "離職日期", "on roll until", "leaving date", "left on"),
        _("离开后的第一天；仍在册则空白"),
    ),
}  # fmt: skip

DATES = ("on_roll_from", "on_roll_until")
NEEDED = tuple(key for key, column in COLUMNS.items() if column.needed)
CLEARED = ("-", "—", "–", "/", "无", "無")
"""A cell that says "nothing": it empties what is on record. A blank cell leaves it as it is."""


def bare_heading(text: str) -> str:
    """A heading without marks, brackets, spaces, case and width: “手机号 *（必填）” → "手机号"."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[(\[【].*?[)\]】]", "", text)
    return re.sub(r"[\s*:_'\"]+", "", text)


KNOWN = {
    bare_heading(heading): (key, rank)
    for key, column in COLUMNS.items()
    for rank, heading in enumerate((*column.headings, key))
}


def places_of(headings: list[str]) -> dict[str, int]:
    """Where each of our columns stands. Of two that could be the same (“班组编码”, “班组”) the plainer word wins."""
    found: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(headings):
        key, rank = KNOWN.get(bare_heading(heading), ("", 0))
        if key and (key not in found or rank < found[key][0]):
            found[key] = rank, place
    return {key: place for key, (_rank, place) in found.items()}
