"""Cells inside teams and workshops, and instructors from outside."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wuli.base.clock import now, today
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import day_asked, page_or_part
from wuli.web.paging import page_of

from ..actions import boards, cells
from ..forms.boards import InstructorForm
from ..forms.keepers import CutForm, EndForm, KeepersForm
from ..queries import cells as queries
from ..queries.board_facts import instructor_for
from ..rules.cells import CUT_KINDS
from .steps import form_page, unit_of


@needs(Perm.POSTING_GRANT)
def cell_cut(request: HttpRequest, unit: int) -> HttpResponse:
    found, user = unit_of(request, unit, Perm.POSTING_GRANT), actor(request)
    if found.kind not in CUT_KINDS:
        raise Http404
    form = CutForm(request.POST or None, posts=queries.posts_of(found))

    def do() -> str:
        cell = cells.cut(unit=found, by=user, at=now(), **form.chosen())
        return _("已划出网格“%(cell)s”") % {"cell": cell}

    title = _("%(unit)s：按工序、岗位划分网格") % {"unit": found.name}
    return form_page(request, form, do, found, title=title, verb=_("划分"))


@needs(Perm.POSTING_VIEW)
def cell_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One cell: who keeps it and, for those who may see people, who is in it."""
    user, day = actor(request), day_asked(request)
    cell = queries.cell_for(user, pk)
    rows = queries.people_of(cell, day)
    sees = may(user, Perm.PERSON_VIEW, cell.unit)
    shown = next((one for one in queries.cut_of(cell.unit, day).cells if one.cell.pk == cell.pk), None)
    context = {
        "cell": cell, "unit": cell.unit, "shown": shown, "total": rows.count(), "sees": sees, "active": "grid",
        "page": page_of(rows, order=("person__number", "pk"), cursor=request.GET.get("after", "")) if sees else None,
        "may_arrange": may(user, Perm.POSTING_GRANT, cell.unit) and cell.until_date > today(),
    }  # fmt: skip
    return page_or_part(request, "grid/cell.html", "rows", context)


@needs(Perm.POSTING_GRANT)
def cell_keepers(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    cell = queries.cell_for(user, pk, Perm.POSTING_GRANT)
    form = KeepersForm(request.POST or None, user=user)

    def do() -> str:
        cells.appoint(cell=cell, by=user, at=now(), **form.cleaned_data)
        return _("已安排“%(cell)s”的网格员") % {"cell": cell}

    title = _("%(unit)s“%(cell)s”：任命网格员") % {"unit": cell.unit.name, "cell": cell}
    return form_page(request, form, do, cell.unit, title=title, verb=_("任命"))


@needs(Perm.POSTING_GRANT)
def cell_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    cell = queries.cell_for(user, pk, Perm.POSTING_GRANT)
    form = EndForm(request.POST or None)

    def do() -> str:
        cells.uncut(cell=cell, by=user, at=now(), **form.cleaned_data)
        return _("已取消网格“%(cell)s”") % {"cell": cell}

    title = _("取消%(unit)s的网格“%(cell)s”") % {"unit": cell.unit.name, "cell": cell}
    return form_page(request, form, do, cell.unit, title=title, verb=_("取消网格"))


@needs(Perm.POSTING_GRANT)
def instructor_new(request: HttpRequest, unit: int) -> HttpResponse:
    found, user = unit_of(request, unit, Perm.POSTING_GRANT), actor(request)
    form = InstructorForm(request.POST or None, user=user)

    def do() -> str:
        made = boards.give_instructor(unit=found, by=user, at=now(), **form.cleaned_data)
        return _("已聘请%(name)s为指导员") % {"name": made}

    title = _("%(unit)s：聘请指导员") % {"unit": found.name}
    return form_page(request, form, do, found, title=title, verb=_("聘请"))


@needs(Perm.POSTING_GRANT)
def instructor_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    instructor = instructor_for(user, pk)
    form = EndForm(request.POST or None)

    def do() -> str:
        boards.end_instructor(instructor=instructor, by=user, at=now(), **form.cleaned_data)
        return _("已结束%(name)s的指导员聘请") % {"name": instructor}

    title = _("%(unit)s：指导员%(name)s离任") % {"unit": instructor.unit.name, "name": instructor}
    return form_page(request, form, do, instructor.unit, title=title, verb=_("结束"))
