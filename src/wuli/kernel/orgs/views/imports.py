"""Files in: upload, look at what one would change, confirm; the same pages whatever it is about."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.web import files
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from .. import tasks
from ..access import actor, chosen_unit
from ..actions import imports as actions
from ..forms.imports import FileForm
from ..models import FileImport, Unit
from ..queries import imports as queries
from ..queries.scope import may, units_where
from ..rules.layouts import layout_of, table_of
from ..rules.sheets.layout import REFUSED
from ..rules.sheets.template import template

NOTICED = "noticed"
PAGE = 50
Status = FileImport.Status


def import_list(request: HttpRequest, about: str) -> HttpResponse:
    """The files that the asker sent, newest first."""
    page = page_of(
        queries.imports_of(actor(request), about), order=("-created_at", "-pk"), cursor=request.GET.get("after", "")
    )
    return page_or_part(request, "orgs/imports/imports.html", "rows", {"page": page, **_about(about)})


def import_new(request: HttpRequest, about: str, form_of: type[FileForm]) -> HttpResponse:
    """Take a file and let the worker check it."""
    user = actor(request)
    asked = {name: text for name, text in request.GET.dict().items() if name in form_of.base_fields}
    initial = {"unit": _own_unit(request, about), **asked}
    form = form_of(request.POST or None, request.FILES or None, user=user, about=about, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        file = said.pop("file")
        try:
            received = actions.receive(
                about=about, chunks=file.chunks(), size=file.size, name=file.name, by=user, at=now(), **said
            )
        except Refused as no:
            blame(form, no)
        else:
            tasks.set_going(received)
            return redirect(_door(about, "import"), received.pk)
    context = {"form": form, "rules": layout_of(about).rules(), **_about(about)}
    return page_or_part(request, "orgs/imports/new.html", "form", context, status=422 if form.errors else 200)


def import_state(request: HttpRequest, pk: int, about: str) -> HttpResponse:
    """Where an import is: how far the worker has come, what it would change, what became of it. Asks itself again."""
    found = queries.import_for(actor(request), pk, about)
    since = layout_of(about).words.since % {"day": found.effective_on}
    context = {"one": found, **_about(about), **_progress(found), "since": since}
    if found.status == Status.CHECKED:
        context |= _preview(found, request.GET.get("show", ""), request.GET.get("after", ""))
    elif found.status == Status.DONE:
        context["results"] = [(label, found.counts[key]) for key, label in layout_of(about).outcomes.items()]
        context["look"] = table_of(about).look(found)
    return page_or_part(request, "orgs/imports/import.html", "state", context)


@require_POST
def import_confirm(request: HttpRequest, pk: int, about: str) -> HttpResponse:
    """Let the worker write what the preview showed; with `good` only the rows without problems."""
    found = queries.import_for(actor(request), pk, about)
    try:
        confirmed = actions.confirm(
            file_import=found, good_rows_only="good" in request.POST, by=actor(request), at=now()
        )  # fmt: skip
    except Refused as no:
        messages.error(request, str(no))
    else:
        tasks.set_going(confirmed)
    return redirect(_door(about, "import"), pk)


@require_POST
def import_cancel(request: HttpRequest, pk: int, about: str) -> HttpResponse:
    try:
        actions.cancel(file_import=queries.import_for(actor(request), pk, about), by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect(_door(about, "import"), pk)
    messages.success(request, _("已取消，没有写入任何内容；文件已删除"))
    return redirect(_door(about, "imports"))


def import_errors(request: HttpRequest, pk: int, about: str) -> HttpResponseBase:
    """The refused rows as they were sent, with line, columns and reasons: to be put right and sent again."""
    found = queries.import_for(actor(request), pk, about)
    if found.status != Status.CHECKED or not found.counts[REFUSED]:
        return redirect(_door(about, "import"), pk)
    columns, rows = queries.refused_rows(found)
    name = _("%(file)s 不能导入的行") % {"file": found.file_name.rsplit(".", 1)[0]}
    return files.stream_xlsx(name, [*columns, _("行号"), _("列"), _("原因")], rows)


def import_template(request: HttpRequest, about: str) -> HttpResponse:
    layout = layout_of(about)
    answer = HttpResponse(template(layout), content_type=files.XLSX)
    name = _("%(what)s模板") % {"what": layout.words.sheet}
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    return answer


def _progress(found: FileImport) -> dict[str, Any]:
    """The steps that the worker takes, and the one it is at."""
    if found.status == Status.APPLYING:
        steps, labels = ["", "comparing", "writing"], [_("等待"), _("再核对一遍"), _("写入")]
    else:
        steps, labels = ["", "reading", "comparing"], [_("等待"), _("读取文件"), _("与现有记录核对")]
    step = queries.progress_of(found)
    return {"steps": labels, "at": steps.index(step) + 1 if step in steps else 1}


def _preview(found: FileImport, show: str, after: str) -> dict[str, Any]:
    """What the import would change, the asked kind of lines first of all."""
    layout = layout_of(found.about)
    notices = sum(found.counts.get(code, 0) for code in layout.notices)
    kinds = [(key, str(label), found.counts[key]) for key, label in layout.outcomes.items()]
    kinds = [*kinds, (NOTICED, _("提醒"), notices)]
    shown = [key for key, _label, count in kinds if count]
    show = show if show in shown else REFUSED if found.counts[REFUSED] else shown[0]
    start = int(after) if after.isdecimal() and len(after) < 8 else 0
    if show in (REFUSED, NOTICED):
        page: Any = queries.flaws(found, problems=show == REFUSED, start=start, size=PAGE)
    else:
        page = queries.lines(found, show, start=start, size=PAGE)
    affected = sum(found.counts[effect] for effect in layout.effects)
    return {
        "show": show, "kinds": [kind for kind in kinds if kind[2]], "page": page, "affected": affected,
        "will_change": layout.words.affected(affected),
        "refused": found.counts[REFUSED], "flawed": show in (REFUSED, NOTICED),
        "good_rows": found.counts["rows"] - found.counts[REFUSED],
    }  # fmt: skip


def _door(about: str, name: str) -> str:
    return f"{table_of(about).doors}_{name}"


def _about(about: str) -> dict[str, Any]:
    """The words and addresses by which pages about one thing differ from those about another."""
    table = table_of(about)
    names = ("imports", "import_new", "import", "import_confirm", "import_cancel", "import_errors", "template")
    doors = {name: _door(about, name) for name in names} | {"home": table.home}
    return {"active": table.active, "doors": doors, "words": table.layout.words, "home": table.title}


def _own_unit(request: HttpRequest, about: str) -> Unit | None:
    """The unit looked at, if the asker may import there; else the first where they may."""
    unit, perm = chosen_unit(request), layout_of(about).perm
    if unit and may(actor(request), perm, unit):
        return unit
    return units_where(actor(request), perm).order_by("path").first()
