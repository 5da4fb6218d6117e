from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Unit

DIGITS, PLACES = 20, 4


class ReadingQuerySet(models.QuerySet["Reading"]):
    def of(self, metric: str) -> Self:
        return self.filter(metric=metric)

    def between(self, start: date, until: date) -> Self:
        return self.filter(on__gte=start, on__lt=until)


class Reading(models.Model):
    """What a metric told of a unit on a day, fixed: what changes later in its rows leaves it as it was.

    A value of None says that there was nothing to divide by, or that nobody had told; a day that nobody read has no
    row at all.
    """

    class Source(models.TextChoices):
        NIGHTLY = "nightly", _("日终读数")
        FREEZE = "freeze", _("定数读数")

    class Privacy:
        plain = {"id", "metric", "unit", "on", "value", "source", "taken_at"}

    metric = models.CharField(_("指标"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("单位"))
    on = models.DateField(_("业务日期"))
    value = models.DecimalField(_("数值"), max_digits=DIGITS, decimal_places=PLACES, null=True)
    source = models.CharField(_("来源"), max_length=8, choices=Source)
    taken_at = models.DateTimeField(_("读数时间"))

    objects = ReadingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("unit", "on", name="reading_unit_days")]
        constraints = [
            models.UniqueConstraint("metric", "on", "unit", name="reading_once_a_day"),
            models.CheckConstraint(name="reading_is_of_a_metric", condition=~Q(metric="")),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.unit} {self.on}"
