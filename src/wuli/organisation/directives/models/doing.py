from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.cascade.models import Reply, Slot
from wuli.kernel.ledger.models import KeptFile
from wuli.kernel.orgs.models import Person


class Opening(models.Model):
    """Someone who answers for a unit opened its copy for the first time. That is no receipt."""

    class Privacy:
        personal = {"by"}
        plain = {"id", "slot", "at"}

    slot = models.OneToOneField(Slot, models.PROTECT, related_name="opening")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("阅读人"))
    at = models.DateTimeField(_("阅读时间"))

    def __str__(self) -> str:
        return f"{self.slot_id} {self.at}"


class Receipt(models.Model):
    """Somebody signed that their unit has received it. `proxy`: not from the unit itself but from above."""

    class Privacy:
        personal = {"by"}
        plain = {"id", "slot", "at", "proxy", "late"}

    slot = models.OneToOneField(Slot, models.PROTECT, related_name="receipt")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("签收人"))
    at = models.DateTimeField(_("签收时间"))
    proxy = models.BooleanField(_("代签"), default=False)
    late = models.BooleanField(_("迟签"), default=False)

    def __str__(self) -> str:
        return f"{self.slot_id} {self.at}"


class Step(models.Model):
    """How far a unit has come, in someone's words; with a `reply` it reports that all is done."""

    class Privacy:
        personal = {"by", "text"}
        plain = {"id", "slot", "percent", "at", "key", "reply"}

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="steps", db_index=False)
    percent = models.PositiveSmallIntegerField(_("进度（%）"))
    text = models.TextField(_("落实情况"), max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("填报人"))
    at = models.DateTimeField(_("时间"))
    key = models.CharField(max_length=64)
    reply = models.OneToOneField(Reply, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("slot", "key", name="step_once_by_a_key"),
            models.CheckConstraint(
                name="step_is_whole_when_it_reports_done",
                condition=Q(reply__isnull=True, percent__lt=100) | Q(reply__isnull=False, percent=100),
            ),
            models.CheckConstraint(name="step_says_something", condition=~Q(text="") & ~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.percent}%"

    @property
    def is_done(self) -> bool:
        return self.reply_id is not None


class Evidence(KeptFile):
    """A file that proves a step."""

    class Privacy:
        personal = {"name"}
        plain = {"id", "step", "digest", "media_type", "size"}

    step = models.ForeignKey(Step, models.PROTECT, related_name="evidence", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("step", "digest", name="evidence_once_a_step"),
            models.CheckConstraint(name="directive_evidence_is_not_empty", condition=Q(size__gte=1) & ~Q(name="")),
        ]


class Owed(models.TextChoices):
    """What a unit has to do next."""

    SIGN = "sign", _("签收")
    ACT = "act", _("办结")


class Escalation(models.Model):
    """A unit turned red over what it owed, and the level above was told. It stays when the unit has done it."""

    class Privacy:
        plain = {"id", "slot", "owed", "at"}

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="escalations", db_index=False)
    owed = models.CharField(max_length=4, choices=Owed)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("slot", "owed", name="escalation_once_over_a_thing")]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.owed}"
