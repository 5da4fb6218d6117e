"""The settings of a site whose list of places is the one of these tests."""

import os
from pathlib import Path

from tests.config.site_settings import *  # noqa: F403

REGIONS_FILE = Path(os.environ["REGIONS_FILE"])
