"""Campaigns that concern someone, who has signed, who has not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import FETCH_RAISE, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.base.clock import FOREVER
from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Person, Placement, Unit, User
from wuli.kernel.orgs.models.unit import under, way_to
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Campaign, Commitment, Wording
from .roll import any_under, members

ORDER = ("-from_date", "-pk")


def campaigns_for(user: User) -> QuerySet[Campaign]:
    """Campaigns of bodies that `user` organises, and of those above; a member's: those that ask their branch."""
    roots = [root for root, _line in reach(user, Perm.PARTY_ORGANISE).roots]
    asked = {step for root in roots for step in way_to(root)}
    if user.person and user.person.branch:
        asked |= set(way_to(user.person.branch.path))
    inside = any_under(roots, "body__path") | Q(body__path__in=asked)
    return Campaign.objects.filter(inside).select_related("body", "issued_by").fetch_mode(FETCH_RAISE)


def campaign_for(user: User, pk: int) -> Campaign:
    return get_object_or_404(campaigns_for(user), pk=pk)


def wording_of(campaign: Campaign) -> Wording:
    """As it reads now."""
    found: Wording = campaign.wordings.select_related("by").order_by("-number")[0]
    return found


def wordings_of(campaign: Campaign) -> list[Wording]:
    return list(campaign.wordings.select_related("by").order_by("-number"))


def standing(campaign: Campaign, person: Person) -> Commitment | None:
    """What `person` stands by now."""
    held = Commitment.objects.filter(campaign=campaign, person=person, until_date=FOREVER)
    return held.select_related("wording", "by").first()


def history_of(campaign: Campaign, person: Person) -> list[Commitment]:
    """Everything that `person` signed and took back in this campaign, the newest first."""
    return list(
        Commitment.objects.filter(campaign=campaign, person=person)
        .select_related("wording", "by", "ended_by").order_by("-at", "-pk")
    )  # fmt: skip


def unsigned_of(person: Person, on: date) -> list[Campaign]:
    """What `person` is asked to commit to today and has not: in one query."""
    steps = tuple(way_to(person.branch.path)) if person.branch else ()
    return _unsigned_of(person=person.pk, steps=steps, on=on)


def signed(rows: QuerySet[Any], campaign: Campaign, on: date) -> QuerySet[Any]:
    """Those of the members who stood by `campaign` that day."""
    return rows.filter(_stands(campaign, on))


def unsigned(rows: QuerySet[Any], campaign: Campaign, on: date) -> QuerySet[Any]:
    return rows.filter(~_stands(campaign, on))


def names(campaign: Campaign, branch: Unit, on: date, *, show: str) -> QuerySet[Person]:
    """Today's members of a branch: all, those who signed, those who have not; to be paged by number."""
    rows = members(branch.path, on)
    chosen = {"signed": signed, "missing": unsigned}.get(show)
    return (chosen(rows, campaign, on) if chosen else rows).select_related("unit").fetch_mode(FETCH_RAISE)


def commitments_of(campaign: Campaign, people: Sequence[Person]) -> dict[int, Commitment]:
    """What these people stand by now, by their key."""
    held = Commitment.objects.filter(campaign=campaign, person__in=people, until_date=FOREVER)
    return {one.person_id: one for one in held.select_related("by", "wording").order_by("pk")}


def going_at(path: str, on: date) -> list[tuple[Campaign, str]]:
    """The campaigns of that day that ask anyone at or below `path`, each with where its body then hung."""
    placed = Placement.objects.on(on).filter(under(path) | Q(path__in=way_to(path)))
    where = dict(placed.filter(unit__campaigns__from_date__lte=on, unit__campaigns__until_date__gt=on)
                 .values_list("unit_id", "path"))  # fmt: skip
    found = Campaign.objects.going(on).filter(body__in=where).order_by("pk")
    return [(one, where[one.body_id]) for one in found]


def asked(rows: QuerySet[Any], going: Sequence[tuple[Campaign, str]]) -> QuerySet[Any]:
    """Those of the members whom at least one of these campaigns asks."""
    return rows.filter(any_under((path for _campaign, path in going), "place"))


def committed(rows: QuerySet[Any], going: Sequence[tuple[Campaign, str]], on: date) -> QuerySet[Any]:
    """Those of the members who are asked and stand by every campaign that asks them."""
    found = asked(rows, going)
    for campaign, path in going:
        found = found.filter(~under(path, "place") | _stands(campaign, on))
    return found


def _stands(campaign: Campaign, on: date) -> Exists:
    return Exists(Commitment.objects.on(on).filter(campaign=campaign, person=OuterRef("who")))


@Prepared
def _unsigned_of(person: int, steps: tuple[str, ...], on: date) -> QuerySet[Campaign]:
    mine = Commitment.objects.filter(campaign=OuterRef("pk"), person=person, until_date=FOREVER)
    asked = Campaign.objects.going(on).filter(~Exists(mine), body__path__in=steps)
    return asked.select_related("body").order_by("from_date", "pk")
