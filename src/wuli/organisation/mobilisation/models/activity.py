from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.dated import Dated, DatedQuerySet, ends_after_it_begins


class Sort(models.TextChoices):
    THEME_DAY = "theme_day", _("主题党日")
    LECTURE = "lecture", _("党课")
    MEETING = "meeting", _("党员大会")


class Activity(models.Model):
    """A theme Party day, a lecture or a meeting of members: planned, made known, held or not.

    `on_date` is the day where the body is; `hosts` are the bodies whose members are expected. Once the month is
    closed a change needs its reason, which stays in `correction`.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        HELD = "held", _("已开展")
        NOT_HELD = "not_held", _("未开展")

    class Privacy:
        personal = {"responsible", "minutes", "made_by", "recorded_by"}
        plain = {
            "id", "sort", "body", "title", "text", "place", "starts_at", "ends_at", "on_date", "status",
            "not_held_reason", "guests", "sequence", "made_at", "recorded_at", "corrected_at", "correction",
        }  # fmt: skip

    sort = models.CharField(_("类型"), max_length=10, choices=Sort)
    body = models.ForeignKey(Unit, models.PROTECT, related_name="party_activities", verbose_name=_("主办党组织"))
    title = models.CharField(_("主题"), max_length=120)
    text = models.TextField(_("内容安排"), max_length=2000, blank=True)
    place = models.CharField(_("地点"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    on_date = models.DateField(_("日期"), editable=False)
    responsible = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("负责人")
    )  # fmt: skip
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.DRAFT)
    not_held_reason = models.CharField(_("未开展的原因"), max_length=200, blank=True)
    minutes = models.TextField(_("记录"), max_length=8000, blank=True)
    guests = models.PositiveIntegerField(_("列席群众"), default=0)
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    correction = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index("status", "sort", "on_date", name="activity_month")]
        constraints = [
            models.CheckConstraint(
                name="activity_ends_after_it_begins", condition=Q(ends_at__gt=models.F("starts_at"))
            ),
            models.CheckConstraint(
                name="activity_not_held_means_why",
                condition=(Q(status="not_held") & ~Q(not_held_reason=""))
                | (~Q(status="not_held") & Q(not_held_reason="")),
            ),
            models.CheckConstraint(
                name="activity_recorded_means_by_whom_and_when",
                condition=Q(status__in=["draft", "published"])
                | Q(recorded_by__isnull=False, recorded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="activity_corrected_means_when",
                condition=Q(correction="", corrected_at__isnull=True)
                | (~Q(correction="") & Q(corrected_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Host(models.Model):
    """A branch whose members an activity is for. Several branches may hold one together; it counts for each."""

    class Privacy:
        plain = {"id", "activity", "body", "step"}

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="hosts", db_index=False)
    body = models.ForeignKey(Unit, models.PROTECT, related_name="party_hosts")
    step = models.PositiveIntegerField(default=1)
    """Counts the recordings: whoever records says which they looked at, so that nobody overwrites another."""

    class Meta:
        constraints = [models.UniqueConstraint("activity", "body", name="host_once_an_activity")]

    def __str__(self) -> str:
        return f"{self.body}"


class Presence(models.TextChoices):
    PRESENT = "present", _("到会")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", _("缺席")


class Attendance(models.Model):
    """Whether a member was there; who was not says why. `branch` is theirs on the day of the activity."""

    class Privacy:
        personal = {"person", "branch", "presence", "reason", "by"}
        plain = {"id", "activity", "at"}

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendance", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="party_attendance", verbose_name=_("党员"))
    branch = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    presence = models.CharField(_("到会情况"), max_length=8, choices=Presence)
    reason = models.CharField(_("原因"), max_length=100, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("activity", "person", name="attendance_once_an_activity"),
            models.CheckConstraint(
                name="attendance_on_leave_means_why", condition=~Q(presence="leave") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Rhythm(Dated):
    """How often each branch holds an activity of a sort, from one month until another. Without a row: what ships."""

    class Privacy:
        plain = {"id", "sort", "times", "warn_day", "close_day", "from_date", "until_date"}

    sort = models.CharField(_("类型"), max_length=10, choices=Sort)
    times = models.PositiveSmallIntegerField(_("每月次数"))
    warn_day = models.PositiveSmallIntegerField(_("每月几日起提醒"))
    close_day = models.PositiveSmallIntegerField(_("次月几日后更正须写原因"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("sort", "from_date", name="rhythm_one_start_a_sort"),
            ends_after_it_begins("rhythm_ends_after_it_begins"),
            models.CheckConstraint(
                name="rhythm_days_lie_in_every_month",
                condition=Q(warn_day__gte=1, warn_day__lte=28, close_day__gte=1, close_day__lte=28),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.from_date}"
