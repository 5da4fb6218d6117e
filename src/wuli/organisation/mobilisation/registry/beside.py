"""What this app adds to the pages of units and people, for those who organise them and for themselves."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.models import Line, Person, Unit
from wuli.kernel.orgs.queries.scope import may, may_with
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.sections import Section

from ..queries import vanguards

FEW = 6


def of_unit(request: HttpRequest, unit: Unit, day: date) -> Section | None:
    """The vanguards of a Party body, or at a unit of operations, that the reader may know of."""
    user = actor(request)
    organises = may(user, Perm.PARTY_ORGANISE)
    if not organises and not (user.person and user.person.branch_id):
        return None
    found = list(vanguards.active_at(user, unit, day)[:FEW])
    opens = unit.line == Line.PARTY and may(user, Perm.PARTY_ORGANISE, unit)
    url = reverse("mobilisation:participation", query={"unit": unit.pk}) if opens else ""
    return Section("mobilisation/section.html", {"vanguards": found, "url": url}) if found or url else None


def of_person(request: HttpRequest, person: Person, day: date) -> Section | None:
    """Where someone serves; that tells that they are a member, so only to those who may know."""
    user = actor(request)
    if user.person_id != person.pk and not may_with(user, Perm.PARTY_ORGANISE, person):
        return None
    found = vanguards.served_by(person, day)
    return Section("mobilisation/section.html", {"vanguards": found}) if found else None
