"""The grid for programs, to be read: who employs, manages and answers for somebody or for a unit, and its cells."""

from datetime import date
from typing import Literal, Self

from django.http import Http404, HttpRequest
from ninja import Query, Router

from wuli.base.clock import FOREVER, today
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.api.schemas import UnitRef
from wuli.kernel.orgs.models import Line, Unit
from wuli.kernel.orgs.queries import units
from wuli.kernel.orgs.queries.people import person_for
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Day, Filters, Id, Output, noted, shown
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import words as _

from .models import Cell, CellKeeper
from .queries import cells, chain, directory
from .queries import grid as queries
from .queries.cells import CellHeads
from .queries.directory import Entry
from .rules.chain import Answer, Holder, Link

router = Router(tags=[_("网格和责任")])


class HolderOut(Output):
    """Who holds a duty."""

    id: int = noted(_("人员编号"))
    name: str = noted(_("姓名（个人信息）"))
    duty: str = noted(_("职责，供人阅读"))
    phone: str = noted(_("工作电话；没有公布的为脱敏的手机（个人信息）"))
    since: Day = noted(_("从何时起"))
    until: Day | None = noted(_("从这一天起不再担任；null 表示长期"))
    stands_in_for: str = noted(_("代理何人（个人信息）；空表示本人任职"))

    @classmethod
    def of(cls, one: Holder) -> Self:
        return cls(
            id=one.person_id, name=one.name, duty=one.duty, phone=one.phone, since=one.since,
            until=None if one.until == FOREVER else one.until, stands_in_for=one.instead_of,
        )  # fmt: skip


class LinkOut(Output):
    """One link of a chain: who answers there, or what is missing."""

    label: str = noted(_("名称"))
    place: str = noted(_("单位、外协单位或网格"))
    unit: UnitRef | None = noted(_("单位；null 表示不是单位"))
    since: Day | None = noted(_("从何时起"))
    holders: list[HolderOut] = noted(_("由谁担任"))
    gap: str = noted(_("缺什么、应由谁补上；空表示不缺"))
    note: str = noted(_("说明"))

    @classmethod
    def of(cls, one: Link) -> Self:
        return cls(
            label=str(one.label), place=one.place, unit=UnitRef.maybe(one.unit), since=one.since,
            holders=[HolderOut.of(holder) for holder in one.holders], gap=one.gap, note=one.note,
        )  # fmt: skip


class Chain(Output):
    """The chain of responsibility of a day. Empty lists: not on the roll, or not open, that day."""

    on: Day = noted(_("业务日期"))
    employs: list[LinkOut] = noted(_("谁用工"))
    manages: list[LinkOut] = noted(_("谁管理"))
    answers: list[LinkOut] = noted(_("谁负责，第一责任人在前"))

    @classmethod
    def of(cls, on: date, answers: list[Answer]) -> Self:
        links = {one.key: [LinkOut.of(link) for link in one.links] for one in answers}
        return cls(on=on, **{key: links.get(key, []) for key in ("employs", "manages", "answers")})


class TeamCell(Output):
    """A team as a cell of the grid."""

    unit: UnitRef = noted(_("班组"))
    above: str = noted(_("所看单位与它之间的各级"))
    people: int = noted(_("人数"))
    keepers: list[HolderOut] = noted(_("网格员"))
    deputies: list[HolderOut] = noted(_("副网格员"))

    @classmethod
    def of(cls, one: Entry) -> Self:
        unit = UnitRef.of(one.placed.unit)
        keepers, deputies = ([HolderOut.of(x) for x in held] for held in (one.keeper, one.deputy))
        return cls(unit=unit, above=one.above, people=one.people, keepers=keepers, deputies=deputies)


class KeeperOut(Output):
    id: int = noted(_("人员编号"))
    name: str = noted(_("姓名（个人信息）"))
    from_date: Day = shown(CellKeeper, "from_date")

    @classmethod
    def of(cls, one: CellKeeper) -> Self:
        return cls(id=one.person_id, name=one.person.name, from_date=one.from_date)


