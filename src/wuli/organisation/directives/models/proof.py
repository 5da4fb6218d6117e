from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person, Unit

from .directive import Directive


class Proof(models.Model):
    """A proof of coverage that somebody took: of which units, as they stood when, and the digest of its rows.

    Receipts, replies and reviews carry their moments and are never changed, so its rows can be counted again at any
    time as they stood then; `digest` says whether they still are what was printed.
    """

    class Privacy:
        personal = {"by"}
        plain = {"id", "directive", "unit", "path", "as_of", "rows", "digest", "totals", "file", "language"}

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="proofs")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("范围"))
    path = models.CharField(max_length=96)
    as_of = models.DateTimeField(_("截至"))
    rows = models.PositiveIntegerField(_("单位数"))
    digest = models.CharField(_("校验码"), max_length=64, db_index=True)
    totals = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("打印人"))
    file = models.CharField(max_length=64, blank=True)
    """The digest of the PDF in the private folder, once it has been set."""
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [models.CheckConstraint(name="proof_has_a_digest", condition=~Q(digest=""))]

    def __str__(self) -> str:
        return f"{self.directive} {self.as_of}"
