from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import pgettext_lazy
from ninja import Query, Router
from ninja.responses import Status

from wuli.base.clock import now, today
from wuli.web.api.fields import Day, Filters, Id, Input, Output, Text, given, noted
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import as_text
from wuli.web.api.words import words as _

from ..access import actor, needs
from ..actions import planned
from ..actions import units as actions
from ..actions.units import NewUnit
from ..models import Kind, Line, PlannedChange, Unit
from ..queries import registers
from ..queries import units as queries
from ..rules.duties import Perm
from . import asked
from .schemas import ChangeOut, PlanOut, UnitOut

router = Router(tags=[as_text(pgettext_lazy("plural", "单位"))])
Verb = PlannedChange.Verb
ON = _("哪一天的状态，默认为今天")


class Units(Page[UnitOut]):
    pass


class Plans(Output):
    items: list[PlanOut] = noted(_("各项安排"))


class OnDay(Filters):
    on: Day | None = noted(ON, None)


class UnitFilters(Paging):
    on: Day | None = noted(ON, None)
    line: Line | None = given(Unit, "line", None)
    kind: Kind | None = given(Unit, "kind", None)
    under: Id | None = noted(_("只要这个单位及其下级"), None)
    region: Text | None = noted(_("所在地代码；省、市代码包括其下各级"), None, max_length=6)
    code: Text | None = given(Unit, "code", None)
    q: Text = noted(_("名称含有，或编码、拼音、首字母以此开头"), "", max_length=80)


class OpenIn(Input):
    code: Text = given(Unit, "code")
    kind: Kind = given(Unit, "kind")
    name: Text = given(Unit, "name")
    parent: Id = given(Unit, "parent")
    on: Day = given(Unit, "opened_on")
    serves: Id | None = given(Unit, "serves", None)
    uscc: Text = given(Unit, "uscc", "")
    region: Text | None = noted(_("所在地代码"), None, max_length=6)
    zone: Text = noted(_("时区；留空则与上级单位相同"), "", max_length=40)
    listed: bool = given(Unit, "listed", False)


class AmendUnitIn(Input):
    """Only what is given is changed."""

    serves: Id | None = given(Unit, "serves", None)
    uscc: Text | None = given(Unit, "uscc", None)
    region: Text | None = noted(_("所在地代码"), None, max_length=6)
    zone: Text = given(Unit, "zone", None)
    listed: bool = given(Unit, "listed", None)


class RenameIn(Input):
    on: Day = noted(_("生效日期"))
    name: Text = given(Unit, "name")


class TowardsIn(Input):
    on: Day = noted(_("生效日期"))
    target: Id = noted(_("目标单位"))


class CloseIn(Input):
    on: Day = noted(_("关闭日期，即不再存在的第一天"))


@router.get("/units", response=Units, summary=_("单位列表"), description=_("按树的顺序，上级在前"))
@needs(Perm.UNIT_VIEW)
def unit_list(request: HttpRequest, filters: Query[UnitFilters]) -> Units:
    rows = registers.units_on(
        actor(request), filters.on or today(), within=asked.unit(request, filters.under, "under"), line=filters.line,
        kind=filters.kind, region=filters.region, code=filters.code, text=filters.q,
    )  # fmt: skip
    return Units(**page_of(request, rows, filters, order=("path", "pk"), show=lambda p: UnitOut.at(p.unit, p)))


@router.get("/units/{id}", response=UnitOut, summary=_("一个单位"))
@needs(Perm.UNIT_VIEW)
def unit(request: HttpRequest, id: Id, filters: Query[OnDay]) -> UnitOut:
    found = queries.unit_for(actor(request), id)
    if filters.on is None:
        return UnitOut.at(found)
    if placed := registers.placed_on(found, filters.on):
        return UnitOut.at(found, placed)
    raise Http404


@router.post("/units", response={201: UnitOut}, summary=_("设立单位"))
@needs(Perm.UNIT_CHANGE)
def unit_open(request: HttpRequest, new: OpenIn) -> Status[UnitOut]:
    parent = asked.unit(request, new.parent, "parent", Perm.UNIT_CHANGE)
    serves, region = asked.unit(request, new.serves, "serves"), asked.region(new.region)
    assert parent is not None
    opened = actions.open_unit(
        NewUnit(
            new.code, new.kind, new.name, parent.code, uscc=new.uscc, region=region.code if region else "",
            zone=new.zone, serves=serves.code if serves else "", listed=new.listed,
        ),
        on=new.on, by=actor(request), at=now(),
    )  # fmt: skip
    return Status(201, UnitOut.at(opened))


