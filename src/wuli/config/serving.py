"""The parts of a running site, kept alive together: the web server, the worker of long tasks, the tick.

Parts are forked from the supervisor, which has loaded everything once: they start at once and share its memory.
Each leads a process group of its own, so that a Ctrl-C in the terminal reaches the supervisor only and every part
is asked to end once. A part that dies is started again, later each time; when the supervisor ends, all end.
"""

import ctypes
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from threading import Event

from django.db import connections

STEADY = 60.0
"""Seconds after which a part counts as running well, and its next failure as its first."""
LONGEST_WAIT = 30.0
GIVE_UP_TASK = 5.0
"""Seconds until a part is asked a second time: the worker then drops the task it is at, which is rolled back."""
KILL = 9.0
GLANCE = 0.2
PR_SET_PDEATHSIG = 1

log = logging.getLogger(__name__)
libc = ctypes.CDLL(None)
forking = multiprocessing.get_context("fork")


@dataclass
class Part:
    """One process of the site. `delay` lets it begin after the others, when they no longer need the processor."""

    name: str
    work: Callable[[], object]
    delay: float = 0.0
    process: ForkProcess | None = None
    begun: float = 0.0
    due: float = 0.0
    failures: int = 0

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def start(self) -> None:
        connections.close_all()
        self.process = forking.Process(target=_live, args=(self.work, os.getpid()), name=self.name)
        self.process.start()
        self.begun = time.monotonic()
        log.info("part started", extra={"facts": {"part": self.name, "pid": self.process.pid}})

    def tell(self, what: signal.Signals) -> None:
        """Send a signal to the part and to whatever it started."""
        if self.process and self.process.pid:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, what)

    def note_death(self) -> None:
        assert self.process
        self.tell(signal.SIGKILL)  # what it started and left behind would hold the port
        now, code, self.process = time.monotonic(), self.process.exitcode, None
        self.failures = 1 if now - self.begun > STEADY else self.failures + 1
        self.due = now + min(2.0 ** (self.failures - 1), LONGEST_WAIT)
        log.error("part died", extra={"facts": {"part": self.name, "code": code, "again_in": self.due - now}})


class Supervisor:
    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.ending = Event()

    def run(self) -> None:
        """Keep all parts running until SIGTERM or SIGINT, then end them within ten seconds."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_args: self.ending.set())
        begun = time.monotonic()
        for part in self.parts:
            part.due = begun + part.delay
        try:
            self._look_after()
            while not self.ending.wait(GLANCE):
                self._look_after()
        finally:
            self._end()

    def _look_after(self) -> None:
        for part in self.parts:
            if part.process and not part.is_running:
                part.note_death()
            if not part.process and time.monotonic() >= part.due:
                part.start()

    def _end(self) -> None:
        begun = time.monotonic()
        steps = [(0.0, signal.SIGTERM), (GIVE_UP_TASK, signal.SIGTERM), (KILL, signal.SIGKILL)]
        while running := [part for part in self.parts if part.is_running]:
            if steps and time.monotonic() - begun >= steps[0][0]:
                _after, what = steps.pop(0)
                for part in running:
                    part.tell(what)
            time.sleep(GLANCE / 4)
        facts = {"seconds": round(time.monotonic() - begun, 1), "forced": not steps}
        log.info("all parts ended", extra={"facts": facts})


def _live(work: Callable[[], object], parent: int) -> None:
    """Runs in the new process. When the supervisor is killed outright, the kernel asks the part to end."""
    os.setpgid(0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, signal.SIG_DFL)
    if os.getppid() == parent:
        work()
