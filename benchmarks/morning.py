"""5,000 people open "my day" within a minute: no error, p95 at most 500 ms on two cores."""

import http.client
import statistics
import tempfile
import threading
import time
from itertools import count
from pathlib import Path

from django.conf import settings

from wuli.kernel.orgs.models import User

from .people import client_of
from .server import PORT, copied, serve

PEOPLE, SECONDS = 5000, 60
THREADS = 32


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = copied(Path(folder))
        cookies = [_cookie(user) for user in User.objects.filter(is_active=True).order_by("pk")[:PEOPLE]]
        server = serve(environment)
        try:
            taken, failed = _open(cookies)
        finally:
            server.terminate()
            server.wait(10)
    print(f"{len(taken):,} people in {SECONDS} s: p50 {statistics.median(taken):.0f} ms, "
          f"p95 {statistics.quantiles(taken, n=20)[-1]:.0f} ms (goal 500), {failed} failed (goal 0)")  # fmt: skip


def _cookie(user: User) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={client_of(user).cookies[settings.SESSION_COOKIE_NAME].value}"


def _open(cookies: list[str]) -> tuple[list[float], int]:
    """Each at their own moment of the minute, whether or not those before have their page. Milliseconds, and errors."""
    begin, turn = time.perf_counter(), count()
    taken: list[float] = []
    wrong: list[int] = []

    def ask() -> None:
        while (n := next(turn)) < len(cookies):
            due = begin + n * SECONDS / len(cookies)
            time.sleep(max(0, due - time.perf_counter()))
            status = _status(cookies[n])
            taken.append((time.perf_counter() - due) * 1000)
            if status != 200:
                wrong.append(status)

    threads = [threading.Thread(target=ask) for _thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, len(wrong)


def _status(cookie: str) -> int:
    caller = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        caller.request("GET", "/", headers={"Cookie": cookie})
        answer = caller.getresponse()
        answer.read()
        return answer.status
    finally:
        caller.close()
