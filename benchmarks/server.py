"""A view behind log-in serves at least a quarter of the requests of the same server's empty view.

Both go through the full middleware; the one adds session, account, gate and guard. What whole pages cost beyond that
is told beside it, without a goal: most of it is the rendering of their own content.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import connection

from .pages import widest
from .people import account_of, client_of

PORT = 18731
SECONDS = 5
BOARD = "board"
PLACES = [
    ("view behind log-in", "/signed/", " (goal 0.25)"), ("board, told again for a second", BOARD, " (goal 0.85)"),
    ("whole page, my day of a team leader", "/", ""), ("whole page, own settings", "/settings/", ""),
    ("whole page, own record", "/me/", ""),
]  # fmt: skip


def main() -> None:
    if shutil.which("wrk") is None:
        print("skipped: needs wrk (apt-get install wrk)")
        return
    cookie = client_of(account_of("grid_keeper", "team")).cookies[settings.SESSION_COOKIE_NAME].value
    commander = client_of(account_of("commander")).cookies[settings.SESSION_COOKIE_NAME].value
    board = f"/rounds/{widest()}/"
    server = serve()
    try:
        empty = _rate("/empty/", cookie)
        print(f"empty view, full middleware: {empty:,.0f}/s")
        for name, path, goal in PLACES:
            rate = _rate(board, commander) if path == BOARD else _rate(path, cookie)
            print(f"{name}: {rate:,.0f}/s, ratio {rate / empty:.3f}{goal}")
    finally:
        server.terminate()
        server.wait(10)


def serve(environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """The project's server with its empty view, as soon as it answers."""
    options = f"--interface wsgi --workers 2 --blocking-threads 1 --host 127.0.0.1 --port {PORT} --log-level error"
    command = [sys.executable, "-m", "granian", *options.split(), "wuli.config.wsgi:application"]
    server = subprocess.Popen(command, env=os.environ | dict(environment or {}))
    for _try in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/empty/")
            return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not come up")


def _rate(path: str, cookie: str) -> float:
    header = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
    with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", headers=header)) as answer:
        assert answer.url.endswith(path), f"{path} led to {answer.url}"
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "-H", f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie}",
               f"http://127.0.0.1:{PORT}{path}"]  # fmt: skip
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(f"{path} did not answer 200:\n{told}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return float(found[1]) if found else 0.0


def copied(folder: Path) -> dict[str, str]:
    """The environment in which the server works on a copy; this process turns to the copy as well."""
    if connection.vendor != "sqlite":
        return {}
    copy = folder / "copy.sqlite3"
    with sqlite3.connect(copy) as target:
        connection.ensure_connection()
        connection.connection.backup(target)
    connection.close()
    connection.settings_dict["NAME"] = str(copy)
    return {"DATABASE_URL": f"sqlite:///{copy}", "WULI_DATA_DIR": str(settings.DATA_DIR)}
