"""What this app adds to the house: the chain of responsibility on pages, cells inside, metrics, a rail entry."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from wuli.base import ticking
from wuli.kernel.journal.rules import verbs
from wuli.kernel.metrics.registry import add as add_metrics
from wuli.kernel.notices.rules import kinds
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.models import Line, Person, Unit
from wuli.kernel.orgs.queries import inner_cells
from wuli.kernel.orgs.queries.scope import may, reach
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import navigation, sections
from wuli.web.sections import Section

from ..actions import following, packs
from ..queries import cells, chain
from ..rules.chain import Answer
from ..rules.notices import KINDS
from ..rules.verbs import GROUPS
from .metrics import METRICS


def register() -> None:
    inner_cells.register("grid", cells.is_inside)
    add_metrics(*METRICS)
    sections.register("person", "grid.chain", _chain_of_person, order=10)
    sections.register("unit", "grid.chain", _chain_of_unit, order=10)
    kinds.register(*KINDS)
    ticking.register("grid.units", lambda at: following.follow_units(at=at))
    ticking.register("grid.left", lambda at: following.end_left(at=at))
    ticking.register("grid.packs", lambda at: packs.tidy(at=at))
    for group in GROUPS:
        verbs.register(group)
    navigation.register(
        navigation.Entry(
            "grid", lazy("网格"), "grid:grid", "layout-grid", "whom", order=35, visible=_sees_keepers, under=("grid:",)
        )
    )


def _sees_keepers(request: HttpRequest) -> bool:
    return may(actor(request), Perm.POSTING_VIEW)


def _chain_of_person(request: HttpRequest, person: Person, day: date) -> Section:
    answers = chain.of_person(person, day, seen_by=actor(request))
    return _section(request, person.unit, answers)


def _chain_of_unit(request: HttpRequest, unit: Unit, day: date) -> Section | None:
    if unit.line != Line.OPERATIONS:
        return None
    answers = chain.of_unit(unit, day, seen_by=actor(request))
    return _section(request, unit, answers) if answers else None


def _section(request: HttpRequest, unit: Unit, answers: list[Answer]) -> Section:
    user = actor(request)
    seen = reach(user, Perm.UNIT_VIEW)
    named = (link.unit for answer in answers for link in answer.links if link.unit)
    open_to = {one.pk for one in named if seen.covers(one.path)}
    url = reverse("grid:grid", query={"unit": unit.pk}) if may(user, Perm.POSTING_VIEW, unit) else ""
    return Section("grid/chain.html", {"answers": answers, "open": open_to, "url": url})
