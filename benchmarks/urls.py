from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


empty.needs = "open"  # type: ignore[attr-defined]
urlpatterns = [path("empty/", empty), path("", include("wuli.config.urls"))]
