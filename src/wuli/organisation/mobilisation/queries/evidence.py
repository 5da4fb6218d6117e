"""The rows behind the numbers of mobilisation, of any day."""

from typing import Any

from django.db.models import F, QuerySet

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries.evidence import people, placing
from wuli.kernel.orgs.models import Assignment, Kind

from ..models import Vanguard
from ..models.activity import Sort
from . import campaigns, monthly, participation


def members(part: Part) -> QuerySet[Assignment]:
    return people.members(part).annotate(who=F("person_id"))


def asked(part: Part) -> QuerySet[Any]:
    return campaigns.asked(members(part), campaigns.going_at(part.path, part.on))


def committed(part: Part) -> QuerySet[Any]:
    return campaigns.committed(members(part), campaigns.going_at(part.path, part.on), part.on)


def tasked(part: Part) -> QuerySet[Any]:
    return participation.tasked(members(part), part.on)


def owing(part: Part) -> QuerySet[Any]:
    """The branches that must hold a theme day this month: those with members."""
    with_members = Assignment.objects.on(part.on).filter(branch__isnull=False).order_by().values("branch")
    found = placing.units(part, Kind.PARTY_BRANCH)
    asked_for = monthly.rhythm_on(Sort.THEME_DAY, part.on)
    return found.filter(unit__in=with_members) if asked_for else found.none()


def held(part: Part) -> QuerySet[Any]:
    return owing(part).filter(unit__in=monthly.enough(part.on))


def vanguards(part: Part) -> QuerySet[Any]:
    found = placing.placed(Vanguard.objects.all(), "body", part)
    return found.filter(pk__in=Vanguard.objects.active(part.on).values("pk"))
