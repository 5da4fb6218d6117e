"""The roster in and out: upload, look at what it would change, confirm; download."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.web import files
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from .. import tasks
from ..access import actor, chosen_unit, needs
from ..actions import roster_exports as exports
from ..actions import roster_imports as actions
from ..forms.roster import RosterExportForm, RosterFileForm
from ..models import RosterImport, Unit, User
from ..queries import roster_export as leaving
from ..queries import roster_imports as queries
from ..queries import units
from ..queries.scope import may, units_where
from ..rules.duties import Perm
from ..rules.roster.columns import COLUMNS
from ..rules.roster.outcomes import EFFECTS, OUTCOMES, REFUSED
from ..rules.roster.problems import NOTICES
from ..rules.roster.template import rules, template

NOTICED = "noticed"
PAGE = 50
Status = RosterImport.Status


@needs(Perm.ROSTER_IMPORT)
def roster_imports(request: HttpRequest) -> HttpResponse:
    """The files that the asker sent, newest first."""
    page = page_of(
        queries.imports_of(actor(request)), order=("-created_at", "-pk"), cursor=request.GET.get("after", "")
    )
    return page_or_part(request, "orgs/roster/imports.html", "rows", {"page": page, "active": "roster"})


@needs(Perm.ROSTER_IMPORT)
def roster_import_new(request: HttpRequest) -> HttpResponse:
    """Take a file and let the worker check it."""
    user = actor(request)
    form = RosterFileForm(request.POST or None, request.FILES or None, user=user, initial={"unit": _own_unit(request)})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        said = {name: form.cleaned_data[name] for name in ("unit", "on", "whole")}
        try:
            received = actions.receive(chunks=file.chunks(), size=file.size, name=file.name, by=user, at=now(), **said)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            tasks.set_going(received)
            return redirect("orgs:roster_import", received.pk)
    context = {"form": form, "rules": rules(), "active": "roster"}
    return page_or_part(request, "orgs/roster/new.html", "form", context, status=422 if form.errors else 200)


@needs(Perm.ROSTER_IMPORT)
def roster_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an import is: how far the worker has come, what it would change, what became of it. Asks itself again."""
    found = queries.import_for(actor(request), pk)
    context = {"one": found, "active": "roster", **_progress(found)}
    if found.status == Status.CHECKED:
        context |= _preview(found, request.GET.get("show", ""), request.GET.get("after", ""))
    return page_or_part(request, "orgs/roster/import.html", "state", context)


@needs(Perm.ROSTER_IMPORT)
@require_POST
def roster_import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker write what the preview showed; with `good` only the rows without problems."""
    found = queries.import_for(actor(request), pk)
    try:
        confirmed = actions.confirm(
            roster_import=found, good_rows_only="good" in request.POST, by=actor(request), at=now()
        )  # fmt: skip
    except Refused as no:
        messages.error(request, str(no))
    else:
        tasks.set_going(confirmed)
    return redirect("orgs:roster_import", pk)


@needs(Perm.ROSTER_IMPORT)
@require_POST
def roster_import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.cancel(roster_import=queries.import_for(actor(request), pk), by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect("orgs:roster_import", pk)
    messages.success(request, _("已取消，没有写入任何内容；文件已删除"))
    return redirect("orgs:roster_imports")


@needs(Perm.ROSTER_IMPORT)
def roster_import_errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The refused rows as they were sent, with line, columns and reasons: to be put right and sent again."""
    found = queries.import_for(actor(request), pk)
    if found.status != Status.CHECKED or not found.counts[REFUSED]:
        return redirect("orgs:roster_import", pk)
    columns, rows = queries.refused_rows(found)
    name = _("%(file)s 不能导入的行") % {"file": found.file_name.rsplit(".", 1)[0]}
    return files.stream_xlsx(name, [*columns, _("行号"), _("列"), _("原因")], rows)


