"""One's appointments in one's own calendar: the address of the feed, and the feed."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wuli.base.clock import business_date, now
from wuli.base.errors import Refused
from wuli.kernel.journal import origin
from wuli.web import agenda
from wuli.web.calendars import calendar_file
from wuli.web.errors import too_many
from wuli.web.pace import is_too_fast
from wuli.web.pages import page_or_part

from ..access import OPEN, actor, signed_in
from ..actions import feeds as actions
from ..queries import feeds as queries
from ..rules.tokens import digest_of

OFTEN, OFTEN_FROM_A_PLACE = 20, 600
"""Readings a minute of one address, and from one network address, behind which a whole office may sit."""
BACK, AHEAD = timedelta(days=31), timedelta(days=92)


@signed_in
@never_cache
def feed(request: HttpRequest) -> HttpResponse:
    """Make the address or make it anew; it is shown in the answer, once and nowhere else."""
    user, secret = actor(request), ""
    if request.method == "POST":
        _address, secret = actions.renew(user=user, at=now())
    path = reverse("orgs:feed_ics", args=[secret]) if secret else ""
    at = now()
    coming = [one for one in agenda.appointments_of(user, at, at + AHEAD) if one.status == "CONFIRMED"]
    context = {
        "address": queries.address_of(user), "feed": request.build_absolute_uri(path) if path else "",
        "coming": coming[:10], "count": len(coming),
    }  # fmt: skip
    return page_or_part(request, "orgs/feed.html", "body", context)


@signed_in
@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    try:
        actions.revoke(user=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("订阅地址已停用"))
    return redirect("orgs:feed")


@require_safe
def feed_ics(request: HttpRequest, secret: str) -> HttpResponse:
    """Everything the owner of the address has to attend. Unknown, taken back, account closed: the same 404."""
    if is_too_fast(f"feed:{digest_of(secret)}", OFTEN) or is_too_fast(f"feeds:{origin.current()}", OFTEN_FROM_A_PLACE):
        return too_many(request)
    at = now()
    address = queries.address_by_secret(secret, business_date(at))
    if address is None:
        raise Http404
    actions.note_use(address=address, at=at)
    answer = calendar_file(_("我的日程"), agenda.appointments_of(address.user, at - BACK, at + AHEAD))
    answer["X-Robots-Tag"] = "noindex"
    return answer


feed_ics.needs = OPEN  # type: ignore[attr-defined]
