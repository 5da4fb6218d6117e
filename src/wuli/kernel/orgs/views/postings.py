from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from ..access import actor, chosen_unit, needs, signed_in
from ..actions import postings as actions
from ..forms.postings import DelegateForm, EndForm, PostForm
from ..models import Posting
from ..models.posting import Duty
from ..queries import postings as queries
from ..queries.scope import grantable, may
from ..rules.duties import DUTIES, Perm


@needs(Perm.POSTING_VIEW)
def posting_list(request: HttpRequest) -> HttpResponse:
    duty, text = request.GET.get("duty", ""), request.GET.get("q", "").strip()
    found = queries.postings_for(actor(request), today(), within=chosen_unit(request), duty=duty, text=text)
    page = page_of(found, order=("unit__path", "pk"), cursor=request.GET.get("after", ""), size=50)
    context = {
        "page": page, "within": chosen_unit(request), "duty": duty, "q": text, "duties": Duty.choices,
        "may_grant": may(actor(request), Perm.POSTING_GRANT),
    }  # fmt: skip
    return page_or_part(request, "orgs/postings/list.html", "rows", context)


@needs(Perm.POSTING_GRANT)
def posting_new(request: HttpRequest) -> HttpResponse:
    initial = {name: request.GET[name] for name in ("unit", "duty", "person") if name in request.GET}
    form = PostForm(request.POST or None, user=actor(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["duty"] not in grantable(actor(request), said["unit"]):
            form.add_error("duty", _("您不能任命这项职责，请找安全管理员"))
        else:
            try:
                posting = actions.post(by=actor(request), at=now(), **said)
            except Refused as no:
                blame(form, no)
            else:
                messages.success(request, _("已任命%(person)s") % {"person": posting.person.name})
                return redirect("orgs:unit", posting.unit_id)
    return _form(request, form, None, _("任命职责"), _("任命"))


@needs(Perm.POSTING_GRANT)
def posting_end(request: HttpRequest, pk: int) -> HttpResponse:
    posting = queries.posting_for(actor(request), pk, Perm.POSTING_GRANT)
    if posting.duty not in grantable(actor(request), posting.unit):
        raise Http404
    form = EndForm(request.POST or None)

    def do() -> None:
        actions.end_posting(posting=posting, on=form.cleaned_data["on"], by=actor(request), at=now())

    return _change(request, posting, form, do, _("结束职责"), _("结束"))


@signed_in
def posting_delegate(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand one's own duty to someone else for some days."""
    posting = queries.own_posting(actor(request), pk)
    form = DelegateForm(request.POST or None, user=actor(request))

    def do() -> None:
        actions.delegate(posting=posting, by=actor(request), at=now(), **form.cleaned_data)

    return _change(request, posting, form, do, _("委托代理"), _("委托"))


@needs(Perm.POSTING_VIEW)
def duty_table(request: HttpRequest) -> HttpResponse:
    """What each duty may do: the table that the code itself reads."""
    rows = [(duty, DUTIES[duty], sorted(DUTIES[duty].perms)) for duty in Duty]
    return page_or_part(request, "orgs/postings/duties.html", "body", {"rows": rows, "perms": list(Perm)})


def _change(request: HttpRequest, posting: Posting, form: Any, do: Any, title: str, verb: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已保存"))
            return redirect("orgs:unit", posting.unit_id)
    return _form(request, form, posting, title, verb)


def _form(request: HttpRequest, form: Any, posting: Posting | None, title: str, verb: str) -> HttpResponse:
    context = {"form": form, "posting": posting, "title": title, "verb": verb}
    return page_or_part(request, "orgs/postings/form.html", "form", context, status=422 if form.is_bound else 200)
