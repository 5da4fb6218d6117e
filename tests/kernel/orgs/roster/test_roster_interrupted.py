"""An import whose worker is killed, whose ground shifts, or that nobody comes back to."""

import os
from datetime import timedelta
from types import SimpleNamespace

import polars as pl
import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection

from tests.kernel.orgs.roster.conftest import AT, DAY
from tests.kernel.orgs.roster.files import line, table, xlsx_bytes
from wuli.base import ticking
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import bulk, imports, people, postings, units
from wuli.kernel.orgs.actions.roster import applying
from wuli.kernel.orgs.actions.sheets import running
from wuli.kernel.orgs.models import About, Assignment, FileImport, Person, Posting
from wuli.kernel.orgs.queries import imports as queries
from wuli.kernel.orgs.rules.roster.comparison import AFTER

Status = FileImport.Status
LINES = [
    line("40001", "甲", post="天车工"),
    line("20003", "才让", "W1-T2"),
    line("20004", "林河", "W1-T2", phone="13912345678"),
]


class Killed(BaseException):
    """The machine went away."""


@pytest.fixture
def received(world):
    """A file of three lines, taken in and not yet looked at."""

    def received(lines=LINES, **more):
        content = xlsx_bytes(table(lines))
        said = {"unit": world.unit("NORTH"), "on": DAY, "whole": False} | more
        return imports.receive(
            about=About.ROSTER, chunks=[content], size=len(content), name="花名册.xlsx", by=world.user("欧阳"), at=AT,
            **said,
        )  # fmt: skip

    return received


@pytest.fixture
def checked(received):
    def checked(*args, **more):
        one = received(*args, **more)
        running.check(pk=one.pk, at=AT)
        one.refresh_from_db()
        return one

    return checked


@pytest.fixture
def confirmed(world, checked):
    def confirmed(*args, **more):
        one = checked(*args, **more)
        return imports.confirm(file_import=one, good_rows_only=False, by=world.user("欧阳"), at=AT)

    return confirmed


def everything():
    return (
        list(Person.objects.order_by("pk").values()), list(Assignment.objects.order_by("pk").values()),
        Event.objects.count(), Posting.objects.filter(until_date=DAY).count(),
    )  # fmt: skip


def status(one):
    one.refresh_from_db()
    return one.status


STEPS = ["_hold", "_with_posts", "_join", "_amend", "_change_place", "_change_last_day", "telling.tell"]


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_while_writing_leaves_nothing_behind(confirmed, monkeypatch, step):
    one, before = confirmed(), everything()

    def die(*_args, **_more):
        raise Killed

    monkeypatch.setattr(f"wuli.kernel.orgs.actions.roster.applying.{step}", die)
    with pytest.raises(Killed):
        running.apply(pk=one.pk, at=AT)
    assert everything() == before
    assert status(one) == Status.APPLYING

    monkeypatch.undo()
    running.apply(pk=one.pk, at=AT)
    assert status(one) == Status.DONE
    assert Person.objects.filter(number="40001").exists()


