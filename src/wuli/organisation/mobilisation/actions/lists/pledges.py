"""Commitments from a list on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import FileImport, Person, Unit
from wuli.kernel.orgs.queries.people import person_of
from wuli.kernel.orgs.rules.layouts import Way
from wuli.kernel.orgs.rules.sheets.findings import Flaws, frame_of
from wuli.kernel.orgs.rules.sheets.layout import UNCHANGED
from wuli.kernel.orgs.rules.sheets.legible import read
from wuli.kernel.orgs.rules.sheets.plan import Plan

from ...models import Campaign, Commitment, Wording
from ...queries.lists import members_then, people_called
from ...rules.lists.pledges import PLEDGES, RECORDED, WAYS

AT_ONCE = 500
KEPT = {
    "row": pl.Int64, "outcome": pl.String, "number": pl.String, "name": pl.String, "person_id": pl.Int64,
    "branch_id": pl.Int64, "branch": pl.String, "signed_on": pl.Date, "way": pl.String, "own_words": pl.String,
}  # fmt: skip
"""What of a checked line is needed to show it and to write it."""


@dataclass
class Facts:
    """What the lines are compared with."""

    campaign: Campaign
    asks_again: Wording | None
    people: dict[str, Person]
    members: dict[date, dict[int, int]]
    branches: dict[int, str]
    held: dict[int, list[Commitment]]
    today: date


def plan(one: FileImport, cells: pl.DataFrame) -> Plan:
    """Raises Refused where the campaign or the sender cannot record anything."""
    person_of(one.by)
    campaign = Campaign.objects.select_related("body").filter(pk=one.said.get("campaign")).first()
    body = _lower(campaign.body, one.unit) if campaign else None
    if campaign is None or body is None:
        raise Refused(_("这项承诺不面向“%(unit)s”") % {"unit": one.unit.name})
    rows, legible = read(cells, PLEDGES)
    for row in rows:
        row["signed_on"] = row["signed_on"] or one.effective_on
    facts = _facts(campaign, body, rows, business_date(one.touched_at, body.zone))
    seen: dict[str, int] = {}
    flaws: Flaws = []
    kept = [_checked(row, facts, seen, flaws) for row in rows]
    return Plan.of(PLEDGES, one.effective_on, pl.DataFrame(kept, schema=KEPT), pl.concat([legible, frame_of(flaws)]))


def _lower(first: Unit, second: Unit) -> Unit | None:
    """The lower of two bodies one of which is below the other."""
    if first.is_under(second):
        return first
    return second if second.is_under(first) else None


def _facts(campaign: Campaign, body: Unit, rows: list[dict[str, Any]], today: date) -> Facts:
    people = people_called({row["number"] for row in rows if row["number"]})
    among = {person.pk for person in people.values()}
    members = members_then(body, {row["signed_on"] for row in rows}, among)
    branches = {branch for by_person in members.values() for branch in by_person.values()}
    held: dict[int, list[Commitment]] = {}
    for some in batched(sorted(among), AT_ONCE, strict=False):
        for commitment in Commitment.objects.filter(campaign=campaign, person__in=some).order_by("pk"):
            held.setdefault(commitment.person_id, []).append(commitment)
    return Facts(
        campaign, campaign.wordings.filter(asks_again=True).order_by("-number").first(), people, members,
        {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=branches)}, held, today,
    )  # fmt: skip


def _checked(row: dict[str, Any], facts: Facts, seen: dict[str, int], flaws: Flaws) -> dict[str, Any]:
    person = facts.people.get(row["number"] or "")
    branch = facts.members[row["signed_on"]].get(person.pk) if person else None
    way = WAYS.get((row["way"] or "").lower())
    held = facts.held.get(person.pk, []) if person else []
    if row["number"]:
        flaws += [(row["row"], *flaw) for flaw in _wrong(row, person, branch, held, facts, seen)]
        seen.setdefault(row["number"], row["row"])
    stands = any(one.until_date == FOREVER for one in held)
    return {
        "row": row["row"], "outcome": UNCHANGED if stands else RECORDED, "number": row["number"] or "",
        "name": row["name"] or "", "person_id": person.pk if person else None, "branch_id": branch,
        "branch": facts.branches.get(branch or 0, ""), "signed_on": row["signed_on"], "way": way or "",
        "own_words": row["own_words"] or "",
    }  # fmt: skip


def _wrong(
    row: Mapping[str, Any],
    person: Person | None,
    branch: int | None,
    held: list[Commitment],
    facts: Facts,
    seen: Mapping[str, int],
) -> Iterator[tuple[str, str, object, object]]:
    """Column, code, value, what else; whoever was no member there that day is not told apart from nobody."""
    number, day = row["number"], row["signed_on"]
    if number in seen:
        yield "number", "twice", number, seen[number]
    if (row["way"] or "").lower() not in WAYS:
        yield "way", "bad_way", row["way"], ""
    if day > facts.today:
        yield "signed_on", "ahead", day, ""
    elif not facts.campaign.is_going(day):
        yield "signed_on", "not_going", day, ""
    elif person is None or branch is None:
        yield "number", "unknown_member", number, ""
    elif row["name"] and row["name"].replace(" ", "") != person.name.replace(" ", ""):
        yield "name", "other_name", row["name"], ""
    elif not any(one.until_date == FOREVER for one in held):
        yield from _outdated(day, held, facts)


def _outdated(day: date, held: list[Commitment], facts: Facts) -> Iterator[tuple[str, str, object, object]]:
    """Signed before all were asked again, or before it was taken back."""
    reworded = business_date(facts.asks_again.at, facts.campaign.body.zone) if facts.asks_again else day
    ended = max((one.until_date for one in held if one.until_date > day or one.from_date == day), default=None)
    if day < reworded:
        yield "signed_on", "reworded", day, reworded
    elif ended:
        yield "signed_on", "taken_back", day, ended


def write(one: FileImport, plan: Plan, at: datetime) -> None:
    """One commitment and one event a line, and one event for the whole."""
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("body").get(pk=one.said["campaign"])
    wordings, by = list(campaign.wordings.order_by("number")), person_of(one.by)
    worded = {day: _worded(wordings, day, campaign) for day in plan.effective["signed_on"].unique()}
    rows = list(plan.effective.sort("row").iter_rows(named=True))
    made = Commitment.objects.bulk_create(
        (
            Commitment(
                campaign=campaign, person=Person(pk=row["person_id"], name=row["name"]), own_words=row["own_words"],
                wording=worded[row["signed_on"]], way=row["way"], by=by, at=at, from_date=row["signed_on"],
            ) for row in rows
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip
    told = (
        journal.Entry(
            "commitment.recorded", commitment, Unit(pk=row["branch_id"]),
            {"campaign": [None, campaign.title], "way": [None, row["way"]], "from": [None, str(row["signed_on"])]},
        ) for row, commitment in zip(rows, made, strict=True)
    )  # fmt: skip
    journal.record_all(told, by=one.by, at=at)
    changes = {"rows": [None, len(plan.rows)], "people": [None, len(made)], "file": [None, one.file_name]}
    journal.record("commitment.imported", subject=campaign, unit=one.unit, changes=changes, by=one.by, at=at)


def _worded(wordings: list[Wording], day: date, campaign: Campaign) -> Wording:
    """As it read at the end of that day."""
    read_then = [one for one in wordings if business_date(one.at, campaign.body.zone) <= day]
    return read_then[-1] if read_then else wordings[0]


WAY = Way(plan, write)
