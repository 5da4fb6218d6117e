"""The Party notice of 29 January 2020, through every body to its proof at five; and the papers of this week: one being
passed on level by level, one that stands in place of another, one that asks enterprises for a receipt, one draft."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from wuli.base.clock import business_date
from wuli.kernel.cascade.models import Slot
from wuli.kernel.cascade.queries.board import Node
from wuli.kernel.orgs.models import Kind, Unit, User
from wuli.organisation.directives.actions import drafting, due, ending, issuing, loading, proofs, reporting
from wuli.organisation.directives.actions.drafting import Paper
from wuli.organisation.directives.actions.loading import Arrival
from wuli.organisation.directives.actions.reporting import Report
from wuli.organisation.directives.models import Directive
from wuli.organisation.directives.queries import copies, directives, places

from .tree import GROUP, PARTY_GROUP

NOTICE = date(2020, 1, 29)
BODIES = (Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH, Kind.PARTY_BRANCH)
TITLE = "关于在坚决打赢疫情防控阻击战中充分发挥各级党组织和广大党员干部作用的通知"
TEXT = """各级党组织要把疫情防控作为当前最重要的工作，迅速行动，充分发挥基层党组织的战斗堡垒作用和党员的先锋模范作用。

一、带头贯彻上级要求，把责任落实到每个支部、每名党员。
二、带头落实防控措施，做到不漏一个岗位、不漏一个人。
三、带头发挥先锋作用，在防控和保供一线设立党员先锋岗、突击队。
四、带头维护员工利益，做好返岗员工的生活保障和心理疏导。"""
SAID = (
    "已召开支委会传达，全体党员签字学习",
    "已传达到每名党员，设先锋岗两个",
    "党员微信群传达并逐人确认",
    "已在班前会传达，成立突击队",
)
LATE, SILENT, DONE = 0.006, 0.04, 0.5
"""Shares: signed late in 2020; has not signed this week's paper; and of those who have, is done with it."""
PASSING_ON = 6


def fill(officer: User, commander: User, *, at: datetime, seed: int) -> None:
    """`officer` writes for the Party group, `commander` for the group."""
    desk = _Desk(officer, commander, at, Random(f"{seed} directives"))
    desk.notice_of_2020()
    desk.this_week()
    due.escalate_due(at=at)


