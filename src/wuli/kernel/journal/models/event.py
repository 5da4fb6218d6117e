from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from .guards import Guard

LEAST_DAYS = 184
"""Six months of logs, in their longest form, must be kept by law (Cybersecurity Law, §23 of the 2025 text)."""

SAID = (
    "id", "at", "verb", "actor_id", "actor_name", "origin", "subject_type", "subject_id", "subject_name", "unit_id",
    "changes", "reason",
)  # fmt: skip
"""The fields that tell what happened; the others are the event's place in the chain."""

YOUNGER_THAN_THE_LAW_ALLOWS = {
    "sqlite": f"old.at > datetime('now', '-{LEAST_DAYS} days')",
    "postgresql": f"old.at > now() - interval '{LEAST_DAYS} days'",
}


class WrittenOnce(TypeError):
    """A program tried to change or remove an event: a mistake in the program, not of whoever uses it."""


class EventQuerySet(models.QuerySet["Event"]):
    def sealed(self) -> "EventQuerySet":
        return self.filter(position__isnull=False).order_by("position")

    def unsealed(self) -> "EventQuerySet":
        return self.filter(position__isnull=True).order_by("id")

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-at", "-id")

    def about(self, subject: models.Model) -> "EventQuerySet":
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def update(self, **kwargs: Any) -> NoReturn:
        raise WrittenOnce("events are never changed")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WrittenOnce("events are never changed")

    def delete(self) -> NoReturn:
        raise WrittenOnce("events are removed by `trim` alone")

    delete.queryset_only = True  # type: ignore[attr-defined]


class Event(models.Model):
    """Who did what, when, from where, and what it changed. Written once; sealing adds its place in the chain."""

    class Privacy:
        personal = {"actor_id", "actor_name", "origin", "subject_id", "subject_name", "changes", "reason"}
        plain = {"id", "at", "verb", "subject_type", "unit_id", "position", "digest"}

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("时间"))
    verb = models.CharField(_("动作"), max_length=60)
    actor_id = models.BigIntegerField(_("操作人编号"), null=True)
    actor_name = models.CharField(_("操作人"), max_length=80, blank=True)
    origin = models.CharField(_("来源"), max_length=80, blank=True)
    subject_type = models.CharField(_("对象类型"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("对象编号"), null=True)
    subject_name = models.CharField(_("对象"), max_length=120, blank=True)
    unit_id = models.BigIntegerField(_("单位编号"), null=True)
    changes = models.JSONField(_("变化"), default=dict)
    reason = models.CharField(_("原因"), max_length=400, blank=True)
    position = models.BigIntegerField(_("链上位置"), null=True, unique=True)
    digest = models.CharField(_("链上摘要"), max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        # Each way of asking reads its newest events straight from an index.
        indexes = [
            models.Index("at", "id", name="event_time"),
            models.Index("actor_id", "at", "id", name="event_actor"),
            models.Index("verb", "at", "id", name="event_verb"),
            models.Index("origin", "at", "id", name="event_origin"),
            models.Index("subject_type", "subject_id", "at", "id", name="event_subject"),
            models.Index("unit_id", "at", "id", name="event_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_sealed_means_position_and_digest",
                condition=models.Q(position__isnull=True, digest="")
                | (models.Q(position__gte=1) & ~models.Q(digest="")),
            ),
            Guard(name="event_never_says_anything_else", against="update", of=SAID),
            Guard(
                name="event_keeps_its_place_in_the_chain",
                against="update", of=["position", "digest"], when="old.position is not null",
            ),
            Guard(name="event_is_kept_as_long_as_the_law_asks", against="delete", when=YOUNGER_THAN_THE_LAW_ALLOWS),
            Guard(name="event_table_is_never_emptied", against="truncate"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_name}"

    @property
    def place(self) -> tuple[int, str]:
        """Position and digest of a sealed event."""
        assert self.position is not None
        return self.position, self.digest

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the event down, once. Raises WrittenOnce for one that is."""
        if not self._state.adding:
            raise WrittenOnce("events are never changed")
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WrittenOnce("events are removed by `trim` alone")
