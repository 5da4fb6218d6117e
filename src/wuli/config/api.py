"""The JSON interface: who comes in, what surrounds every operation, and the apps' own parts."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as say

from wuli.kernel.cascade import api as cascade
from wuli.kernel.ledger import api as ledger
from wuli.kernel.metrics import api as metrics
from wuli.kernel.orgs import api as orgs
from wuli.kernel.orgs.access import NotAllowed, signed_in
from wuli.leadership.command import api as command
from wuli.leadership.grid import api as grid
from wuli.leadership.meetings import api as meetings
from wuli.leadership.reports import api as reports
from wuli.organisation.directives import api as directives
from wuli.organisation.mobilisation import api as mobilisation
from wuli.web.api.house import Api
from wuli.web.api.problems import on_denied
from wuli.web.api.reference import sections_of
from wuli.web.api.words import words as _

api = Api(
    title=_("五力接口"),
    version="1",
    description=_("单位、人员、职责的读写，与页面同一套权限和规则"),
    admit=orgs.admit,
    auth=[orgs.BearerToken(), orgs.BrowserSession()],
    throttle=[orgs.PerCaller()],
    urls_namespace="api",
)
api.add_decorator(orgs.once)
api.add_decorator(orgs.with_origin)
for app in (orgs, ledger, cascade, directives, metrics, command, meetings, grid, mobilisation, reports):
    api.add_router("", app.router)


@api.exception_handler(NotAllowed)
def on_not_allowed(request: HttpRequest, lacking: NotAllowed) -> HttpResponse:
    return on_denied(request, orgs.denied_for(lacking))


@api.get("/openapi.json", include_in_schema=False, url_name="openapi")
@signed_in
def openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(api.document(), content_type="application/json; charset=utf-8")


@signed_in
def api_docs(request: HttpRequest) -> HttpResponse:
    """The document as one of our pages: no script, nothing from another host."""
    sections = sections_of(json.loads(api.document()))
    return render(request, "api/reference.html", {"title": say("接口参考"), "sections": sections})
