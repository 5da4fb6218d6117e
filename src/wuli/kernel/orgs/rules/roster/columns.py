"""The columns of a roster, the headings under which they are known, and what may stand in them."""

from django.utils.translation import gettext_lazy as _

from ..sheets.layout import Column

COLUMNS: dict[str, Column] = {
    "number": Column(
        _("工号"),
        ("工号", "员工编号", "人员编号", "工號", "員工編號", "人員編號", "number", "employee number", "employee no",
         "employee id", "staff number"),
        _("全集团唯一，用来认人：再次导入时按工号更新"), "200801", needed=True, is_code=True,
    ),
    "name": Column(
        _("姓名"), ("姓名", "名字", "name", "full name"), _("与身份证件一致"), "才让多杰", needed=True, longest=60
    ),
    "team": Column(
        _("班组编码"),
        ("班组编码", "班组", "单位编码", "所在单位编码", "班組編碼", "班組", "單位編碼", "team code", "team",
         "work team code", "unit code"),
        _("管理此人的班组。可填班组以上的单位，但会列为“未编入班组”的盲点"), "W1-T1", needed=True, is_code=True,
    ),
    "employer": Column(
        _("用工单位编码"),
        ("用工单位编码", "用工单位", "劳动合同单位", "用工單位編碼", "用工單位", "employer code", "employer"),
        _("签订劳动合同的单位。空白时为班组所在的企业"), "WORKS-1", is_code=True,
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
        _("党员所在党支部；不是党员则空白"), "P-W1-A", is_code=True,
    ),
    "phone": Column(_("手机"),
                    ("手机", "手机号", "手机号码", "手機", "手機號", "手機號碼", "phone", "mobile", "mobile phone"),
                    _("境外号码以 + 开头"), "13800012345", longest=20, is_code=True),
    "identity": Column(
        _("身份证号"),
        ("身份证号", "身份证", "身份证号码", "身份證號", "身份證", "身份證號碼", "identity number", "id number"),
        _("18 位，单元格须为文本格式；加密保存"), "11010519491231002X", longest=18, is_code=True,
    ),
    "on_roll_from": Column(
        _("在册日期"),
        ("在册日期", "入职日期", "在冊日期", "入職日期", "on roll from", "on the roll from", "joined on", "join date"),
        _("何日起在册。空白时为生效日期"), "2020-02-03", is_code=True, is_day=True,
    ),
    "on_roll_until": Column(
        _("离册日期"), ("离册日期", "离职日期", "離冊日期", "離職日期", "on roll until", "leaving date", "left on"),
        _("离开后的第一天；仍在册则空白"), is_code=True, is_day=True,
    ),
}  # fmt: skip
