from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from wuli.kernel.orgs.access import actor, signed_in


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


empty.needs = "open"  # type: ignore[attr-defined]


@signed_in
def signed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(actor(request)))


urlpatterns = [path("empty/", empty), path("signed/", signed), path("", include("wuli.config.urls"))]
