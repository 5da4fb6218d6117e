from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.base.clock import FOREVER
from wuli.kernel.orgs.models import Kind, Person, Unit, User
from wuli.kernel.orgs.models.posting import Duty


class SeriesQuerySet(models.QuerySet["Series"]):
    def going(self, on: date) -> Self:
        return self.filter(ends_on__gt=on)


class Series(models.Model):
    """A meeting that comes again: whose, when, who, and its agenda. What is changed here holds for meetings to come.

    `weekdays` counts from Monday as 0. `starts_at` is the clock on the wall where the unit is. `agenda` is a list of
    points as `rules.agenda` reads them. The figures of the pack are of the day of the meeting, or of the one before.
    """

    class Kind(models.TextChoices):
        EPIDEMIC = "epidemic", _("疫情防控例会")
        DISPATCH = "dispatch", _("生产运营调度会")
        OTHER = "other", _("其他会议")

    class Cadence(models.TextChoices):
        DAILY = "daily", _("每天")
        WORKDAYS = "workdays", _("每个工作日")
        WEEKLY = "weekly", _("每周固定几天")
        ON_CALL = "on_call", _("按需召开")

    class FiguresOf(models.TextChoices):
        SAME_DAY = "same", _("会议当天")
        DAY_BEFORE = "before", _("前一天")

    class Privacy:
        personal = {"chair", "secretary", "changed_by"}
        plain = {
            "id", "unit", "kind", "title", "cadence", "weekdays", "starts_at", "minutes", "place", "link", "agenda",
            "figures_of", "starts_on", "ends_on", "planned_to", "edition", "changed_at",
        }  # fmt: skip

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meeting_series", verbose_name=_("单位"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    title = models.CharField(_("名称"), max_length=80)
    cadence = models.CharField(_("频次"), max_length=10, choices=Cadence)
    weekdays = models.JSONField(_("星期"), default=list, blank=True)
    starts_at = models.TimeField(_("开始时间"))
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    link = models.CharField(_("入会链接"), max_length=300, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("主持人"))
    secretary = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("记录人"))
    agenda = models.JSONField(_("议程"), default=list)
    figures_of = models.CharField(_("材料取数"), max_length=8, choices=FiguresOf, default=FiguresOf.DAY_BEFORE)
    starts_on = models.DateField(_("首次日期"))
    ends_on = models.DateField(_("结束日期（不含）"), default=FOREVER)
    planned_to = models.DateField(null=True, editable=False)
    """Through which day its meetings have been made."""
    edition = models.PositiveIntegerField(default=0, editable=False)
    """Grows with every change, so that calendars take the newest."""
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    objects = SeriesQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("ends_on", "starts_on", name="series_going")]
        constraints = [
            models.CheckConstraint(name="series_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(name="series_takes_time", condition=Q(minutes__gte=5, minutes__lte=720)),
            models.CheckConstraint(
                name="series_ends_no_sooner_than_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                name="series_once_by_title_at_a_unit", fields=["unit", "title"], condition=Q(ends_on=FOREVER)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_no_end(self) -> bool:
        return self.ends_on == FOREVER


class Seat(models.Model):
    """Who is asked to a series: a person; or whoever holds a duty on the day, at a unit or all of a kind below it; or
    the leading group of its unit, in each response in force there.
    """

    class Privacy:
        personal = {"person"}
        plain = {"id", "series", "duty", "unit", "kind", "leading_group"}

    series = models.ForeignKey(Series, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("参会人"))
    duty = models.CharField(_("职责"), max_length=16, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    kind = models.CharField(_("下级类型"), max_length=16, blank=True)
    leading_group = models.BooleanField(_("领导小组"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seat_is_for_a_person_or_a_duty_or_a_leading_group",
                condition=Q(person__isnull=False, duty="", unit__isnull=True, kind="", leading_group=False)
                | (Q(person__isnull=True, unit__isnull=False, leading_group=False) & ~Q(duty=""))
                | Q(person__isnull=True, duty="", unit__isnull=False, kind="", leading_group=True),
            ),
            models.UniqueConstraint(
                name="seat_once_a_person", fields=["series", "person"], condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                name="seat_once_a_duty", fields=["series", "duty", "unit", "kind"], condition=Q(person__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        if self.person:
            return self.person.name
        of = self.unit.name if self.unit else ""
        if self.leading_group:
            return _("%(unit)s领导小组（应急响应期间）") % {"unit": of}
        duty = Duty(self.duty).label
        if self.kind:
            return _("%(unit)s下属各%(kind)s %(duty)s") % {"unit": of, "kind": Kind(self.kind).label, "duty": duty}
        return f"{of} {duty}"
