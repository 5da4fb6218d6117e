from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, signed_in
from wuli.kernel.orgs.models import Person
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..actions import reading
from ..actions import wishes as wishing
from ..forms import WishesForm
from ..queries import channels, mine
from ..rules import kinds

PLAIN = ("quiet_from", "quiet_until", "muted")


@signed_in
def notice_list(request: HttpRequest) -> HttpResponse:
    """What I was told, the unread first."""
    own = mine.notices_for(actor(request))
    page = page_of(own.select_related("unit"), order=mine.ORDER, cursor=request.GET.get("after", ""), size=50)
    rows = [(notice, kinds.label_of(notice.kind), kinds.is_urgent(notice.kind)) for notice in page.rows]
    return page_or_part(request, "notices/mine.html", "rows", {"page": page, "rows": rows})


@signed_in
@require_GET
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read and lead to its page. Following it twice, or ahead of time, harms nothing."""
    notice = mine.notice_for(actor(request), pk)
    reading.read(notice=notice, at=now())
    return redirect(notice.url or "notices:mine")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    person, at = actor(request).person, now()
    count = reading.read_all(person=person, at=at) if person else 0
    messages.success(request, ngettext("已读 %(n)d 条", "已读 %(n)d 条", count) % {"n": count})
    return redirect("notices:mine")


@signed_in
@require_GET
def bell(request: HttpRequest) -> HttpResponse:
    """The bell alone, asked for by pages in sight. Its number and words are its tag: unchanged, it is not sent.

    It is rendered without the request, whose context would ask for what the rest of the frame shows.
    """
    person = actor(request).person
    count = mine.unread_of(person, "").count if person else 0
    tag = f'"{count}-{get_language()}-{person.pk if person else 0}"'
    fresh = HttpResponse(
        render_to_string("components/bell.html", {"notices": _bell(count)})
    )  # without the frame's cost
    answer = get_conditional_response(request, etag=tag) or fresh
    answer["ETag"] = tag
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@signed_in
def settings(request: HttpRequest) -> HttpResponse:
    """How I want to be told things outside the pages."""
    person = actor(request).person
    if person is None:
        return redirect("home")
    form = WishesForm(request.POST if request.method == "POST" else None, initial=_wished(person))
    if request.method == "POST" and form.is_valid() and _wish(request, form):
        messages.success(request, _("通知设置已保存"))
        return redirect("notices:settings")
    context = {"form": form, "channels": channels.own_channels(actor(request)), "zone": person.unit.zone}
    return page_or_part(request, "notices/settings.html", "body", context, status=422 if form.is_bound else 200)


def _wish(request: HttpRequest, form: WishesForm) -> bool:
    try:
        wishing.wish(by=actor(request), at=now(), **form.cleaned_data)
    except Refused as no:
        form.add_error(None, str(no))
        return False
    return True


def _wished(person: Person) -> dict[str, object]:
    wishes = mine.wishes_of(person)
    return {name: getattr(wishes, name) for name in PLAIN}


def _bell(count: int) -> dict[str, object]:
    return {"url": reverse("notices:mine"), "poll": reverse("notices:bell"), "count": count}


bell.asked_by_itself = True  # type: ignore[attr-defined]
