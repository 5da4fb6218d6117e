"""Sentences about cells. A problem refuses its row; a notice lets it pass but is shown."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEMS: Mapping[str, Promise] = {
    "bad_number": _("工号只能用字母、数字和 - _ . /：“%(value)s”"),
    "masked": _("“%(value)s”是脱敏后的值。留空表示不改"),
    "duplicate_number": _("同一工号“%(value)s”在文件中出现多次（第 %(other)s 行）"),
    "number_elsewhere": _("工号“%(value)s”的人员不在您的管理范围"),
    "unknown_team": _("没有编码为“%(value)s”的单位，或它不在您的管理范围"),
    "party_team": _("“%(value)s”是党组织，人员应编入班组"),
    "not_employer": _("“%(value)s”不是集团、板块或企业，不能作用工单位"),
    "two_employers": _("用工单位和外协单位只能填一个"),
    "not_branch": _("“%(value)s”不是党支部"),
    "step_without_post": _("填了工序“%(value)s”，但没有岗位"),
    "bad_phone": _("不是手机号：“%(value)s”。国内手机 11 位，境外号码以 + 开头"),
    "identity_length": _("身份证号应为 18 位，现为 %(value)s 位"),
    "identity_digits": _("身份证号前 17 位应为数字"),
    "identity_birthday": _("身份证号中的出生日期不存在"),
    "identity_check": _("身份证号校验位不对，请核对每一位"),
    "duplicate_identity": _("与第 %(other)s 行是同一个身份证号，一个人不能有两个工号"),
    "leaves_too_early": _("离册日期应晚于在册日期 %(other)s"),
    "leaves_before_change": _("离册日期应晚于 %(other)s（最近一次变动）"),
    "joins_too_late": _("在册日期应早于 %(other)s（之后已有变动记录）"),
    "absent_changed": _("“%(value)s”不在文件中，应离册，但 %(other)s 刚有变动；请选更晚的生效日期"),
}

NOTICES: Mapping[str, Promise] = {
    "no_cell": _("“%(value)s”不是班组，此人将列为“未编入班组”的盲点"),
    "two_rolls": _("这个身份证号另有一名在册人员，两人将列为“重复管理”的盲点"),
    "rejoins": _("曾于 %(other)s 离册，将从 %(value)s 起再次在册"),
    "earlier_stint": _("在册日期“%(value)s”属于上一段在册经历，本次不改"),
}
