from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Kind, Person, Unit
from wuli.kernel.orgs.models.dated import Dated, DatedQuerySet, ends_after_it_begins


class Instructor(Dated):
    """Who guides a grid from outside: someone of the group, or of the locality and on nobody's roll."""

    class Privacy:
        personal = {"person", "name", "phone"}
        plain = {"id", "unit", "organisation", "from_date", "until_date", "reason"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="instructors", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("人员"))
    name = models.CharField(_("姓名"), max_length=60, blank=True)
    organisation = models.CharField(_("所在单位"), max_length=80, blank=True)
    phone = models.CharField(_("工作电话"), max_length=20, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("unit", "until_date", "from_date", name="instructor_unit")]
        constraints = [
            ends_after_it_begins("instructor_ends_after_it_begins"),
            models.CheckConstraint(
                name="instructor_is_of_the_group_or_named",
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
            ),
        ]

    def __str__(self) -> str:
        return self.person.name if self.person else self.name


class Contact(models.Model):
    """The work phone of someone who holds a duty, which stands on notice boards for everybody to read."""

    class Privacy:
        personal = {"person", "phone"}
        plain = {"id"}

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    phone = models.CharField(_("公示电话"), max_length=20)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Board(models.Model):
    """What the notice board of a grid says beside its people: where it ends, and whom to call."""

    class Privacy:
        plain = {"id", "unit", "boundary", "hotline"}

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+")
    boundary = models.CharField(_("网格范围"), max_length=200, blank=True)
    hotline = models.CharField(_("报告电话"), max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.unit_id}"


class DutyText(models.Model):
    """What a keeper has to do, in the words that a unit sets for all grids of one kind below it."""

    class Privacy:
        plain = {"id", "unit", "kind", "text"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("类型"), max_length=16, choices=Kind)
    text = models.TextField(_("职责"), max_length=1200)

    class Meta:
        constraints = [models.UniqueConstraint("unit", "kind", name="dutytext_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}"
