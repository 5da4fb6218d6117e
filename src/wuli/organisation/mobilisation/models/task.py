from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.ledger.models import Cadence
from wuli.kernel.orgs.models import Person, Unit


class Errand(models.Model):
    """One thing that a Party body gives several of its members to do. Each has an item of their own for it."""

    class Privacy:
        personal = {"title", "text", "given_by"}
        plain = {"id", "body", "due_on", "cadence", "to_all", "given_at", "key"}

    body = models.ForeignKey(Unit, models.PROTECT, related_name="errands", verbose_name=_("党组织"))
    title = models.CharField(_("任务"), max_length=120)
    text = models.TextField(_("要求"), max_length=4000, blank=True)
    due_on = models.DateField(_("期限"), null=True)
    cadence = models.CharField(_("跟进"), max_length=8, choices=Cadence, default=Cadence.NONE)
    to_all = models.BooleanField(_("全体党员"), default=False)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("交办人"))
    given_at = models.DateTimeField(_("交办时间"))
    key = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(name="errand_has_a_title", condition=~Q(title=""))]

    def __str__(self) -> str:
        return self.title
