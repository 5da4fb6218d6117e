"""An evening report in the small world: how many are present, how many are abnormal, what is needed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.world import World
from wuli.base.clock import FOREVER
from wuli.kernel.cascade.actions import calls, forms, replies, rounds
from wuli.kernel.cascade.actions.calls import NewCall
from wuli.kernel.cascade.actions.replies import Answer
from wuli.kernel.cascade.models import Call, Reply, Round, Slot
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.models.posting import Duty

DAY = date(2020, 2, 3)
MORNING = datetime(2020, 2, 3, 1, 0, tzinfo=UTC)  # nine in Shanghai
SPEC = {
    "sections": [
        {
            "title": "人员",
            "fields": [
                {"key": "present", "label": "在岗", "type": "integer", "required": True},
                {"key": "abnormal", "label": "体温异常", "type": "integer", "required": True, "matter": True,
                 "source": "tests.abnormal"},
                {"key": "masks", "label": "口罩", "type": "decimal", "unit": "只", "kinds": ["enterprise"]},
                {"key": "need", "label": "需协调", "type": "text", "matter": True},
            ],
        }
    ],
    "checks": [{"left": ["abnormal"], "op": "<=", "right": ["present"], "text": "异常人数不能多于在岗人数"}],
}  # fmt: skip
HOURS = {
    "team": (0, 15 * 60, 16 * 60), "workshop": (0, 16 * 60, 16 * 60 + 30), "enterprise": (0, 17 * 60, 17 * 60 + 30),
    "segment": (0, 17 * 60 + 45, 18 * 60), "group": (0, 18 * 60, 18 * 60),
}  # fmt: skip


@dataclass
class Asked:
    world: World
    call: Call
    round: Round

    def slot(self, code: str) -> Slot:
        return Slot.objects.select_related("unit", "round__call", "round__version", "reply").get(
            round=self.round, unit__code=code
        )

    def answer(
        self, code: str, at: datetime, *, by: User | None = None, key: str = "", reason: str = "", **values: object
    ) -> Reply:
        answer = Answer(key or f"{code}-{at}", {"present": 10, "abnormal": 0} | values, reason=reason)
        return replies.file_reply(slot=self.slot(code), answer=answer, by=by or self.keeper, at=at)

    @property
    def keeper(self) -> User:
        return self.world.user("顾岚")


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """By the clock of Shanghai on the day of the round."""
    return datetime(2020, 2, 3, tzinfo=UTC) + timedelta(days=days, hours=hour - 8, minutes=minute)


def evening(world: World, *, day: date = DAY, **changes: object) -> Asked:
    group, user = world.unit("G"), world.user("顾岚")
    form = forms.make_form(
        code="evening", name="晚报", owner=group, purpose="掌握人员情况", ends_on=FOREVER, spec=SPEC, from_date=day,
        by=user, at=MORNING,
    )  # fmt: skip
    asked = {group: ("team", "workshop", "enterprise", "segment")}
    new = NewCall(
        kind="report", number="2020-1", title="晚报", issuer=group, targets=asked, hours=HOURS, starts_on=day,
        form=form, **changes,
    )  # fmt: skip
    call = calls.issue(call=calls.draft(new, by=user, at=MORNING), by=user, at=MORNING)
    return Asked(world, call, rounds.open_round(call=call, on=day, at=MORNING))


def give(world: World, name: str, duty: str, unit: str) -> User:
    person = world.person(name)
    postings.post(person=person, duty=Duty(duty), unit=world.unit(unit), from_date=DAY, by=None, at=MORNING)
    return world.user(name)
