from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.base.clock import FOREVER
from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.dated import Dated, DatedQuerySet


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def going(self, on: date) -> Self:
        return self.filter(from_date__lte=on, until_date__gt=on)


class Campaign(models.Model):
    """What a Party body asks every member of the branches below it to commit to."""

    class Privacy:
        personal = {"issued_by"}
        plain = {"id", "title", "text", "body", "from_date", "until_date", "issued_at", "ended_reason"}

    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("说明"), max_length=2000, blank=True)
    body = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns", verbose_name=_("发起党组织"))
    from_date = models.DateField(_("开始"))
    until_date = models.DateField(_("结束（不含）"), default=FOREVER)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("签发人"))
    issued_at = models.DateTimeField(_("签发时间"))
    ended_reason = models.CharField(_("提前结束的原因"), max_length=200, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="campaign_ends_no_sooner", condition=Q(until_date__gte=F("from_date"))),
            models.CheckConstraint(name="campaign_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    def is_going(self, on: date) -> bool:
        return self.from_date <= on < self.until_date

    @property
    def last_day(self) -> date | None:
        return None if self.until_date == FOREVER else date.fromordinal(self.until_date.toordinal() - 1)


class Wording(models.Model):
    """The items of a campaign as they read from one moment on; who signed before keeps what they signed."""

    class Privacy:
        personal = {"by"}
        plain = {"id", "campaign", "number", "items", "at", "reason", "asks_again"}

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="wordings", db_index=False)
    number = models.PositiveSmallIntegerField(_("第几稿"))
    items = models.JSONField(_("承诺事项"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("修改人"))
    reason = models.CharField(_("修改原因"), max_length=200, blank=True)
    asks_again = models.BooleanField(_("请已签的党员重新签"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint("campaign", "number", name="wording_number_once_a_campaign")]

    def __str__(self) -> str:
        return f"{self.campaign} {self.number}"


class Way(models.TextChoices):
    """How somebody committed themselves."""

    OWN = "own", _("本人点签")
    PAPER = "paper", _("书面签署，支部代录")
    SPOKEN = "spoken", _("会上口头承诺，支部代录")


class Commitment(Dated):
    """A member stands by a campaign from one day until they take it back. The branch is not kept: it is where
    they are on the day that is asked for."""

    class Privacy:
        personal = {"person", "own_words", "by", "ended_by", "ended_reason"}
        plain = {"id", "campaign", "wording", "way", "at", "from_date", "until_date", "ended_at"}

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="commitments", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="commitments", verbose_name=_("党员"))
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+", db_index=False)
    own_words = models.CharField(_("我的话"), max_length=200, blank=True)
    way = models.CharField(_("方式"), max_length=8, choices=Way, default=Way.OWN)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("录入人"))
    at = models.DateTimeField(_("时间"))
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("campaign", "person", "until_date", "from_date", name="commitment_campaign")]
        constraints = [
            models.UniqueConstraint(
                name="commitment_stands_once_a_campaign", fields=["campaign", "person"], condition=Q(until_date=FOREVER)
            ),
            models.CheckConstraint(name="commitment_ends_no_sooner", condition=Q(until_date__gte=F("from_date"))),
            models.CheckConstraint(
                name="commitment_signed_oneself_is_by_oneself",
                condition=Q(way="own", by=F("person")) | ~Q(way="own"),
            ),
            models.CheckConstraint(
                name="commitment_taken_back_means_when_and_why",
                condition=Q(until_date=FOREVER, ended_at__isnull=True, ended_reason="")
                | (Q(until_date__lt=FOREVER, ended_at__isnull=False) & ~Q(ended_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
