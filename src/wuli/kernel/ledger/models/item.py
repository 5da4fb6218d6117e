from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.unit import under


class Cadence(models.TextChoices):
    """How often somebody must say how far it has come."""

    NONE = "none", _("不定期")
    DAILY = "daily", _("每天")
    WEEKLY = "weekly", _("每周")


class Status(models.TextChoices):
    OPEN = "open", _("办理中")
    CLOSING = "closing", _("待确认")
    CLOSED = "closed", _("已销号")
    WITHDRAWN = "withdrawn", _("已撤销")


ACTIVE = (Status.OPEN, Status.CLOSING)


class ItemQuerySet(models.QuerySet["Item"]):
    def active(self) -> Self:
        return self.filter(status__in=ACTIVE)

    def under(self, unit: Unit) -> Self:
        return self.filter(under(unit.path))


class Item(models.Model):
    """Whatever someone must finish: who, where, by when; closed by a second person only.

    `path` repeats the unit's, so that a subtree's items are one range; the tick brings it along when a unit moves.
    The dates of its clock (`follow_up_on`, `behind_on`, `rises_on`) are days of the unit's zone; `rules.clockwork`
    sets them. The noun beside the item, if it has one, is named by `subject_type` and `subject_id`.
    """

    class Privacy:
        personal = {"title", "text", "owner", "second", "opened_by", "asked_by", "closed_by", "withdrawn_reason"}
        plain = {
            "id", "kind", "key", "unit", "path", "opened_at", "due_on", "cadence", "counts_from", "followed_to",
            "follow_up_on", "status", "asked_at", "closed_at", "subject_type", "subject_id", "behind_on", "stage",
            "stage_on", "rises_on", "inherited",
        }  # fmt: skip

    kind = models.CharField(_("类别"), max_length=40)
    key = models.CharField(max_length=80, blank=True, editable=False)
    title = models.CharField(_("事项"), max_length=120)
    text = models.TextField(_("要求"), max_length=4000, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="items", verbose_name=_("单位"))
    path = models.CharField(max_length=96, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="items", db_index=False, verbose_name=_("责任人"))
    second = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="items_to_confirm", verbose_name=_("指定的销号确认人")
    )
    """Who was named to confirm that it is done, wherever their duties reach; others who may, still may."""
    opened_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("交办人")
    )
    opened_at = models.DateTimeField(_("交办时间"))
    due_on = models.DateField(_("期限"), null=True)
    cadence = models.CharField(_("跟进"), max_length=8, choices=Cadence, default=Cadence.NONE)
    counts_from = models.DateField(editable=False)
    followed_to = models.DateField(_("最近跟进"), null=True)
    follow_up_on = models.DateField(_("下次跟进"), null=True)
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.OPEN)
    asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("申请销号人")
    )
    asked_at = models.DateTimeField(_("申请销号时间"), null=True)
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("确认人")
    )
    closed_at = models.DateTimeField(_("销号时间"), null=True)
    withdrawn_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    behind_on = models.DateField(null=True)
    stage = models.PositiveSmallIntegerField(_("升级"), default=0)
    stage_on = models.DateField(_("升级日期"), null=True)
    rises_on = models.DateField(null=True)
    inherited = models.BooleanField(_("由系统移交"), default=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("path", "status", "due_on", name="item_tree"),
            models.Index("owner", "status", "due_on", name="item_owner"),
            models.Index("status", "rises_on", name="item_rises"),
            models.Index("subject_type", "subject_id", name="item_subject"),
        ]
        constraints = [
            models.CheckConstraint(name="item_has_a_title_and_a_kind", condition=~Q(title="") & ~Q(kind="")),
            models.UniqueConstraint(name="item_opened_once_by_a_key", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(
                name="item_subject_has_both_halves",
                condition=Q(subject_type="", subject_id__isnull=True)
                | (~Q(subject_type="") & Q(subject_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="item_asked_means_by_whom_and_when",
                condition=Q(status__in=["closing", "closed"], asked_by__isnull=False, asked_at__isnull=False)
                | Q(status__in=["open", "withdrawn"], asked_by__isnull=True, asked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="item_closed_means_by_whom_and_when",
                condition=Q(status="closed", closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_by__isnull=True, closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="item_closed_by_a_second_person",
                condition=Q(closed_by__isnull=True) | (~Q(closed_by=F("owner")) & ~Q(closed_by=F("asked_by"))),
            ),
            models.CheckConstraint(
                name="item_withdrawn_means_why",
                condition=(Q(status="withdrawn") & ~Q(withdrawn_reason=""))
                | (~Q(status="withdrawn") & Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="item_open_with_a_cadence_knows_its_next_follow_up",
                condition=(Q(status="open", follow_up_on__isnull=False) & ~Q(cadence="none"))
                | ((~Q(status="open") | Q(cadence="none")) & Q(follow_up_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="item_stage_means_since_when",
                condition=Q(stage=0, stage_on__isnull=True) | Q(stage__gte=1, stage_on__isnull=False),
            ),
            models.CheckConstraint(
                name="item_rises_only_while_someone_has_it",
                condition=Q(status__in=ACTIVE) | Q(stage=0, behind_on__isnull=True, rises_on__isnull=True),
            ),
            models.CheckConstraint(
                name="item_rises_no_sooner_than_it_is_behind",
                condition=Q(behind_on__isnull=True, rises_on__isnull=True)
                | Q(behind_on__isnull=False, rises_on__gte=F("behind_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    def is_behind(self, today: date) -> bool:
        """Whether today, in the unit's zone, something that was owed is not there."""
        return self.behind_on is not None and self.behind_on <= today