@needs(Perm.ROSTER_IMPORT)
def roster_template(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(template(), content_type=files.XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, _("花名册模板") + ".xlsx")
    return answer


@needs(Perm.ROSTER_EXPORT)
def roster_export(request: HttpRequest) -> HttpResponseBase:
    """The roll below a unit as a file, marked with who took it and when."""
    user = actor(request)
    initial = {"unit": _asked_unit(request), "q": request.GET.get("q", "")}
    form = RosterExportForm(
        request.POST or None, user=user, may_unmask=may(user, Perm.PERSON_UNMASK), initial=initial
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = {"unmask": False, "reason": "", **form.cleaned_data}
        unit, text, unmasked = said["unit"], said["q"], said["unmask"]
        people = leaving.exported(user, unit=unit, text=text, on=today(), unmasked=unmasked)
        try:
            exports.note_export(
                unit=unit, people=people.count(), shape=said["shape"], text=text, unmasked=unmasked,
                reason=said["reason"], by=user, at=now(),
            )  # fmt: skip
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            stream = files.stream_csv if said["shape"] == "csv" else files.stream_xlsx
            name = _("%(unit)s花名册 %(day)s") % {"unit": unit.name, "day": today()}
            header = [str(column.title) for column in COLUMNS.values()]
            return stream(name, header, leaving.rows(people, unmasked=unmasked), _watermark(user, unit, unmasked))
    context = {"form": form, "active": "roster"}
    return page_or_part(request, "orgs/roster/export.html", "form", context, status=422 if form.errors else 200)


def _progress(found: RosterImport) -> dict[str, Any]:
    """The steps that the worker takes, and the one it is at."""
    if found.status == Status.APPLYING:
        steps, labels = ["", "comparing", "writing"], [_("等待"), _("再核对一遍"), _("写入花名册")]
    else:
        steps, labels = ["", "reading", "comparing"], [_("等待"), _("读取文件"), _("与花名册核对")]
    step = queries.progress_of(found)
    return {"steps": labels, "at": steps.index(step) + 1 if step in steps else 1}


def _preview(found: RosterImport, show: str, after: str) -> dict[str, Any]:
    """What the import would change, the asked kind of lines first of all."""
    notices = sum(found.counts.get(code, 0) for code in NOTICES)
    kinds = [(key, str(label), found.counts[key]) for key, label in OUTCOMES.items()]
    kinds = [*kinds, (NOTICED, _("提醒"), notices)]
    shown = [key for key, _label, count in kinds if count]
    show = show if show in shown else REFUSED if found.counts[REFUSED] else shown[0]
    start = int(after) if after.isdecimal() and len(after) < 8 else 0
    if show in (REFUSED, NOTICED):
        page: Any = queries.flaws(found, problems=show == REFUSED, start=start, size=PAGE)
    else:
        page = queries.lines(found, show, start=start, size=PAGE)
    affected = sum(found.counts[effect] for effect in EFFECTS)
    return {
        "show": show, "kinds": [kind for kind in kinds if kind[2]], "page": page, "affected": affected,
        "refused": found.counts[REFUSED], "flawed": show in (REFUSED, NOTICED),
        "good_rows": found.counts["rows"] - found.counts[REFUSED],
    }  # fmt: skip


def _own_unit(request: HttpRequest) -> Unit | None:
    """The unit looked at, if its roster is the asker's to import; else the first that is."""
    unit = chosen_unit(request)
    if unit and may(actor(request), Perm.ROSTER_IMPORT, unit):
        return unit
    return units_where(actor(request), Perm.ROSTER_IMPORT).order_by("path").first()


def _asked_unit(request: HttpRequest) -> Unit | None:
    asked = request.GET.get("unit", "")
    unit = units.unit_for(actor(request), int(asked)) if asked.isdecimal() else chosen_unit(request)
    return unit if unit and may(actor(request), Perm.ROSTER_EXPORT, unit) else None


def _watermark(user: User, unit: Unit, unmasked: bool) -> str:
    """Who took the file, when, of what; begins with the sign that an import passes over."""
    who = f"{user} {user.person.number}" if user.person else str(user)
    kind = _("含完整号码") if unmasked else _("号码已脱敏")
    when = timezone.localtime(now()).strftime("%Y-%m-%d %H:%M:%S")
    return _("※ %(who)s 于 %(when)s 导出 · %(unit)s · %(kind)s") % {
        "who": who, "when": when, "unit": unit.name, "kind": kind}  # fmt: skip
