"""The site's pages and some that go wrong."""

from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import path

from wuli.config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from wuli.config.urls import urlpatterns as pages

NAME, PHONE = "才让多杰", "13812344417"


def broken(request, name=""):
    secret = request.POST.get("identity") or request.GET.get("phone") or name
    raise ValueError(f"cannot read {secret} of {NAME}")


def refused_by_the_database(request):
    raise IntegrityError(f"duplicate key value\nDETAIL:  Key (name, phone)=({NAME}, {PHONE}) already exists.")


def plain(request):
    return HttpResponse("ok")


urlpatterns = [
    *pages,
    path("broken/", broken, name="broken"),
    path("broken/<str:name>/", broken, name="broken-for"),
    path("refused/", refused_by_the_database, name="refused"),
    path("plain/", plain, name="plain"),
]
