"""The web server: granian with the settings that were measured best (docs/adr/0004)."""

from granian import Granian
from granian.constants import HTTPModes, Interfaces

CONNECTIONS = 800
"""Open connections that each worker takes on, idle browsers included (those are dropped after 30 s); more wait in the
queue of the system. It stays below 1024, the number of files that a process may usually open."""
LAST_REQUESTS = 7
"""Seconds that requests in hand have to finish when the server ends."""

LOGGING = {
    "formatters": {"json": {"()": "wuli.config.logs.JsonLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"_granian": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}


def serve(host: str, port: int, workers: int, threads: int) -> None:
    Granian(
        "wuli.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        backlog=2048,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_REQUESTS,
        log_dictconfig=LOGGING,
    ).serve()
