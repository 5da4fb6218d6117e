from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person

from .item import Item

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""Media types that browsers draw and never run; all others are only handed over as files."""


class FollowUp(models.Model):
    """How far an item had come on a day, in someone's words; a request to close it says that it is done."""

    class Privacy:
        personal = {"text", "by"}
        plain = {"id", "item", "for_date", "at", "key", "asks_to_close"}

    item = models.ForeignKey(Item, models.PROTECT, related_name="follow_ups", db_index=False)
    for_date = models.DateField(_("跟进日期"))
    text = models.TextField(_("情况"), max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("跟进人"))
    at = models.DateTimeField(_("时间"))
    key = models.CharField(max_length=80)
    asks_to_close = models.BooleanField(_("申请销号"), default=False)

    class Meta:
        indexes = [models.Index("item", "for_date", name="followup_item_day")]
        constraints = [
            models.UniqueConstraint("item", "key", name="followup_once_by_a_key"),
            models.CheckConstraint(name="followup_says_something", condition=~Q(text="") & ~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.for_date}"


class KeptFile(models.Model):
    """A file that somebody gave. It lies in the private folder under its digest, so a copy is kept once."""

    digest = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    name = models.CharField(_("文件名"), max_length=160)
    media_type = models.CharField(_("类型"), max_length=80)
    size = models.PositiveBigIntegerField(_("大小"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether browsers draw it."""
        return self.media_type in PICTURES


class Evidence(KeptFile):
    """A file that proves a follow-up."""

    class Privacy:
        personal = {"name"}
        plain = {"id", "follow_up", "digest", "media_type", "size"}

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="evidence", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("follow_up", "digest", name="evidence_once_a_follow_up"),
            models.CheckConstraint(name="evidence_is_not_empty", condition=Q(size__gte=1) & ~Q(name="")),
        ]


class Discarded(models.Model):
    """A file that was let go. Once nothing refers to it any more it is removed from the folder."""

    class Privacy:
        plain = {"id", "digest", "at"}

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest


class Handover(models.Model):
    """An item went from one owner to another: `by` someone, or by the system when the owner had left the roll."""

    class Privacy:
        personal = {"from_person", "to_person", "by", "reason"}
        plain = {"id", "item", "at"}

    item = models.ForeignKey(Item, models.PROTECT, related_name="handovers")
    from_person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("移交人"))
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, verbose_name=_("接办人"))
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("时间"))
    reason = models.CharField(_("原因"), max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_changes_the_owner_for_a_reason",
                condition=~Q(from_person=F("to_person")) & ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_person} → {self.to_person}"
