"""Members' tasks: the list, one of them with how far everyone has come, a new one."""

from collections import Counter
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuli.base.clock import business_date, now, today
from wuli.kernel.ledger.models import Status
from wuli.kernel.ledger.rules.slips import Slip
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..actions import errands as actions
from ..actions.errands import NewErrand
from ..forms.errands import GiveForm
from ..queries import errands as queries
from ..queries import participation
from ..rules.errands import MOST_AT_ONCE
from .participation import number_of
from .steps import Step, take

ACTIVE = "errands"
CHOOSABLE = 100
"""Up to so many members stand by name in the form."""


@signed_in
def errand_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    page = page_of(queries.errands_for(user), order=queries.ORDER, cursor=request.GET.get("after", ""), size=30)
    standing = queries.standing(page.rows)
    rows = [{"errand": one, "all": sum(held.values()) - held[Status.WITHDRAWN], "done": held[Status.CLOSED],
             "mine": not may(user, Perm.PARTY_ORGANISE, one.body)}
            for one in page.rows for held in [standing.get(one.pk) or _nothing()]]  # fmt: skip
    context = {"page": page, "rows": rows, "may_give": may(user, Perm.PARTY_ORGANISE)}
    return page_or_part(request, "mobilisation/errands/list.html", "rows", context)


@signed_in
def errand_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = actor(request), now()
    errand = queries.errand_for(user, pk)
    found = queries.items_of(errand, user).annotate(number=F("owner__number"))
    page = page_of(found, order=("path", "number", "pk"), cursor=request.GET.get("after", ""), size=50)
    organises = may(user, Perm.PARTY_ORGANISE, errand.body)
    held = queries.standing([errand]).get(pk) or _nothing()
    context = {
        "errand": errand, "page": page, "organises": organises, "done": held[Status.CLOSED],
        "all": sum(held.values()) - held[Status.WITHDRAWN],
        "slips": [Slip(item, business_date(at, item.unit.zone)) for item in page.rows],
    }  # fmt: skip
    return page_or_part(request, "mobilisation/errands/detail.html", "body", context)


@needs(Perm.PARTY_ORGANISE)
def errand_new(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    body = participation.node_for(user, number_of(request, "unit"))
    if body is None:
        raise Http404
    members = list(queries.members_of(body, today())[: MOST_AT_ONCE + 1])
    form = GiveForm(request.POST or None, people=members if len(members) <= CHOOSABLE else [], initial={"to_all": True})

    def do(said: dict[str, Any]) -> tuple[str, str]:
        given = form.given()
        errand = actions.give(NewErrand(body=body, **given), key=said["key"], by=user, at=now())
        n = sum((queries.standing([errand]).get(errand.pk) or _nothing()).values())
        told = ngettext("已交给 %(n)d 名党员", "已交给 %(n)d 名党员", n) % {"n": n}
        return told, reverse("mobilisation:errand", args=[errand.pk])

    back = reverse("mobilisation:errands")
    note = _("%(body)s · 每名党员一件，由本人跟进、申请办结，支部第二人确认。") % {"body": body.name}
    step = Step(_("交办党员任务"), _("交办"), back, ACTIVE, ((_("党员任务"), back),), note)
    return take(request, step, form, do)


def _nothing() -> Counter[str]:
    return Counter()
