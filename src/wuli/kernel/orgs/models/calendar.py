from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .account import User
from .dated import Dated, DatedQuerySet, ends_after_it_begins
from .region import Region
from .unit import Unit


class CalendarExceptionQuerySet(DatedQuerySet["CalendarException"]):
    def in_force(self, first: date, last: date) -> Self:
        """Those that say something of a day from `first` to `last`, both included."""
        kept = Q(lifted_on__isnull=True) | Q(lifted_on__gt=first)
        return self.filter(kept, from_date__lte=last, until_date__gt=first)


class CalendarException(Dated):
    """Days on which a place, or a unit with all below it, rests or works against its public holidays and weekends."""

    class Privacy:
        personal = {"by", "lifted_by"}
        plain = {
            "id", "region", "unit", "works", "reason", "from_date", "until_date", "made_at",
            "lifted_on", "lifted_at", "lift_reason",
        }  # fmt: skip

    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name=_("地区"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    works = models.BooleanField(_("上班"))
    reason = models.CharField(_("依据"), max_length=160)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人"))
    made_at = models.DateTimeField(_("登记时间"))
    lifted_on = models.DateField(_("撤销日期"), null=True)
    """From this day on it holds no more; days before it stay as they were."""
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("撤销人"))
    lifted_at = models.DateTimeField(_("撤销时间"), null=True)
    lift_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)

    objects = CalendarExceptionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("until_date", "from_date", name="calendarexception_days")]
        constraints = [
            ends_after_it_begins("calendarexception_ends_after_it_begins"),
            models.CheckConstraint(
                name="calendarexception_of_a_place_or_a_unit",
                condition=Q(region__isnull=True, unit__isnull=False) | Q(region__isnull=False, unit__isnull=True),
            ),
            models.CheckConstraint(
                name="calendarexception_lifted_means_when_and_why",
                condition=Q(lifted_on__isnull=True, lifted_at__isnull=True, lift_reason="")
                | Q(lifted_on__isnull=False, lifted_at__isnull=False) & ~Q(lift_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.region} {self.reason}"

    def holds_on(self, day: date) -> bool:
        return super().holds_on(day) and (self.lifted_on is None or day < self.lifted_on)
