from django.db import models


class LastTick(models.Model):
    """When the tick last ran and what came of it: one row, so that every machine of a site can see it."""

    class Privacy:
        plain = {"id", "begun_at", "ended_at", "failed"}

    THE_ONE = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    failed = models.JSONField(default=list)
    """Names of the chores that failed."""

    class Meta:
        constraints = [models.CheckConstraint(name="lasttick_is_one_row", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.ended_at:%Y-%m-%d %H:%M:%S}"
