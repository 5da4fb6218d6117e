"""The Party office of the small world, and its secretaries: 诺敏 of the committee, 林河 of the general branch, 才让 and
周舟 of the two branches. 党宁 of the office writes, on 29 January 2020 at nine."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tests.world import DAY_ONE, START, World
from wuli.kernel.cascade.models import Slot
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.models.posting import Duty
from wuli.organisation.directives.actions import drafting, issuing, reporting, signing
from wuli.organisation.directives.actions.drafting import Paper
from wuli.organisation.directives.actions.reporting import Report
from wuli.organisation.directives.models import Directive, Receipt, Step
from wuli.organisation.directives.queries import copies

DAY = date(2020, 1, 29)
BODIES = ("party_committee", "general_branch", "party_branch")
SECRETARIES = {"诺敏": "P-NORTH", "林河": "P-W1", "才让": "P-W1-A", "周舟": "P-W2"}
OF = {unit: name for name, unit in SECRETARIES.items()}
COPIES = ("P-NORTH", "P-W1", "P-W1-A", "P-W2")


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """By the clock of Shanghai on 29 January."""
    return datetime(2020, 1, 29, tzinfo=UTC) + timedelta(days=days, hours=hour - 8, minutes=minute)


NINE, ELEVEN = at(9), at(11)


def staff(world: World) -> World:
    for name, unit in SECRETARIES.items():
        postings.post(person=world.person(name), duty=Duty.PARTY_SECRETARY, unit=world.unit(unit), from_date=DAY_ONE,
                      by=None, at=START)  # fmt: skip
    return world


def paper(world: World, **changes: object) -> Paper:
    party = world.unit("P")
    told: dict[str, object] = {
        "title": "关于充分发挥各级党组织和党员作用的通知", "text": "各级党组织要迅速行动。",
        "issuer": party, "targets": {party: BODIES},
        "due_on": DAY, "due_clock": time(17), "sign_hours": 4, "soon_hours": 2, "red_hours": 24, "prefix": "同舟党发",
        "urgency": "urgent",
    }  # fmt: skip
    return Paper(**told | changes)


@dataclass
class Office:
    world: World
    directive: Directive

    @property
    def writer(self) -> User:
        return self.world.user("党宁")

    def slot(self, code: str) -> Slot:
        found = Slot.objects.select_related(*copies.JOINED)
        return found.get(round__call=self.directive.call_id, unit__code=code)

    def secretary(self, code: str) -> User:
        return self.world.user(OF[code])

    def sign(self, code: str, when: datetime, by: str = "") -> Receipt:
        return signing.sign(slot=self.slot(code), by=self.world.user(by or OF[code]), at=when)

    def report(
        self, code: str, when: datetime, percent: int = 100, text: str = "已传达到每名党员", key: str = "", files=()
    ) -> Step:
        said = Report(key or f"{code}-{when:%d%H%M}", percent, text, files)
        return reporting.report(slot=self.slot(code), report=said, by=self.secretary(code), at=when)

    def again(self) -> Directive:
        return Directive.objects.select_related("call__issuer", "call__superseded_by").get(pk=self.directive.pk)


def issued(world: World, *, when: datetime = NINE, by: str = "党宁", **changes: object) -> Office:
    user = world.user(by)
    draft = drafting.draft(paper(world, **changes), by=user, at=when)
    return Office(world, issuing.issue(directive=draft, by=user, at=when))


def passed_on(office: Office, code: str = "P-NORTH", *, when: datetime = ELEVEN, **changes: object) -> Office:
    """What a unit makes out of what it was sent, for all bodies below it."""
    unit = office.world.unit(code)
    told = {"issuer": unit, "targets": {unit: BODIES[1:]}, "parent": office.again(),
            "text": "另请各支部今天建立突击队。", "prefix": f"{unit.name[:2]}党发", "due_clock": time(16)}  # fmt: skip
    return issued(office.world, when=when, by=OF[code], **told | changes)