class _Desk:
    def __init__(self, officer: User, commander: User, at: datetime, dice: Random) -> None:
        self.officer, self.commander, self.at, self.dice = officer, commander, at, dice
        self.party, self.group = Unit.objects.get(code=PARTY_GROUP), Unit.objects.get(code=GROUP)
        self.by_person = {user.person_id: user for user in User.objects.select_related("person").order_by("pk")}
        self.today = business_date(at, self.group.zone)

    def notice_of_2020(self) -> None:
        """Out at nine, signed by five but for a few, proved, acted upon within a week, and filed away."""
        nine = self._moment(NOTICE, 9)
        sent = self._issue(self._paper(TITLE, TEXT, NOTICE, urgency="urgent", sign_hours=8, reviewed=False), nine)
        self._load(sent, list(self._of_2020(sent, nine)), at=nine + timedelta(days=9))
        proofs.take(
            directive=sent, node=Node(self.party, self.party.path), by=self.officer, at=self._moment(NOTICE, 17)
        )
        ending.end(directive=sent, reason="全部办结", by=self.officer, at=self._moment(date(2020, 3, 5), 16))

    def this_week(self) -> None:
        old = self._issue(
            self._week_paper("关于做好党员返岗报到的通知", -5, (Kind.PARTY_COMMITTEE,)), self._ago(days=5)
        )
        self._load(old, list(self._of_this_week(old)), at=self.at)
        new = self._issue(
            self._week_paper("关于做好党员返岗报到和健康登记的通知", 1, (Kind.PARTY_COMMITTEE,), pass_on=True),
            self._ago(days=2),
        )
        ending.supersede(
            directive=old, new=new, reason="增加健康登记要求", by=self.officer, at=self._ago(days=2, hours=-1)
        )
        self._load(new, list(self._of_this_week(new)), at=self.at)
        self._pass_on(new)
        self._go_on(new)
        self._of_enterprises()
        drafting.draft(self._week_paper("关于开展支部主题党日的通知", 6, BODIES), by=self.officer, at=self.at)

    def _of_enterprises(self) -> None:
        paper = self._week_paper(
            "关于加强值班值守的通知",
            1,
            (Kind.SEGMENT, Kind.ENTERPRISE),
            issuer=self.group,
            asks="receipt",
            prefix="同舟办发",
        )
        sent = self._issue(paper, self._ago(days=1), by=self.commander)
        self._load(sent, list(self._of_this_week(sent)), at=self.at)

    def _of_2020(self, sent: Directive, nine: datetime) -> Iterator[Arrival]:
        for slot, who in self._slots(sent):
            hours = 8 * self.dice.random() ** 1.6
            signed = nine + timedelta(hours=hours if self.dice.random() > LATE else 8 + 10 * self.dice.random())
            done = signed + timedelta(hours=1 + 140 * self.dice.random() ** 2)
            yield Arrival(slot, who, signed, done, self.dice.choice(SAID))

    def _of_this_week(self, sent: Directive) -> Iterator[Arrival]:
        issued = sent.call.issued_at
        assert issued is not None
        for slot, who in self._slots(sent):
            if self.dice.random() > SILENT:
                signed = issued + (self.at - issued) * 0.5 * self.dice.random()
                done = signed + (self.at - signed) * self.dice.random() if self.dice.random() < DONE else None
                yield Arrival(slot, who, signed, done, self.dice.choice(SAID))

    def _slots(self, sent: Directive) -> Iterator[tuple[Slot, User]]:
        """The copies with whoever answers for them; the office signs for units where nobody does."""
        of = directives.round_of(sent)
        slots = list(of.slots.select_related(*copies.JOINED).order_by("path"))
        people = places.signers_of([slot.unit_id for slot in slots], of.on)
        for slot in slots:
            if found := next(
                (self.by_person[p.pk] for p in people.get(slot.unit_id, ()) if p.pk in self.by_person), None
            ):
                yield slot, found

    def _pass_on(self, parent: Directive) -> None:
        """Some committees have made it their own for the bodies below them."""
        ready = [(slot, who) for slot, who in self._signed(parent) if slot.unit.children.exists()]
        for slot, who in ready[:: max(1, len(ready) // PASSING_ON)][:PASSING_ON]:
            paper = self._paper(
                "转发集团党组通知并提出要求", "请各支部今天逐人登记，晚八点前报党委。", parent.due_on, issuer=slot.unit,
                kinds=BODIES[1:], parent=parent, prefix=f"党委{slot.unit.number}".translate(_LETTERS), urgency="urgent",
            )  # fmt: skip
            made = self._issue(paper, self._ago(days=1), by=who)
            self._load(made, list(self._of_this_week(made)), at=self.at)

    def _signed(self, sent: Directive) -> Sequence[tuple[Slot, User]]:
        return [(slot, who) for slot, who in self._slots(sent) if hasattr(slot, "receipt")]

    def _go_on(self, sent: Directive) -> None:
        """Some have said how far they are; of the reports, most are accepted, and one is returned."""
        working = [(slot, who) for slot, who in self._signed(sent) if slot.state == Slot.State.MISSING]
        for slot, who in working[::3]:
            said = Report(f"demo-{slot.pk}", 20 + 10 * self.dice.randrange(7), "已部署，正在逐个支部核对")
            reporting.report(slot=slot, report=said, by=who, at=self._ago(hours=3))
        waiting = [slot for slot, _who in self._signed(sent) if slot.review == Slot.Review.WAITING]
        reporting.accept(slots=waiting[3:], by=self.officer, at=self._ago(hours=1))
        for slot in waiting[:1]:
            reporting.send_back(slot=slot, reason="请附逐人登记表", by=self.officer, at=self._ago(hours=1))

    def _load(self, sent: Directive, arrivals: Sequence[Arrival], at: datetime) -> None:
        loading.load_arrivals(directive=sent, arrivals=arrivals, by=self.officer, at=at)

    def _issue(self, paper: Paper, at: datetime, *, by: User | None = None) -> Directive:
        writer = by or self.officer
        return issuing.issue(directive=drafting.draft(paper, by=writer, at=at), by=writer, at=at)

    def _week_paper(self, title: str, days: int, kinds: Sequence[str], **changes: object) -> Paper:
        on = self.today + timedelta(days=max(days, 0))
        return self._paper(title, "请按要求抓好落实，有困难及时报告。", on, kinds=kinds, **changes)

    def _paper(self, title: str, text: str, on: date, *, kinds: Sequence[str] = BODIES, **changes: object) -> Paper:
        issuer = changes.get("issuer", self.party)
        told: dict[str, object] = {
            "title": title, "text": text, "issuer": issuer, "targets": {issuer: kinds}, "due_on": on,
            "due_clock": time(17) if on == NOTICE else time(23, 30), "sign_hours": 24, "soon_hours": 4, "red_hours": 24,
            "prefix": "同舟党发",
        }  # fmt: skip
        return Paper(**(told | changes))  # type: ignore[arg-type]

    def _moment(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), tzinfo=ZoneInfo(self.group.zone))

    def _ago(self, *, days: int = 0, hours: int = 0) -> datetime:
        return self.at - timedelta(days=days, hours=hours)


_LETTERS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")
"""A prefix for each committee, made of its number: letters only."""
