"""The tree: open, amend, rename, move, merge, close. Each change of shape or name has an effective date.

What a unit was on any day stands in its placements; `Unit` itself says what it is today. A change may be
dated back as far as nothing it touches has changed since; a change dated ahead is planned (see `planned`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from wuli.base import rows
from wuli.base.clock import FOREVER, is_zone
from wuli.base.codes import uscc_problem
from wuli.base.errors import Refused, refuse
from wuli.base.pinyin import pinyin_of
from wuli.kernel.journal import actions as journal

from ..models import Person, Placement, Posting, Unit, User
from ..models.unit import STEP, step, under
from ..rules import units as rules
from . import people


@dataclass(frozen=True)
class NewUnit:
    """What is needed to open a unit. `parent` is the parent's code; empty for the top of a line."""

    code: str
    kind: str
    name: str
    parent: str = ""
    uscc: str = ""
    region: str = ""
    zone: str = ""
    serves: str = ""
    listed: bool = False
    opened_on: date | None = None
    """Its own first day, where it is not that of the others."""


def open_unit(new: NewUnit, *, on: date, by: User | None, at: datetime) -> Unit:
    """Open one unit from the day `on`. Raises Refused."""
    return open_units([new], on=on, by=by, at=at)[0]


@transaction.atomic
def open_units(news: Sequence[NewUnit], *, on: date, by: User | None, at: datetime) -> list[Unit]:
    """Open many units from the day `on`, parents before children. All of them or, with Refused, none."""
    lock_tree()
    known = _named_units(news)
    number = Unit.objects.aggregate(last=Max("number"))["last"] or 0
    made: list[Unit] = []
    for new in news:
        number += 1
        unit = _unit(new, known, number, new.opened_on or on)
        known[new.code] = unit
        made.append(unit)
    _refuse_uscc_in_use(made)
    _insert_by_level(made)
    rows.create([_first_placement(unit) for unit in made], by="unit_id")
    journal.record_all((journal.Entry("unit.opened", u, u, {"name": [None, u.name]}) for u in made), at=at, by=by)
    return made


