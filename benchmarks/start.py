"""Cold start of `wuli serve` to its first page: at most 3 s with the database there."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PORT = 18732
WULI = str(Path(sys.executable).parent / "wuli")
ROUNDS = 3


def main() -> None:
    taken = sorted(_start() for _round in range(ROUNDS))
    print(f"to the log-in page: median {taken[1]:.2f} s of {ROUNDS} (goal 3)")


def _start() -> float:
    begin = time.perf_counter()
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    server = subprocess.Popen(
        [WULI, "serve", "--port", str(PORT)], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        return _until_answered(begin)
    finally:
        server.terminate()
        server.wait(20)


def _until_answered(begin: float) -> float:
    while time.perf_counter() - begin < 60:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/account/login/") as answer:
                assert answer.status == 200
                return time.perf_counter() - begin
        except OSError:
            time.sleep(0.02)
    raise SystemExit("no page within a minute")
