"""Cells follow their units: what a merger or a closing leaves behind is settled by the tick, from its day on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.kernel.journal import actions as journal
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Unit

from ..models import Cell, CellKeeper, Instructor
from ..queries.holders import appointers_of
from ..rules import cells as rules
from ..rules.notices import CARRIED, TO_SETTLE
from .cells import end_keepers


@dataclass
class Merger:
    """One unit that went into another, and what of it waits for somebody."""

    unit: Unit
    heir: Unit
    on: date
    at: datetime
    to_settle: list[str] = field(default_factory=list)

    @property
    def reason(self) -> str:
        return _("%(unit)s并入%(heir)s") % {"unit": self.unit.name, "heir": self.heir.name}


def follow_units(*, at: datetime) -> int:
    """Part of the tick: the cells of merged units go over, with their keepers, to the unit that took over, and those of
    closed ones end; returns how many units were settled.

    Whoever was merged first comes first, so that cells pass on where that unit was merged in turn.
    """
    settled = 0
    while unit := _left_behind():
        _follow(unit, at)
        settled += 1
    return settled


def end_left(*, at: datetime) -> int:
    """Part of the tick: whoever left the roll keeps no cell any more, nor would on coming back; returns how many.

    Cells stand in the lists of those without keeper from the day on which they left.
    """
    open_ = CellKeeper.objects.filter(person__on_roll_until__lt=FOREVER, until_date__gt=F("person__on_roll_until"))
    return sum(_end_left(keeper, at) for keeper in open_.select_related("person", "cell__unit").order_by("pk"))


@transaction.atomic
def _end_left(keeper: CellKeeper, at: datetime) -> bool:
    on = keeper.person.on_roll_until
    if on > business_date(at, keeper.cell.unit.zone):
        return False
    if not Cell.objects.select_for_update().filter(pk=keeper.cell_id).exists():
        return False
    end_keepers(keeper.cell, on, _("离册"), None, at, pk=keeper.pk)
    return True


def _left_behind() -> Unit | None:
    """A closed unit that still has cells or instructors."""
    beyond = {"unit": OuterRef("pk"), "until_date__gt": OuterRef("closed_on")}
    found = Unit.objects.filter(Exists(Cell.objects.filter(**beyond)) | Exists(Instructor.objects.filter(**beyond)))
    return found.order_by("closed_on", "pk").first()


@transaction.atomic
def _follow(unit: Unit, at: datetime) -> None:
    list(Unit.objects.select_for_update().filter(Q(pk=unit.pk) | Q(pk=unit.merged_into_id)).order_by("pk"))
    merger = Merger(unit, unit.merged_into, unit.closed_on, at) if unit.merged_into else None
    left = Cell.objects.filter(unit=unit, until_date__gt=unit.closed_on).select_related("unit")
    for cell in left.order_by("process_step", "post", "from_date", "pk"):
        if merger:
            _carry(cell, merger)
        _end(cell, unit.closed_on, merger.reason if merger else _("单位关闭"), at)
    _end_instructors(unit, merger, at)
    if merger and merger.to_settle:
        _tell_appointers(merger)


def _carry(cell: Cell, merger: Merger) -> None:
    """The cell goes on at the other unit; where that has one for the same people already, they are in that."""
    kept = _keepers(cell, merger.on)
    begins = max(cell.from_date, merger.on)
    there = rules.in_the_way(
        cell.process_step, cell.post,
        Cell.objects.filter(unit=merger.heir, until_date__gt=begins, from_date__lt=cell.until_date).order_by("pk"),
    )  # fmt: skip
    if there:
        _join(cell, there, kept, merger)
        return
    new = Cell.objects.create(
        unit=merger.heir, process_step=cell.process_step, post=cell.post, from_date=begins, until_date=cell.until_date,
        reason=merger.reason,
    )  # fmt: skip
    _take_on(new, kept, merger)
    _record("grid.carried", new, cell, kept, merger)
    if not any(one.role == CellKeeper.Role.KEEPER for one in kept):
        merger.to_settle.append(_("“%(cell)s”没有网格员") % {"cell": new})


def _join(cell: Cell, there: Cell, kept: Sequence[CellKeeper], merger: Merger) -> None:
    """Keepers there stay; an office that is vacant there goes to whoever held it here."""
    held = _keepers(there, merger.on)
    offices, people = {one.role for one in held}, {one.person_id for one in held}
    is_whole = there.post in ("", cell.post)
    taken = [one for one in kept if is_whole and one.role not in offices and one.person_id not in people]
    _take_on(there, taken, merger)
    _record("grid.joined", there, cell, taken, merger)
    _tell(
        [one for one in kept if one not in taken and one.person_id not in people], merger, cell,
        _("%(unit)s并入%(heir)s，“%(cell)s”编入那里已有的“%(there)s”，您在这一格的职责自 %(day)s 结束"), there=there,
    )  # fmt: skip
    if not is_whole:
        merger.to_settle.append(
            _("“%(cell)s”里只有“%(there)s”划成了网格") % {"cell": cell, "there": there}
        )  # fmt: skip


def _take_on(cell: Cell, kept: Sequence[CellKeeper], merger: Merger) -> None:
    CellKeeper.objects.bulk_create(
        CellKeeper(cell=cell, role=one.role, person=one.person, from_date=max(one.from_date, cell.from_date, merger.on),
                   until_date=one.until_date, reason=merger.reason)
        for one in kept if one.until_date > cell.from_date
    )  # fmt: skip
    for one in kept:
        changes = {"cell": [None, str(cell)], "role": [None, one.role], "from": [None, str(merger.on)]}
        journal.record(
            "grid.keeper_given", subject=one.person, unit=merger.heir, changes=changes, reason=merger.reason,
            at=merger.at,
        )  # fmt: skip
    _tell(kept, merger, cell, _("%(unit)s并入%(heir)s，您自 %(day)s 起在那里看管“%(cell)s”"))


def _keepers(cell: Cell, on: date) -> list[CellKeeper]:
    """Whoever keeps it that day or is to, and is still on the roll."""
    found = CellKeeper.objects.filter(cell=cell, until_date__gt=on, person__on_roll_until__gt=on)
    return list(found.select_related("person").order_by("role", "from_date", "pk"))


def _end(cell: Cell, on: date, reason: str, at: datetime) -> None:
    changes = {"until": [None, str(on)]}
    journal.record("grid.uncut", subject=cell, unit=cell.unit, changes=changes, reason=reason, at=at)
    end_keepers(cell, on, reason, None, at)
    if cell.from_date >= on:
        cell.delete()
    else:
        Cell.objects.filter(pk=cell.pk).update(until_date=on)


def _end_instructors(unit: Unit, merger: Merger | None, at: datetime) -> None:
    on = unit.closed_on
    ending = Instructor.objects.filter(unit=unit, until_date__gt=on).select_related("person")
    for one in ending.order_by("pk"):
        changes = {"name": [str(one), None], "until": [None, str(on)]}
        journal.record("grid.instructor_ended", subject=unit, unit=unit, changes=changes, at=at)
        if merger:
            merger.to_settle.append(_("指导员%(name)s的聘请已结束") % {"name": one})
    ending.filter(from_date__gte=on).delete()
    ending.filter(from_date__lt=on).update(until_date=on)


def _record(verb: str, to: Cell, cell: Cell, kept: Sequence[CellKeeper], merger: Merger) -> None:
    changes = {
        "cell": [str(cell), str(to)], "unit": [merger.unit.name, merger.heir.name], "from": [None, str(merger.on)],
        "keepers": [None, [one.person.name for one in kept]],
    }  # fmt: skip
    journal.record(verb, subject=to, unit=merger.heir, changes=changes, reason=merger.reason, at=merger.at)


def _tell(kept: Sequence[CellKeeper], merger: Merger, cell: Cell, sentence: str, **more: object) -> None:
    said = {"unit": merger.unit.name, "heir": merger.heir.name, "cell": cell, "day": merger.on, **more}
    notices.notify(
        to=[one.person for one in kept], kind=CARRIED, text=sentence % said, unit=merger.heir, at=merger.at,
        key=f"grid:merged:{merger.unit.pk}:{cell.pk}",
    )  # fmt: skip


def _tell_appointers(merger: Merger) -> None:
    said = {"reason": merger.reason, "list": _("；").join(merger.to_settle)}
    notices.notify(
        to=appointers_of(merger.heir, merger.on), kind=TO_SETTLE, text=_("%(reason)s后要处理的网格：%(list)s") % said,
        unit=merger.heir, at=merger.at, key=f"grid:merged:{merger.unit.pk}:{merger.on}",
        url=reverse("grid:grid", query={"unit": merger.heir.pk}),
    )  # fmt: skip