@router.patch("/units/{id}", response=UnitOut, summary=_("修改单位的登记信息"), description=_("只改给出的各项"))
@needs(Perm.UNIT_CHANGE)
def unit_amend(request: HttpRequest, id: Id, said: AmendUnitIn) -> Status[UnitOut]:
    found = queries.unit_for(actor(request), id, Perm.UNIT_CHANGE)
    values: dict[str, Any] = said.model_dump(exclude_unset=True)
    if "serves" in values:
        values["serves"] = asked.unit(request, said.serves, "serves")
    if "region" in values:
        values["region"] = asked.region(said.region)
    if "uscc" in values:
        values["uscc"] = said.uscc or None
    return Status(200, UnitOut.at(actions.amend_unit(unit=found, by=actor(request), at=now(), **values)))


CHANGED = {200: ChangeOut, 202: ChangeOut}
WHEN = _("生效日期已到则立即办理（200），未到则安排（202）")


@router.post("/units/{id}/rename", response=CHANGED, summary=_("更名"), description=WHEN)
@needs(Perm.UNIT_CHANGE)
def unit_rename(request: HttpRequest, id: Id, said: RenameIn) -> Status[ChangeOut]:
    return _change(request, id, Verb.RENAME, on=said.on, name=said.name)


@router.post("/units/{id}/move", response=CHANGED, summary=_("划转到另一上级之下"), description=WHEN)
@needs(Perm.UNIT_CHANGE)
def unit_move(request: HttpRequest, id: Id, said: TowardsIn) -> Status[ChangeOut]:
    return _change(request, id, Verb.MOVE, on=said.on, target=_target(request, said))


@router.post("/units/{id}/merge", response=CHANGED, summary=_("并入另一单位"), description=WHEN)
@needs(Perm.UNIT_CHANGE)
def unit_merge(request: HttpRequest, id: Id, said: TowardsIn) -> Status[ChangeOut]:
    return _change(request, id, Verb.MERGE, on=said.on, target=_target(request, said))


@router.post("/units/{id}/close", response=CHANGED, summary=_("关闭单位"), description=WHEN)
@needs(Perm.UNIT_CHANGE)
def unit_close(request: HttpRequest, id: Id, said: CloseIn) -> Status[ChangeOut]:
    return _change(request, id, Verb.CLOSE, on=said.on)


@router.get("/units/{id}/plans", response=Plans, summary=_("单位的变更安排"))
@needs(Perm.UNIT_CHANGE)
def unit_plans(request: HttpRequest, id: Id) -> Plans:
    found = queries.unit_for(actor(request), id, Perm.UNIT_CHANGE)
    plans = found.planned_changes.select_related("target").order_by("-effective_on", "pk")[:500]
    return Plans(items=[PlanOut.of(plan) for plan in plans])


@router.post("/units/{id}/plans/{plan}/cancel", response=PlanOut, summary=_("取消变更安排"))
@needs(Perm.UNIT_CHANGE)
def plan_cancel(request: HttpRequest, id: Id, plan: Id) -> Status[PlanOut]:
    found = queries.plan_of(queries.unit_for(actor(request), id, Perm.UNIT_CHANGE), plan)
    planned.cancel_planned(plan=found, by=actor(request), at=now())
    found.refresh_from_db()
    return Status(200, PlanOut.of(found))


def _target(request: HttpRequest, said: TowardsIn) -> Unit | None:
    return asked.unit(request, said.target, "target", Perm.UNIT_CHANGE)


def _change(request: HttpRequest, key: int, verb: str, **said: Any) -> Status[ChangeOut]:
    found = queries.unit_for(actor(request), key, Perm.UNIT_CHANGE)
    plan = planned.change_tree(verb=verb, unit=found, by=actor(request), at=now(), **said)
    found.refresh_from_db()
    return Status(202 if plan else 200, ChangeOut(unit=UnitOut.at(found), plan=PlanOut.of(plan) if plan else None))
