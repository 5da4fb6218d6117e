"""Where a response is in force, or was on a past day."""

from django.http import Http404, HttpRequest, HttpResponse

from wuli.base.clock import business_date, today
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import day_asked, page_or_part
from wuli.web.paging import page_of

from ..queries import extents as queries
from ..queries import responses
from ..queries.responses import LED


@needs(Perm.RESPONSE_VIEW)
def extent(request: HttpRequest, pk: int) -> HttpResponse:
    """The subtrees and the units in force on a day, and every word on it that was ever said."""
    user = actor(request)
    response = responses.response_for(user, pk)
    if not responses.sees_inside(user, response):
        raise Http404
    began = business_date(response.activated_at, response.issuer.zone)
    day = queries.last_day(response, max(day_asked(request), began))
    places = queries.places_led(user, response, day, LED)
    context = {
        "active": "command", "response": response, "day": day, "began": began, "today": today(),
        "last": queries.last_day(response, today()), **queries.scope(response, day), "count": places.count(),
        "page": page_of(places, order=("path", "pk"), cursor=request.GET.get("after", ""), size=50),
        "words": [(word, queries.day_of(word, response)) for word in reversed(queries.words_of(response))],
    }  # fmt: skip
    return page_or_part(request, "command/extent.html", "body", context)
