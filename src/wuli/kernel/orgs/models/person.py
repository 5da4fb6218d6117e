from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.base.clock import FOREVER

from .dated import Dated, DatedQuerySet, ends_after_it_begins
from .unit import Unit, under


class Post(models.Model):
    """A job at a process step of a team."""

    class Privacy:
        plain = {"id", "unit", "process_step", "name"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("班组"))
    process_step = models.CharField(_("工序"), max_length=40, blank=True)
    name = models.CharField(_("岗位"), max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint("unit", "process_step", "name", name="post_once_a_step")]

    def __str__(self) -> str:
        return f"{self.process_step} · {self.name}" if self.process_step else self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def on_roll(self, on: date) -> Self:
        return self.filter(on_roll_from__lte=on, on_roll_until__gt=on)

    def under(self, unit: Unit) -> Self:
        return self.filter(under(unit.path))


class Person(models.Model):
    """Someone on the roll, as of today; `Assignment` holds where the person was on any day.

    `unit` is the one unit that manages the person: a team when all is well. Someone hung higher has
    no cell and is a blind spot. `path` repeats the unit's, so that a subtree's people are one range.
    """

    class Privacy:
        sensitive = {"identity", "identity_hash"}
        personal = {"number", "name", "pinyin", "initials", "phone", "branch"}
        plain = {
            "id", "unit", "path", "employer", "outside_employer", "post", "on_roll_from", "on_roll_until",
        }  # fmt: skip

    number = models.CharField(_("工号"), max_length=32, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    pinyin = models.CharField(max_length=180, blank=True, editable=False)
    initials = models.CharField(max_length=60, blank=True, editable=False)
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    identity = models.BinaryField(_("身份证号（加密）"), null=True)
    identity_hash = models.CharField(_("身份证号（比对值）"), max_length=32, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people", db_index=False, verbose_name=_("所在班组"))
    path = models.CharField(max_length=96, editable=False)
    employer = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="employees", db_index=False, verbose_name=_("用工单位")
    )
    outside_employer = models.CharField(_("外协单位"), max_length=80, blank=True)
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, related_name="people", db_index=False, verbose_name=_("岗位")
    )
    branch = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="members", verbose_name=_("党支部"))
    on_roll_from = models.DateField(_("在册日期"))
    on_roll_until = models.DateField(_("离册日期"), default=FOREVER)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            # Rosters in tree order; head counts without touching the table; the rare people without a post.
            models.Index("path", "number", "on_roll_until", "on_roll_from", name="person_tree"),
            models.Index("unit", "on_roll_until", "on_roll_from", "branch", "employer", name="person_heads"),
            models.Index("post", "path", name="person_post"),
            models.Index("name", "path", name="person_name"),
            models.Index("pinyin", name="person_pinyin"),
            models.Index("initials", name="person_initials"),
            models.Index("identity_hash", name="person_identity"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_has_one_employer",
                condition=Q(employer__isnull=False, outside_employer="")
                | (Q(employer__isnull=True) & ~Q(outside_employer="")),
            ),
            models.CheckConstraint(
                name="person_leaves_after_joining", condition=Q(on_roll_until__gt=F("on_roll_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_contractor(self) -> bool:
        return self.employer_id is None

    def is_on_roll(self, on: date) -> bool:
        return self.on_roll_from <= on < self.on_roll_until


class Assignment(Dated):
    """Where a person belonged from one day until another: the roll of any past day."""

    class Privacy:
        personal = {"person", "branch"}
        plain = {"id", "unit", "employer", "outside_employer", "post", "from_date", "until_date"}

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    outside_employer = models.CharField(max_length=80, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    branch = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("unit", "from_date", "until_date", name="assignment_unit_days")]
        constraints = [
            models.UniqueConstraint("person", "from_date", name="assignment_one_start_a_day"),
            ends_after_it_begins("assignment_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.unit_id} {self.from_date}"
