"""The designer: a draft with its sections, fields and checks, one edited at a time, beside what a reporter will see."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import business_date, now
from wuli.base.errors import Refused
from wuli.kernel.cascade.forms.reply import ReplyForm
from wuli.kernel.cascade.models import Slot
from wuli.kernel.cascade.rules.form import EMPTY, Spec, read, said
from wuli.kernel.cascade.rules.sources import known
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.models.unit import Kind
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import page_or_part

from ..actions import drafts as actions
from ..forms.design import PublishForm
from ..models import Draft
from ..queries import designs as queries
from ..rules import burden, editing
from ..rules.comparison import TYPES, check_words, compare, words_of
from ..rules.soundness import remarks, why_not_publish
from .steps import Editor, editor_for

TURNS = {"up": -1, "down": 1}


@needs(Perm.FORM_DESIGN)
def draft_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as it is, with one thing open for editing if the address says so."""
    draft = queries.draft_for(actor(request), pk)
    return _page(request, draft, editor_for(draft, request.GET.get("edit", ""), actor(request)))


@needs(Perm.FORM_DESIGN)
@require_POST
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed about the section, field or check that the address names."""
    user, draft = actor(request), queries.draft_for(actor(request), pk)
    editor = editor_for(draft, request.GET.get("edit", ""), user, request.POST)
    if editor is None:
        raise Http404
    if editor.form.is_valid():
        try:
            _carry_out(draft, editor, by=user)
        except Refused as no:
            field = no.field if no.field in editor.form.fields else None
            editor.form.add_error(field, str(no))
            draft = queries.draft_for(user, pk)
            if no.code == "changed":
                editor.form.data = editor.form.data.copy()
                editor.form.data["step"] = str(draft.step)
        else:
            return redirect(_address(request, draft))
    return _page(request, draft, editor, status=422)


@needs(Perm.FORM_DESIGN)
@require_POST
def draft_turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Something goes up, down or away: `do` is like "up field:present"."""
    user, draft = actor(request), queries.draft_for(actor(request), pk)
    turn, _space, place = request.POST.get("do", "").partition(" ")
    what, _colon, which = place.partition(":")
    step = request.POST.get("step", "")
    if turn not in {*TURNS, "remove"} or what not in ("section", "field", "check") or not step.isdecimal():
        raise Http404
    did = _("删除%(what)s") if turn == "remove" else _("移动%(what)s")

    def edit(spec: editing.Part) -> editing.Part:
        if turn == "remove":
            return editing.without(spec, what, which)
        return editing.moved(spec, what, which, TURNS[turn])

    try:
        actions.change(draft=draft, step=int(step), edit=edit, did=did % {"what": place}, by=user, at=now())
    except Refused as no:
        messages.error(request, str(no))
    return redirect(_address(request, draft))


