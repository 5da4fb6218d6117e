"""The project's settings, quick and offline: no hashed static names, cheap passwords, tasks run at once."""

import os
import tempfile

os.environ.setdefault("WULI_DATA_DIR", tempfile.mkdtemp(prefix="wuli-test-"))
for name in ("SECRET_KEY", "DATA_KEYS", "HASH_KEY"):
    os.environ.setdefault(f"WULI_{name}", "only-for-tests")

from wuli.config.settings import *  # noqa: E402, F403, TID251

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "wuli.kernel.orgs.accounts.passwords.QuickHasher",
]
ADMIN_SECOND_FACTOR = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, because the live server's threads cannot share a database in memory under load.
    # Straight from the models, quicker than by the migrations; tests/config/test_structure.py compares the two.
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": os.path.join(os.environ["WULI_DATA_DIR"], "test.sqlite3"),
        "MIGRATE": False,
    }
MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {"default": {"BACKEND": MEMORY}, "process": {"BACKEND": MEMORY, "LOCATION": "process"}}
FIGURES_KEPT = 0
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
