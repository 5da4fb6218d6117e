from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .unit import Unit


class About(models.TextChoices):
    """What the lines of a file of this app are about; other apps register tables of their own."""

    ROSTER = "roster", _("花名册")
    UNITS = "units", pgettext_lazy("plural", "单位")


class FileImport(models.Model):
    """A table file on its way in: checked, shown, then applied as a whole or not at all."""

    class Status(models.TextChoices):
        CHECKING = "checking", _("正在检查")
        CHECKED = "checked", _("待确认")
        APPLYING = "applying", _("正在写入")
        DONE = "done", _("已完成")
        REFUSED = "refused", _("不能读取")
        CANCELLED = "cancelled", _("已取消")

    class Privacy:
        personal = {"by"}
        plain = {
            "id", "about", "unit", "file_name", "file_digest", "effective_on", "said", "is_whole_roster",
            "good_rows_only", "status", "counts", "notes", "seen_event", "attempts", "refusal", "created_at",
            "touched_at", "finished_at",
        }  # fmt: skip

    about = models.CharField(_("内容"), max_length=24, default=About.ROSTER)
    by = models.ForeignKey("orgs.User", models.PROTECT, related_name="file_imports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("范围"))
    file_name = models.CharField(_("文件"), max_length=160)
    file_digest = models.CharField(max_length=64)
    effective_on = models.DateField(_("生效日期"))
    said = models.JSONField(default=dict)
    """What the sender said besides, by the fields of that form."""
    is_whole_roster = models.BooleanField(_("文件是该范围的完整花名册"), default=False)
    good_rows_only = models.BooleanField(_("只导入没有问题的行"), default=False)
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.CHECKING)
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    seen_event = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("status", "touched_at", name="fileimport_stalled")]
        constraints = [
            models.CheckConstraint(
                name="fileimport_finished_means_when",
                condition=Q(status__in=["done", "refused", "cancelled"], finished_at__isnull=False)
                | (~Q(status__in=["done", "refused", "cancelled"]) & Q(finished_at__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return self.file_name
