from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person

QUIET_FROM = time(22)
QUIET_UNTIL = time(7)


class Wishes(models.Model):
    """How someone wants to be told things outside the pages. Urgent kinds go out whatever is wished."""

    class Privacy:
        personal = {"person", "quiet_from", "quiet_until", "muted"}
        plain: set[str] = set()

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="notice_wishes")
    quiet_from = models.TimeField(_("免打扰自"), default=QUIET_FROM)
    quiet_until = models.TimeField(_("免打扰至"), default=QUIET_UNTIL)
    muted = models.JSONField(_("只在页面上看的种类"), default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.quiet_from:%H:%M}-{self.quiet_until:%H:%M}"
