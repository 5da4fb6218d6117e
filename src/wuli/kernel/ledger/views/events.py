from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.journal import tasks
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import stream_csv, stream_xlsx
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..actions import events as actions
from ..forms.events import EventsForm
from ..queries import chain, events, looks
from ..queries.events import Asked
from ..rules import files

KINDS = {"csv": stream_csv, "xlsx": stream_xlsx}


@needs(Perm.EVENT_VIEW)
def event_list(request: HttpRequest) -> HttpResponse:
    """What happened, newest first, under the sentence that says whether it can be trusted."""
    form = EventsForm(request.GET, user=actor(request))
    asked = form.asked() if form.is_valid() else Asked()
    found = events.events_for(actor(request), asked)
    page = page_of(found, order=events.ORDER, cursor=request.GET.get("after", ""), size=50)
    context = {
        "form": form, "asked": asked, "page": page, "lines": events.lines(page.rows), "chain": chain.judged(now()),
        "sees_all": events.sees_all(actor(request)),
    }  # fmt: skip
    return page_or_part(request, "ledger/events.html", "rows", context, status=200 if form.is_valid() else 422)


@needs(Perm.EVENT_VIEW)
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event in full: before and after, and whether its link holds."""
    event = events.event_for(actor(request), pk)
    (line,) = events.lines([event])
    return page_or_part(request, "ledger/event.html", "body", {"line": line, "link": chain.link_of(event)})


@needs(Perm.EVENT_VIEW)
def event_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The events of the list in a file that says who took it and when; taking it is an event."""
    user, at = actor(request), now()
    form = EventsForm(request.GET, user=user)
    if kind not in KINDS or not form.is_valid():
        raise Http404
    asked = form.asked()
    found = events.events_for(user, asked)
    try:
        actions.note_export(asked=asked, rows=found.count(), kind=kind, by=user, at=at)
    except Refused as no:
        messages.error(request, str(no))
        return redirect(reverse("ledger:events", query=request.GET))
    rows = (files.row(line) for line in events.all_lines(found))
    note = files.note(str(user), user.username, events.words_of(asked), at)
    return KINDS[kind](_("审计日志"), files.HEADER, rows, note)


@needs(Perm.EVENT_VIEW)
@require_POST
def chain_check(request: HttpRequest) -> HttpResponse:
    """Have the worker check the whole chain now."""
    if not events.sees_all(actor(request)):
        raise Http404
    try:
        actions.ask_for_check(by=actor(request), at=now())
    except Refused as no:
        messages.warning(request, str(no))
    else:
        tasks.check_chain.enqueue()
        messages.success(request, _("已开始核验，完成后刷新本页可见结果"))
    return redirect("ledger:events")


@signed_in
def look_list(request: HttpRequest) -> HttpResponse:
    """Who looked at my record."""
    person = actor(request).person
    if person is None:
        raise Http404
    page = page_of(looks.looks_at(person), order=events.ORDER, cursor=request.GET.get("after", ""), size=50)
    return page_or_part(request, "ledger/looks.html", "rows", {"page": page, "looks": looks.looks(page.rows)})
