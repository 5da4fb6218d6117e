from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.base.clock import FOREVER
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.dated import Dated, DatedQuerySet, ends_after_it_begins

from .form import Form


class CallQuerySet(models.QuerySet["Call"]):
    def asking(self) -> Self:
        """Calls whose rounds the tick opens."""
        return self.filter(status=Call.Status.ISSUED)


class Call(models.Model):
    """What is asked, of which units, how often, by when, and who reviews the answers."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("起草")
        ISSUED = "issued", _("进行中")
        ENDED = "ended", _("已结束")
        REVOKED = "revoked", _("已撤销")
        SUPERSEDED = "superseded", _("已被替代")

    class Cadence(models.TextChoices):
        ONCE = "once", _("一次")
        DAILY = "daily", _("每天")
        WORKDAYS = "workdays", _("每个工作日")
        WEEKLY = "weekly", _("每周")
        MONTHLY = "monthly", _("每月")

    class Route(models.TextChoices):
        LAYERED = "layered", _("逐级审核")
        STRAIGHT = "straight", _("直接上报")
        REVIEWED = "reviewed", _("逐级审核，发起单位终审")

    class Privacy:
        personal = {"issued_by"}
        plain = {
            "id", "kind", "number", "title", "text", "issuer", "form", "cadence", "days", "route", "starts_on",
            "ends_on", "hours", "chasing", "status", "issued_at", "superseded_by",
        }  # fmt: skip

    kind = models.CharField(_("类别"), max_length=32)
    number = models.CharField(_("编号"), max_length=40, unique=True)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"), blank=True)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="calls", verbose_name=_("发起单位"))
    form = models.ForeignKey(Form, models.PROTECT, null=True, related_name="calls", verbose_name=_("表单"))
    cadence = models.CharField(_("频次"), max_length=8, choices=Cadence)
    days = models.JSONField(_("哪几天"), default=list)
    """Weekly: weekdays from 1 (Monday) to 7; monthly: days from 1 to 31 (the last). None: as on the first day."""
    route = models.CharField(_("上报方式"), max_length=8, choices=Route, default=Route.LAYERED)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), default=FOREVER)
    hours = models.JSONField(default=dict)
    """For each kind of unit: when a round opens, is due and freezes, in minutes after the business date begins."""
    chasing = models.JSONField(default=list)
    """Minutes before (negative) or after the due time at which those who are missing are reminded."""
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.DRAFT)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("签发人"))
    issued_at = models.DateTimeField(_("签发时间"), null=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")

    objects = CallQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("status", "starts_on", name="call_asking"),
            models.Index("kind", "status", name="call_kind"),
        ]
        constraints = [
            models.CheckConstraint(name="call_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="call_issued_means_when",
                condition=Q(status="draft", issued_at__isnull=True) | (~Q(status="draft") & Q(issued_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="call_superseded_means_by_which",
                condition=Q(status="superseded", superseded_by__isnull=False)
                | (~Q(status="superseded") & Q(superseded_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Target(models.Model):
    """Of whom a call asks: the units of some kinds in one subtree, itself included."""

    class Privacy:
        plain = {"id", "call", "root", "kinds"}

    call = models.ForeignKey(Call, models.CASCADE, related_name="targets")
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("范围"))
    kinds = models.JSONField(_("单位类型"))

    class Meta:
        constraints = [models.UniqueConstraint("call", "root", name="target_once_a_call")]

    def __str__(self) -> str:
        return str(self.root)


class ExemptionQuerySet(DatedQuerySet["Exemption"]):
    def on(self, day: date) -> Self:
        return super().on(day).filter(Q(lifted_from__isnull=True) | Q(lifted_from__gt=day))


class Exemption(Dated):
    """A unit, with all below it, that need not answer a call for some time, unless it was lifted before."""

    class Privacy:
        personal = {"by", "lifted_by"}
        plain = {
            "id", "call", "unit", "reason", "from_date", "until_date",
            "lifted_from", "lifted_at", "lift_reason",
        }  # fmt: skip

    call = models.ForeignKey(Call, models.CASCADE, related_name="exemptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    reason = models.CharField(_("原因"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_from = models.DateField(_("恢复日期"), null=True)
    """The first business date on which the unit is asked again, where that is before `until_date`."""
    lifted_at = models.DateTimeField(_("恢复时间"), null=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lift_reason = models.CharField(_("恢复原因"), max_length=200, blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_begins("exemption_ends_after_it_begins"),
            models.CheckConstraint(
                name="exemption_lifted_means_when_by_whom_and_why",
                condition=Q(lifted_from__isnull=True, lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | Q(lifted_from__isnull=False, lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.reason}"
