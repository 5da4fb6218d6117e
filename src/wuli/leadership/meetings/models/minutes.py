from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.ledger.models import Item
from wuli.kernel.orgs.models import Person, Unit

from .meeting import Meeting

LONGEST = 8000


class Minute(models.Model):
    """What was said on one point of the agenda. `step` grows with every save; `hand` is the window that saved last."""

    class Privacy:
        personal = {"text", "by"}
        plain = {"id", "meeting", "point", "step", "hand", "at"}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes", db_index=False)
    point = models.CharField(max_length=12)
    text = models.TextField(_("纪要"), max_length=LONGEST, blank=True)
    step = models.PositiveIntegerField(default=1)
    hand = models.CharField(max_length=32)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("记录人"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "point", name="minute_once_a_point")]

    def __str__(self) -> str:
        return f"{self.meeting} {self.point}"


class Aside(models.Model):
    """A text that would have overwritten a newer one: kept beside it until somebody has put them together."""

    class Privacy:
        personal = {"text", "by"}
        plain = {"id", "meeting", "point", "hand", "at", "settled_at"}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="asides", db_index=False)
    point = models.CharField(max_length=12)
    text = models.TextField(_("纪要"), max_length=LONGEST)
    hand = models.CharField(max_length=32)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("记录人"))
    at = models.DateTimeField(_("时间"))
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("meeting", "settled_at", name="aside_meeting")]
        constraints = [
            models.UniqueConstraint(
                name="aside_once_a_window", fields=["meeting", "point", "hand"], condition=Q(settled_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.point}"


class Decision(models.Model):
    """What a meeting decided: who does it, where, by when. The item follows it until a second person closes it.

    `due_on` stays what the meeting said, whatever time the item is given later.
    """

    class Privacy:
        personal = {"text", "owner", "made_by"}
        plain = {"id", "meeting", "point", "unit", "due_on", "item", "made_at"}

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    point = models.CharField(max_length=12, blank=True)
    text = models.CharField(_("决定"), max_length=400)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("责任人"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("责任单位"))
    due_on = models.DateField(_("期限"))
    item = models.OneToOneField(Item, models.PROTECT, related_name="decision")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("记录人"))
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        indexes = [models.Index("due_on", name="decision_due")]
        constraints = [models.CheckConstraint(name="decision_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:40]


class Addendum(models.Model):
    """What is put right after the minutes were confirmed: they stay as they are, this stands beneath them."""

    class Privacy:
        personal = {"text", "reason", "by"}
        plain = {"id", "meeting", "at"}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="addenda")
    text = models.TextField(_("更正内容"), max_length=4000)
    reason = models.CharField(_("原因"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("更正人"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = [models.CheckConstraint(name="addendum_says_what_and_why", condition=~Q(text="") & ~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
