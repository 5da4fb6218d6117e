from django.db import models
from django.db.models import Q

from .account import User


class CalendarFeed(models.Model):
    """The secret address under which somebody's appointments are read by their own calendar.

    Whoever knows it reads, without a session; so only its digest is kept, and its owner can have another.
    """

    class Privacy:
        sensitive = {"digest"}
        personal = {"user"}
        plain = {"id", "hint", "made_at", "last_used_at"}

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=4, editable=False)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="calendarfeed_has_digest", condition=~Q(digest=""))]

    def __str__(self) -> str:
        return f"…{self.hint}"
