"""The pages of this package, and a few doors that only tests need."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.urls import include, path

from wuli.web import files, views


def home(request):
    return HttpResponse("home")


def forbidden(request):
    raise PermissionDenied("secret reason")


def bad(request):
    raise SuspiciousOperation("secret reason")


def broken(request):
    raise RuntimeError("secret reason")


def export(request):
    return files.stream_csv("名单", ["a"], [["b"]])


urlpatterns = [
    path("", home, name="home"),
    path("things/", home, name="things"),
    path("things/<int:pk>/", home, name="thing"),
    path("other/", home, name="other"),
    path("search/", login_required(views.search), name="search"),
    path("forbidden/", forbidden),
    path("bad/", bad),
    path("broken/", broken),
    path("api/broken/", broken),
    path("enter/", home, name="account_login"),
    path("leave/", home, name="account_logout"),
    path("", include("wuli.web.urls")),
]
handler400 = "wuli.web.errors.bad_request"
handler403 = "wuli.web.errors.forbidden"
handler404 = "wuli.web.errors.not_found"
handler500 = "wuli.web.errors.broken"
