from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of
from wuli.web.sections import sections_of

from ..access import actor, chosen_unit, needs, signed_in
from ..actions import people as actions
from ..forms.people import AmendPersonForm, JoinForm, LeaveForm, PlaceForm, UnmaskForm
from ..models import Person
from ..queries import people as queries
from ..queries import postings, units
from ..queries.scope import may, may_with
from ..rules.duties import Perm


@needs(Perm.PERSON_VIEW)
def roster(request: HttpRequest) -> HttpResponse:
    """Everyone on the roll under the chosen unit, in tree order."""
    within, text = _within(request), request.GET.get("q", "").strip()
    found = queries.roster_for(actor(request), today(), within=within, text=text)
    page = page_of(found, order=queries.ORDER, cursor=request.GET.get("after", ""), size=50)
    context = {
        "page": page, "within": within, "q": text, "chain": units.lineage(within, today()) if within else [],
        "may_join": may(actor(request), Perm.PERSON_CHANGE), "may_import": may(actor(request), Perm.ROSTER_IMPORT),
        "may_export": may(actor(request), Perm.ROSTER_EXPORT),
    }  # fmt: skip
    return page_or_part(request, "orgs/people/roster.html", "rows", context)


@needs(Perm.PERSON_VIEW)
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = queries.person_for(actor(request), pk)
    actions.note_view(person=person, by=actor(request), at=now())
    return _card(request, person)


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """One's own record, unmasked: who keeps me, what I answer for."""
    person = actor(request).person
    if person is None:
        return page_or_part(request, "orgs/people/no_record.html", "body", {}, status=404)
    return _card(request, person, own=True)


@needs(Perm.PERSON_UNMASK)
@require_POST
def person_unmask(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one value, for a reason the person can read. Never stored in the page's address or in any cache."""
    person = queries.person_for(actor(request), pk, Perm.PERSON_UNMASK)
    form = UnmaskForm(request.POST)
    shown: dict[str, str] = {}
    if form.is_valid():
        field = form.cleaned_data["field"]
        try:
            shown[field] = actions.unmask(person=person, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field, str(no))
    return _card(request, person, form=form, shown=shown, status=422 if form.errors else 200)


@needs(Perm.PERSON_CHANGE)
def person_join(request: HttpRequest) -> HttpResponse:
    form = JoinForm(request.POST or None, user=actor(request), initial={"unit": chosen_unit(request)})
    if request.method == "POST" and form.is_valid():
        own = {name: form.cleaned_data[name] for name in ("number", "name", "phone", "identity", "on")}
        try:
            person = actions.join(place=form.place(), by=actor(request), at=now(), **own)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("%(person)s 已在册") % {"person": person.name})
            return redirect("orgs:person", person.pk)
    return _form(request, form, None, _("新增人员"), _("加入花名册"))


@needs(Perm.PERSON_CHANGE)
def person_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    person = queries.person_for(actor(request), pk, Perm.PERSON_CHANGE)
    form = PlaceForm(request.POST or None, user=actor(request), initial=PlaceForm.filled(person))

    def do() -> Person:
        return actions.transfer(
            person=person, place=form.place(), on=form.cleaned_data["on"], by=actor(request), at=now()
        )  # fmt: skip

    return _change(request, person, form, do, _("调动%(person)s"), _("调动"))


@needs(Perm.PERSON_CHANGE)
def person_amend(request: HttpRequest, pk: int) -> HttpResponse:
    person = queries.person_for(actor(request), pk, Perm.PERSON_CHANGE)
    form = AmendPersonForm(request.POST or None, initial={"name": person.name})

    def do() -> Person:
        return actions.amend(person=person, by=actor(request), at=now(), **form.changes())

    return _change(request, person, form, do, _("更正%(person)s的资料"), _("保存"))


@needs(Perm.PERSON_CHANGE)
def person_leave(request: HttpRequest, pk: int) -> HttpResponse:
    person = queries.person_for(actor(request), pk, Perm.PERSON_CHANGE)
    form = LeaveForm(request.POST or None, initial={"on": today()})

    def do() -> Person:
        return actions.leave(person=person, on=form.cleaned_data["on"], by=actor(request), at=now())

    return _change(request, person, form, do, _("%(person)s离册"), _("离册"))


def _change(request: HttpRequest, person: Person, form: Any, do: Any, title: str, verb: str) -> HttpResponse:
    """One form, one action on a person, and back to the person's page."""
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已保存%(person)s的变动") % {"person": person.name})
            return redirect("orgs:person", person.pk)
    return _form(request, form, person, title % {"person": person.name}, verb)


def _card(
    request: HttpRequest, person: Person, *, own: bool = False, form: Any = None, shown: Any = None, status: int = 200
) -> HttpResponse:
    chain = units.lineage(person.unit, today())
    user = actor(request)
    context = {
        "person": person, "own": own, "chain": chain, "sections": sections_of("person", request, person, today()),
        "duties": postings.own_postings(person, today()), "history": queries.history_of(person),
        "form": form or UnmaskForm(), "shown": shown or {}, "today": today(),
        "may_change": may_with(user, Perm.PERSON_CHANGE, person),
        "may_unmask": own or may_with(user, Perm.PERSON_UNMASK, person),
    }  # fmt: skip
    return page_or_part(request, "orgs/people/detail.html", "body", context, status=status)


def _within(request: HttpRequest) -> Any:
    asked = request.GET.get("unit", "")
    return units.unit_for(actor(request), int(asked)) if asked.isdecimal() else chosen_unit(request)


def _form(request: HttpRequest, form: Any, person: Person | None, title: str, verb: str) -> HttpResponse:
    context = {"form": form, "person": person, "title": title, "verb": verb}
    return page_or_part(request, "orgs/people/form.html", "form", context, status=422 if form.is_bound else 200)
