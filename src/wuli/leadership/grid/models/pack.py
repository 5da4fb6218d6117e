from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Unit, User


class Pack(models.Model):
    """All notice boards below a unit in one file, on its way through the worker; forgotten after some days."""

    class Status(models.TextChoices):
        MAKING = "making", _("正在生成")
        DONE = "done", _("已生成")
        FAILED = "failed", _("未能生成")

    class Size(models.TextChoices):
        A4 = "A4", "A4"
        A3 = "A3", "A3"

    class Privacy:
        personal = {"by", "content"}
        plain = {"id", "unit", "kinds", "size", "status", "boards", "refusal", "asked_at", "finished_at"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kinds = models.CharField(_("层级"), max_length=80)
    size = models.CharField(_("纸张"), max_length=2, choices=Size, default=Size.A4)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    status = models.CharField(_("状态"), max_length=8, choices=Status, default=Status.MAKING)
    boards = models.PositiveIntegerField(_("张数"), default=0)
    content = models.BinaryField(null=True)
    refusal = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pack_done_means_content",
                condition=(Q(status="done", content__isnull=False) | ~Q(status="done")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.asked_at}"
