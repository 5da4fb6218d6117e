"""What every process of a test's own site has loaded when it begins."""

import django

django.setup()

from tests import world  # noqa: E402, F401
from wuli.config import urls  # noqa: E402, F401
