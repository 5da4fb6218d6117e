"""What the tree may look like, and what may be done to it from which day."""

from datetime import date

from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER

from ..models import Kind, Line, Placement, Unit

PARENT_KINDS: dict[Kind, frozenset[Kind]] = {
    Kind.GROUP: frozenset(),
    Kind.SEGMENT: frozenset({Kind.GROUP}),
    Kind.ENTERPRISE: frozenset({Kind.GROUP, Kind.SEGMENT, Kind.ENTERPRISE}),
    Kind.WORKSHOP: frozenset({Kind.ENTERPRISE, Kind.WORKSHOP}),
    Kind.TEAM: frozenset({Kind.GROUP, Kind.SEGMENT, Kind.ENTERPRISE, Kind.WORKSHOP}),
    Kind.PARTY_GROUP: frozenset(),
    Kind.PARTY_COMMITTEE: frozenset({Kind.PARTY_GROUP, Kind.PARTY_COMMITTEE}),
    Kind.GENERAL_BRANCH: frozenset({Kind.PARTY_GROUP, Kind.PARTY_COMMITTEE}),
    Kind.PARTY_BRANCH: frozenset({Kind.PARTY_GROUP, Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH}),
}
PARTY_KINDS = frozenset({Kind.PARTY_GROUP, Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH, Kind.PARTY_BRANCH})
DEEPEST = 24
"""Levels that a path has room for."""


def line_of(kind: str) -> Line:
    return Line.PARTY if kind in PARTY_KINDS else Line.OPERATIONS


def why_not_child(kind: str, parent: Unit | None) -> str | None:
    """Why a unit of `kind` cannot hang under `parent` (None: at the top)."""
    allowed = PARENT_KINDS[Kind(kind)]
    if parent is None:
        return None if not allowed else _("%(kind)s必须有上级单位") % {"kind": Kind(kind).label}
    if parent.kind not in allowed:
        return _("%(kind)s不能设在%(parent_kind)s“%(parent)s”之下") % {
            "kind": Kind(kind).label, "parent_kind": parent.get_kind_display(), "parent": parent.name}  # fmt: skip
    if parent.depth + 1 >= DEEPEST:
        return _("“%(parent)s”已在第 %(depth)d 层，不能再设下级") % {"parent": parent.name, "depth": parent.depth}
    return None


def why_not_serve(line: str, serves: Unit | None) -> str | None:
    """Why a unit of `line` cannot be the Party body of `serves` (None: of no unit)."""
    if serves and line != Line.PARTY:
        return _("只有党组织才有对应行政单位")
    if serves and serves.line != Line.OPERATIONS:
        return _("“%(unit)s”是党组织，不能作为对应行政单位") % {"unit": serves.name}
    return None


def why_not_move(unit: Unit, parent: Unit, *, on: date) -> str | None:
    if parent.is_under(unit):
        return _("不能把“%(unit)s”划到它自己或它的下级之下") % {"unit": unit.name}
    if unit.parent_id == parent.pk:
        return _("“%(unit)s”已经在“%(parent)s”之下") % {"unit": unit.name, "parent": parent.name}
    return why_not_open_on(unit, on) or why_not_open_from(parent, on) or why_not_child(unit.kind, parent)


def why_not_merge(unit: Unit, into: Unit, *, on: date) -> str | None:
    if into.pk == unit.pk or into.is_under(unit):
        return _("不能把“%(unit)s”并入它自己或它的下级") % {"unit": unit.name}
    if into.kind != unit.kind:
        return _("只能并入同类单位：“%(into)s”是%(kind)s") % {"into": into.name, "kind": into.get_kind_display()}
    return why_not_open_on(unit, on) or why_not_open_from(into, on)


def why_not_close(unit: Unit, *, on: date, open_children: int, people: int) -> str | None:
    if reason := why_not_open_on(unit, on):
        return reason
    if open_children:
        return _("“%(unit)s”还有 %(count)d 个下级单位，请先划转、合并或关闭它们") % {
            "unit": unit.name, "count": open_children}  # fmt: skip
    if people:
        return _("“%(unit)s”还有 %(count)d 名在册人员，请先为他们调整单位，或改用“合并”") % {
            "unit": unit.name, "count": people}  # fmt: skip
    return None


def why_not_open_on(unit: Unit, on: date) -> str | None:
    if unit.opened_on > on:
        return _("“%(unit)s”自 %(day)s 才设立") % {"unit": unit.name, "day": unit.opened_on}
    if unit.closed_on <= on:
        return _("“%(unit)s”已于 %(day)s 关闭") % {"unit": unit.name, "day": unit.closed_on}
    return None


def why_not_open_from(unit: Unit, on: date) -> str | None:
    """Why nothing can come to `unit` from that day: it is not open then, or has closed since."""
    return why_not_open_on(unit, max(on, unit.closed_on) if unit.closed_on < FOREVER else on)


def why_not_from(changed: Placement | None, *, on: date) -> str | None:
    """Why a change cannot take effect `on`: something it touches already changed later (`changed`)."""
    if changed and changed.from_date > on:
        return _("“%(unit)s”在 %(day)s 已有变更，生效日期不能早于这一天") % {
            "unit": changed.name, "day": changed.from_date}  # fmt: skip
    return None
