"""Two daily reports under way: of the enterprises for two weeks, and since three days down to every team.

Everybody who answers for a unit has an account, so that answers come from them and not from above. What a unit reports
of its people agrees with its roster; the rest is thrown with dice.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from wuli.base import rows
from wuli.base.clock import business_date, midnight
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import chasing, forms, freezing, replies, reviewing
from wuli.kernel.cascade.actions import rounds as opening
from wuli.kernel.cascade.actions.replies import Answer, Sent
from wuli.kernel.cascade.models import Call, Form, Round, Slot
from wuli.kernel.cascade.queries import registers
from wuli.kernel.cascade.queries.slots import contacts_of
from wuli.kernel.cascade.rules.form import Field, Type, spec_of
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, Posting, Unit, User
from wuli.leadership.reports.actions import dailies
from wuli.leadership.reports.actions.dailies import Daily
from wuli.leadership.reports.rules.shipped import shipped_by

from .tree import GROUP

DAYS, DAYS_OF_TEAMS = 14, 3
LATE, NEVER, AFTERWARDS = 0.02, 0.006, 0.3
"""Shares: late before the figure is fixed; not in time at all, and of these in the end."""
AILING = 0.002
"""Share of units that have somebody unwell on a day."""
HOURS = {
    "team": (0, 15 * 60, 16 * 60), "workshop": (0, 16 * 60, 16 * 60 + 30), "enterprise": (0, 17 * 60, 17 * 60 + 30),
    "segment": (0, 17 * 60 + 45, 18 * 60),
}  # fmt: skip
"""When a round opens, is due and is fixed, in minutes of the business date."""
OF_ENTERPRISES = ("enterprise", "segment")
NEEDS = ("口罩只够三天，请协调", "返岗员工宿舍不足，需腾出隔离房间", "外省司机进厂检测点排队过长")


def fill(commander: User, *, at: datetime, dice: Random) -> None:
    """The last days end at `at`, whatever hour that is."""
    _open_accounts(at)
    _Reporting(commander, at, dice).all()


class _Reporting:
    def __init__(self, commander: User, at: datetime, dice: Random) -> None:
        self.commander, self.at, self.dice = commander, at, dice
        self.group = Unit.objects.get(code=GROUP)
        self.today = business_date(at, self.group.zone)
        self.counted: dict[int, dict[int, dict[str, int]]] = {}
        self.answering: dict[int, dict[int, User]] = {}
        users = User.objects.filter(person__in=Posting.objects.on(self.today).order_by().values("person"))
        self.by_person = {user.person_id: user for user in users.select_related("person").order_by("pk")}

    def all(self) -> None:
        first, then = (self.today - timedelta(days=days) for days in (DAYS, DAYS_OF_TEAMS - 1))
        form = self._form(first)
        self.spec = spec_of(form.versions.get())
        older = self._begin(form, first, OF_ENTERPRISES, "各企业疫情日报", "RB-1")
        for on in _days(first, then):
            self._day(older, on)
        dailies.end(call=older, reason="改为逐级报到班组", by=self.commander, at=self._morning(then))
        newer = self._begin(form, then, tuple(HOURS), "疫情日报（到班组）", "RB-2")
        for on in _days(then, self.today + timedelta(days=1)):
            self._day(newer, on)

    def _form(self, first: date) -> Form:
        shipped = shipped_by("epidemic")
        return forms.make_form(
            code=shipped.code, name=shipped.name, owner=self.group, purpose=shipped.purpose, spec=shipped.spec,
            from_date=first, ends_on=self.today + timedelta(days=180), by=self.commander, at=self._morning(first),
        )  # fmt: skip

    def _begin(self, form: Form, first: date, kinds: Sequence[str], title: str, number: str) -> Call:
        daily = Daily(
            form=form, title=title, number=number, root=self.group, hours={kind: HOURS[kind] for kind in kinds},
            chasing=[-60, 0], first_day=first, text="没有情况也要报零；与台账不一致请写明原因。",
        )  # fmt: skip
        return dailies.begin(daily, by=self.commander, at=self._morning(first))

    def _day(self, call: Call, on: date) -> None:
        """One business date: opened, answered by most, chased, fixed, and what came in afterwards."""
        of = opening.open_round(call=call, on=on, at=midnight(on))
        slots = list(of.slots.order_by("path"))
        in_time, afterwards = self._arriving(slots)
        self._file(of, in_time)
        self._chase(of)
        freezing.freeze_due(min(midnight(on) + timedelta(days=1, hours=14), self.at))
        self._file(of, afterwards, reason="夜班交接后补报")
        if on < self.today:
            waiting = of.slots.filter(review=Slot.Review.WAITING)
            reviewing.accept(slots=waiting, by=self.commander, at=self._morning(on + timedelta(days=1)))

    def _arriving(self, slots: Sequence[Slot]) -> tuple[list[tuple[Slot, datetime]], list[tuple[Slot, datetime]]]:
        """Which answers come, and when: in time or a little late, or after the figure was fixed. Others never do."""
        in_time, afterwards = [], []
        for slot in slots:
            chance, part = self.dice.random(), self.dice.random()
            if chance < NEVER * AFTERWARDS:
                afterwards.append((slot, slot.freeze_at + timedelta(minutes=20 + 200 * part)))
            elif chance > NEVER + LATE:
                in_time.append((slot, slot.opens_at + (slot.due_at - slot.opens_at) * (0.01 + 0.98 * part)))
            elif chance > NEVER:
                in_time.append((slot, slot.due_at + (slot.freeze_at - slot.due_at) * part))
        return [one for one in in_time if one[1] <= self.at], [one for one in afterwards if one[1] <= self.at]

    def _file(self, of: Round, arriving: Sequence[tuple[Slot, datetime]], reason: str = "") -> None:
        answering, counted = self._answering(of), self._registers(of)
        sent = [
            Sent(slot.pk, Answer(f"demo-{of.on}", self._values(slot, counted[slot.unit_id]), reason=reason), by, at)
            for slot, at in arriving
            if (by := answering.get(slot.unit_id))
        ]
        for refused in [done for done in replies.file_replies(sent) if isinstance(done, Refused)]:
            raise refused

    def _registers(self, of: Round) -> dict[int, dict[str, int]]:
        """By unit. Nobody has come or gone for months, so once for each report is enough."""
        if of.call_id not in self.counted:
            slots = list(of.slots.select_related("round"))
            found = registers.registers_of_many(of, slots, spec_of(of.version))
            self.counted[of.call_id] = {slot.unit_id: found[slot.pk] for slot in slots}
        return self.counted[of.call_id]

    def _answering(self, of: Round) -> dict[int, User]:
        """By unit, who sends its reports: whoever answers for it and has an account."""
        if of.call_id not in self.answering:
            known = contacts_of(of.slots.values_list("unit", flat=True), of.on)
            able = {
                unit: [user for one in some if (user := self.by_person.get(one.pk))] for unit, some in known.items()
            }
            self.answering[of.call_id] = {unit: users[0] for unit, users in able.items() if users}
        return self.answering[of.call_id]

    def _values(self, slot: Slot, counted: Mapping[str, int]) -> dict[str, Any]:
        typed = {one.key: self._value(one) for one in self.spec.asked_of(slot.kind)}
        return {**typed, **counted, **self._people(counted.get("headcount", 0))}

    def _value(self, one: Field) -> Any:
        if one.matter and one.type is Type.TEXT:
            return self.dice.choice(NEEDS) if self.dice.random() < AILING else ""
        if one.type in (Type.INTEGER, Type.DECIMAL):
            return 0 if one.matter or not one.source.startswith("supplies.") else self.dice.randrange(200, 9000)
        return {Type.YES_NO: True, Type.CHOICE: one.choices[0] if one.choices else ""}.get(one.type, "")

    def _people(self, heads: int) -> dict[str, int]:
        away = sum(self.dice.random() < 0.06 for _one in range(min(heads, 40)))
        away = away * heads // 40 if heads > 40 else away
        home, leave = away // 3, away - away // 3
        ailing = 1 if heads and self.dice.random() < AILING else 0
        return {
            "on_post": heads - away, "at_home": home, "on_leave": leave, "not_returned": 0, "not_returned_risk": 0,
            "returned_today": min(heads - away, self.dice.randrange(2)), "symptoms": ailing, "fever": ailing,
        }  # fmt: skip

    def _chase(self, of: Round) -> None:
        """An hour before the group's figure is fixed the command reminds those who are missing, by name."""
        when = midnight(of.on) + timedelta(hours=17)
        owing = list(of.slots.owing().filter(due_at__lte=when).order_by("path")[:17])
        known = contacts_of([slot.unit_id for slot in owing], of.on)
        if when <= self.at and (named := [slot.pk for slot in owing if slot.unit_id in known]):
            chasing.chase(of=of, slots=named, text="请于 18 时前补齐", by=self.commander, at=when)

    def _morning(self, on: date) -> datetime:
        return datetime.combine(on, time(8, 30), tzinfo=ZoneInfo(self.group.zone))


def _open_accounts(at: datetime) -> None:
    """For everyone who holds a duty and has none. Nobody can log in with them: they have no password."""
    holders = Posting.objects.on(business_date(at)).order_by().values("person")
    people = list(Person.objects.filter(pk__in=holders, account__isnull=True).order_by("pk").only("number"))
    made = rows.insert(
        User,
        [
            {
                "username": person.number, "person_id": person.pk, "password": "!", "is_active": True,
                "must_change_password": False, "created_at": at,
            }
            for person in people
        ],
        by="person_id",
    )  # fmt: skip
    opened = User.objects.filter(pk__in=made.values()).select_related("person__unit").order_by("pk")
    journal.record_all((journal.Entry("account.opened", one, one.person.unit) for one in opened if one.person), at=at)


def _days(first: date, until: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((until - first).days))
