"""The project's settings with this package alone: shows that it needs no other app.

pytest tests/web --ds=tests.web.settings --confcutdir=tests/web
"""

from copy import deepcopy
from pathlib import Path
from tempfile import mkdtemp

from tests.settings import *  # noqa: F403
from tests.settings import MIDDLEWARE as PROJECT_MIDDLEWARE
from tests.settings import TEMPLATES as PROJECT_TEMPLATES

# A file, so that the browser's server has connections of its own.
_folder = Path(mkdtemp(prefix="wuli-web-"))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": _folder / "web.sqlite3",
        "TEST": {"NAME": _folder / "test.sqlite3"},
    }
}
AUTH_USER_MODEL = "auth.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ROOT_URLCONF = "tests.web.urls"
INSTALLED_APPS = [
    "wuli.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [name for name in PROJECT_MIDDLEWARE if name.startswith("django.")]
TEMPLATES = deepcopy(PROJECT_TEMPLATES)
_options = TEMPLATES[0]["OPTIONS"]
_options["context_processors"] = [name for name in _options["context_processors"] if not name.startswith("wuli.kernel")]
