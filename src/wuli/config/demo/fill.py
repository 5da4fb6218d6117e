"""Write the plan into an empty database, in the order in which it would have happened, through the kernel's actions.

All of it is one transaction: interrupted at any moment, it leaves nothing behind, and the next run begins anew.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.translation import gettext as _

from wuli.base import statistics
from wuli.base.errors import Refused
from wuli.kernel.journal.origin import coming_from
from wuli.kernel.orgs.actions import accounts, people, postings, regions, roster, units
from wuli.kernel.orgs.models import Kind, Person, Unit, User
from wuli.kernel.orgs.models.posting import Duty

from . import calendars, command, directives, grid, items, meetings, mobilisation, reports
from .accounts import PASSWORD
from .duties import NewDuty
from .folk import DAY_ONE, Someone
from .history import Change
from .plan import Plan
from .tree import GROUP

CHUNK = 500
CLERK = "renshi"

type Tell = Callable[[str, float], None]
"""Hears what begins, and which part of the whole it is."""


def _to_nobody(what: str, part: float) -> None:
    pass


def is_filled() -> bool:
    """Whether the group in this database is the demonstration's."""
    return Unit.objects.filter(code=GROUP, kind=Kind.GROUP).exists()


def fill(plan: Plan, *, regions_file: Path, at: datetime, tell: Tell = _to_nobody) -> None:
    """Fill the empty database with `plan`, or leave it empty. Raises Refused.

    Every event is of the moment `at`, when the books were taken over; what it tells of took effect long before.
    """
    with coming_from("wuli demo"), _roomy_cache(), transaction.atomic():
        if Unit.objects.exists():
            raise Refused(_("这个数据库里已有单位，演示数据不会写入。请用 --db 指定一个新文件"))
        tell(_("地区"), 0.01)
        regions.load_regions(file=regions_file, by=None, at=at)
        _Filling(plan, at, tell).all()


