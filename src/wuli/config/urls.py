from django.urls import include, path

from wuli.kernel.orgs.access import signed_in
from wuli.kernel.orgs.urls.accounts import entrance
from wuli.kernel.orgs.views.home import home
from wuli.web import views as web

from .api import api, api_docs
from .health import healthz

urlpatterns = [
    path("", home, name="home"),
    path("search/", signed_in(web.search), name="search"),
    path("api/v1/docs", api_docs, name="api_docs"),
    path("api/v1/", api.urls),
    path("account/", include(entrance)),
    path("healthz", healthz, name="healthz"),
    path("", include("wuli.web.urls")),
    path("", include("wuli.kernel.notices.urls")),
    path("", include("wuli.kernel.ledger.urls")),
    path("", include("wuli.kernel.cascade.urls")),
    path("", include("wuli.kernel.metrics.urls")),
    path("", include("wuli.leadership.command.urls")),
    path("", include("wuli.leadership.grid.urls")),
    path("", include("wuli.leadership.meetings.urls")),
    path("", include("wuli.leadership.reports.urls")),
    path("", include("wuli.organisation.directives.urls")),
    path("", include("wuli.organisation.mobilisation.urls")),
    path("", include("wuli.kernel.orgs.urls", namespace="orgs")),
]

handler400 = "wuli.web.errors.bad_request"
handler403 = "wuli.web.errors.forbidden"
handler404 = "wuli.web.errors.not_found"
handler429 = "wuli.web.errors.too_many"
handler500 = "wuli.web.errors.broken"
