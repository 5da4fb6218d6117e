from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wuli.base.clock import FOREVER
from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.dated import Dated, DatedQuerySet


class VanguardQuerySet(models.QuerySet["Vanguard"]):
    def active(self, on: date) -> Self:
        """Approved, begun, and not dissolved nor run out by that day."""
        return self.filter(status__in=["approved", "dissolved"], from_date__lte=on, until_date__gt=on)


class Vanguard(models.Model):
    """A vanguard post, a responsibility area or a task force: members at one place for one purpose."""

    class Sort(models.TextChoices):
        POST = "post", _("党员先锋岗")
        AREA = "area", _("党员责任区")
        FORCE = "force", _("党员突击队")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("待批准")
        APPROVED = "approved", _("已批准")
        RETURNED = "returned", _("已退回")
        DISSOLVED = "dissolved", pgettext_lazy("vanguard", "已撤销")

    class Flag(models.TextChoices):
        NONE = "none", _("未授旗")
        GIVEN = "given", _("已授旗")
        SHOWN = "shown", _("已挂牌亮旗")

    class Privacy:
        personal = {"proposed_by", "decided_by", "dissolved_by"}
        plain = {
            "id", "sort", "name", "body", "unit", "location", "purpose", "flag", "from_date", "until_date", "status",
            "proposed_at", "decided_at", "decision", "dissolved_at", "closing_note",
        }  # fmt: skip

    sort = models.CharField(_("类型"), max_length=8, choices=Sort)
    name = models.CharField(_("名称"), max_length=80)
    body = models.ForeignKey(Unit, models.PROTECT, related_name="vanguards", verbose_name=_("党组织"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="vanguards_here", verbose_name=_("所在单位"))
    location = models.CharField(_("岗位或区域"), max_length=80, blank=True)
    purpose = models.TextField(_("任务"), max_length=1000)
    flag = models.CharField(_("旗、牌"), max_length=8, choices=Flag, default=Flag.NONE)
    from_date = models.DateField(_("自"))
    until_date = models.DateField(_("至（不含）"), default=FOREVER)
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(_("审批意见"), max_length=200, blank=True)
    dissolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    dissolved_at = models.DateTimeField(null=True)
    closing_note = models.CharField(_("撤销说明"), max_length=1000, blank=True)

    objects = VanguardQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("status", "until_date", "from_date", name="vanguard_active")]
        constraints = [
            models.CheckConstraint(name="vanguard_ends_no_sooner", condition=Q(until_date__gte=F("from_date"))),
            models.CheckConstraint(
                name="vanguard_decided_means_by_whom_and_when",
                condition=Q(status="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(status="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="vanguard_decided_by_a_second_person",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="vanguard_dissolved_means_by_whom_and_why",
                condition=(Q(status="dissolved", dissolved_by__isnull=False, dissolved_at__isnull=False)
                           & ~Q(closing_note=""))
                | (~Q(status="dissolved") & Q(dissolved_by__isnull=True, dissolved_at__isnull=True, closing_note="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def is_over(self, on: date) -> bool:
        """Whether it was approved for a time that has run out, and nobody has dissolved it."""
        return self.status == self.Status.APPROVED and self.until_date <= on


class VanguardMember(Dated):
    """Who serves there, from one day until another; one of them leads."""

    class Privacy:
        personal = {"person"}
        plain = {"id", "vanguard", "leads", "from_date", "until_date"}

    vanguard = models.ForeignKey(Vanguard, models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="vanguards", verbose_name=_("姓名"))
    leads = models.BooleanField(_("负责人"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="vanguardmember_ends_no_sooner", condition=Q(until_date__gte=F("from_date"))),
            models.UniqueConstraint(
                name="vanguardmember_serves_once", fields=["vanguard", "person"], condition=Q(until_date=FOREVER)
            ),
            models.UniqueConstraint(
                name="vanguardmember_one_leads", fields=["vanguard"], condition=Q(until_date=FOREVER, leads=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Result(models.Model):
    """What a vanguard got done, with what proves it."""

    class Privacy:
        personal = {"text", "by"}
        plain = {"id", "vanguard", "on_date", "at", "key"}

    vanguard = models.ForeignKey(Vanguard, models.CASCADE, related_name="results", db_index=False)
    on_date = models.DateField(_("日期"))
    text = models.TextField(_("成效"), max_length=2000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("填写人"))
    at = models.DateTimeField()
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint("vanguard", "key", name="result_once_by_a_key"),
            models.CheckConstraint(name="result_says_something", condition=~Q(text="") & ~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.vanguard} {self.on_date}"
