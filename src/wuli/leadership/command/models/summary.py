from django.db import models
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Unit

from .response import Response


class SummaryRow(models.Model):
    """What a number of a summary counted, as it was at the stand-down: the rows of a number add up to it.

    `name` and `detail` are words of that day; what they were about may be called otherwise now, or be gone.
    """

    class Privacy:
        personal = {"name", "detail"}
        plain = {"id", "response", "figure", "unit", "value"}

    response = models.ForeignKey(Response, models.CASCADE, related_name="summary_rows", db_index=False)
    figure = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("单位"))
    """Whose it is; only within reach of it the row is shown. Without one, whoever sees the number sees the row."""
    name = models.CharField(_("名称"), max_length=160)
    detail = models.CharField(_("情况"), max_length=400, blank=True)
    value = models.PositiveIntegerField(_("计入"), default=1)

    class Meta:
        indexes = [models.Index("response", "figure", "id", name="summaryrow_figure")]

    def __str__(self) -> str:
        return self.name
