"""What came up and waits for the next level: what changed first, many accepted at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import page_or_part

from ..actions import reviewing as actions
from ..queries import review as queries
from ..queries import slots


@needs(Perm.REPLY_REVIEW)
def review_list(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = slots.round_for(actor(request), pk)
    found = queries.to_review(actor(request), round_)
    context = {"round": round_, "rows": found.rows, "more": found.more, "fields": found.fields}
    return page_or_part(request, "cascade/review.html", "rows", context)


@needs(Perm.REPLY_REVIEW)
@require_POST
def review_accept(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = slots.round_for(actor(request), pk)
    picked = [int(key) for key in request.POST.getlist("slot") if key.isdecimal()]
    within = slots.slots_for(actor(request), Perm.REPLY_REVIEW).filter(round=round_, pk__in=picked)
    try:
        done = actions.accept(slots=within, by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, ngettext("已通过 %(n)d 份", "已通过 %(n)d 份", len(done)) % {"n": len(done)})
    return redirect("cascade:review", pk)
