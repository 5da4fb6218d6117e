"""Campaigns of commitments: who may issue, sign, take back, and why not."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Line, Person, Unit

from ..models import Campaign, Commitment

FOUR_LEADS = ("带头贯彻中央要求", "带头落实防控措施", "带头发挥先锋作用", "带头维护员工利益")
"""The items that a new campaign proposes: the four of the notice of 29 January 2020. Anybody may write others."""
MOST_ITEMS = 12
LONGEST_ITEM = 120


def why_not_issue(
    *, title: str, items: Sequence[str], body: Unit, from_date: date, until_date: date, today: date
) -> tuple[str, str] | None:
    """Which input is at fault, and why."""
    if not title.strip():
        return "title", _("请写明标题")
    if body.line != Line.PARTY or not body.is_open(today):
        return "body", _("“%(unit)s”不是设立着的党组织，不能发起承诺") % {"unit": body.name}
    if from_date < today:
        return "from_date", _("开始日期最早为今天")
    if until_date <= from_date:
        return "last_day", _("最后一天不能早于开始日期")
    why = why_not_word(items)
    return ("items", why) if why else None


def why_not_word(items: Sequence[str]) -> str | None:
    if not items:
        return _("请至少写一项承诺，每行一项")
    if len(items) > MOST_ITEMS:
        return _("最多 %(most)d 项承诺") % {"most": MOST_ITEMS}
    if any(len(item) > LONGEST_ITEM for item in items):
        return _("每项承诺最多 %(most)d 个字") % {"most": LONGEST_ITEM}
    return None


def why_not_reword(campaign: Campaign, *, items: Sequence[str], before: Sequence[str], today: date) -> str | None:
    if campaign.until_date <= today:
        return _("“%(title)s”已经结束，不能再改") % {"title": campaign.title}
    if list(items) == list(before):
        return _("没有需要保存的改动")
    return why_not_word(items)


def why_not_end(campaign: Campaign, *, reason: str, today: date) -> str | None:
    if campaign.until_date <= today:
        return _("“%(title)s”已经结束") % {"title": campaign.title}
    return None if reason.strip() else _("请写明原因")


def why_not_sign(
    campaign: Campaign, person: Person, *, in_scope: bool, standing: Commitment | None, today: date
) -> str | None:
    """`in_scope`: whether `person` is a member of a branch that the campaign asks today."""
    if today < campaign.from_date:
        return _("“%(title)s”%(day)s 才开始") % {"title": campaign.title, "day": campaign.from_date}
    if not campaign.is_going(today):
        return _("“%(title)s”已经结束，不能再签") % {"title": campaign.title}
    if not person.is_on_roll(today):
        return _("%(person)s 在 %(day)s 不在册") % {"person": person.name, "day": today}
    if not in_scope:
        return _("%(person)s不是“%(body)s”所属党支部的党员，不在这次承诺的范围内") % {
            "person": person.name, "body": campaign.body.name}  # fmt: skip
    if standing:
        return _("%(person)s已经承诺过了（%(way)s）") % {
            "person": person.name, "way": standing.get_way_display()}  # fmt: skip
    return None


def why_not_take_back(commitment: Commitment, *, own: bool, organises: bool, reason: str) -> str | None:
    if not (own or organises):
        return _("只有本人或所在支部能撤回承诺")
    if not commitment.is_open_ended:
        return _("这份承诺已经撤回")
    return None if reason.strip() else _("请写明撤回的原因")
