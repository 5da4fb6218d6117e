from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from . import search as finding
from .gallery import sample
from .pages import page_or_part, wants_part
from .switches import THEME_COOKIE, THEMES

YEAR = 365 * 86400
AS_ONE_TYPES = 5
ON_THE_PAGE = 30


def search(request: HttpRequest) -> HttpResponse:
    """The whole page of hits, or the list under the box as one types."""
    text = request.GET.get("q", "").strip()[: finding.LONGEST]
    found = finding.find(request, text, AS_ONE_TYPES if wants_part(request) else ON_THE_PAGE)
    return page_or_part(request, "search.html", "hits", {"q": text, "found": found})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark, or to follow the system, in this browser only."""
    chosen = request.POST.get("theme", "")
    answer = HttpResponseRedirect(_back(request))
    answer.set_cookie(THEME_COOKIE, chosen if chosen in THEMES else "auto", max_age=YEAR, samesite="Lax", httponly=True)
    return answer


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    return set_language(request)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who build pages; not on a site in use."""
    if not settings.DEBUG:
        raise Http404
    return page_or_part(request, "gallery.html", "rows", sample(request))


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else "/"


search.needs = "signed_in"  # type: ignore[attr-defined]
theme.needs = "open"  # type: ignore[attr-defined]
language.needs = "open"  # type: ignore[attr-defined]
gallery.needs = "debug"  # type: ignore[attr-defined]