class _Filling:
    def __init__(self, plan: Plan, at: datetime, tell: Tell) -> None:
        self.plan = plan
        self.at = at
        self.tell = tell
        self.users: dict[str, User] = {}

    def all(self) -> None:
        history, everyone = self.plan.history, self.plan.folk.everyone
        self.tell(_("生产经营线的单位"), 0.16)
        units.open_units(history.operations, on=DAY_ONE, by=None, at=self.at)
        self.tell(_("党组织"), 0.04)
        units.open_units(history.party, on=DAY_ONE, by=None, at=self.at)
        joining = _by_half_year(someone for someone in everyone if not someone.is_second_entry)
        self.tell(_("花名册"), 0.16)
        self._join(DAY_ONE, joining.pop(DAY_ONE))
        self._take_stock()
        self.tell(_("职责"), 0.18)
        self._post(self.plan.duties)
        self._open_accounts()
        self._live(joining)
        self._join(max(joining), [someone for someone in everyone if someone.is_second_entry])
        self._look_around()
        self._take_stock()
        calendars.fill(keeper=self.users["xitong"], at=self.at)
        self.tell(_("组织动员"), 0.05)
        spared = {holder.person.number for holder in self.plan.holders}
        mobilisation.fill(officer=self.users["dangwu"], spared=spared, at=self.at, seed=self.plan.seed)
        self.tell(_("日报"), 0.2)
        reports.fill(self.users["zhihui"], at=self.at, dice=Random(f"{self.plan.seed} reports"))
        self._take_stock()
        self.tell(_("例会"), 0.05)
        meetings.fill(chair=self.users["zhihui"], keeper=self.users[CLERK], at=self.at)
        self.tell(_("督办事项"), 0.01)
        items.fill(self.users["zhihui"], at=self.at, dice=Random(f"{self.plan.seed} items"))
        self.tell(_("网格"), 0.05)
        grid.fill(seed=self.plan.seed, at=self.at)
        self.tell(_("通知"), 0.02)
        directives.fill(self.users["dangwu"], self.users["zhihui"], at=self.at, seed=self.plan.seed)
        self.tell(_("应急响应"), 0.02)
        dice = Random(f"{self.plan.seed} command")
        command.fill(self.users["zhihui"], self.users["dangwu"], at=self.at, dice=dice)
        statistics.gather()

    def _take_stock(self) -> None:
        """PostgreSQL cannot know how much this transaction has written, and takes every table for empty."""
        if connection.vendor == "postgresql":
            statistics.gather()

    def _join(self, on: date, joining: list[Someone]) -> None:
        roster.load(_rows(joining), unit=_unit(GROUP), on=on, by=None, at=self.at)

    def _post(self, duties: list[NewDuty]) -> None:
        holders = _people({duty.person.number for duty in duties})
        where = {unit.code: unit for unit in Unit.objects.order_by("pk")}
        news = [
            postings.NewPosting(holders[new.person.number], new.duty, where[new.unit], new.from_date, new.until_date)
            for new in duties
        ]
        postings.post_all(news, by=None, at=self.at)

    def _open_accounts(self) -> None:
        """One account for each holder, and one that nobody can log in with: the clerk who keeps the group's roster."""
        password = make_password(PASSWORD)
        for holder in self.plan.holders:
            self.users[holder.account.username] = self._account(holder.account.username, holder.person, password)
        clerk = next(d.person for d in self.plan.duties if d.duty == Duty.ROSTER_KEEPER and d.unit == GROUP)
        self.users[CLERK] = self._account(CLERK, clerk, make_password(None))

    def _account(self, username: str, someone: Someone, password: str) -> User:
        """An account with a name and a password that the demonstration can tell its visitors."""
        person = _person(someone)
        account, _unused = accounts.open_account(person=person, by=None, at=self.at)
        User.objects.filter(pk=account.pk).update(username=username, password=password, must_change_password=False)
        return User.objects.select_related("person__unit").get(pk=account.pk)

    def _live(self, joining: dict[date, list[Someone]]) -> None:
        """Half-year by half-year: what changed meanwhile, then the roster of those who came."""
        changes = list(self.plan.history.changes)
        for on in sorted(joining):
            self.tell(_("截至 %(day)s 的变更") % {"day": on}, 0.3 / len(joining))
            while changes and changes[0].on <= on:
                self._change(changes.pop(0))
            self._join(on, joining[on])

    def _change(self, change: Change) -> None:
        if change.person:
            self._change_person(change.person, change)
            return
        unit = _unit(change.unit)
        when: dict[str, Any] = {"on": change.on, "by": self.users["xitong"], "at": self.at}
        if change.verb == "rename":
            units.rename_unit(unit=unit, name=change.name, **when)
        elif change.verb == "move":
            units.move_unit(unit=unit, target=_unit(change.target), **when)
        elif change.verb == "merge":
            units.merge_unit(unit=unit, target=_unit(change.target), **when)
        else:
            units.close_unit(unit=unit, **when)

    def _change_person(self, someone: Someone, change: Change) -> None:
        person = _person(someone)
        if change.verb == "leave":
            people.leave(person=person, on=change.on, by=self.users[CLERK], at=self.at)
            return
        place = people.Place(
            unit=_unit(someone.unit), employer=_unit(someone.employer), process_step=someone.step, post=someone.post,
            branch=_unit(someone.branch) if someone.branch else None,
        )  # fmt: skip
        people.transfer(person=person, place=place, on=change.on, by=self.users[CLERK], at=self.at)

    def _look_around(self) -> None:
        """Two people looked at the employee's record, so that "who saw my data" has an answer."""
        employee = _person(self.plan.holders[0].person)
        people.note_view(person=employee, by=self.users["banzu"], at=self.at)
        people.unmask(
            person=employee, field="phone", reason="核对紧急联系方式", by=self.users["lianluo"], at=self.at
        )  # fmt: skip


def _rows(joining: Iterable[Someone]) -> pl.DataFrame:
    """A roster of `joining` as they were when they came."""
    columns = (
        "number", "name", "team", "employer", "outside_employer", "process_step", "post", "branch", "phone", "identity",
        "on_roll_from",
    )  # fmt: skip
    rows = []
    for s in joining:
        first = s.before or s
        stray = s.before is None and s.employer and "-" not in s.unit
        rows.append((
            s.number, s.name, first.unit, s.employer if stray else None, s.outside_employer or None, first.step or None,
            first.post or None, first.branch or None, s.phone or None, s.identity or None, s.joined.isoformat(),
        ))  # fmt: skip
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def _by_half_year(everyone: Iterable[Someone]) -> dict[date, list[Someone]]:
    """Those of the first day, then who came in each half-year, under its last day.

    A roster of fewer than 5,000 rows is compared with the people it names, not with the whole roll.
    """
    in_order = sorted(everyone, key=lambda someone: (someone.joined, someone.number))
    return {day: list(group) for day, group in groupby(in_order, key=lambda someone: _half_year(someone.joined))}


def _half_year(day: date) -> date:
    if day == DAY_ONE:
        return day
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)


def _unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def _person(someone: Someone) -> Person:
    return Person.objects.select_related("unit").get(number=someone.number)


def _people(numbers: set[str]) -> dict[str, Person]:
    wanted, known = sorted(numbers), Person.objects.only("number")
    chunks = (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))
    return {person.number: person for some in chunks for person in known.filter(number__in=some)}


@contextmanager
def _roomy_cache() -> Iterator[None]:
    """SQLite keeps 2 MB of pages by itself; with more, one large transaction need not write a page twice."""
    _keep_pages(-400_000)
    try:
        yield
    finally:
        _keep_pages(-2_000)


def _keep_pages(size: int) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"pragma cache_size = {size}")
