from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Region, Unit
from wuli.kernel.orgs.models.unit import under

from .call import Call, Exemption
from .form import FormVersion


class Round(models.Model):
    """One business date of a call."""

    class Privacy:
        plain = {"id", "call", "on", "version", "opened_at", "closed_at"}

    call = models.ForeignKey(Call, models.PROTECT, related_name="rounds")
    on = models.DateField(_("业务日期"))
    version = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    """When the last level froze, or without a form the call was over; until then the round follows the tree."""

    class Meta:
        indexes = [models.Index("closed_at", "on", name="round_open")]
        constraints = [models.UniqueConstraint("call", "on", name="round_once_a_day")]

    def __str__(self) -> str:
        return f"{self.call} {self.on}"


class SlotQuerySet(models.QuerySet["Slot"]):
    def under(self, path: str) -> Self:
        return self.filter(under(path))

    def missing(self) -> Self:
        return self.filter(state=Slot.State.MISSING)

    def owing(self) -> Self:
        """Those who must still do something: answer at all, or mend what was returned."""
        return self.filter(Q(state=Slot.State.MISSING) | Q(review=Slot.Review.RETURNED))


class Slot(models.Model):
    """One expected answer, there from the moment the round opens, so that silence is visible.

    `path` is where the unit hung on the business date, `region` where it stood; `above` the path of the next asked
    unit over it, "" if none. A unit that `rests` that day is exempt: it was decided when the slot was made.
    """

    class State(models.TextChoices):
        MISSING = "missing", _("未报")
        ZERO = "zero", _("零报告")
        SOME = "some", _("有情况")
        EXEMPT = "exempt", _("免报")

    class Review(models.TextChoices):
        NONE = "none", _("无须审核")
        WAITING = "waiting", _("待审核")
        ACCEPTED = "accepted", _("已通过")
        RETURNED = "returned", _("已退回")

    class Privacy:
        plain = {
            "id", "round", "unit", "kind", "path", "above", "opens_at", "due_at", "freeze_at", "state", "review",
            "late", "reply", "replied_at", "exempt_reason", "exempt_at", "exemption", "rests", "region",
            "made_at",
            "chased", "chased_at", "chase_steps",
        }  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="slots", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    path = models.CharField(max_length=96)
    above = models.CharField(max_length=96, blank=True)
    opens_at = models.DateTimeField()
    due_at = models.DateTimeField(_("截止时间"))
    freeze_at = models.DateTimeField()
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.MISSING)
    review = models.CharField(_("审核"), max_length=8, choices=Review, default=Review.NONE)
    late = models.BooleanField(_("迟报"), default=False)
    reply = models.ForeignKey("cascade.Reply", models.PROTECT, null=True, related_name="+", db_index=False)
    replied_at = models.DateTimeField(_("首次上报时间"), null=True)
    exempt_reason = models.CharField(_("免报原因"), max_length=200, blank=True)
    exempt_at = models.DateTimeField(null=True)
    exemption = models.ForeignKey(Exemption, models.PROTECT, null=True, related_name="slots")
    """The exemption of some days that spares the unit this round, too."""
    rests = models.BooleanField(_("休息"), default=False, db_default=False)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    chased = models.PositiveSmallIntegerField(_("催办次数"), default=0, db_default=0)
    chased_at = models.DateTimeField(_("最近催办"), null=True)
    chase_steps = models.PositiveSmallIntegerField(default=0, db_default=0)
    """How many of the call's reminders have gone out."""

    objects = SlotQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("round", "path", "state", "late", "review", "rests", name="slot_coverage"),
            models.Index("unit", "round", name="slot_unit"),
        ]
        constraints = [
            models.UniqueConstraint("round", "unit", name="slot_once_a_round"),
            models.CheckConstraint(
                name="slot_answered_means_a_reply",
                condition=Q(state__in=["zero", "some"], reply__isnull=False, replied_at__isnull=False)
                | Q(state="missing", reply__isnull=True, replied_at__isnull=True, late=False, review="none")
                | Q(state="exempt"),
            ),
            models.CheckConstraint(
                name="slot_exempt_has_a_reason",
                condition=Q(state="exempt", exempt_at__isnull=False) & ~Q(exempt_reason="")
                | ~Q(state="exempt") & Q(exempt_at__isnull=True, exempt_reason=""),
            ),
            models.CheckConstraint(
                name="slot_of_an_exemption_is_exempt", condition=Q(exemption__isnull=True) | Q(state="exempt")
            ),
            models.CheckConstraint(name="slot_rests_means_exempt", condition=Q(rests=False) | Q(state="exempt")),
            models.CheckConstraint(name="slot_freezes_when_due_or_later", condition=Q(freeze_at__gte=F("due_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.State(self.state).label}"


class Figure(models.Model):
    """What a level told upward: the sums and the coverage of a subtree, fixed at its freeze from what had arrived."""

    class Privacy:
        plain = {"id", "round", "unit", "path", "freeze_at", "frozen_at", "totals", "coverage"}

    round = models.ForeignKey(Round, models.PROTECT, related_name="figures", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    path = models.CharField(max_length=96)
    freeze_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    totals = models.JSONField(null=True)
    coverage = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index("freeze_at", name="figure_to_freeze", condition=Q(frozen_at__isnull=True))]
        constraints = [
            models.UniqueConstraint("round", "path", name="figure_once_a_round"),
            models.CheckConstraint(
                name="figure_frozen_means_counted",
                condition=Q(frozen_at__isnull=True, totals__isnull=True, coverage__isnull=True)
                | Q(frozen_at__isnull=False, totals__isnull=False, coverage__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.round.on}"
