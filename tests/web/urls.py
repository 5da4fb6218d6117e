"""The pages of this package, and a few doors that only tests need."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from wuli.web import files, views
from wuli.web.pages import wants_part


def home(request):
    return HttpResponse("home")


def forbidden(request):
    raise PermissionDenied("secret reason")


def bad(request):
    raise SuspiciousOperation("secret reason")


def broken(request):
    raise RuntimeError("secret reason")


WORK = """{% extends "base_card.html" %}
{% block content %}{% include "components/progress.html" %}{% endblock %}"""


def work(request, left):
    """Work that is done when it has been asked after `left` more times."""
    said = {"label": f"还有 {left} 步" if left else "完成", "done": 3 - left, "total": 3}
    said["url"] = f"/work/{left - 1}/" if left else ""
    pages = engines["django"]
    template = pages.get_template("components/progress.html") if wants_part(request) else pages.from_string(WORK)
    return HttpResponse(template.render(said, request))


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
    path("work/<int:left>/", work),
    path("enter/", home, name="account_login"),
    path("leave/", home, name="account_logout"),
    path("", include("wuli.web.urls")),
]
handler400 = "wuli.web.errors.bad_request"
handler403 = "wuli.web.errors.forbidden"
handler404 = "wuli.web.errors.not_found"
handler500 = "wuli.web.errors.broken"
