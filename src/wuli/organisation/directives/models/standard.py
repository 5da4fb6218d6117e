from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person, Unit

from .directive import Urgency


class Standard(models.Model):
    """What a unit lays down for an urgency, from a day on, for what it and all below it issue. The newest holds."""

    class Privacy:
        personal = {"by"}
        plain = {"id", "unit", "urgency", "from_date", "sign_hours", "soon_hours", "red_hours", "reason", "at"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"), db_index=False)
    urgency = models.CharField(_("紧急程度"), max_length=8, choices=Urgency)
    from_date = models.DateField(_("自"))
    sign_hours = models.PositiveSmallIntegerField(_("签收时限（小时）"))
    soon_hours = models.PositiveSmallIntegerField(_("提前几小时变蓝"))
    red_hours = models.PositiveSmallIntegerField(_("超过几小时变红"))
    reason = models.CharField(_("原因"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("设定人"))
    at = models.DateTimeField(_("设定时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint("unit", "urgency", "from_date", name="standard_once_a_day"),
            models.CheckConstraint(
                name="standard_hours_count", condition=Q(sign_hours__gte=1, soon_hours__gte=1, red_hours__gte=1)
            ),
            models.CheckConstraint(name="standard_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_urgency_display()} {self.from_date}"
