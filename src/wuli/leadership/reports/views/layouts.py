"""Templates of other authorities: the list, one with its mapping, preview and download."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.cascade.models import Form
from wuli.kernel.cascade.rules.form import Spec
from wuli.kernel.orgs.access import actor, chosen_unit, needs
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import XLSX
from wuli.web.pages import blame, page_or_part

from ..actions import layouts as actions
from ..forms.layouts import FileForm, FillForm, LayoutForm, MapForm
from ..models import Layout
from ..queries import layouts as queries
from ..queries.burdens import spec_on
from ..queries.layouts import Part
from ..rules import workbook
from ..rules.layouts import FIELD, gone


@needs(Perm.CALL_VIEW)
def layout_list(request: HttpRequest) -> HttpResponse:
    context = {
        "layouts": list(queries.layouts_for(actor(request))), "may_design": may(actor(request), Perm.FORM_DESIGN)
    }  # fmt: skip
    return page_or_part(request, "reports/layouts/list.html", "rows", context)


@needs(Perm.FORM_DESIGN)
def layout_new(request: HttpRequest) -> HttpResponse:
    """Take in another authority's template."""
    user = actor(request)
    known = Form.objects.filter(ends_on__gt=today()).order_by("name", "pk")
    form = LayoutForm(
        *_sent(request), user=user, known=known, initial={"owner": _own(request, user)}
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "authority", "owner")}
        try:
            layout = actions.make(form=form.cleaned_data["of"], template=form.template(), by=user, at=now(), **said)
        except Refused as no:
            blame(form, no)
        else:
            return redirect("reports:layout_map", layout.pk)
    return _form(request, {"form": form, "title": _("新建外报模板"), "verb": _("上传，下一步对应字段")})


@needs(Perm.CALL_VIEW)
def layout_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a round and a unit; see what comes where, before taking the file."""
    user = actor(request)
    layout = queries.layout_for(user, pk)
    asked = request.GET if "round" in request.GET else None
    rounds = list(queries.rounds_of(layout))
    form = FillForm(asked, user=user, rounds=rounds, initial={"unit": chosen_unit(request), "as_of": "frozen"})
    context = {
        "layout": layout, "form": form, "has_rounds": bool(rounds), "loses": workbook.loses(bytes(layout.file)),
        "may_design": may(user, Perm.FORM_DESIGN, layout.owner), "gone": gone(_all(layout), _spec(layout)),
        "filled": _filled(layout, form, user) if asked and form.is_valid() else None,
    }  # fmt: skip
    return page_or_part(
        request, "reports/layouts/detail.html", "body", context, status=422 if asked and form.errors else 200
    )  # fmt: skip


@needs(Perm.CALL_VIEW)
def layout_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The filled template; taking it is an event."""
    user = actor(request)
    layout = queries.layout_for(user, pk)
    form = FillForm(request.GET, user=user, rounds=queries.rounds_of(layout))
    back = reverse("reports:layout", args=[pk], query=request.GET)
    if not form.is_valid():
        return redirect(back)
    part = _part(form)
    try:
        content = actions.export(layout=layout, part=part, by=user, at=now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect(back)
    return _file(content, f"{layout.name} {part.unit.name} {part.round.on}.xlsx")


@needs(Perm.FORM_DESIGN)
def layout_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which figure goes into which cell, beside the template as it stands."""
    user = actor(request)
    layout = queries.layout_for(user, pk, Perm.FORM_DESIGN)
    book = workbook.open_template(bytes(layout.file))
    form = MapForm(request.POST or None, layout=layout, sheets=book.sheetnames, spec=_spec(layout))
    if form.is_bound and form.is_valid():
        try:
            actions.map_fields(layout=layout, mapping=form.mapping(), by=user, at=now())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已保存"))
            return redirect("reports:layout_map" if "more" in request.POST else "reports:layout", layout.pk)
    letters, rows = workbook.grid(workbook.sheet_of(book, layout.sheet))
    context = {"layout": layout, "form": form, "letters": letters, "rows": rows, "places": layout.cells}
    status = 422 if form.is_bound else 200
    return page_or_part(request, "reports/layouts/map.html", "form", context, status=status)


@needs(Perm.FORM_DESIGN)
def layout_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A new edition of the template, with the mapping there is."""
    layout = queries.layout_for(actor(request), pk, Perm.FORM_DESIGN)
    form = FileForm(*_sent(request))
    if form.is_bound and form.is_valid():
        try:
            actions.replace_file(layout=layout, template=form.template(), by=actor(request), at=now())
        except Refused as no:
            form.add_error("file", str(no))
        else:
            messages.success(request, _("模板已更换，对应关系不变"))
            return redirect("reports:layout_map", layout.pk)
    return _form(request, {"form": form, "layout": layout, "title": _("更换模板文件"), "verb": _("更换")})


@needs(Perm.CALL_VIEW)
def layout_original(request: HttpRequest, pk: int) -> HttpResponse:
    """The template as it was uploaded."""
    layout = queries.layout_for(actor(request), pk)
    return _file(bytes(layout.file), layout.file_name)


@needs(Perm.FORM_DESIGN)
def layout_remove(request: HttpRequest, pk: int) -> HttpResponse:
    layout = queries.layout_for(actor(request), pk, Perm.FORM_DESIGN)
    if request.method == "POST":
        actions.remove(layout=layout, by=actor(request), at=now())
        messages.success(request, _("外报模板已删除"))
        return redirect("reports:layouts")
    context = {
        "title": _("删除外报模板“%(layout)s”？") % {"layout": layout.name}, "text": _("已经导出的文件不受影响。"),
        "verb": _("删除"), "danger": True, "action": request.path, "cancel": reverse("reports:layout", args=[pk]),
    }  # fmt: skip
    return render(request, "confirm_page.html", context)


def _filled(layout: Layout, form: FillForm, user: User) -> dict[str, Any]:
    """What would come where: or the sentence why it does not fit."""
    part = _part(form)
    try:
        actions.refuse_unseen(part, user)
        book = workbook.open_template(bytes(layout.file))
        sheet, filling = workbook.sheet_of(book, layout.sheet), queries.filling_of(layout, part)
        written = dict(workbook.fill(sheet, filling.cells, filling.lines, layout.first_row))
    except Refused as no:
        return {"why_not": str(no)}
    letters, rows = workbook.grid(sheet)
    shown = [(number, [(value, f"{letter}{number}" in written) for letter, value in zip(letters, cells, strict=True)])
             for number, cells in rows]  # fmt: skip
    blank = [place for place, value in written.items() if value is None and _is_field(layout, place)]
    return {"part": part, "letters": letters, "rows": shown, "coverage": filling.coverage, "blank": blank,
            "lines": len(filling.lines)}  # fmt: skip


def _is_field(layout: Layout, place: str) -> bool:
    code = layout.cells.get(place) or layout.columns.get(place.rstrip("0123456789"), "")
    return str(code).startswith(FIELD)


def _part(form: FillForm) -> Part:
    said = form.cleaned_data
    until = queries.frozen_at(said["round"], said["unit"]) if said["as_of"] != "now" else None
    return Part(said["round"], said["unit"], until)


def _spec(layout: Layout) -> Spec:
    return spec_on(layout.form, today())


def _all(layout: Layout) -> dict[str, str]:
    return {**layout.cells, **layout.columns}


def _own(request: HttpRequest, user: User) -> Any:
    unit = chosen_unit(request)
    return unit if unit and may(user, Perm.FORM_DESIGN, unit) else None


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return page_or_part(request, "reports/layouts/form.html", "form", context, status=status)
