"""What the command has given enterprises to finish: done and confirmed, waiting to be confirmed, under way, overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from wuli.base.clock import business_date
from wuli.kernel.ledger.actions import due, following, items
from wuli.kernel.ledger.models import Item
from wuli.kernel.orgs.models import Kind, Posting, User
from wuli.kernel.orgs.models.posting import Duty


@dataclass(frozen=True)
class Matter:
    """`given` and `due` in days from today; `said` is what the owner wrote, a day apart; `end` how far it has come."""

    title: str
    text: str
    given: int
    due: int
    said: tuple[str, ...] = ()
    end: str = ""


MATTERS = (
    Matter("落实返岗人员隔离住处", "按本月返岗计划核对房间数，不足的就近协调。", -12, -4,
           ("已核对，缺 26 间", "与镇招待所签了协议，可用 40 间"), "closed"),
    Matter("补齐体温登记缺口", "三个班组连续两天登记不全，查明原因。", -10, -6,
           ("夜班没有登记人，已指定副班长",), "closed"),
    Matter("食堂分时就餐方案", "报分时就餐和隔位方案，附平面图。", -9, -2, ("方案已定，分三批就餐",), "asked"),
    Matter("外省物料车辆进厂检测", "进厂通道设检测点，司机不下车。", -8, 3, ("检测点已设，缺一台测温仪",)),
    Matter("口罩储备补到十四天", "现有量按日用量折算不足七天的，补到十四天。", -7, -1, ("已下单，预计后天到货",)),
    Matter("恢复二号电解系列生产准备", "人员、原料、检修逐项确认，报可复产日期。", -6, 6, ("检修完成八成",)),
    Matter("宿舍通风消毒台账", "每日两次通风、一次消毒，留台账备查。", -5, 9),
    Matter("排查近十四天外出人员", "逐人核对行程，补登健康卡。", -5, -3),
    Matter("重点岗位备岗名单", "每个关键岗位至少两名备岗，报人力资源部。", -3, 4, ("名单已报，两个岗位只有一名备岗",)),
    Matter("食品供应商资质复核", "冷链食品停用，核对现有供应商资质。", -2, 5),
)  # fmt: skip


def fill(commander: User, *, at: datetime, dice: Random) -> None:
    today = business_date(at)
    heads = Posting.objects.on(today).filter(duty=Duty.HEAD, unit__kind=Kind.ENTERPRISE, person__account__isnull=False)
    named = list(heads.select_related("person__account", "unit").order_by("unit__path", "pk"))
    for matter, head in zip(MATTERS, dice.sample(named, len(MATTERS)), strict=True):
        _live(matter, head, commander, at)
    due.escalate_due(at=at)


def _live(matter: Matter, head: Posting, commander: User, at: datetime) -> None:
    given = at + timedelta(days=matter.given)
    item = items.open_item(
        title=matter.title, text=matter.text, unit=head.unit, owner=head.person, by=commander, at=given,
        due_on=business_date(at + timedelta(days=matter.due), head.unit.zone),
    )  # fmt: skip
    owner = User.objects.select_related("person").get(person=head.person)
    told = _follow(item, matter.said, owner, given)
    if matter.end:
        items.ask_to_close(item=item, text="已办结，材料附后，请确认。", by=owner, at=told + timedelta(hours=3))
    if matter.end == "closed":
        items.close(item=item, by=commander, at=told + timedelta(hours=20))


def _follow(item: Item, said: Sequence[str], owner: User, given: datetime) -> datetime:
    told = given
    for text in said:
        told += timedelta(days=1)
        following.follow_up(item=item, text=text, by=owner, at=told)
    return told
