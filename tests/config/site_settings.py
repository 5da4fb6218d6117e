"""The project's settings as a site has them, but for the hashed names of static files, which tests do not build."""

from wuli.config.settings import *  # noqa: F403, TID251
from wuli.config.settings import STORAGES  # noqa: TID251

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
