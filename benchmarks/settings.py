"""The project's settings with one more address: an empty view behind the full middleware."""

from wuli.config.settings import *  # noqa: F403, TID251

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["*"]
LOGGING["root"]["level"] = "ERROR"  # type: ignore[name-defined]  # noqa: F405
