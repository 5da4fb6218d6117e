"""What is wrong with a line of a list of units in itself, and with the unit that it names."""

from collections.abc import Iterator
from datetime import date

from wuli.base.clock import FOREVER, is_zone
from wuli.base.codes import uscc_problem

from ...models import Kind
from .columns import FLAGS, kind_named
from .drafts import Draft, Tree
from .problems import RULE

type Found = tuple[str, str, object, object]
"""Column, code, value and other, as in `findings`."""


def problems_of(one: Draft, tree: Tree) -> Iterator[Found]:
    if one.is_outside:
        yield "code", "taken", one.code, ""
        return
    yield from _about_kind(one)
    yield from _about_codes(one, tree)
    yield from _about_days(one, tree)


def _about_kind(one: Draft) -> Iterator[Found]:
    said = one.said["kind"] or ""
    named = kind_named(said)
    if said and named is None:
        yield "kind", "unknown_kind", said, ""
    elif one.unit is None and named is None:
        yield "kind", "no_kind", "", ""
    elif one.unit and named and named != one.unit.kind:
        yield "kind", "other_kind", said, Kind(one.unit.kind).label


def _about_codes(one: Draft, tree: Tree) -> Iterator[Found]:
    uscc, region, zone, listed = (one.said[key] or "" for key in ("uscc", "region", "zone", "listed"))
    if uscc and one.now["uscc"] != one.was.get("uscc") and (problem := uscc_problem(uscc)):
        yield "uscc", RULE, uscc, problem
    if region and region not in tree.regions:
        yield "region", "unknown_region", region, ""
    if zone and not is_zone(zone):
        yield "zone", "unknown_zone", zone, ""
    if listed.lower() not in FLAGS:
        yield "listed", "bad_flag", listed, ""


def _about_days(one: Draft, tree: Tree) -> Iterator[Found]:
    opened, closed = one.now["opened_on"], one.now["closed_on"]
    if one.unit is None:
        yield from _about_new_days(opened, closed, tree.on)
        return
    said = one.said["opened_on"]
    if said not in (None, FOREVER, one.unit.opened_on):
        yield "opened_on", "opened_already", said, one.unit.opened_on
    if one.unit.closed_on < FOREVER:
        if one.outcome != "unchanged":
            yield "code", "closed", one.unit.name, one.unit.closed_on
    elif one.closes:
        yield from _about_closing_day(opened, closed, tree.on)


def _about_new_days(opened: date, closed: date, on: date) -> Iterator[Found]:
    if opened > on:
        yield "opened_on", "opens_too_late", opened, on
    if closed <= opened:
        yield "closed_on", "opened_after_closed", closed, opened
    elif closed < FOREVER:
        yield "closed_on", "new_and_closed", closed, ""


def _about_closing_day(opened: date, closed: date, on: date) -> Iterator[Found]:
    if closed <= opened:
        yield "closed_on", "opened_after_closed", closed, opened
    elif closed > on:
        yield "closed_on", "closes_too_late", closed, on