@transaction.atomic
def amend_unit(*, unit: Unit, by: User, at: datetime, **values: Any) -> Unit:
    """Change what has no history: uscc, region, zone, listed, serves. Raises Refused."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    changes = {}
    for field, value in values.items():
        before = getattr(unit, field)
        if before != value:
            changes[field] = [str(before) if before is not None else None, str(value) if value is not None else None]
            setattr(unit, field, value)
    _refuse_bad_codes(unit.uscc or "", unit.zone)
    _refuse_uscc_in_use([unit])
    refuse(rules.why_not_serve(unit.line, unit.serves), field="serves")
    if not changes:
        raise Refused(_("没有需要保存的改动"))
    unit.save(update_fields=list(values))
    journal.record("unit.amended", subject=unit, unit=unit, changes=changes, by=by, at=at)
    return unit


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, on: date, by: User | None, at: datetime) -> Unit:
    """Call `unit` by another name from the day `on`. Raises Refused."""
    lock_tree()
    unit.refresh_from_db()
    name = name.strip()
    if name == unit.name:
        raise Refused(_("“%(unit)s”已经是这个名称") % {"unit": name}, field="name")
    refuse(rules.why_not_open_on(unit, on))
    now = _placement(unit)
    refuse(rules.why_not_from(now, on=on))
    split([now], on)
    unit.placements.filter(from_date=on).update(name=name)
    before, unit.name = unit.name, name
    unit.pinyin, unit.initials = pinyin_of(name)
    unit.save(update_fields=["name", "pinyin", "initials"])
    journal.record(
        "unit.renamed", subject=unit, unit=unit, changes={"name": [before, name], "from": [None, str(on)]}, by=by, at=at
    )
    return unit


@transaction.atomic
def move_unit(*, unit: Unit, target: Unit, on: date, by: User | None, at: datetime) -> Unit:
    """Hang `unit`, with all that is below it, under `target` from the day `on`. Raises Refused.

    People, posts and duties hang on units, not on paths, so they come along; days before `on` keep the old tree.
    """
    lock_tree()
    unit.refresh_from_db()
    target.refresh_from_db()
    refuse(rules.why_not_move(unit, target, on=on))
    refuse(rules.why_not_from(_placement(target), on=on))
    refuse(rules.why_not_from(_later_below(unit.path, on), on=on))
    before = unit.parent
    _rehang(unit, target, on)
    changes = {"parent": [str(before), str(target)], "from": [None, str(on)]}
    journal.record("unit.moved", subject=unit, unit=unit, changes=changes, by=by, at=at)
    return unit


@transaction.atomic
def merge_unit(*, unit: Unit, target: Unit, on: date, by: User | None, at: datetime) -> Unit:
    """Dissolve `unit` into `target` from the day `on`: children, people and served bodies go over. Raises Refused.

    Duties held at `unit` end; those who should answer for the merged unit are posted there anew.
    """
    lock_tree()
    unit.refresh_from_db()
    target.refresh_from_db()
    refuse(rules.why_not_merge(unit, target, on=on))
    refuse(rules.why_not_from(_placement(target), on=on))
    refuse(rules.why_not_from(_later_below(unit.path, on), on=on))
    for child in Unit.objects.filter(parent=unit).open(on).order_by("code", "pk"):
        _rehang(child, target, on)
    moved = people.hand_over(unit=unit, to=target, on=on)
    unit.party_bodies.update(serves=target)
    unit.merged_into = target
    _end(unit, on)
    changes = {"merged_into": [None, str(target)], "people": [moved, 0], "from": [None, str(on)]}
    journal.record("unit.merged", subject=unit, unit=target, changes=changes, by=by, at=at)
    return target


@transaction.atomic
def close_unit(*, unit: Unit, on: date, by: User | None, at: datetime) -> Unit:
    """Close an empty unit; `on` is the first day it is no more. Raises Refused."""
    lock_tree()
    unit.refresh_from_db()
    people_left = Person.objects.filter(Q(unit=unit) | Q(branch=unit) | Q(employer=unit), on_roll_until__gt=on).count()
    open_children = unit.children.filter(closed_on__gt=on).count()
    refuse(rules.why_not_close(unit, on=on, open_children=open_children, people=people_left))
    refuse(rules.why_not_from(_placement(unit), on=on))
    _end(unit, on)
    changes = {"closed_on": [None, str(on)]}
    journal.record("unit.closed", subject=unit, unit=unit, changes=changes, by=by, at=at)
    return unit


def lock_tree() -> None:
    """Let one change of the tree at a time pass. Held until the transaction ends."""
    Unit.objects.select_for_update().filter(parent__isnull=True).order_by("pk").values_list("pk").first()


def _named_units(news: Iterable[NewUnit]) -> dict[str, Unit]:
    codes = {code for new in news for code in (new.code, new.parent, new.serves) if code}
    found: dict[str, Unit] = {}
    wanted = sorted(codes)
    for start in range(0, len(wanted), 500):
        found |= {unit.code: unit for unit in Unit.objects.filter(code__in=wanted[start : start + 500])}
    return found


def _unit(new: NewUnit, known: dict[str, Unit], number: int, on: date) -> Unit:
    parent, serves = _known(new.parent, known, "parent"), _known(new.serves, known, "serves")
    if new.code in known:
        raise Refused(_("单位编码“%(code)s”已被使用") % {"code": new.code}, field="code")
    if not new.name.strip() or not new.code.strip():
        raise Refused(_("单位编码和名称都不能为空"), field="name")
    refuse(rules.why_not_child(new.kind, parent))
    refuse(rules.why_not_serve(rules.line_of(new.kind), serves), field="serves")
    if parent:
        refuse(rules.why_not_open_from(parent, on))
    zone = new.zone or (parent.zone if parent else "Asia/Shanghai")
    _refuse_bad_codes(new.uscc, zone)
    pinyin, initials = pinyin_of(new.name)
    return Unit(
        code=new.code, line=rules.line_of(new.kind), kind=new.kind, name=new.name.strip(), pinyin=pinyin,
        initials=initials, parent=parent, number=number, path=(parent.path if parent else "") + step(number),
        depth=parent.depth + 1 if parent else 0, serves=serves, uscc=new.uscc or None,
        region_id=new.region or None, zone=zone, opened_on=on, listed=new.listed,
    )  # fmt: skip


def _known(code: str, known: dict[str, Unit], field: str) -> Unit | None:
    if code and code not in known:
        raise Refused(_("没有编码为“%(code)s”的单位") % {"code": code}, field=field)
    return known[code] if code else None


def _insert_by_level(units: list[Unit]) -> None:
    for depth in sorted({unit.depth for unit in units}):
        level = [unit for unit in units if unit.depth == depth]
        for unit in level:  # parents have their keys by now
            unit.parent, unit.serves = unit.parent, unit.serves
        rows.create(level, by="code")


def _first_placement(unit: Unit) -> Placement:
    return Placement(unit=unit, parent=unit.parent, name=unit.name, path=unit.path, from_date=unit.opened_on)


def _refuse_bad_codes(uscc: str, zone: str) -> None:
    if uscc and (problem := uscc_problem(uscc)):
        raise Refused(problem, field="uscc")
    if not is_zone(zone):
        raise Refused(_("没有名为“%(zone)s”的时区") % {"zone": zone}, field="zone")


def _refuse_uscc_in_use(units: Sequence[Unit]) -> None:
    """A credit code belongs to one unit, among `units` and all others."""
    codes = Counter(unit.uscc for unit in units if unit.uscc)
    used = {code for code, times in codes.items() if times > 1}
    others = Unit.objects.exclude(pk__in=[unit.pk for unit in units if unit.pk])
    for some in batched(sorted(codes), 500, strict=False):
        used |= {unit.uscc for unit in others.filter(uscc__in=some) if unit.uscc}
    if used:
        raise Refused(_("统一社会信用代码“%(code)s”已用于另一个单位") % {"code": min(used)}, field="uscc")


def _placement(unit: Unit) -> Placement:
    """The placement that holds from its day on, or held until the unit closed."""
    return unit.placements.order_by("-from_date")[0]


def _later_below(path: str, on: date) -> Placement | None:
    return Placement.objects.under(path).filter(from_date__gt=on).order_by("-from_date", "pk").first()


def split(placements: Iterable[Placement], on: date) -> None:
    """Let each placement end at `on` and go on from there as a new row; one that begins `on` stays whole."""
    old = [placement for placement in placements if placement.from_date < on]
    Placement.objects.bulk_create(
        Placement(unit_id=p.unit_id, parent_id=p.parent_id, name=p.name, path=p.path, from_date=on,
                  until_date=p.until_date) for p in old
    )  # fmt: skip
    Placement.objects.filter(pk__in=[placement.pk for placement in old]).update(until_date=on)


_SPLIT_SUBTREE = """
    insert into orgs_placement (unit_id, parent_id, name, path, from_date, until_date)
    select unit_id, parent_id, name, path, %s, until_date from orgs_placement
    where path >= %s and path < %s and from_date < %s and until_date > %s
