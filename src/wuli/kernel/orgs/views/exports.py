"""The roll and the tree as files."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.web import files
from wuli.web.pages import blame, page_or_part

from ..access import actor, chosen_unit, needs
from ..actions import exports
from ..forms.exports import RosterExportForm, UnitExportForm
from ..models import Unit, User
from ..queries import roster_export as people_leaving
from ..queries import unit_export as units_leaving
from ..queries import units
from ..queries.scope import may
from ..rules.duties import Perm
from ..rules.roster.columns import COLUMNS
from ..rules.tree.columns import COLUMNS as UNIT_COLUMNS

SHAPES = {"csv": files.stream_csv, "xlsx": files.stream_xlsx}


@needs(Perm.ROSTER_EXPORT)
def roster_export(request: HttpRequest) -> HttpResponseBase:
    """The roll below a unit as a file, marked with who took it and when."""
    user = actor(request)
    initial = {"unit": _asked_unit(request, Perm.ROSTER_EXPORT), "q": request.GET.get("q", "")}
    form = RosterExportForm(
        request.POST or None, user=user, may_unmask=may(user, Perm.PERSON_UNMASK), initial=initial
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = {"unmask": False, "reason": "", **form.cleaned_data}
        unit, text, unmasked = said["unit"], said["q"], said["unmask"]
        people = people_leaving.exported(user, unit=unit, text=text, on=today(), unmasked=unmasked)
        try:
            exports.note_roster_export(
                unit=unit, people=people.count(), shape=said["shape"], text=text, unmasked=unmasked,
                reason=said["reason"], by=user, at=now(),
            )  # fmt: skip
        except Refused as no:
            blame(form, no)
        else:
            name = _("%(unit)s花名册 %(day)s") % {"unit": unit.name, "day": today()}
            header = [str(column.title) for column in COLUMNS.values()]
            kind = _("含完整号码") if unmasked else _("号码已脱敏")
            rows = people_leaving.rows(people, unmasked=unmasked)
            return SHAPES[said["shape"]](name, header, rows, _watermark(user, unit, kind))
    context = {"form": form, "active": "roster"}
    return page_or_part(request, "orgs/roster/export.html", "form", context, status=422 if form.errors else 200)


@needs(Perm.UNIT_VIEW)
def unit_export(request: HttpRequest) -> HttpResponseBase:
    """The tree of today below a unit as a file, in the columns of an import, marked with who took it and when."""
    user = actor(request)
    form = UnitExportForm(request.POST or None, user=user, initial={"unit": _asked_unit(request, Perm.UNIT_VIEW)})
    if request.method == "POST" and form.is_valid():
        unit, shape = form.cleaned_data["unit"], form.cleaned_data["shape"]
        found = units_leaving.exported(user, unit=unit, on=today())
        try:
            exports.note_unit_export(unit=unit, units=found.count(), shape=shape, by=user, at=now())
        except Refused as no:
            form.add_error(no.field, str(no))
        else:
            name = _("%(unit)s单位表 %(day)s") % {"unit": unit.name, "day": today()}
            header = [str(column.title) for column in UNIT_COLUMNS.values()]
            rows = units_leaving.rows(found, user)
            return SHAPES[shape](name, header, rows, _watermark(user, unit, _("组织机构")))
    context = {"form": form, "active": "units"}
    return page_or_part(request, "orgs/units/export.html", "form", context, status=422 if form.errors else 200)


def _asked_unit(request: HttpRequest, perm: Perm) -> Unit | None:
    asked = request.GET.get("unit", "")
    unit = units.unit_for(actor(request), int(asked)) if asked.isdecimal() else chosen_unit(request)
    return unit if unit and may(actor(request), perm, unit) else None


def _watermark(user: User, unit: Unit, kind: str) -> str:
    """Who took the file, when, of what; begins with the sign that an import passes over."""
    who = f"{user} {user.person.number}" if user.person else str(user)
    when = timezone.localtime(now()).strftime("%Y-%m-%d %H:%M:%S")
    return _("※ %(who)s 于 %(when)s 导出 · %(unit)s · %(kind)s") % {
        "who": who, "when": when, "unit": unit.name, "kind": kind}  # fmt: skip
