"""Attendance of theme days from sheets on paper; a day that nobody had planned is put down as held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import FileImport, Kind, Person, Posting, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.people import person_of
from wuli.kernel.orgs.rules.layouts import Way
from wuli.kernel.orgs.rules.sheets.findings import Flaws, frame_of
from wuli.kernel.orgs.rules.sheets.layout import UNCHANGED
from wuli.kernel.orgs.rules.sheets.legible import read
from wuli.kernel.orgs.rules.sheets.plan import Plan

from ...models import Activity, Attendance, Host
from ...models.activity import Presence, Sort
from ...queries.lists import members_then, people_called
from ...queries.monthly import rhythm_on
from ...rules.lists.attendance import ATTENDANCE, CORRECTED, MARKED, PRESENCES, clock_of
from ...rules.rhythm import is_closed
from ..activities import note_correction

KEPT = {
    "row": pl.Int64, "outcome": pl.String, "number": pl.String, "name": pl.String, "person_id": pl.Int64,
    "branch_id": pl.Int64, "branch": pl.String, "held_on": pl.Date, "title": pl.String, "since": pl.String,
    "until": pl.String, "place": pl.String, "activity_id": pl.Int64, "step": pl.Int64, "presence": pl.String,
    "reason": pl.String, "had_presence": pl.String, "had_reason": pl.String,
}  # fmt: skip
"""What of a checked line is needed to show it and to write it."""


@dataclass
class Facts:
    """What the lines are compared with."""

    branches: dict[str, list[Unit]]
    people: dict[str, Person]
    members: dict[date, dict[int, int]]
    hosts: dict[tuple[int, date], list[Host]]
    marks: dict[tuple[int, int], Attendance]
    today: date
    closed: set[date]
    reason: str
    seen: dict[tuple[Any, ...], int] = field(default_factory=dict)
    new: dict[tuple[int, date, str], dict[str, Any]] = field(default_factory=dict)


def plan(one: FileImport, cells: pl.DataFrame) -> Plan:
    """Raises Refused where the sender cannot record anything."""
    person_of(one.by)
    rows, legible = read(cells, ATTENDANCE)
    facts = _facts(one, rows)
    flaws: Flaws = []
    kept = [_checked(row, facts, flaws) for row in rows]
    findings = pl.concat([legible, frame_of(flaws)])
    return Plan.of(ATTENDANCE, one.effective_on, pl.DataFrame(kept, schema=KEPT), findings)


def _facts(one: FileImport, rows: list[dict[str, Any]]) -> Facts:
    people = people_called({row["number"] for row in rows if row["number"]})
    days = {row["held_on"] for row in rows if row["held_on"]}
    among, today = {person.pk for person in people.values()}, business_date(one.touched_at, one.unit.zone)
    branches: dict[str, list[Unit]] = {}
    for unit in Unit.objects.under(one.unit).filter(kind=Kind.PARTY_BRANCH).order_by("pk"):
        for called in {unit.code, unit.name}:
            branches.setdefault(called, []).append(unit)
    hosts = _hosts({unit.pk for units in branches.values() for unit in units}, days)
    marks = Attendance.objects.filter(activity__in={host.activity_id for some in hosts.values() for host in some})
    return Facts(
        branches, people, members_then(one.unit, days, among), hosts,
        {(mark.activity_id, mark.person_id): mark for mark in marks},
        today, {day for day in days if _is_closed(day, today)}, one.said.get("reason", ""),
    )  # fmt: skip


def _is_closed(day: date, today: date) -> bool:
    rhythm = rhythm_on(Sort.THEME_DAY, day)
    return bool(rhythm and is_closed(day, rhythm.close_day, today))


def _hosts(branches: set[int], days: set[date]) -> dict[tuple[int, date], list[Host]]:
    """The theme days that were made known, by branch and day."""
    if not days:
        return {}
    known = Host.objects.filter(activity__sort=Sort.THEME_DAY, activity__on_date__gte=min(days),
                                activity__on_date__lte=max(days))  # fmt: skip
    found: dict[tuple[int, date], list[Host]] = {}
    for host in known.exclude(activity__status=Activity.Status.DRAFT).select_related("activity").order_by("pk"):
        if host.body_id in branches:
            found.setdefault((host.body_id, host.activity.on_date), []).append(host)
    return found


def _checked(row: dict[str, Any], facts: Facts, flaws: Flaws) -> dict[str, Any]:
    person = facts.people.get(row["number"] or "")
    named = facts.branches.get(row["branch"] or "", [])
    branch = named[0] if len(named) == 1 else None
    host = _host(row, branch, facts)
    presence = PRESENCES.get((row["presence"] or "").lower())
    reason = (row["reason"] or "") if presence != Presence.PRESENT else ""
    had = facts.marks.get((host.activity_id, person.pk)) if host and person else None
    same = bool(had and (had.presence, had.reason) == (presence, reason))
    if row["branch"] and row["held_on"] and row["number"]:
        flaws += [(row["row"], *flaw) for flaw in _wrong(row, person, named, host, presence, facts)]
    return {
        "row": row["row"], "outcome": UNCHANGED if same else CORRECTED if had else MARKED,
        "number": row["number"] or "", "name": row["name"] or "", "person_id": person.pk if person else None,
        "branch_id": branch.pk if branch else None, "branch": branch.name if branch else row["branch"] or "",
        "held_on": row["held_on"], "title": host.activity.title if host else row["title"] or "",
        "since": row["since"] or "", "until": row["until"] or "", "place": row["place"] or "",
        "activity_id": host.activity_id if host else None, "step": host.step if host else None,
        "presence": presence or "", "reason": reason, "had_presence": had.presence if had else "",
        "had_reason": had.reason if had else "",
    }  # fmt: skip


def _host(row: Mapping[str, Any], branch: Unit | None, facts: Facts) -> Host | None:
    """The theme day that a line means, if there is one."""
    known = facts.hosts.get((branch.pk, row["held_on"]), []) if branch and row["held_on"] else []
    if row["title"]:
        known = [host for host in known if host.activity.title == row["title"]]
    return known[0] if len(known) == 1 else None


def _wrong(
    row: Mapping[str, Any],
    person: Person | None,
    named: list[Unit],
    host: Host | None,
    presence: str | None,
    facts: Facts,
) -> Iterator[tuple[str, str, object, object]]:
    """Column, code, value, what else; whoever was no member there that day is not told apart from nobody."""
    if presence is None:
        yield "presence", "bad_presence", row["presence"], ""
    elif presence == Presence.LEAVE and not row["reason"]:
        yield "reason", "why", "", ""
    if len(named) != 1:
        yield "branch", "many_branches" if named else "unknown_branch", row["branch"], ""
        return
    branch, day = named[0], row["held_on"]
    if day > facts.today:
        yield "held_on", "ahead", day, ""
        return
    if person is None or facts.members[day].get(person.pk) != branch.pk:
        yield "number", "unknown_member", row["number"], ""
    elif row["name"] and row["name"].replace(" ", "") != person.name.replace(" ", ""):
        yield "name", "other_name", row["name"], ""
    yield from _wrong_day(row, branch, host, facts)
    key = (branch.pk, day, host.activity_id if host else row["title"], row["number"])
    if facts.seen.setdefault(key, row["row"]) != row["row"]:
        yield "number", "twice", row["number"], facts.seen[key]


def _wrong_day(
    row: Mapping[str, Any], branch: Unit, host: Host | None, facts: Facts
) -> Iterator[tuple[str, str, object, object]]:
    day = row["held_on"]
    if day in facts.closed and not facts.reason:
        yield "held_on", "closed_month", day, ""
    if host:
        if host.activity.status == Activity.Status.NOT_HELD:
            yield "title", "not_held", "", host.activity.title
    elif not row["title"] and len(facts.hosts.get((branch.pk, day), [])) > 1:
        yield "title", "which", "", ""
    else:
        yield from _wrong_new(row, branch, facts)


def _wrong_new(row: Mapping[str, Any], branch: Unit, facts: Facts) -> Iterator[tuple[str, str, object, object]]:
    """A day that nobody had planned: lines of the same one say the same."""
    if not (row["title"] and row["since"] and row["until"]):
        yield "title", "no_activity", row["title"] or "", ""
        return
    since, until = clock_of(row["since"]), clock_of(row["until"])
    for column, read_as in (("since", since), ("until", until)):
        if read_as is None:
            yield column, "bad_clock", row[column], ""
    if since and until and until <= since:
        yield "until", "ends_early", row["until"], ""
    first = facts.new.setdefault((branch.pk, row["held_on"], row["title"]), dict(row))
    for column in ("since", "until", "place"):
        if (row[column] or "") != (first[column] or ""):
            yield column, "disagrees", row[column] or "", first["row"]
    yield "title", "new_activity", row["title"], ""


def write(one: FileImport, plan: Plan, at: datetime) -> None:
    """Every theme day with its marks and its event, and one event for the whole. Raises Refused("changed")."""
    rows = plan.effective.sort("branch_id", "held_on", "title", "row").iter_rows(named=True)
    days = [
        list(some) for _key, some in groupby(rows, key=lambda row: (row["branch_id"], row["held_on"], row["title"]))
    ]
    for some in days:
        _write_day(one, some, at)
    changes = {
        "rows": [None, len(plan.rows)], "days": [None, len(days)], "file": [None, one.file_name],
    }  # fmt: skip
    journal.record("activity.imported", unit=one.unit, changes=changes, by=one.by, at=at)


def _write_day(one: FileImport, rows: list[dict[str, Any]], at: datetime) -> None:
    first, by = rows[0], person_of(one.by)
    activity, host = _locked(first) if first["activity_id"] else _made(one, rows, at)
    marked = [row for row in rows if row["outcome"] == MARKED]
    Attendance.objects.bulk_create(
        Attendance(activity=activity, person_id=row["person_id"], branch_id=row["branch_id"], presence=row["presence"],
                   reason=row["reason"], by=by, at=at) for row in marked
    )  # fmt: skip
    for row in rows:
        if row["outcome"] == CORRECTED:
            Attendance.objects.filter(activity=activity, person=row["person_id"]).update(
                presence=row["presence"], reason=row["reason"], by=by, at=at
            )
    Host.objects.filter(pk=host.pk).update(step=host.step + 1)
    if reason := one.said.get("reason", ""):
        note_correction(activity, reason, at)
        activity.save(update_fields=["corrected_at", "correction"])
    counts = {each.value: [None, sum(row["presence"] == each for row in rows)] for each in Presence}
    journal.record(
        "activity.attended", subject=activity, unit=host.body, changes=counts, reason=reason, by=one.by, at=at
    )  # fmt: skip


def _locked(row: Mapping[str, Any]) -> tuple[Activity, Host]:
    """As it was when the list was checked; else all of it is checked again."""
    activity = Activity.objects.select_for_update(of=("self",)).select_related("body").get(pk=row["activity_id"])
    host = Host.objects.select_for_update(of=("self",)).select_related("body").get(
        activity=activity, body=row["branch_id"]
    )  # fmt: skip
    if host.step != row["step"]:
        raise Refused(_("到会情况刚被他人更改，请重新检查"), code="changed")
    return activity, host


def _made(one: FileImport, rows: list[dict[str, Any]], at: datetime) -> tuple[Activity, Host]:
    """A day that was held and that nobody had planned; without anybody there it waits to be written down."""
    first, by = rows[0], person_of(one.by)
    branch = Unit.objects.get(pk=first["branch_id"])
    zone, is_held = ZoneInfo(branch.zone), any(row["presence"] == Presence.PRESENT for row in rows)
    starts, ends = (
        datetime.combine(first["held_on"], clock, tzinfo=zone)
        for text in (first["since"], first["until"]) if (clock := clock_of(text))
    )  # fmt: skip
    recorded = {"recorded_by": by, "recorded_at": at} if is_held else {}
    status = Activity.Status.HELD if is_held else Activity.Status.PUBLISHED
    activity = Activity.objects.create(
        sort=Sort.THEME_DAY, body=branch, title=first["title"], place=first["place"], starts_at=starts, ends_at=ends,
        on_date=first["held_on"], responsible=_secretary(branch, first["held_on"]) or by, status=status, made_by=by,
        made_at=at, **recorded,
    )  # fmt: skip
    changes = {"on_date": [None, str(activity.on_date)], "status": [None, str(status)]}
    journal.record("activity.held", subject=activity, unit=branch, changes=changes, by=one.by, at=at)
    return activity, Host.objects.create(activity=activity, body=branch)


def _secretary(branch: Unit, on: date) -> Person | None:
    held = Posting.objects.on(on).filter(unit=branch, duty=Duty.PARTY_SECRETARY).select_related("person")
    found = held.order_by("from_date", "pk").first()
    return found.person if found else None


WAY = Way(plan, write)
