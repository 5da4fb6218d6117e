"""Rows that hold from one day until another, half-open: `from_date <= day < until_date`."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wuli.base.clock import FOREVER


class DatedQuerySet[T: models.Model](models.QuerySet[T]):
    def on(self, day: date) -> Self:
        """The rows that hold on `day`."""
        return self.filter(from_date__lte=day, until_date__gt=day)


class Dated(models.Model):
    from_date = models.DateField(_("自"))
    until_date = models.DateField(_("至（不含）"), default=FOREVER)

    class Meta:
        abstract = True

    @property
    def is_open_ended(self) -> bool:
        return self.until_date == FOREVER

    def holds_on(self, day: date) -> bool:
        return self.from_date <= day < self.until_date


def ends_after_it_begins(name: str) -> Any:
    return models.CheckConstraint(name=name, condition=models.Q(until_date__gt=models.F("from_date")))
