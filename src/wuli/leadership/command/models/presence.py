from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.base.clock import FOREVER
from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.dated import Dated, DatedQuerySet, ends_after_it_begins

from .response import Response


class Presence(models.TextChoices):
    """Where somebody whose place is at the head of a unit is. Empty: nobody has said, which is not "away"."""

    AT_POST = "at_post", _("在岗")
    REMOTE = "remote", _("远程办公")
    ON_WAY = "on_way", _("返岗途中")
    AWAY = "away", _("未返岗")


class KeyPersonQuerySet(DatedQuerySet["KeyPerson"]):
    def expected(self) -> Self:
        """Those who are still expected: each once for a response."""
        return self.filter(until_date=FOREVER)


class KeyPerson(Dated):
    """Somebody who is to be at post while a response is in force, expected at one unit whatever they hold elsewhere.

    Made when the response is activated, so that silence is visible from the first minute. What was said last stands
    here; all that was said stands in `Statement`.
    """

    class Why(models.TextChoices):
        HEAD = "head", _("主要负责人")
        SECRETARY = "secretary", _("党组织书记")
        DEPUTY = "deputy", _("副职")
        GROUP = "group", _("领导小组成员")
        NAMED = "named", _("关键岗位")

    class Privacy:
        personal = {"person", "status", "reason", "expected_on", "said_by"}
        plain = {"id", "response", "unit", "why", "post", "said_at", "from_date", "until_date"}

    response = models.ForeignKey(Response, models.CASCADE, related_name="key_people", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="expected_for", verbose_name=_("姓名"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="key_people", db_index=False, verbose_name=_("单位"))
    why = models.CharField(_("身份"), max_length=10, choices=Why)
    post = models.CharField(_("岗位"), max_length=40, blank=True)
    status = models.CharField(_("到岗情况"), max_length=8, choices=Presence, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    expected_on = models.DateField(_("预计到岗"), null=True)
    said_at = models.DateTimeField(_("填报时间"), null=True)
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("填报人"))

    objects = KeyPersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("response", "until_date", "unit", "status", name="keyperson_count"),
            models.Index("unit", "until_date", name="keyperson_unit"),
        ]
        constraints = [
            ends_after_it_begins("keyperson_ends_after_it_begins"),
            models.UniqueConstraint(
                name="keyperson_expected_once", fields=["response", "person"], condition=Q(until_date=FOREVER)
            ),
            models.CheckConstraint(
                name="keyperson_stated_means_when",
                condition=Q(status="", said_at__isnull=True) | (~Q(status="") & Q(said_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="keyperson_away_means_why_and_until_when",
                condition=~Q(status="away") | (~Q(reason="") & Q(expected_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Statement(models.Model):
    """What was said about somebody's presence at a moment; by them, or by whoever reports for the unit."""

    class Privacy:
        personal = {"status", "reason", "expected_on", "by"}
        plain = {"id", "key_person", "at"}

    key_person = models.ForeignKey(KeyPerson, models.CASCADE, related_name="statements", db_index=False)
    status = models.CharField(_("到岗情况"), max_length=8, choices=Presence)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    expected_on = models.DateField(_("预计到岗"), null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index("key_person", "at", name="statement_order")]

    def __str__(self) -> str:
        return f"{self.key_person} {self.get_status_display()}"
