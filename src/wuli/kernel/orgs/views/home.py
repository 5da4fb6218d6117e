from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wuli.base.clock import now, today
from wuli.web import day
from wuli.web.pages import page_or_part

from ..access import SCOPE_COOKIE, actor, needs, signed_in
from ..queries import people as folk
from ..queries import postings, search, units
from ..rules.duties import Perm


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """My day: what waits for me, then where I belong and who answers for me."""
    person = actor(request).person
    chain = units.lineage(person.unit, today()) if person else []
    context = {
        "tasks": day.tasks_of(request), "now": now(), "person": person, "chain": chain,
        "line": postings.answerable_above(chain, today()),
        "duties": postings.own_postings(person, today()) if person else {},
    }  # fmt: skip
    return page_or_part(request, "orgs/home.html", "body", context)


@needs(Perm.UNIT_VIEW)
def scope_pick(request: HttpRequest) -> HttpResponse:
    """Choose whose figures to look at."""
    text = request.GET.get("q", "").strip()
    found = search.search_units(actor(request), text, today(), limit=30) if text else []
    context = {"roots": units.roots_for(actor(request), today()), "found": found, "q": text, "back": _back(request)}
    return page_or_part(request, "orgs/scope.html", "found", context)


@needs(Perm.UNIT_VIEW)
@require_POST
def scope_set(request: HttpRequest, pk: int) -> HttpResponse:
    unit = units.unit_for(actor(request), pk)
    answer = HttpResponseRedirect(_back(request))
    answer.set_cookie(SCOPE_COOKIE, str(unit.pk), max_age=90 * 86400, httponly=True, samesite="Lax")
    return answer


@signed_in
def suggest(request: HttpRequest, source: str) -> HttpResponse:
    """Options for a field that names a unit or a person, as one types."""
    text = request.GET.get("q", "").strip()
    options: list[tuple[str, str]] = []
    if text and source == "units":
        options = [(unit.code, unit.name) for unit in search.search_units(actor(request), text, today())]
    elif text:
        options = [(person.number, person.name) for person in folk.search_people(actor(request), text, today())]
    return page_or_part(request, "orgs/suggest.html", "options", {"options": options})


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if safe else reverse("home")
