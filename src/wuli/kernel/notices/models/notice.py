from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person, Unit, User

LONGEST_TEXT = 400
LONGEST_KEY = 120
LONGEST_URL = 300


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def unrouted(self) -> Self:
        """Those of which nobody has yet worked out where outside they go."""
        return self.filter(routed_at__isnull=True)

    def unread_first(self) -> Self:
        """With `is_read`, by which lists put what is new on top."""
        return self.annotate(
            is_read=Case(
                When(read_at__isnull=True, then=Value(0)), default=Value(1), output_field=models.SmallIntegerField()
            )
        )


class Notice(models.Model):
    """One thing told to one person. The same `key` tells the same person once.

    `key` runs from the general to the particular, with colons: what stands before the last one is the turn, whose
    notices go to a group as one message. The text names no health detail: it may be read on a locked phone.
    """

    class Privacy:
        personal = {"person", "text", "by"}
        plain = {"id", "kind", "url", "key", "made_at", "unit", "routed_at", "read_at"}

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices", db_index=False, verbose_name=_("收件人"))
    kind = models.CharField(_("种类"), max_length=40)
    text = models.CharField(_("内容"), max_length=LONGEST_TEXT)
    url = models.CharField(max_length=LONGEST_URL, blank=True)
    key = models.CharField(max_length=LONGEST_KEY)
    made_at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False, verbose_name=_("发送人"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("单位"))
    routed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(_("已读时间"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            # The bell counts from the first without touching the table.
            models.Index("person", "read_at", "url", name="notice_unread"),
            models.Index("person", "made_at", name="notice_person"),
            models.Index("by", "made_at", name="notice_sender"),
            models.Index("unit", "kind", "made_at", name="notice_unit"),
            models.Index("kind", "key", name="notice_turn"),
            models.Index("made_at", name="notice_unrouted", condition=Q(routed_at__isnull=True)),
            models.Index("read_at", name="notice_read", condition=Q(read_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint("person", "key", name="notice_once_a_key"),
            models.CheckConstraint(name="notice_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def turn(self) -> str:
        """The general part of the key, which notices of the same turn share."""
        return self.key.rpartition(":")[0] or self.key
