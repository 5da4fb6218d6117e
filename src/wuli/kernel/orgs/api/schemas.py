"""Rows as programs see them. A period without end has null where we keep its far future."""

from datetime import date
from typing import Self

from wuli.base.clock import FOREVER
from wuli.base.masking import mask_phone
from wuli.web.api.fields import Day, Filters, Id, Output, noted, shown
from wuli.web.api.words import words as _

from ..models import Assignment, Kind, Line, Person, Placement, PlannedChange, Posting, Region, Unit
from ..models.posting import Duty
from ..models.unit import STEP


class UnitRef(Output):
    """A unit named in passing, as it is called today."""

    id: int = shown(Unit, "id")
    code: str = shown(Unit, "code")
    name: str = shown(Unit, "name")

    @classmethod
    def of(cls, unit: Unit) -> "UnitRef":
        return UnitRef(id=unit.pk, code=unit.code, name=unit.name)

    @classmethod
    def maybe(cls, unit: Unit | None) -> "UnitRef | None":
        return cls.of(unit) if unit else None


class OfUnit(Filters):
    """Which unit is looked at, where there is a natural first one."""

    unit: Id | None = noted(_("所看的单位；默认为发起或启动的单位，或权限范围内最大的一块"), None)

    @property
    def asked(self) -> str:
        return str(self.unit or "")


class PersonRef(Output):
    id: int = shown(Person, "id")
    number: str = shown(Person, "number")
    name: str = shown(Person, "name")

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(id=person.pk, number=person.number, name=person.name)


class UnitOut(UnitRef):
    """A unit on a day."""

    line: Line = shown(Unit, "line")
    kind: Kind = shown(Unit, "kind")
    parent: UnitRef | None = shown(Unit, "parent")
    depth: int = noted(_("在树中的层级，最上级为 0"))
    serves: UnitRef | None = shown(Unit, "serves")
    uscc: str | None = shown(Unit, "uscc")
    region: str | None = shown(Unit, "region")
    zone: str = shown(Unit, "zone")
    listed: bool = shown(Unit, "listed")
    opened_on: Day = shown(Unit, "opened_on")
    closed_on: Day | None = shown(Unit, "closed_on", note=_("关闭日期；null 表示未关闭"))
    merged_into: UnitRef | None = shown(Unit, "merged_into")

    @classmethod
    def at(cls, unit: Unit, placed: Placement | None = None) -> Self:
        """`unit` as `placed` had it on some day; as it is today without."""
        now = placed or unit
        return cls(
            id=unit.pk, code=unit.code, name=now.name, line=Line(unit.line), kind=Kind(unit.kind),
            parent=UnitRef.maybe(now.parent), depth=len(now.path) // STEP - 1, serves=UnitRef.maybe(unit.serves),
            uscc=unit.uscc, region=unit.region_id, zone=unit.zone, listed=unit.listed, opened_on=unit.opened_on,
            closed_on=_end(unit.closed_on), merged_into=UnitRef.maybe(unit.merged_into),
        )  # fmt: skip


class PlanOut(Output):
    """A change of the tree that waits for its day, or waited."""

    id: int = shown(PlannedChange, "id")
    verb: PlannedChange.Verb = shown(PlannedChange, "verb")
    target: UnitRef | None = noted(_("目标单位"))
    name: str = noted(_("新名称"))
    on: Day = shown(PlannedChange, "effective_on")
    status: PlannedChange.Status = shown(PlannedChange, "status")
    outcome: str = noted(_("未能生效的原因"))

    @classmethod
    def of(cls, plan: PlannedChange) -> Self:
        return cls(
            id=plan.pk, verb=PlannedChange.Verb(plan.verb), target=UnitRef.maybe(plan.target), name=plan.name,
            on=plan.effective_on, status=PlannedChange.Status(plan.status), outcome=plan.outcome,
        )  # fmt: skip


class ChangeOut(Output):
    """What became of a change of the tree: done at once, or planned."""

    unit: UnitOut = noted(_("单位"))
    plan: PlanOut | None = noted(_("已安排的变更；null 表示已经生效"))


class PersonOut(PersonRef):
    """Someone on the roll, where they belonged on a day."""

    phone: str = shown(Person, "phone", note=_("手机，默认脱敏；有 person.unmask 权限并写明 X-Reason 时给出全号"))
    is_masked: bool = noted(_("手机是否脱敏"))
    unit: UnitRef = shown(Person, "unit")
    employer: UnitRef | None = shown(Person, "employer")
    outside_employer: str = shown(Person, "outside_employer")
    is_contractor: bool = noted(_("是否外协人员"))
    process_step: str = noted(_("工序"))
    post: str = noted(_("岗位"))
    branch: UnitRef | None = shown(Person, "branch")
    on_roll_from: Day = shown(Person, "on_roll_from")
    on_roll_until: Day | None = shown(Person, "on_roll_until", note=_("离册日期；null 表示在册"))

    @classmethod
    def at(cls, person: Person, place: Person | Assignment, *, unmasked: bool = False) -> Self:
        post = place.post
        return cls(
            id=person.pk, number=person.number, name=person.name,
            phone=person.phone if unmasked else mask_phone(person.phone), is_masked=not unmasked,
            unit=UnitRef.of(place.unit), employer=UnitRef.maybe(place.employer),
            outside_employer=place.outside_employer, is_contractor=place.employer_id is None,
            process_step=post.process_step if post else "", post=post.name if post else "",
            branch=UnitRef.maybe(place.branch), on_roll_from=person.on_roll_from,
            on_roll_until=_end(person.on_roll_until),
        )  # fmt: skip


class PostingOut(Output):
    """A duty, who holds it where, and from when until when."""

    id: int = shown(Posting, "id")
    duty: Duty = shown(Posting, "duty")
    person: PersonRef = shown(Posting, "person")
    unit: UnitRef = shown(Posting, "unit")
    from_date: Day = shown(Posting, "from_date")
    until_date: Day | None = shown(Posting, "until_date", note=_("从这一天起不再任职；null 表示长期"))
    stands_in_for: PersonRef | None = noted(_("代理何人；null 表示本人任职"))

    @classmethod
    def of(cls, posting: Posting) -> Self:
        original = posting.stands_in_for
        return cls(
            id=posting.pk, duty=Duty(posting.duty), person=PersonRef.of(posting.person), unit=UnitRef.of(posting.unit),
            from_date=posting.from_date, until_date=_end(posting.until_date),
            stands_in_for=PersonRef.of(original.person) if original else None,
        )  # fmt: skip


class RegionOut(Output):
    code: str = shown(Region, "code")
    name: str = shown(Region, "name")
    name_en: str = shown(Region, "name_en")
    level: Region.Level = shown(Region, "level")
    parent: str | None = shown(Region, "parent")

    @classmethod
    def of(cls, region: Region) -> Self:
        return cls(
            code=region.code, name=region.name, name_en=region.name_en, level=Region.Level(region.level),
            parent=region.parent_id,
        )  # fmt: skip


def _end(day: date) -> date | None:
    return None if day == FOREVER else day
