from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person, Unit


class DutyDesk(models.Model):
    """Where a unit can be reached around the clock, from a moment until another.

    Its phone is a work contact, shown to everyone whose duties or own place reach the unit; nobody's own number is.
    """

    class Privacy:
        personal = {"opened_by"}
        plain = {"id", "unit", "phone", "room", "opened_at", "closed_at", "closed_reason", "gap_told"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duty_desks", verbose_name=_("单位"))
    phone = models.CharField(_("值班电话"), max_length=40)
    room = models.CharField(_("值班地点"), max_length=80, blank=True)
    opened_at = models.DateTimeField(_("开始值守"))
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("停止值守"), null=True)
    closed_reason = models.CharField(_("原因"), max_length=200, blank=True)
    gap_told = models.CharField(max_length=20, blank=True, editable=False)
    """Which hours that nobody covers its heads were told of last."""

    class Meta:
        constraints = [
            models.UniqueConstraint(name="dutydesk_one_open_a_unit", fields=["unit"], condition=Q(closed_at=None)),
            models.CheckConstraint(
                name="dutydesk_closed_means_why",
                condition=Q(closed_at__isnull=True, closed_reason="")
                | (Q(closed_at__gte=F("opened_at")) & ~Q(closed_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)


class ShiftQuerySet(models.QuerySet["Shift"]):
    def planned(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def covering(self, since: datetime, until: datetime) -> Self:
        """Those that overlap the period."""
        return self.planned().filter(from_at__lt=until, until_at__gt=since)


class Shift(models.Model):
    """A stretch of time at a desk, and who is on duty in it. Shifts of a desk never overlap."""

    class Privacy:
        plain = {"id", "desk", "from_at", "until_at", "cancelled_at", "cancelled_reason", "sequence", "told"}

    desk = models.ForeignKey(DutyDesk, models.PROTECT, related_name="shifts", db_index=False)
    from_at = models.DateTimeField(_("上岗"))
    until_at = models.DateTimeField(_("下岗"))
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(_("原因"), max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    """Counts the changes, so that calendars know the newest."""
    told = models.CharField(max_length=8, blank=True, editable=False)
    """Which fault of its hand-over was told last."""

    objects = ShiftQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("desk", "from_at", "until_at", name="shift_desk"),
            models.Index("until_at", name="shift_end"),
        ]
        constraints = [
            models.CheckConstraint(name="shift_ends_after_it_begins", condition=Q(until_at__gt=F("from_at"))),
            models.CheckConstraint(
                name="shift_cancelled_means_why",
                condition=Q(cancelled_at__isnull=True, cancelled_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk} {self.from_at:%Y-%m-%d %H:%M}"


class Turn(models.Model):
    """Somebody's turn in a shift: leading it, or on duty."""

    class Role(models.TextChoices):
        LEAD = "lead", _("带班领导")
        OFFICER = "officer", _("值班员")

    class Privacy:
        personal = {"person", "instead_of", "reason"}
        plain = {"id", "shift", "role"}

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="turns")
    person = models.ForeignKey(Person, models.PROTECT, related_name="turns", verbose_name=_("姓名"))
    role = models.CharField(_("角色"), max_length=8, choices=Role)
    instead_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("原值班人"))
    reason = models.CharField(_("换班原因"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("shift", "person", name="turn_once_a_shift"),
            models.CheckConstraint(
                name="turn_swapped_means_for_whom_and_why",
                condition=Q(instead_of__isnull=True, reason="") | (Q(instead_of__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"


class HandOver(models.Model):
    """What the outgoing tell the incoming; taken over when one of those signs it."""

    class Privacy:
        personal = {"happened", "unfinished", "attention", "remark", "written_by", "taken_by"}
        plain = {"id", "shift", "written_at", "taken_at"}

    shift = models.OneToOneField(Shift, models.PROTECT, related_name="handover")
    happened = models.TextField(_("值班情况"), max_length=2000)
    unfinished = models.TextField(_("未办完的事"), max_length=2000, blank=True)
    attention = models.TextField(_("下一班注意"), max_length=2000, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("交班人"))
    written_at = models.DateTimeField(_("交班时间"))
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("接班人"))
    taken_at = models.DateTimeField(_("接班时间"), null=True)
    remark = models.CharField(_("接班意见"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_taken_means_by_whom_and_when",
                condition=Q(taken_by__isnull=True, taken_at__isnull=True, remark="")
                | Q(taken_by__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="handover_taken_by_another",
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=F("written_by")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.shift)
