"""`wuli demo`, as it is typed: filled once, recognised afterwards, whole or not at all."""

import os
import signal
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.config import site as sites
from wuli.config.demo.accounts import ACCOUNTS, PASSWORD
from wuli.kernel.orgs.models import Unit


@pytest.fixture
def empty(tmp_path, django_db_setup):
    return sites.empty(tmp_path, name=tmp_path.name)


@pytest.fixture
def begin(empty, regions_file):
    """Begin `wuli demo` in a process of its own. Not a fork of ours: the threads of polars would not live in it."""

    def begin(*words):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.config.demo.settings",
            "REGIONS_FILE": str(regions_file),
            "WULI_DATA_DIR": str(empty.folder),
            "DATABASE_URL": empty.url,
        }
        command = [sys.executable, "-m", "django", "demo", "--no-serve", *map(str, words)]
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )

    return begin


def done(process):
    out, err = process.communicate(timeout=180)
    assert process.returncode == 0, err
    return out


def people_in(site):
    return site.sql("select count(*) from orgs_person")[0][0]


def test_broken_off_it_leaves_nothing_and_the_next_run_fills_it_once(empty, begin):
    for ending in (signal.SIGINT, signal.SIGKILL):
        filling = begin("--people", 3000)
        assert any("职责" in line for line in filling.stderr)  # the people are written, but not yet for good
        filling.send_signal(ending)
        filling.communicate(timeout=60)
        assert filling.returncode != 0
        assert people_in(empty) == 0
        assert empty.sql("select count(*) from orgs_unit") == [(0,)]

    address, accounts, password = done(begin("--people", 300)).splitlines()
    assert "http://localhost:8000/" in address
    assert all(account.username in accounts for account in ACCOUNTS)
    assert PASSWORD in password
    filled = people_in(empty)
    assert filled > 300  # those who have left are remembered

    assert "已在数据库中（在册 300 人），没有改动" in done(begin("--people", 300))
    assert people_in(empty) == filled


def test_another_file_can_be_filled_beside_the_sites_own(empty, begin, tmp_path):
    other = tmp_path / "other.sqlite3"
    filling = begin("--people", 300, "--db", other)

    if connection.vendor != "sqlite":
        assert "只用于 SQLite" in filling.communicate(timeout=60)[1]
        assert filling.returncode == 2
    else:
        done(filling)
        assert people_in(sites.Site(tmp_path, str(other))) > 300
        assert not os.path.exists(empty.database)


def test_another_group_is_left_alone(world, regions_file, settings):
    settings.REGIONS_FILE = regions_file
    before = Unit.objects.count()

    with pytest.raises(CommandError, match="已有单位") as refused:
        call_command("demo", no_serve=True, people=300)

    assert refused.value.returncode == 3
    assert Unit.objects.count() == before


@pytest.mark.django_db
def test_without_the_list_of_places_nothing_is_filled(tmp_path, settings):
    settings.REGIONS_FILE = tmp_path / "none.json"

    with pytest.raises(CommandError, match="npm run build") as refused:
        call_command("demo", no_serve=True, people=300)

    assert refused.value.returncode == 3
    assert not Unit.objects.exists()


@pytest.mark.parametrize("people", [299, 170_001])
def test_other_sizes_are_refused_at_once(people):
    with pytest.raises(CommandError, match="300 到 170000") as refused:
        call_command("demo", people=people)

    assert refused.value.returncode == 2