class InnerCell(Output):
    """A cell inside a unit: the people of a step, or of one post in it."""

    id: int = shown(Cell, "id")
    process_step: str = shown(Cell, "process_step")
    post: str = shown(Cell, "post")
    people: int = noted(_("人数"))
    keepers: list[KeeperOut] = noted(_("网格员"))
    deputies: list[KeeperOut] = noted(_("副网格员"))

    @classmethod
    def of(cls, one: CellHeads) -> Self:
        keepers, deputies = ([KeeperOut.of(x) for x in held] for held in (one.keepers, one.deputies))
        cell = one.cell
        return cls(
            id=cell.pk, process_step=cell.process_step, post=cell.post, people=one.heads.people, keepers=keepers,
            deputies=deputies,
        )  # fmt: skip


class InnerCells(Output):
    people: int = noted(_("单位自己的人数；等于各网格与未编入网格的合计"))
    uncut: int = noted(_("未编入内部网格的人数"))
    cells: list[InnerCell] = noted(_("各网格"))


class TeamCells(Page[TeamCell]):
    pass


class ChainAsked(Filters):
    on: Day | None = noted(_("哪一天，默认为今天"), None)


class CellsAsked(Paging):
    on: Day | None = noted(_("哪一天，默认为今天"), None)
    only: Literal["unkept", "crowded"] | None = noted(_("unkept 没有网格员的，crowded 超过 30 人的"), None)


@router.get("/people/{id}/chain", response=Chain, summary=_("谁用工、谁管理、谁负责：一个人"))
@needs(Perm.PERSON_VIEW)
def person_chain(request: HttpRequest, id: Id, filters: Query[ChainAsked]) -> Chain:
    person, on = person_for(actor(request), id), filters.on or today()
    return Chain.of(on, chain.of_person(person, on, seen_by=actor(request)))


@router.get("/units/{id}/chain", response=Chain, summary=_("谁用工、谁管理、谁负责：一个单位"))
@needs(Perm.UNIT_VIEW)
def unit_chain(request: HttpRequest, id: Id, filters: Query[ChainAsked]) -> Chain:
    on = filters.on or today()
    return Chain.of(on, chain.of_unit(_unit(request, id, Perm.UNIT_VIEW), on, seen_by=actor(request)))


@router.get("/units/{id}/cells", response=TeamCells, summary=_("班组网格列表"), description=_("单位以下，按树的次序"))
@needs(Perm.POSTING_VIEW)
def unit_cells(request: HttpRequest, id: Id, filters: Query[CellsAsked]) -> TeamCells:
    unit, on = _unit(request, id, Perm.POSTING_VIEW), filters.on or today()
    rows = queries.cells_under(unit, on, only=filters.only or "")
    found = page_of(request, rows, filters, order=("path", "pk"), show=lambda placed: placed)
    entries = directory.told(found["items"], on, within=units.path_on(unit, on), seen_by=actor(request))
    return TeamCells(**found | {"items": [TeamCell.of(one) for one in entries]})


@router.get("/units/{id}/inner-cells", response=InnerCells, summary=_("单位内部的工序、岗位网格"))
@needs(Perm.POSTING_VIEW)
def unit_inner_cells(request: HttpRequest, id: Id, filters: Query[ChainAsked]) -> InnerCells:
    cut = cells.cut_of(_unit(request, id, Perm.POSTING_VIEW), filters.on or today())
    return InnerCells(
        people=cut.whole.people, uncut=cut.uncut.people, cells=[InnerCell.of(one) for one in cut.cells]
    )  # fmt: skip


def _unit(request: HttpRequest, id: int, perm: Perm) -> Unit:
    """Of the operations line: Party bodies have no grid."""
    unit = units.unit_for(actor(request), id, perm)
    if unit.line != Line.OPERATIONS:
        raise Http404
    return unit
