"""Work that waits for others, done side by side, with an end to the waiting."""

import threading
from collections.abc import Callable, Collection, Iterator
from queue import Empty, Queue
from time import monotonic

from ..rules.outcomes import Outcome

THREADS = 8
CHANNEL_SECONDS = 12.0
"""After this long the rest of a channel's messages wait for the next tick."""
ALL_SECONDS = 40.0


def do_all[T](queues: Collection[list[T]], work: Callable[[T], str]) -> Iterator[tuple[T, str | None]]:
    """Each thing with its outcome, as they come; those of one queue in turn. None: no outcome in time.

    Threads still waiting then are left behind; they begin nothing more, and end with the process.
    """
    left = {id(one): one for queue in queues for one in queue}
    if not left:
        return
    crew = Crew(queues, work)
    try:
        for one, outcome in crew.outcomes(monotonic() + ALL_SECONDS):
            del left[id(one)]
            yield one, outcome
            if not left:
                return
    finally:
        crew.stopped.set()
    yield from ((one, None if id(one) in crew.begun else Outcome.BUSY) for one in left.values())


class Crew[T]:
    """A few threads that take one queue after another."""

    def __init__(self, queues: Collection[list[T]], work: Callable[[T], str]) -> None:
        self.begun: set[int] = set()
        self.stopped = threading.Event()
        self._jobs: Queue[list[T]] = Queue()
        self._done: Queue[tuple[T, str]] = Queue()
        self._work = work
        for queue in queues:
            self._jobs.put(queue)
        for _number in range(min(THREADS, len(queues))):
            threading.Thread(target=self._run, daemon=True).start()

    def outcomes(self, until: float) -> Iterator[tuple[T, str]]:
        while (left := until - monotonic()) > 0:
            try:
                yield self._done.get(timeout=left)
            except Empty:
                return

    def _run(self) -> None:
        while not self.stopped.is_set():
            try:
                queue = self._jobs.get_nowait()
            except Empty:
                return
            self._do(queue, monotonic() + CHANNEL_SECONDS)

    def _do(self, queue: list[T], until: float) -> None:
        for one in queue:
            if self.stopped.is_set():
                return
            late = monotonic() >= until
            if not late:
                self.begun.add(id(one))
            self._done.put((one, Outcome.BUSY if late else self._work(one)))
