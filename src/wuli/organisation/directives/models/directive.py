from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.cascade.models import Call
from wuli.kernel.ledger.models import KeptFile
from wuli.kernel.orgs.models import Person, Unit

DRAFTED = "#"
"""How the number of a call begins that is still a draft and will get its own when it is issued."""


class Urgency(models.TextChoices):
    NORMAL = "normal", _("平急")
    URGENT = "urgent", _("加急")
    EXTREME = "extreme", _("特急")


class Asks(models.TextChoices):
    RECEIPT = "receipt", _("签收")
    ACTION = "action", _("签收并落实")


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def live(self) -> Self:
        """Issued, and neither revoked, superseded nor ended."""
        return self.filter(call__status=Call.Status.ISSUED)


class Directive(models.Model):
    """A numbered notice beside the call that asks for it. Title, text, targets and state are the call's.

    `parent` is the directive that a unit passes on with this one; its text is quoted from there and never copied, so it
    cannot be altered. `level` counts the steps from the first of them.
    """

    class Privacy:
        personal = {"signer"}
        plain = {
            "id", "call", "urgency", "asks", "prefix", "due_on", "due_clock", "sign_hours", "sign_by", "soon_hours",
            "red_hours", "pass_on", "needs_evidence", "parent", "level",
        }  # fmt: skip

    call = models.OneToOneField(Call, models.PROTECT, related_name="directive")
    urgency = models.CharField(_("紧急程度"), max_length=8, choices=Urgency, default=Urgency.NORMAL)
    asks = models.CharField(_("要求"), max_length=8, choices=Asks, default=Asks.ACTION)
    prefix = models.CharField(_("机关代字"), max_length=20, blank=True)
    """What its number begins with; empty where the office typed the whole number."""
    signer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("签发人"))
    due_on = models.DateField(_("截止日期"))
    due_clock = models.TimeField(_("截止时刻"))
    """By the clock where each unit is."""
    sign_hours = models.PositiveSmallIntegerField(_("签收时限（小时）"))
    sign_by = models.DateTimeField(_("签收截止"), null=True)
    """The same moment everywhere, known once it is issued; null where the receipt is all that is asked, when due."""
    soon_hours = models.PositiveSmallIntegerField(_("提前几小时变蓝"))
    red_hours = models.PositiveSmallIntegerField(_("超过几小时变红"))
    pass_on = models.BooleanField(_("须逐级分解"), default=False)
    needs_evidence = models.BooleanField(_("办结须附佐证"), default=False, db_default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("上级文件"))
    level = models.PositiveSmallIntegerField(default=0)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directive_level_counts_from_the_top",
                condition=Q(parent__isnull=True, level=0) | Q(parent__isnull=False, level__gte=1),
            ),
            models.CheckConstraint(
                name="directive_turns_red_after_yellow", condition=Q(red_hours__gte=1) & Q(sign_hours__gte=1)
            ),
            models.CheckConstraint(
                name="directive_needs_evidence_of_actions_only", condition=Q(needs_evidence=False) | Q(asks="action")
            ),
            models.CheckConstraint(
                name="directive_stands_not_over_itself", condition=Q(parent__isnull=True) | ~Q(parent=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.call.title

    @property
    def number(self) -> str:
        """Empty while it has none."""
        return "" if self.call.number.startswith(DRAFTED) else self.call.number

    @property
    def is_draft(self) -> bool:
        return self.call.status == Call.Status.DRAFT

    @property
    def is_live(self) -> bool:
        return self.call.status == Call.Status.ISSUED

    @property
    def asks_action(self) -> bool:
        return self.asks == Asks.ACTION

    @property
    def is_reviewed(self) -> bool:
        return self.call.route != Call.Route.STRAIGHT


class Series(models.Model):
    """The running numbers of a prefix in a year; whoever issues takes the next under a lock."""

    class Privacy:
        plain = {"id", "unit", "prefix", "year", "last"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("发文单位"))
    prefix = models.CharField(_("机关代字"), max_length=20)
    year = models.PositiveSmallIntegerField(_("年份"))
    last = models.PositiveIntegerField(_("已用到"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint("prefix", "year", name="series_one_a_prefix_and_year")]

    def __str__(self) -> str:
        return f"{self.prefix} {self.year} {self.last}"


class Attachment(KeptFile):
    """A file that goes with a directive."""

    class Privacy:
        plain = {"id", "directive", "digest", "name", "media_type", "size"}

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="attachments", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("directive", "digest", name="attachment_once_a_directive"),
            models.CheckConstraint(name="attachment_is_not_empty", condition=Q(size__gte=1) & ~Q(name="")),
        ]
