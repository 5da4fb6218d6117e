"""The project's settings with one more address, an empty view behind the full middleware, and calls of the API not
limited: one caller here stands for thousands. They are counted all the same."""

from wuli.config.settings import *  # noqa: F403, TID251

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["*"]
LOGGING["root"]["level"] = "ERROR"  # type: ignore[name-defined]  # noqa: F405
API_CALLS_A_MINUTE = 1_000_000_000