def test_a_worker_killed_while_reading_is_simply_begun_again(received, monkeypatch):
    one = received()
    monkeypatch.setattr(running, "_plan", lambda *_args: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        running.check(pk=one.pk, at=AT)
    assert status(one) == Status.CHECKING
    monkeypatch.undo()
    running.check(pk=one.pk, at=AT)
    assert status(one) == Status.CHECKED


def test_applying_twice_writes_once(confirmed):
    one = confirmed()
    running.apply(pk=one.pk, at=AT)
    after = everything()
    running.apply(pk=one.pk, at=AT)
    assert everything() == after


def test_what_changed_since_the_preview_is_shown_anew_instead_of_written(world, confirmed):
    one = confirmed()
    people.amend(person=world.person("才让"), name="才让多杰", by=world.user("欧阳"), at=AT)
    running.apply(pk=one.pk, at=AT)

    assert status(one) == Status.CHECKED
    assert one.notes["changed"] is True
    assert world.person("才让多杰").unit.code == "W1-T1"
    again = imports.confirm(file_import=one, good_rows_only=False, by=world.user("欧阳"), at=AT)
    running.apply(pk=again.pk, at=AT)
    assert status(one) == Status.DONE
    assert world.person("才让").unit.code == "W1-T2"


def test_a_team_closed_since_the_preview_refuses_its_rows(world, confirmed):
    units.open_unit(units.NewUnit("W1-T3", "team", "三班", "W1-SHOP"), on=DAY, by=None, at=AT)
    one = confirmed([line("40001", "甲", "W1-T3")])
    units.close_unit(unit=world.unit("W1-T3"), on=DAY + timedelta(days=1), by=None, at=AT)
    running.apply(pk=one.pk, at=AT)
    assert (status(one), one.counts["refused"]) == (Status.CHECKED, 1)
    assert not Person.objects.filter(number="40001").exists()


def test_a_number_taken_in_the_same_moment_is_no_crash(world, confirmed, monkeypatch):
    one = confirmed()

    def beaten(*_args, **_more):
        raise IntegrityError("number")

    monkeypatch.setattr(applying, "apply", beaten)
    running.apply(pk=one.pk, at=AT)
    assert status(one) == Status.CHECKED
    assert one.notes["changed"] is True


def test_someone_else_changing_the_same_person_meanwhile_is_noticed(world, confirmed, monkeypatch):
    """As it can happen on a database that lets two write at once."""
    one = confirmed()
    two_at_once = SimpleNamespace(features=SimpleNamespace(has_select_for_update=True))
    monkeypatch.setattr(applying, "connection", two_at_once)
    monkeypatch.setattr(applying.queries, "people_held", lambda _people: pl.DataFrame(schema=["id", *AFTER]))
    running.apply(pk=one.pk, at=AT)
    assert status(one) == Status.CHECKED
    assert world.person("才让").unit.code == "W1-T1"


def test_losing_the_duty_ends_the_import(world, confirmed):
    one = confirmed()
    keeping = Posting.objects.get(duty="roster_keeper")
    postings.end_posting(posting=keeping, on=DAY - timedelta(days=30), by=world.user("钱安"), at=AT)
    running.apply(pk=one.pk, at=AT)
    assert status(one) == Status.REFUSED
    assert "职责" in one.refusal
    assert not Person.objects.filter(number="40001").exists()


def test_a_file_that_vanished_is_said_to_be_gone(received):
    one = received()
    imports.remove_files(one)
    running.check(pk=one.pk, at=AT)
    assert (status(one), one.refusal) == (Status.REFUSED, "文件已不在，请重新上传")


def test_only_the_sender_decides(world, checked):
    one = checked()
    for decide in (imports.confirm, imports.cancel):
        more = {"good_rows_only": False} if decide is imports.confirm else {}
        with pytest.raises(Refused, match="只有上传文件的人"):
            decide(file_import=one, by=world.user("顾岚"), at=AT, **more)
    assert status(one) == Status.CHECKED


def test_without_the_duty_no_file_is_taken(world, received, import_dir):
    for unit in ("SOUTH", "G", "P-NORTH"):
        with pytest.raises(Refused, match="职责"):
            received(unit=world.unit(unit))
    assert not FileImport.objects.exists()
    assert not import_dir.exists()


class TestTick:
    """Every minute: what stalled goes on, what is old goes."""

    @pytest.fixture
    def tick(self):
        return lambda minutes: ticking.chores()["imports"](AT + timedelta(minutes=minutes))

    def test_a_stalled_check_and_a_stalled_writing_go_on(self, tick, received, confirmed):
        waiting, writing = received([line("40009", "壬")]), confirmed()
        assert tick(1) == 0
        assert tick(6) == 2
        assert (status(waiting), status(writing)) == (Status.CHECKED, Status.DONE)

    def test_one_that_a_worker_is_at_is_left_alone(self, tick, received):
        one = received()
        cache.set(queries.progress_key(one.pk), "reading")
        assert tick(6) == 0
        assert status(one) == Status.CHECKING
        cache.delete(queries.progress_key(one.pk))

    def test_after_some_attempts_it_is_given_up_and_nothing_is_lost(self, tick, received, confirmed, monkeypatch):
        waiting, writing = received([line("40009", "壬")]), confirmed()
        before = everything()
        monkeypatch.setattr(running, "_plan", lambda *_args: 1 / 0)
        monkeypatch.setattr(applying, "apply", lambda *_args, **_more: 1 / 0)
        for attempt in range(1, 6):
            tick(6 * attempt)
        assert (status(waiting), status(writing)) == (Status.REFUSED, Status.CHECKED)
        assert writing.notes["failed"] is True
        assert everything() == before

    def test_after_a_week_an_unconfirmed_file_is_gone(self, tick, checked, import_dir, committed):
        one = checked()
        with committed():
            assert tick(7 * 24 * 60 + 1) == 1
        assert status(one) == Status.CANCELLED
        assert "7 天" in one.refusal
        assert list(import_dir.iterdir()) == []

    def test_what_a_killed_process_left_lying_is_swept(self, tick, checked, import_dir):
        kept = checked()
        (import_dir / "999").mkdir()
        (import_dir / "999" / "upload").write_bytes(b"x")
        for folder in import_dir.iterdir():
            os.utime(folder, (0, 0))
        assert tick(2 * 24 * 60) == 1
        assert [folder.name for folder in import_dir.iterdir()] == [str(kept.pk)]


def test_indexes_built_afterwards_are_the_same_ones(world, confirmed, monkeypatch):
    """The quick way of filling an empty SQLite table leaves the table as it was made."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite is filled that way")

    def indexes():
        with connection.cursor() as cursor:
            cursor.execute("select name, sql from sqlite_master where type = 'index' order by name")
            return cursor.fetchall()

    before = indexes()
    with bulk.indexes_built_afterwards(Person, Assignment, many=True):
        assert len(indexes()) < len(before)
    assert indexes() == before
