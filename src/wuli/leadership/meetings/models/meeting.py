from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.base.clock import business_date
from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.posting import Duty

from .series import Series


class Status(models.TextChoices):
    PLANNED = "planned", _("待开")
    OPENED = "opened", _("会议中")
    HANDED_IN = "handed_in", _("纪要待确认")
    CLOSED = "closed", _("纪要已确认")
    CANCELLED = "cancelled", _("已取消")


HELD = (Status.OPENED, Status.HANDED_IN, Status.CLOSED)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def planned(self) -> Self:
        return self.filter(status=Status.PLANNED)

    def held(self) -> Self:
        return self.filter(status__in=HELD)

    def untouched(self) -> Self:
        """Plans that only follow their series: nobody has moved them, asked a guest or made a pack."""
        return self.planned().filter(touched=False, stands_for__isnull=False, pack__isnull=True)


class Meeting(models.Model):
    """One meeting of a series. `stands_for` is the day of the rhythm that it fills; an extra one fills none.

    `on` is the date where the unit is. `sequence` grows with every change that calendars must learn of.
    """

    Status = Status

    class Privacy:
        personal = {
            "chair", "secretary", "opened_by", "handed_in_by", "closed_by", "cancelled_reason", "returned_reason",
        }  # fmt: skip
        plain = {
            "id", "series", "title", "stands_for", "on", "starts_at", "ends_at", "venue", "link", "agenda", "status",
            "sequence", "touched", "invited_on", "opened_at", "handed_in_at", "closed_at", "kept_by_chair",
        }  # fmt: skip

    series = models.ForeignKey(Series, models.PROTECT, related_name="meetings", db_index=False)
    title = models.CharField(_("名称"), max_length=80)
    stands_for = models.DateField(null=True)
    on = models.DateField(_("日期"))
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    venue = models.CharField(_("地点"), max_length=120, blank=True)
    link = models.CharField(_("入会链接"), max_length=300, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("主持人"))
    secretary = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    agenda = models.JSONField(_("议程"), default=list)
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.PLANNED)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    touched = models.BooleanField(default=False)
    invited_on = models.DateField(null=True)
    """The day for which the duties among the attendees were last resolved."""
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    opened_at = models.DateTimeField(_("开会时间"), null=True)
    handed_in_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("纪要提交人")
    )
    handed_in_at = models.DateTimeField(_("纪要提交时间"), null=True)
    returned_reason = models.CharField(_("退回原因"), max_length=200, blank=True)
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("确认人")
    )
    closed_at = models.DateTimeField(_("确认时间"), null=True)
    kept_by_chair = models.BooleanField(_("主持人自行记录"), default=False)
    cancelled_reason = models.CharField(_("取消原因"), max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("series", "starts_at", name="meeting_series"),
            models.Index("status", "starts_at", name="meeting_status"),
            models.Index("on", "status", name="meeting_day"),
        ]
        constraints = [
            models.UniqueConstraint("series", "stands_for", name="meeting_once_a_day_of_the_rhythm"),
            models.CheckConstraint(name="meeting_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="meeting_opened_means_by_whom_and_when",
                condition=Q(status__in=HELD, opened_by__isnull=False, opened_at__isnull=False)
                | (~Q(status__in=HELD) & Q(opened_by__isnull=True, opened_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="meeting_handed_in_means_by_whom_and_when",
                condition=Q(status__in=["handed_in", "closed"], handed_in_by__isnull=False, handed_in_at__isnull=False)
                | (~Q(status__in=["handed_in", "closed"]) & Q(handed_in_by__isnull=True, handed_in_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="meeting_closed_means_by_whom_and_when",
                condition=Q(status="closed", closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_by__isnull=True, closed_at__isnull=True, kept_by_chair=False)),
            ),
            models.CheckConstraint(
                name="meeting_minutes_confirmed_by_another_or_by_a_chair_who_says_so",
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("handed_in_by")) | Q(kept_by_chair=True),
            ),
            models.CheckConstraint(
                name="meeting_cancelled_means_why",
                condition=(Q(status="cancelled") & ~Q(cancelled_reason=""))
                | (~Q(status="cancelled") & Q(cancelled_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.on}"

    @property
    def unit(self) -> Unit:
        return self.series.unit

    @property
    def is_extra(self) -> bool:
        return self.stands_for is None

    @property
    def uid(self) -> str:
        """The same for the same day of the rhythm, even when a plan was dropped and made anew."""
        key = f"{self.series_id}-{self.stands_for:%Y%m%d}" if self.stands_for else f"extra-{self.pk}"
        return f"meeting-{key}@wuli"

    def today(self, at: datetime) -> date:
        return business_date(at, self.unit.zone)


class Attendance(models.Model):
    """Someone asked to a meeting, by name or by a duty that they held on the day, and whether they came."""

    class State(models.TextChoices):
        EXPECTED = "expected", _("未签到")
        PRESENT = "present", _("到会")
        ABSENT = "absent", _("缺席")

    class Privacy:
        personal = {"person", "reason", "substitute"}
        plain = {"id", "meeting", "duty", "unit", "by_hand", "state"}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="meeting_attendances", verbose_name=_("参会人"))
    duty = models.CharField(_("职责"), max_length=16, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("单位"))
    by_hand = models.BooleanField(default=False)
    state = models.CharField(_("到会"), max_length=8, choices=State, default=State.EXPECTED)
    reason = models.CharField(_("缺席原因"), max_length=120, blank=True)
    substitute = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("代会人")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "person", name="attendance_once_a_person"),
            models.CheckConstraint(
                name="attendance_absent_means_why",
                condition=(Q(state="absent") & ~Q(reason=""))
                | (~Q(state="absent") & Q(reason="", substitute__isnull=True)),
            ),
            models.CheckConstraint(
                name="attendance_is_not_substituted_by_the_same_person",
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("person")),
            ),
        ]

    def __str__(self) -> str:
        return self.person.name

    @property
    def duty_words(self) -> str:
        """As what they were asked, if not by name."""
        return f"{self.unit} {Duty(self.duty).label}" if self.duty else ""