@needs(Perm.FORM_DESIGN)
def draft_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Look once more at what changes, and say from when."""
    user, draft = actor(request), queries.draft_for(actor(request), pk)
    today = business_date(now(), draft.owner.zone)
    form = PublishForm(request.POST or None, draft=draft, today=today, initial={"step": draft.step})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.publish(draft=draft, from_date=said["from_date"], step=said["step"], by=user, at=now())
        except Refused as no:
            form.add_error("from_date" if no.field == "from_date" else None, str(no))
        else:
            words = {"form": made.name, "day": said["from_date"]}
            messages.success(request, _("“%(form)s”从 %(day)s 起启用") % words)
            return redirect("reports:form", made.pk)
    context = {
        "draft": draft, "form": form, "why_not": _why_not(draft), "changes": _changes(draft),
        "remarks": list(remarks(_spec(draft), known())),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page_or_part(request, "reports/drafts/publish.html", "form", context, status=status)


@needs(Perm.FORM_DESIGN)
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    draft = queries.draft_for(actor(request), pk)
    back = reverse("reports:form", args=[draft.form_id]) if draft.form_id else reverse("reports:forms")
    if request.method == "POST":
        actions.discard(draft=draft, by=actor(request), at=now())
        messages.success(request, _("草稿已放弃"))
        return redirect(back)
    context = {
        "title": _("放弃“%(draft)s”的草稿？") % {"draft": draft.name},
        "text": _("没有启用的改动会丢失；已启用的表单不受影响。"),
        "verb": _("放弃草稿"), "danger": True, "action": request.path,
        "cancel": reverse("reports:draft", args=[pk]),
    }  # fmt: skip
    return render(request, "confirm_page.html", context)


def _carry_out(draft: Draft, editor: Editor, *, by: Any) -> None:
    form = editor.form
    if editor.step is None:
        actions.describe(draft=draft, about=form.about(), by=by, at=now())
        return
    step = form.cleaned_data["step"]
    actions.change(draft=draft, step=step, edit=editor.step(form), did=editor.told(form), by=by, at=now())


def _page(request: HttpRequest, draft: Draft, editor: Editor | None, status: int = 200) -> HttpResponse:
    spec, kind = _spec(draft), _kind(request, draft)
    context = {
        "draft": draft, "editor": editor, "sections": list(_sections(draft, spec)), "kind": kind, "kinds": _kinds(spec),
        "checks": _checks(spec), "remarks": list(remarks(spec, known())), "preview": _preview(spec, kind),
        "asked": len(spec.asked_of(kind)), "types": TYPES,
        "minutes": burden.seconds_for(*burden.counted(spec.asked_of(kind), known())) / 60,
        "can_check": sum(one["type"] in ("integer", "decimal") for one in editing.fields_of(draft.spec).values()) > 1,
    }  # fmt: skip
    return page_or_part(request, "reports/drafts/draft.html", "body", context, status=status)


def _sections(draft: Draft, spec: Spec) -> Any:
    """What stands in the draft, in the reader's words, with what each field is."""
    for number, section in enumerate(draft.spec["sections"]):
        fields = [spec.by_key[one["key"]] for one in section["fields"] if one["key"] in spec.by_key]
        rows = [
            {
                "field": one, "type": TYPES[one.type], "kinds": words_of("kinds", one.kinds) if one.kinds else "",
                "register": known().get(one.source), "edit": f"field:{one.key}",
            }
            for one in fields
        ]  # fmt: skip
        yield {
            "number": number, "title": said(section, "title"), "rows": rows, "edit": f"section:{number}",
            "add": f"field+{number}",
        }  # fmt: skip


def _checks(spec: Spec) -> list[dict[str, Any]]:
    labels = {one.key: one.label for one in spec.fields}
    return [
        {"words": check_words(check, labels), "text": check.text, "number": number, "edit": f"check:{number}"}
        for number, check in enumerate(spec.checks)
    ]


def _preview(spec: Spec, kind: str) -> ReplyForm:
    """The page of a reporter at a unit of `kind`, as the cascade makes it."""
    return ReplyForm(slot=Slot(kind=kind), spec=spec, registers={}, fixed=False, auto_id="preview_%s")


def _kinds(spec: Spec) -> list[Kind]:
    named = {kind for one in spec.fields for kind in one.kinds}
    usual = {Kind.TEAM, Kind.WORKSHOP, Kind.ENTERPRISE, Kind.SEGMENT}
    return [kind for kind in Kind if kind in usual or kind in named]


def _kind(request: HttpRequest, draft: Draft) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in Kind.values else Kind.ENTERPRISE


def _address(request: HttpRequest, draft: Draft) -> str:
    kind = request.GET.get("kind", "")
    return reverse("reports:draft", args=[draft.pk], query={"kind": kind} if kind in Kind.values else None)


def _spec(draft: Draft) -> Spec:
    """What the draft asks; steps keep it readable, so that only a form of another age is not."""
    try:
        return read(draft.spec)
    except Refused:
        return EMPTY


def _why_not(draft: Draft) -> str | None:
    try:
        return why_not_publish(draft.spec)
    except Refused as no:
        return str(no)


def _changes(draft: Draft) -> Any:
    if draft.form is None:
        return None
    newest = draft.form.versions.order_by("-number")[0]
    return compare(read(newest.spec), _spec(draft))