"""


def _rehang(unit: Unit, parent: Unit, on: date) -> None:
    """Rewrite the subtree's paths: one statement each for placements, units and people, whatever its size."""
    old, new = unit.path, parent.path + unit.path[-STEP:]
    span = under(old)
    with connection.cursor() as cursor:
        cursor.execute(_SPLIT_SUBTREE, [on, old, old + "~", on, on])
    Placement.objects.filter(span, from_date__lt=on, until_date__gt=on).update(until_date=on)
    below = Concat(Value(new), Substr("path", len(old) + 1))
    from_now = Placement.objects.filter(span, from_date=on)
    from_now.filter(unit=unit).update(parent=parent)
    from_now.update(path=below)
    Unit.objects.filter(span).update(path=below, depth=F("depth") + (parent.depth + 1 - unit.depth))
    Person.objects.filter(under(old)).update(path=below)
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.refresh_from_db()


def _end(unit: Unit, on: date) -> None:
    """The unit is no more from `on`; so are the duties held there."""
    if _placement(unit).from_date >= on:
        raise Refused(_("“%(unit)s”当天刚有变更，请选更晚的日期") % {"unit": unit.name})
    Placement.objects.filter(unit=unit, until_date=FOREVER).update(until_date=on)
    Posting.objects.filter(unit=unit, from_date__gte=on).delete()
    Posting.objects.filter(unit=unit, until_date__gt=on).update(until_date=on)
    unit.closed_on = on
    unit.save(update_fields=["closed_on", "merged_into"])
