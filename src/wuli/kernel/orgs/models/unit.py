from collections.abc import Iterable
from datetime import date
from os.path import commonprefix
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wuli.base.clock import FOREVER

from .dated import Dated, DatedQuerySet, ends_after_it_begins

STEP = 4
"""Signs of a path that each level takes: the unit's running number in base 36, so up to 1.6 million units."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PAST_THE_LAST = "~"
"""Sorts after every sign of a path: everything under p lies in p <= path < p + "~"."""


class Line(models.TextChoices):
    OPERATIONS = "operations", _("生产经营线")
    PARTY = "party", _("党组织线")


class Kind(models.TextChoices):
    GROUP = "group", _("集团")
    SEGMENT = "segment", _("业务板块")
    ENTERPRISE = "enterprise", _("企业")
    WORKSHOP = "workshop", _("车间")
    TEAM = "team", _("班组")
    PARTY_GROUP = "party_group", _("党组")
    PARTY_COMMITTEE = "party_committee", _("党委")
    GENERAL_BRANCH = "general_branch", _("党总支")
    PARTY_BRANCH = "party_branch", _("党支部")


def step(number: int) -> str:
    """The part of a path that stands for the unit with this running number: 1 → "0001", 36 → "0010"."""
    signs = ""
    for _place in range(STEP):
        number, digit = divmod(number, len(DIGITS))
        signs = DIGITS[digit] + signs
    return signs


def under(path: str, field: str = "path") -> Q:
    """Rows at or below `path`, as a range that both databases answer from an index."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": path + PAST_THE_LAST})


def way_to(path: str) -> list[str]:
    """Paths from the root down to `path` itself."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of `paths` that lie under no other, in tree order."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def top_of(paths: Iterable[str]) -> str:
    """The lowest place that all `paths` lie under; empty where there is none, as for both lines together."""
    prefix = commonprefix(list(paths))
    return prefix[: len(prefix) // STEP * STEP]


class UnitQuerySet(models.QuerySet["Unit"]):
    def open(self, on: date) -> Self:
        return self.filter(opened_on__lte=on, closed_on__gt=on)

    def under(self, unit: "Unit") -> Self:
        """`unit` itself and everything below it today."""
        return self.filter(under(unit.path))


class Unit(models.Model):
    """A node of one of the two lines, as it is today; `Placement` holds what it was on any day."""

    class Privacy:
        plain = {
            "id", "code", "line", "kind", "name", "pinyin", "initials", "parent", "number", "path", "depth", "serves",
            "uscc", "region", "zone", "opened_on", "closed_on", "merged_into", "listed",
        }  # fmt: skip

    code = models.CharField(_("单位编码"), max_length=32, unique=True)
    line = models.CharField(_("条线"), max_length=10, choices=Line)
    kind = models.CharField(_("类型"), max_length=16, choices=Kind)
    name = models.CharField(_("名称"), max_length=80)
    pinyin = models.CharField(max_length=240, blank=True, editable=False)
    initials = models.CharField(max_length=80, blank=True, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("上级单位"))
    number = models.PositiveIntegerField(unique=True, editable=False)
    path = models.CharField(max_length=96, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)
    serves = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="party_bodies", verbose_name=_("对应行政单位")
    )
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, null=True, unique=True)  # noqa: DJ001
    region = models.ForeignKey("orgs.Region", models.PROTECT, null=True, related_name="+", verbose_name=_("所在地"))
    zone = models.CharField(_("时区"), max_length=40, default="Asia/Shanghai")
    opened_on = models.DateField(_("设立日期"))
    closed_on = models.DateField(_("关闭日期"), default=FOREVER)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("并入"))
    listed = models.BooleanField(_("上市公司"), default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("parent", "code", name="unit_children"),
            models.Index("kind", "path", name="unit_kind_path"),
            models.Index("serves", name="unit_serves"),
        ]
        constraints = [
            models.CheckConstraint(name="unit_closes_after_it_opens", condition=Q(closed_on__gte=F("opened_on"))),
            models.CheckConstraint(
                name="unit_serves_only_in_the_party_line", condition=Q(serves__isnull=True) | Q(line=Line.PARTY)
            ),
            models.CheckConstraint(
                name="unit_merged_means_closed", condition=Q(merged_into__isnull=True) | Q(closed_on__lt=FOREVER)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """What Django's own tells, which puts all kinds together each time."""
        return str(Kind(self.kind).label)

    @property
    def ancestor_paths(self) -> list[str]:
        """Paths from the root down to the unit itself."""
        return way_to(self.path)

    def is_under(self, other: "Unit") -> bool:
        return self.path.startswith(other.path)

    def is_open(self, on: date) -> bool:
        return self.opened_on <= on < self.closed_on


class PlacementQuerySet(DatedQuerySet["Placement"]):
    def under(self, path: str) -> Self:
        return self.filter(under(path))


class Placement(Dated):
    """Where a unit hung and what it was called, from one day until another."""

    class Privacy:
        plain = {"id", "unit", "parent", "name", "path", "from_date", "until_date"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    path = models.CharField(max_length=96)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("path", "from_date", "until_date", "unit", name="placement_tree")]
        constraints = [
            models.UniqueConstraint("unit", "from_date", name="placement_one_start_a_day"),
            ends_after_it_begins("placement_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.from_date}"


class PlannedChange(models.Model):
    """A change to the tree that takes effect on a later day; the tick carries it out."""

    class Verb(models.TextChoices):
        RENAME = "rename", _("更名")
        MOVE = "move", _("划转")
        MERGE = "merge", _("合并")
        CLOSE = "close", _("关闭")

    class Status(models.TextChoices):
        PLANNED = "planned", _("待生效")
        DONE = "done", _("已生效")
        REFUSED = "refused", _("未能生效")
        CANCELLED = "cancelled", _("已取消")

    class Privacy:
        personal = {"asked_by"}
        plain = {"id", "verb", "unit", "target", "name", "effective_on", "status", "asked_at", "settled_at", "outcome"}

    verb = models.CharField(_("变更"), max_length=8, choices=Verb)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="planned_changes")
    target = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    effective_on = models.DateField(_("生效日期"))
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.PLANNED)
    asked_by = models.ForeignKey("orgs.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index("status", "effective_on", name="plannedchange_due")]
        constraints = [
            models.CheckConstraint(
                name="plannedchange_settled_means_when",
                condition=Q(status="planned", settled_at__isnull=True)
                | (~Q(status="planned") & Q(settled_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.unit} {self.effective_on}"
