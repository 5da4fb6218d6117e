from django.db import models
from django.utils.translation import gettext_lazy as _

from .meeting import Meeting


class Pack(models.Model):
    """The material of a meeting: the figures of each point and the actions still open, as they were when it was made.

    Once the meeting opens it stays as it is. `contents` is what `rules.packs` reads.
    """

    class Privacy:
        personal = {"contents"}
        plain = {"meeting", "on", "made_at"}

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="pack")
    on = models.DateField(_("业务日期"))
    made_at = models.DateTimeField(_("取数时间"))
    contents = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.on}"
