"""Answers by program on the server: how many beside its empty view, how even, and what coverage costs meanwhile.

On SQLite all of it happens in a copy of the database. On PostgreSQL the answers stay.
"""

import json
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request
from itertools import cycle
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from wuli.base.clock import now, today
from wuli.kernel.cascade.actions import rounds
from wuli.kernel.cascade.models import Call, Round, Slot
from wuli.kernel.cascade.queries.registers import registers_of_many
from wuli.kernel.cascade.rules.form import Type, spec_of
from wuli.kernel.orgs.models import Unit

from .people import account_of, client_of
from .server import PORT, SECONDS, copied, serve

SLOTS = 2000
A_SECOND = 100
"""Answers that arrive while the board is read."""
LUA = """
local replies, n = {{}}, {start}
for line in io.lines("{file}") do replies[#replies + 1] = line end
request = function()
  n = n + 1
  local slot, body = replies[n % #replies + 1]:match("^(%d+) (.*)$")
  return wrk.format("POST", "/api/v1/slots/" .. slot .. "/replies", nil, (body:gsub("KEY", tostring(n))))
end
"""


def main() -> None:
    if shutil.which("wrk") is None:
        print("skipped: needs wrk (apt-get install wrk)")
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = copied(Path(folder))
        of = _round()
        file = _written(of, Path(folder) / "replies.txt")
        cookies, headers = _signed_in()
        server = serve(environment)
        try:
            _measure(of, file, headers | {"Cookie": cookies}, Path(folder))
        finally:
            server.terminate()
            server.wait(10)


def _measure(of: Round, file: Path, headers: dict[str, str], folder: Path) -> None:
    empty = _wrk("/empty/", headers)["rate"]
    script = folder / "replies.lua"
    script.write_text(LUA.format(file=file, start=time.time_ns() // 1000))
    told = _wrk("/", headers, script)
    goal = 0.20 if connection.vendor == "sqlite" else 0.13
    print(f"empty view, full middleware: {empty:,.0f}/s")
    print(f"replies: {told['rate']:,.0f}/s, ratio {told['rate'] / empty:.3f} (goal {goal}); "
          f"p50 {told['p50']:.1f} ms, p99 {told['p99']:.1f} ms, {told['p99'] / told['p50']:.1f} times (goal 3); "
          f"{told['refused']} refused")  # fmt: skip
    _board_meanwhile(of, file, headers)


def _board_meanwhile(of: Round, file: Path, headers: dict[str, str]) -> None:
    over = threading.Event()
    sending = threading.Thread(target=_send, args=(file, headers, over))
    sending.start()
    high = list(Unit.objects.filter(line="operations", kind__in=["group", "segment", "enterprise"]).values_list("pk"))
    chance, taken = random.Random(7), []
    for _time in range(150):
        begin = time.perf_counter()
        _fetch(f"/api/v1/rounds/{of.pk}?unit={chance.choice(high)[0]}", headers)
        taken.append((time.perf_counter() - begin) * 1000)
    over.set()
    sending.join()
    print(f"coverage of a node while {A_SECOND} answers a second arrive: p50 {statistics.median(taken):.1f} ms, "
          f"p95 {statistics.quantiles(taken, n=20)[-1]:.1f} ms (goal 50)")  # fmt: skip


def _send(file: Path, headers: dict[str, str], over: threading.Event) -> None:
    begin = time.perf_counter()
    for sent, line in enumerate(cycle(file.read_text().splitlines()), start=1):
        if over.is_set():
            break
        slot, body = line.split(" ", 1)
        _fetch(f"/api/v1/slots/{slot}/replies", headers, body.replace("KEY", f"b{time.time_ns()}").encode())
        time.sleep(max(0, begin + sent / A_SECOND - time.perf_counter()))


def _fetch(path: str, headers: dict[str, str], body: bytes | None = None) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data=body, headers=headers)
    with urllib.request.urlopen(request) as answer:
        answer.read()


def _round() -> Round:
    calls = Call.objects.asking().filter(form__isnull=False).order_by("-pk")
    call = next(one for one in calls if any("team" in target.kinds for target in one.targets.all()))
    return rounds.open_round(call=call, on=today(), at=now())


def _written(of: Round, file: Path) -> Path:
    """One line for each answer: the slot and a body that its registers bear out."""
    slots = list(
        of.slots.filter(kind="team", opens_at__lte=now()).exclude(state=Slot.State.EXEMPT).order_by("pk")[:SLOTS]
    )
    spec = spec_of(of.version)
    counted = registers_of_many(of, slots, spec)
    lines = []
    for slot in slots:
        values: dict[str, Any] = {one.key: 0 for one in spec.asked_of(slot.kind) if one.type == Type.INTEGER}
        values |= counted[slot.pk] | {"on_post": counted[slot.pk].get("headcount", 0)}
        lines.append(f"{slot.pk} " + json.dumps({"key": "KEY", "values": values}))
    file.write_text("\n".join(lines))
    return file


def _signed_in() -> tuple[str, dict[str, str]]:
    client = client_of(account_of("commander"))
    session, csrf = client.cookies[settings.SESSION_COOKIE_NAME].value, "a" * 32
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={csrf}"
    return cookies, {"X-CSRFToken": csrf, "Content-Type": "application/json"}


def _wrk(path: str, headers: dict[str, str], script: Path | None = None) -> dict[str, float]:
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "--latency"]
    command += [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    command += ["-s", str(script)] if script else []
    told = subprocess.run(
        [*command, f"http://127.0.0.1:{PORT}{path}"], capture_output=True, text=True, check=True
    ).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return {
        "rate": float(rate[1]) if rate else 0.0, "refused": int(refused[1]) if refused else 0,
        **{f"p{part}": _milliseconds(told, part) for part in (50, 99)},
    }  # fmt: skip


def _milliseconds(told: str, part: int) -> float:
    found = re.search(rf"{part}%\s+([\d.]+)(us|ms|s)", told)
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]] if found else 0.0
