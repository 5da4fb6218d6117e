"""Sentences about cells of a list of units. Each refuses its line."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULE = "rule"
"""What a rule of the tree says itself, in a sentence of its own."""

PROBLEMS: Mapping[str, Promise | str] = {
    RULE: "%(other)s",
    "bad_code": _("单位编码只能用字母、数字和 - _ . /：“%(value)s”"),
    "duplicate_code": _("同一单位编码“%(value)s”在文件中出现多次（第 %(other)s 行）"),
    "taken": _("单位编码“%(value)s”已被使用"),
    "unknown_kind": _("没有名为“%(value)s”的单位类型"),
    "other_kind": _("已登记为%(other)s，类型不能更改"),
    "no_kind": _("新单位须写明类型"),
    "no_parent": _("新单位须写明上级单位编码"),
    "unknown": _("没有编码为“%(value)s”的单位，或它不在您的管理范围"),
    "line_refused": _("“%(value)s”的那一行不能导入，所以这一行也不能"),
    "under_itself": _("不能把“%(value)s”划到它自己或它的下级之下"),
    "cycle": _("与第 %(other)s 行互为上级"),
    "too_deep": _("层级太深：最多 %(other)s 层"),
    "top_serves": _("党组对应的行政单位须为“%(other)s”"),
    "bad_flag": _("请填“是”或“否”：“%(value)s”"),
    "unknown_region": _("没有代码为“%(value)s”的地区"),
    "unknown_zone": _("没有名为“%(value)s”的时区"),
    "uscc_twice": _("统一社会信用代码“%(value)s”已用于另一个单位"),
    "opened_already": _("已于 %(other)s 设立，设立日期不能更改"),
    "opens_too_late": _("设立日期不能晚于生效日期 %(other)s"),
    "opened_after_closed": _("关闭日期应晚于设立日期 %(other)s"),
    "closes_too_late": _("关闭日期不能晚于生效日期 %(other)s"),
    "new_and_closed": _("新单位不能在同一文件里又关闭"),
    "closes_before_change": _("在 %(other)s 已有变更，关闭日期须更晚"),
}
