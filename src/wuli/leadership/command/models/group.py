from django.db import models
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.dated import Dated, DatedQuerySet, ends_after_it_begins

from .response import Response


class LeadingGroup(models.Model):
    """Those who lead a unit through a response. It lasts as long as the response."""

    class Privacy:
        personal = {"set_up_by"}
        plain = {"id", "response", "unit", "basis", "set_up_at"}

    response = models.ForeignKey(Response, models.CASCADE, related_name="groups", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leading_groups", verbose_name=_("单位"))
    basis = models.CharField(_("成立文件"), max_length=120, blank=True)
    set_up_at = models.DateTimeField(_("成立时间"))
    set_up_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("response", "unit", name="leadinggroup_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit}"


class WorkingGroup(models.Model):
    """A part of a leading group with duties of its own: supplies, health, production, communications."""

    class Privacy:
        plain = {"id", "group", "name", "duties"}

    group = models.ForeignKey(LeadingGroup, models.CASCADE, related_name="working_groups")
    name = models.CharField(_("工作组"), max_length=40)
    duties = models.TextField(_("职责"), max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint("group", "name", name="workinggroup_name_once_a_group")]

    def __str__(self) -> str:
        return self.name


class Member(Dated):
    """Somebody's place in a leading group, or in one of its working groups, from one day until another.

    Two leaders at once are usual: the Party secretary and the general manager.
    """

    class Role(models.TextChoices):
        LEADER = "leader", _("组长")
        DEPUTY = "deputy", _("副组长")
        OFFICE = "office", _("办公室主任")
        MEMBER = "member", _("成员")

    class Privacy:
        personal = {"person", "ended_reason"}
        plain = {"id", "group", "working_group", "role", "from_date", "until_date"}

    group = models.ForeignKey(LeadingGroup, models.CASCADE, related_name="members", db_index=False)
    working_group = models.ForeignKey(
        WorkingGroup, models.CASCADE, null=True, related_name="members", verbose_name=_("工作组")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="leading_places", db_index=False, verbose_name=_("姓名")
    )
    role = models.CharField(_("角色"), max_length=8, choices=Role)
    ended_reason = models.CharField(_("原因"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("group", "until_date", name="member_group"),
            models.Index("person", "until_date", name="member_person"),
        ]
        constraints = [ends_after_it_begins("member_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"
