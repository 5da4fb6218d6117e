"""The columns of a list of units, the headings under which they are known, and what may stand in them."""

from django.utils.translation import gettext_lazy as _

from ...models import Kind
from ..sheets.layout import Column

COLUMNS: dict[str, Column] = {
    "code": Column(
        _("单位编码"),
        ("单位编码", "编码", "单位代码", "机构编码", "單位編碼", "編碼", "單位代碼", "機構編碼", "unit code", "code"),
        _("全集团唯一，以后不再改动，用来认单位：再次导入时按编码更新"), "WORKS-1", needed=True, is_code=True,
    ),
    "name": Column(
        _("名称"),
        ("名称", "单位名称", "机构名称", "名稱", "單位名稱", "機構名稱", "name", "unit name"),
        _("与现有名称不同时，自生效日期起更名"), "西宁电解铝厂", needed=True, longest=80,
    ),
    "kind": Column(
        _("类型"),
        ("类型", "单位类型", "类别", "類型", "單位類型", "類別", "kind", "type", "unit type"),
        _("集团、业务板块、企业、车间、班组、党组、党委、党总支、党支部。新单位必填，以后不能改；条线由它决定"), "企业",
        is_code=True,
    ),
    "parent": Column(
        _("上级单位编码"),
        ("上级单位编码", "上级编码", "上级单位", "上级", "上級單位編碼", "上級編碼", "上級單位", "上級",
         "parent unit code", "parent code", "parent unit", "parent"),
        _("新单位必填，可以是文件里任何一行的单位；与现在的上级不同时，自生效日期起划转"), "NORTH", is_code=True,
    ),
    "serves": Column(
        _("对应行政单位编码"),
        ("对应行政单位编码", "对应行政单位", "对应单位编码", "對應行政單位編碼", "對應行政單位", "對應單位編碼",
         "code of the served unit", "served unit code", "served unit", "serves"),
        _("只有党组织才填"), is_code=True,
    ),
    "uscc": Column(
        _("统一社会信用代码"),
        ("统一社会信用代码", "信用代码", "統一社會信用代碼", "信用代碼", "unified social credit code",
         "social credit code", "uscc"),
        _("18 位，单元格须为文本格式"), "91630000757400000J", is_code=True,
    ),
    "region": Column(
        _("所在地代码"),
        ("所在地代码", "所在地", "行政区划代码", "行政区划", "所在地代碼", "行政區劃代碼", "行政區劃", "location code",
         "region code", "region"),
        _("行政区划代码或国家代码，如 530102、PE"), "630102", is_code=True,
    ),
    "zone": Column(
        _("时区"), ("时区", "時區", "time zone", "timezone", "zone"), _("空白时与上级单位相同"), "Asia/Shanghai",
        longest=40, is_code=True,
    ),
    "listed": Column(
        _("上市公司"), ("上市公司", "是否上市", "上市", "listed company", "listed"), _("是或否"), "否", is_code=True
    ),
    "opened_on": Column(
        _("设立日期"), ("设立日期", "成立日期", "設立日期", "成立日期", "opened on", "opening date", "date opened"),
        _("空白时为生效日期；不能早于上级单位的设立日期，以后不能改"), "2020-02-03", is_code=True, is_day=True,
    ),
    "closed_on": Column(
        _("关闭日期"), ("关闭日期", "撤销日期", "關閉日期", "撤銷日期", "closed on", "closing date", "date closed"),
        _("关闭后的第一天，单位须已没有下级和人员；开办中则空白"), is_code=True, is_day=True,
    ),
}  # fmt: skip

KINDS: dict[str, Kind] = {
    word: kind
    for kind, words in {
        Kind.GROUP: ("集团", "集團", "group"),
        Kind.SEGMENT: ("业务板块", "板块", "業務板塊", "板塊", "segment", "businesssegment"),
        Kind.ENTERPRISE: ("企业", "公司", "企業", "enterprise"),
        Kind.WORKSHOP: ("车间", "車間", "workshop"),
        Kind.TEAM: ("班组", "班組", "team", "workteam"),
        Kind.PARTY_GROUP: ("党组", "黨組", "partygroup", "leadingpartygroup"),
        Kind.PARTY_COMMITTEE: ("党委", "黨委", "partycommittee"),
        Kind.GENERAL_BRANCH: ("党总支", "黨總支", "generalbranch", "generalpartybranch"),
        Kind.PARTY_BRANCH: ("党支部", "支部", "黨支部", "partybranch"),
    }.items()
    for word in words
}  # fmt: skip
FLAGS = {
    **dict.fromkeys(("是", "yes", "y", "true", "1", "√"), True),
    **dict.fromkeys(("", "否", "no", "n", "false", "0", "×"), False),
}  # fmt: skip


def kind_named(text: str) -> Kind | None:
    return KINDS.get(text.lower().replace("_", "").replace("-", ""))
