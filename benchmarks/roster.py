"""Import of 170,000 people from XLSX, with error report, preview and history: at most 2.5 times reading the file alone.

Uses an empty group of its own, in a temporary SQLite file, or beside the database that DATABASE_URL names.
"""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import fastexcel
import xlsxwriter
from django.conf import settings
from django.db import connection, transaction

from wuli.base.clock import now, today
from wuli.base.codes import identity_check_digit
from wuli.kernel.orgs.actions import imports, people, postings, units
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.actions.sheets import running
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import About, Assignment, FileImport, Person, Post, Unit, User
from wuli.kernel.orgs.rules.roster.columns import COLUMNS

PEOPLE, ENTERPRISES, TEAMS, BRANCHES = 170_000, 548, 12_000, 2_733
ROUNDS = 3
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文斌鹏飞宇浩然子轩雨欣怡晨思远海燕春生林峰波辉"
NAMES = ((SURNAMES, 17), (GIVEN, 7919), (GIVEN, 104_729))
POSTS = ("班长", "安全员", "电解工", "铸造工", "采矿工", "维修电工", "化验员", "天车工")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, _own_database(Path(folder)):
        settings.IMPORT_DIR = Path(folder) / "imports"
        clerk = _group()
        first, second = Path(folder) / "first.xlsx", Path(folder) / "second.xlsx"
        _write(first, changed=False)
        _write(second, changed=True)
        print(f"{connection.vendor}, {PEOPLE:,} rows, {first.stat().st_size / 1e6:.1f} MB, median of {ROUNDS}")
        reading = statistics.median(_seconds(lambda: _read(first)) for _round in range(ROUNDS))
        print(f"{'reading alone (fastexcel)':32}{reading:7.2f} s   1.00")
        _report("import to an empty roll", [_import(first, clerk, empty=True) for _round in range(ROUNDS)], reading)
        _report("the same file again", [_import(first, clerk) for _round in range(ROUNDS)], reading)
        _report("1 % changed", [_import(file, clerk) for file in (second, first, second)], reading)


def _report(label: str, rounds: list[tuple[float, float]], reading: float) -> None:
    parts = [("check", [check for check, _apply in rounds]), ("apply", [apply for _check, apply in rounds])]
    for name, taken in [*parts, ("total", [check + apply for check, apply in rounds])]:
        seconds = statistics.median(taken)
        print(f"{label + ', ' + name:32}{seconds:7.2f} s{seconds / reading:7.2f}")


def _import(file: Path, clerk: User, *, empty: bool = False) -> tuple[float, float]:
    """Seconds that check and apply take."""
    if empty:
        _clear(clerk)
    one = imports.receive(
        about=About.ROSTER, chunks=[file.read_bytes()], size=1, name=file.name,
        unit=Unit.objects.get(code="G"), on=today(), whole=False,
        by=clerk, at=now(),
    )  # fmt: skip
    check = _seconds(lambda: running.check(pk=one.pk, at=now()))
    one = FileImport.objects.get(pk=one.pk)
    if not any(one.counts[key] for key in ("joined", "moved", "changed", "left")):
        return check, 0.0
    imports.confirm(file_import=one, good_rows_only=False, by=clerk, at=now())
    apply = _seconds(lambda: running.apply(pk=one.pk, at=now()))
    one.refresh_from_db()
    assert one.status == FileImport.Status.DONE, one.status
    return check, apply


def _read(file: Path) -> object:
    return fastexcel.read_excel(file).load_sheet(0, dtypes="string").to_polars()


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


@contextmanager
def _own_database(folder: Path) -> Iterator[None]:
    old = connection.settings_dict["NAME"]
    test: dict[str, Any] = connection.settings_dict["TEST"]
    test["NAME"] = str(folder / "roster.sqlite3") if connection.vendor == "sqlite" else "wuli_benchmark_roster"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)


def _group() -> User:
    """Enterprises, teams and Party branches without people, and a clerk who may import."""
    long_ago, at = date(2000, 1, 1), now()
    tree = [NewUnit("G", "group", "集团")]
    tree += [NewUnit(f"E{n:03}", "enterprise", f"企业{n}", "G") for n in range(ENTERPRISES)]
    tree += [NewUnit(f"T{n:05}", "team", f"班组{n}", f"E{n * ENTERPRISES // TEAMS:03}") for n in range(TEAMS)]
    units.open_units(tree, on=long_ago, by=None, at=at)
    party = [NewUnit("P", "party_group", "党组")]
    party += [NewUnit(f"B{n:04}", "party_branch", f"支部{n}", "P") for n in range(BRANCHES)]
    units.open_units(party, on=long_ago, by=None, at=at)
    group = Unit.objects.get(code="G")
    clerk = people.join(number="0", name="经办", place=Place(group, group), on=long_ago, by=None, at=at)
    postings.post(person=clerk, duty="roster_keeper", unit=group, from_date=long_ago, by=None, at=at)
    return User.objects.create(username="clerk", person=clerk, created_at=at)


@transaction.atomic
def _clear(clerk: User) -> None:
    with connection.cursor() as cursor:
        for table, key in ((Assignment, "person_id"), (Person, "id")):
            cursor.execute(f"delete from {table._meta.db_table} where {key} <> %s", [clerk.person_id])
        cursor.execute(f"delete from {Post._meta.db_table}")


def _write(file: Path, *, changed: bool) -> None:
    """A roster as an office would send it; `changed` in one line of a hundred: phones, and some teams."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, [column.headings[0] for column in COLUMNS.values()])
        for number in range(PEOPLE):
            sheet.write_row(number + 1, 0, _person(number, changed=changed and number % 100 == 0))


def _person(number: int, *, changed: bool) -> list[str]:
    team = number * TEAMS // PEOPLE
    name = "".join(signs[number * step % len(signs)] for signs, step in NAMES[: 3 - (number % 4 == 0)])
    born = date(1960, 1, 1) + timedelta(days=number // 12)
    identity = f"530102{born:%Y%m%d}{number % 12 + 1:03}"
    outside = f"劳务公司{number % 40}" if number % 17 == 0 else ""
    return [
        f"{100000 + number}", name, f"T{(team + changed) % TEAMS:05}", "", outside, POSTS[number % 3 + team % 6],
        "电解" if team % 2 else "", f"B{team % BRANCHES:04}" if number % 2 else "",
        f"13{(number * 7919 + changed) % 10**9:09}", identity + identity_check_digit(identity),
        str(date(2001 + number % 19, number % 12 + 1, number % 28 + 1)), "",
    ]  # fmt: skip
