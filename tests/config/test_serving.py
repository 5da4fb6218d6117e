"""The parts of a site live and die together."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from http.client import HTTPConnection
from sqlite3 import connect

import pytest
from django.db import connection

from tests.config import site as sites
from wuli.config.serving import LONGEST_WAIT, STEADY, Part

SUPERVISE = """
import signal, sys, time
from functools import partial
import django; django.setup()
from wuli.config import serving
serving.GIVE_UP_TASK, serving.KILL, serving.GLANCE = 0.6, 1.2, 0.05

def note(word):
    with open(sys.argv[1], "a") as notes:
        notes.write(word + "\\n")

def steady():
    signal.signal(signal.SIGTERM, lambda *_: (note("steady ends"), sys.exit()))
    note("steady begins")
    time.sleep(60)

def brief():
    note("brief begins")

def deaf():
    signal.signal(signal.SIGTERM, lambda *_: note("deaf hears"))
    note("deaf begins")
    while True:
        time.sleep(1)

serving.Supervisor([serving.Part(name, globals()[name]) for name in sys.argv[2:]]).run()
note("supervisor ends")
"""


@pytest.fixture
def supervised(tmp_path):
    """Parts under a supervisor of their own, and what they noted."""
    running = []
    notes = tmp_path / "notes"

    def start(*parts):
        process = subprocess.Popen([sys.executable, "-c", SUPERVISE, notes, *parts], stderr=subprocess.DEVNULL)
        running.append(process)
        return process, lambda: notes.read_text().splitlines() if notes.exists() else []

    yield start
    for process in running:
        process.kill()


def until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_part_that_dies_is_started_again_and_the_others_go_on(supervised):
    process, notes = supervised("steady", "brief")

    until(lambda: notes().count("brief begins") >= 2)

    assert notes().count("steady begins") == 1
    assert process.poll() is None


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_all_parts_are_asked_to_end_and_do(supervised, sign):
    process, notes = supervised("steady")
    until(lambda: "steady begins" in notes())

    process.send_signal(sign)

    assert process.wait(10) == 0
    assert notes()[-2:] == ["steady ends", "supervisor ends"]


def test_a_part_that_will_not_end_is_asked_twice_and_then_killed(supervised):
    process, notes = supervised("deaf")
    until(lambda: "deaf begins" in notes())

    process.terminate()

    assert process.wait(10) == 0
    assert notes().count("deaf hears") == 2
    assert notes()[-1] == "supervisor ends"


def test_parts_do_not_outlive_a_supervisor_that_is_killed(supervised):
    process, notes = supervised("steady")
    until(lambda: "steady begins" in notes())

    process.kill()

    until(lambda: "steady ends" in notes())


class Dead:
    pid, exitcode = None, 1


def test_a_part_that_keeps_dying_waits_longer_each_time(monkeypatch):
    part = Part("any", lambda: None)
    waits = []
    for now in (100.0, 101.0, 103.0, 107.0, 115.0, 131.0, 161.0, 161.0 + STEADY * 2):
        monkeypatch.setattr(time, "monotonic", lambda now=now: now)
        part.process = Dead()
        part.note_death()
        waits.append(part.due - now)
        part.begun = part.due

    assert waits == [1, 2, 4, 8, 16, LONGEST_WAIT, LONGEST_WAIT, 1]


def test_a_site_whose_structure_is_not_that_of_the_program_does_not_start(site):
    missing = sites.empty(site.folder)

    done = missing.wuli("serve")

    assert done.returncode == 3
    assert "wuli migrate" in done.stderr


def test_a_site_answers_works_ticks_and_ends_by_itself(site):
    with site.served() as server:
        until(lambda: '"from": "wuli.config.ticking", "message": "tick"' in site.log)
        until(lambda: "Starting worker" in site.log)
        assert urllib.request.urlopen(f"{server.address}/healthz").status == 200
        assert len(os.listdir(f"/proc/{server.pid}/task")) == 1  # no threads: they would not live in its forks

        begun = time.monotonic()
        server.terminate()

        assert server.wait(12) == 0
        assert time.monotonic() - begun < 10
    assert '"message": "all parts ended"' in site.log
    assert '"forced": false' in site.log


@pytest.mark.skipif(connection.vendor != "sqlite", reason="holds SQLite's one place for writing")
def test_a_request_in_hand_is_answered_before_the_end(site):
    with site.served("--no-worker", "--no-tick") as server, closing(connect(site.database)) as other:
        other.execute("begin immediate")  # the log-in waits for its turn to write
        asking = HTTPConnection(server.address.removeprefix("http://"), timeout=20)
        log_in(asking)
        time.sleep(0.5)
        server.terminate()
        time.sleep(0.5)
        other.rollback()

        assert asking.getresponse().status in {200, 302}
        assert server.wait(12) == 0


def log_in(asking):
    asking.request("GET", "/account/login/")
    page = asking.getresponse()
    token = dict(part.split("=", 1) for part in page.headers["set-cookie"].split("; ") if "=" in part)["csrftoken"]
    page.read()
    form = f"login=20001&password=nonsense&csrfmiddlewaretoken={token}"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={token}"}
    asking.request("POST", "/account/login/", form, headers)


def test_a_killed_web_server_is_back_in_a_moment(site):
    with site.served("--no-worker", "--no-tick") as server:
        (web,) = children(server.pid)
        os.kill(web, signal.SIGKILL)
        until(lambda: children(server.pid) not in ([], [web]))

        assert sites.until_answered(f"{server.address}/account/login/").status == 200


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as listed:
        return [int(child) for child in listed.read().split()]
