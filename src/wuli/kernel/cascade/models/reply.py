from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import User

from .round import Slot


class Reply(models.Model):
    """One version of an answer. A later version replaces it and leaves it standing."""

    class Kind(models.TextChoices):
        ZERO = "zero", _("零报告")
        SOME = "some", _("有情况")

    class Privacy:
        personal = {"by", "values", "notes"}
        plain = {"id", "slot", "number", "key", "kind", "registers", "at", "proxy", "reason"}

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="replies", db_index=False)
    number = models.PositiveSmallIntegerField(_("版本"))
    key = models.CharField(max_length=64)
    """Chosen by whoever sends: the same submission twice is one reply."""
    kind = models.CharField(_("类型"), max_length=4, choices=Kind)
    values = models.JSONField(default=dict)
    registers = models.JSONField(default=dict)
    """What the registers said of the bound fields when this was filed."""
    notes = models.JSONField(default=dict)
    """Why a value differs from its register, field by field."""
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("填报人"))
    at = models.DateTimeField(_("填报时间"))
    proxy = models.BooleanField(_("代填"), default=False)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    """Why it came after the figure above was fixed; empty for one that came before."""

    class Meta:
        constraints = [
            models.UniqueConstraint("slot", "number", name="reply_version_once"),
            models.UniqueConstraint("slot", "key", name="reply_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} v{self.number}"


class Review(models.Model):
    """What a higher level said of one version: accepted, or returned with the fields and the reason of each."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("通过")
        RETURNED = "returned", _("退回")

    class Privacy:
        personal = {"by"}
        plain = {"id", "reply", "verdict", "fields", "reason", "at"}

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="reviews")
    verdict = models.CharField(_("结论"), max_length=8, choices=Verdict)
    fields = models.JSONField(default=dict)
    reason = models.CharField(_("原因"), max_length=400, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("审核人"))
    at = models.DateTimeField(_("审核时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_returned_has_a_reason", condition=Q(verdict="accepted") | ~Q(reason="") | ~Q(fields={})
            )
        ]

    def __str__(self) -> str:
        return f"{self.reply} {self.get_verdict_display()}"
