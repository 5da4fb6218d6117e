"""What the Party line of the demonstration has done: the four commitments since 29 January 2020, theme days, vanguards,
tasks. One commitment goes on, so that every day since then has its own participation."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from wuli.base.clock import FOREVER, business_date, midnight
from wuli.kernel.orgs.models import Kind, Person, Posting, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.organisation.mobilisation.actions import campaigns, errands, loading
from wuli.organisation.mobilisation.actions.campaigns import NewCampaign
from wuli.organisation.mobilisation.actions.errands import NewErrand
from wuli.organisation.mobilisation.actions.loading import HeldDay, Signed, Standing
from wuli.organisation.mobilisation.models import Vanguard
from wuli.organisation.mobilisation.models.campaign import Way
from wuli.organisation.mobilisation.rules.campaigns import FOUR_LEADS

from .tree import PARTY_GROUP

NOTICE = date(2020, 1, 29)
WORDS = ("岗位在，我就在", "请把最远的岗交给我", "家里都好，随时返岗", "不漏一人，从我做起")
THEMES = ("重温入党誓词", "学习疫情防控部署", "我为职工办实事", "安全生产大家谈", "党员责任区大检查")
REASONS = ("外派在途", "倒班休息", "病假", "探亲未返")
POSTS = (
    (Vanguard.Sort.POST, "测温先锋岗", "东门", "进厂人员测温登记，异常人员当场报告"),
    (Vanguard.Sort.POST, "保供先锋岗", "调度室", "原料到货和产品发运一车一登记"),
    (Vanguard.Sort.AREA, "宿舍消杀责任区", "2 号宿舍楼", "每天早晚消杀两次，公示记录"),
    (Vanguard.Sort.FORCE, "复工抢修突击队", "检修现场", "复产设备抢修，随叫随到"),
)


@dataclass
class _Line:
    """The branches of today with their members, and who is secretary where."""

    at: datetime
    dice: Random
    branches: dict[int, Unit] = field(default_factory=dict)
    members: dict[int, list[tuple[int, date, date]]] = field(default_factory=lambda: defaultdict(list))
    secretaries: dict[int, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return business_date(self.at)


def fill(*, officer: User, spared: set[str], at: datetime, seed: int) -> None:
    """`officer` of the Party group; `spared`: numbers of people who have not signed yet."""
    line = _read(at, Random(f"{seed} mobilisation"))
    top = Unit.objects.get(code=PARTY_GROUP)
    new = NewCampaign(
        title="疫情防控党员四个“带头”承诺", body=top, items=list(FOUR_LEADS), from_date=NOTICE,
        text="按照集团党组 1 月 29 日通知，每名党员结合岗位作出承诺，支部公示并对照检查。",
    )  # fmt: skip
    began = midnight(NOTICE) + timedelta(hours=10)
    campaign = campaigns.issue(new, by=officer, at=began)
    loading.load_commitments(campaign, _signed(line, spared, began), by=officer, at=at)
    loading.load_theme_days(_theme_days(line), top=top, by=officer, at=at)
    loading.load_vanguards(list(_vanguards(line, officer)), top=top, by=officer, at=at)
    _tasks(line, officer)


def _read(at: datetime, dice: Random) -> _Line:
    line = _Line(at, dice)
    units = Unit.objects.open(line.today).filter(kind=Kind.PARTY_BRANCH).select_related("serves", "parent")
    line.branches = {unit.pk: unit for unit in units.order_by("pk")}
    people = Person.objects.filter(branch__isnull=False).order_by("pk")
    for pk, branch, since, until in people.values_list("pk", "branch_id", "on_roll_from", "on_roll_until"):
        line.members[branch].append((pk, since, until))
    held = Posting.objects.on(line.today).filter(duty=Duty.PARTY_SECRETARY, person__on_roll_until__gt=line.today)
    line.secretaries = dict(held.order_by("-pk").values_list("unit_id", "person_id"))
    return line


def _signed(line: _Line, spared: set[str], began: datetime) -> Iterator[Signed]:
    """Nineteen of twenty sign, most within days of the notice or of joining; every sixth on paper."""
    left_out = set(Person.objects.filter(number__in=spared).values_list("pk", flat=True))
    for branch, members in line.members.items():
        secretary, dice = line.secretaries.get(branch), line.dice
        for pk, since, until in members:
            first = max(began, midnight(since) + timedelta(hours=9))
            when = first + timedelta(minutes=int(dice.expovariate(1 / 2600)))
            paper = secretary is not None and secretary != pk and dice.random() < 0.16
            words = dice.choice(WORDS) if dice.random() < 0.04 else ""
            if dice.random() < 0.05 or pk in left_out or when > line.at or business_date(when) >= until:
                continue
            yield Signed(pk, when, Way.PAPER, secretary or pk) if paper else Signed(pk, when, own_words=words)


def _theme_days(line: _Line) -> Iterator[HeldDay]:
    """This month, in seven branches of ten; in February 2020 in those of the first segment."""
    month = line.today.replace(day=1)
    for pk, branch in line.branches.items():
        secretary = line.secretaries.get(pk)
        if secretary is None:
            continue
        if line.dice.random() < 0.7:
            yield _theme_day(line, branch, secretary, month + timedelta(days=line.dice.randrange(line.today.day)))
        if branch.code.startswith(f"{branch.code[:1]}0") and line.dice.random() < 0.2:
            yield _theme_day(line, branch, secretary, date(2020, 2, 1 + line.dice.randrange(28)))


def _theme_day(line: _Line, branch: Unit, secretary: int, day: date) -> HeldDay:
    dice, there = line.dice, [pk for pk, since, until in line.members[branch.pk] if since <= day < until]
    away = {pk: dice.choice(REASONS) for pk in there if dice.random() < 0.07 and pk != secretary}
    starts = midnight(day) + timedelta(hours=8 if day == line.today else 15)
    starts = min(starts, line.at - timedelta(hours=3))
    title = dice.choice(THEMES)
    return HeldDay(
        branch=branch, title=title, starts_at=starts, ends_at=starts + timedelta(hours=2), place="支部活动室",
        secretary=secretary, present=[pk for pk in there if pk not in away], absent=list(away.items()),
        minutes=f"{title}。书记主持，逐人发言，明确下月每名党员的一件实事。", guests=dice.choice((0, 0, 0, 3, 6)),
    )  # fmt: skip


def _vanguards(line: _Line, officer: User) -> Iterator[Standing]:
    """One in a dozen branches; most of those of 2020 have run out, some still stand."""
    for pk, branch in line.branches.items():
        people = [one for one, since, until in line.members[pk] if since <= NOTICE and until > line.today]
        secretary = line.secretaries.get(pk)
        if len(people) < 3 or secretary is None or branch.serves_id is None or line.dice.random() > 0.085:
            continue
        sort, name, place, purpose = line.dice.choice(POSTS)
        above = line.secretaries.get(branch.parent_id or 0)
        since = NOTICE + timedelta(days=line.dice.randrange(20))
        yield Standing(
            sort=sort, name=f"{branch.name.removesuffix('党支部')}{name}", body=branch, unit_id=branch.serves_id,
            location=place, purpose=purpose, flag=line.dice.choice(Vanguard.Flag.values), from_date=since,
            until_date=FOREVER if line.dice.random() < 0.6 else date(2020, 4, 1), proposed_by=secretary,
            decided_by=above if above and above != secretary else officer.person_id or 0,
            at=midnight(since) - timedelta(hours=6), members=people[: line.dice.randrange(3, 8)],
        )  # fmt: skip


def _tasks(line: _Line, officer: User) -> None:
    """Every member of three branches has one thing to do by the end of next week."""
    chosen = [unit for pk, unit in line.branches.items() if 3 <= len(line.members[pk]) <= 40][:3]
    for unit in chosen:
        new = NewErrand(
            body=unit, title="联系两名职工，摸清返岗困难", text="一人一表，写明需要协调的事项", to_all=True,
            due_on=line.today + timedelta(days=9),
        )  # fmt: skip
        errands.give(new, key=f"demo-{unit.pk}", by=officer, at=line.at)
