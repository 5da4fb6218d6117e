from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person, Unit


class Level(models.IntegerChoices):
    """How grave it is: one is the gravest, as in the national emergency plans."""

    ONE = 1, _("一级响应")
    TWO = 2, _("二级响应")
    THREE = 3, _("三级响应")
    FOUR = 4, _("四级响应")


class ResponseQuerySet(models.QuerySet["Response"]):
    def active(self) -> Self:
        return self.filter(status=Response.Status.ACTIVE)


class Response(models.Model):
    """An emergency response in force: what for, how grave, what it asks, where; until it is stood down.

    `level` and `measures` repeat those of the newest `LevelChange`. `summary` is fixed at the stand-down.
    """

    class Kind(models.TextChoices):
        EPIDEMIC = "epidemic", _("公共卫生")
        ACCIDENT = "accident", _("事故灾难")
        DISASTER = "disaster", _("自然灾害")
        SECURITY = "security", _("社会安全")
        OTHER = "other", _("其他")

    class Status(models.TextChoices):
        ACTIVE = "active", _("响应中")
        STOOD_DOWN = "stood_down", _("已终止")

    class Privacy:
        personal = {"activated_by", "stood_down_by"}
        plain = {
            "id", "kind", "title", "issuer", "level", "basis", "measures", "status", "activated_at", "stood_down_at",
            "stood_down_reason", "conclusion", "summary",
        }  # fmt: skip

    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    title = models.CharField(_("名称"), max_length=80)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="responses", verbose_name=_("启动单位"))
    level = models.PositiveSmallIntegerField(_("级别"), choices=Level)
    basis = models.TextField(_("启动依据"), max_length=1000)
    measures = models.TextField(_("响应要求"), max_length=2000)
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.ACTIVE)
    activated_at = models.DateTimeField(_("启动时间"))
    activated_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("启动人"))
    stood_down_at = models.DateTimeField(_("终止时间"), null=True)
    stood_down_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("终止人"))
    stood_down_reason = models.CharField(_("终止原因"), max_length=200, blank=True)
    conclusion = models.TextField(_("总结"), max_length=4000, blank=True)
    summary = models.JSONField(null=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("status", "activated_at", name="response_newest")]
        constraints = [
            models.UniqueConstraint(
                name="response_of_a_title_active_once", fields=["issuer", "title"], condition=Q(status="active")
            ),
            models.CheckConstraint(name="response_level_is_one_to_four", condition=Q(level__gte=1, level__lte=4)),
            models.CheckConstraint(
                name="response_stood_down_means_when_why_and_with_a_summary",
                condition=(Q(status="stood_down", stood_down_at__isnull=False, summary__isnull=False))
                & ~Q(stood_down_reason="")
                | Q(status="active", stood_down_at__isnull=True, stood_down_reason="", summary__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        return self.status == self.Status.ACTIVE


class Extent(models.Model):
    """A word on where a response is in force: from a moment on, in a subtree of either line, or no longer there.

    Words stay as they were said; of those said of a place, or of one above it, the last holds (`rules.extents`). So any
    past day can be asked where it was in force.
    """

    class Privacy:
        personal = {"by"}
        plain = {"id", "response", "root", "inside", "since", "said_at", "reason"}

    response = models.ForeignKey(Response, models.CASCADE, related_name="extents")
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("范围"))
    inside = models.BooleanField(_("在范围内"), default=True)
    since = models.DateTimeField(_("自"))
    said_at = models.DateTimeField(_("下令时间"))
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    """Empty for those of the activation."""

    class Meta:
        constraints = [
            models.UniqueConstraint("response", "root", "said_at", name="extent_one_word_a_moment"),
            models.CheckConstraint(name="extent_taken_out_means_why", condition=Q(inside=True) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.root)


class LevelChange(models.Model):
    """The level, with what it asks, from a moment on. The first is of the activation."""

    class Privacy:
        personal = {"by"}
        plain = {"id", "response", "level", "measures", "at", "reason"}

    response = models.ForeignKey(Response, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("级别"), choices=Level)
    measures = models.TextField(_("响应要求"), max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index("response", "at", name="levelchange_order")]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.at:%Y-%m-%d %H:%M}"


class Note(models.Model):
    """A line of the activation log that somebody wrote: what happened at a minute, and when it was written down."""

    class Privacy:
        personal = {"by", "text"}
        plain = {"id", "response", "unit", "at", "written_at", "key"}

    response = models.ForeignKey(Response, models.CASCADE, related_name="notes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    at = models.DateTimeField(_("发生时间"))
    text = models.TextField(_("情况"), max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    key = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index("response", "at", name="note_order")]
        constraints = [
            models.UniqueConstraint(name="note_written_once_by_a_key", fields=["key"], condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.text[:40]
