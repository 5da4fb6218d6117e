from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Header, Query, Router
from ninja.responses import Status

from wuli.base.clock import now, today
from wuli.web.api.fields import Day, Filters, Flag, Id, Input, Text, given, noted
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import words as _

from ..access import actor, needs
from ..actions import people as actions
from ..actions.people import Place
from ..models import Assignment, Person, Post
from ..queries import people as queries
from ..queries import registers
from ..queries.scope import people_where
from ..rules.duties import Perm
from . import asked
from .schemas import PersonOut

router = Router(tags=[_("人员")])
WHY = _("查看完整手机号的原因，本人可以看到；UTF-8 或百分号编码。每看一人记一条日志")
Reason = Annotated[str | None, Header(None, alias="X-Reason", min_length=4, max_length=400, description=WHY)]
PLACE = ("unit", "employer", "outside_employer", "branch", "process_step", "post")


class People(Page[PersonOut]):
    pass


class OnDay(Filters):
    on: Day | None = noted(_("哪一天所在的单位和岗位；不填则为最近的"), None)


class PeopleFilters(Paging):
    on: Day | None = noted(_("哪一天在册，默认为今天"), None)
    under: Id | None = noted(_("只要这个单位及其下级的人；党组织则为其党员"), None)
    number: Text | None = given(Person, "number", None)
    contractor: Flag | None = noted(_("是否外协人员"), None)
    no_cell: Flag | None = noted(_("是否没有编入班组"), None)
    q: Text = noted(_("姓名、拼音、首字母或工号以此开头"), "", max_length=60)


class JoinIn(Input):
    number: Text = given(Person, "number")
    name: Text = given(Person, "name")
    on: Day = given(Person, "on_roll_from")
    unit: Id = given(Person, "unit")
    employer: Id | None = given(Person, "employer", None, note=_("用工单位；与外协单位必须且只能填一个"))
    outside_employer: Text = given(Person, "outside_employer", "")
    process_step: Text = given(Post, "process_step", "")
    post: Text = noted(_("岗位；班组没有这个岗位时新设"), "", max_length=40)
    branch: Id | None = given(Person, "branch", None)
    phone: Text = given(Person, "phone", "")
    identity: Text = noted(_("身份证号，加密保存，不能由接口读出（敏感个人信息）"), "", max_length=18)


class AmendPersonIn(Input):
    """Only what is given is changed."""

    name: Text = given(Person, "name", None)
    phone: Text = given(Person, "phone", None)
    identity: Text = noted(_("身份证号，加密保存，不能由接口读出（敏感个人信息）"), None, min_length=1, max_length=18)


class TransferIn(Input):
    """Only what is given is changed; a new team without a post leaves the person without one."""

    on: Day = noted(_("生效日期"))
    unit: Id = given(Person, "unit", None)
    employer: Id | None = given(Person, "employer", None)
    outside_employer: Text = given(Person, "outside_employer", None)
    process_step: Text = given(Post, "process_step", None)
    post: Text = noted(_("岗位"), None, max_length=40)
    branch: Id | None = given(Person, "branch", None)


class LeaveIn(Input):
    on: Day = noted(_("离册日期，即不再在册的第一天"))


@router.get("/people", response=People, summary=_("花名册"))
@needs(Perm.PERSON_VIEW)
def people_list(
    request: HttpRequest, response: HttpResponse, filters: Query[PeopleFilters], reason: Reason = None
) -> People:  # fmt: skip
    day = filters.on or today()
    rows = registers.people_on(
        actor(request), day, within=asked.unit(request, filters.under, "under"), number=filters.number,
        contractor=filters.contractor, no_cell=filters.no_cell, text=filters.q,
    )  # fmt: skip
    order = queries.ORDER if day == today() else ("person__path", "person__number")
    page = page_of(request, rows, filters, order=order, show=lambda row: row)
    return People(**page | {"items": _shown(request, response, page["items"], reason)})


@router.get("/people/{id}", response=PersonOut, summary=_("一个人"))
@needs(Perm.PERSON_VIEW)
def person(
    request: HttpRequest, response: HttpResponse, id: Id, filters: Query[OnDay], reason: Reason = None
) -> PersonOut:  # fmt: skip
    found = queries.person_for(actor(request), id)
    place = registers.assigned_on(found, filters.on) if filters.on else found
    if place is None:
        raise Http404
    actions.note_view(person=found, by=actor(request), at=now())
    return _shown(request, response, [place], reason)[0]


@router.post("/people", response={201: PersonOut}, summary=_("入册"))
@needs(Perm.PERSON_CHANGE)
def person_join(request: HttpRequest, new: JoinIn) -> Status[PersonOut]:
    said = new.model_dump()
    place = Place(**_place(request, {name: said.pop(name) for name in PLACE}))
    joined = actions.join(place=place, by=actor(request), at=now(), **said)
    return Status(201, PersonOut.at(joined, joined))


@router.patch("/people/{id}", response=PersonOut, summary=_("更正资料"), description=_("只改给出的各项"))
@needs(Perm.PERSON_CHANGE)
def person_amend(request: HttpRequest, id: Id, said: AmendPersonIn) -> Status[PersonOut]:
    found = queries.person_for(actor(request), id, Perm.PERSON_CHANGE)
    changed = actions.amend(person=found, by=actor(request), at=now(), **said.model_dump(exclude_unset=True))
    return Status(200, PersonOut.at(changed, changed))


@router.post("/people/{id}/transfer", response=PersonOut, summary=_("调动"), description=_("没有给出的各项不变"))
@needs(Perm.PERSON_CHANGE)
def person_transfer(request: HttpRequest, id: Id, said: TransferIn) -> Status[PersonOut]:
    found = queries.person_for(actor(request), id, Perm.PERSON_CHANGE)
    given = _place(request, said.model_dump(exclude_unset=True, exclude={"on"}))
    place = Place(**_kept(found, given) | given)
    moved = actions.transfer(person=found, place=place, on=said.on, by=actor(request), at=now())
    return Status(200, PersonOut.at(moved, moved))


@router.post("/people/{id}/leave", response=PersonOut, summary=_("离册"))
@needs(Perm.PERSON_CHANGE)
def person_leave(request: HttpRequest, id: Id, said: LeaveIn) -> Status[PersonOut]:
    found = queries.person_for(actor(request), id, Perm.PERSON_CHANGE)
    gone = actions.leave(person=found, on=said.on, by=actor(request), at=now())
    return Status(200, PersonOut.at(gone, gone))


def _place(request: HttpRequest, said: dict[str, Any]) -> dict[str, Any]:
    """The units that a body names by id, in place of their ids."""
    perms = {"unit": Perm.PERSON_CHANGE, "employer": Perm.UNIT_VIEW, "branch": Perm.UNIT_VIEW}
    return said | {name: asked.unit(request, said[name], name, perm) for name, perm in perms.items() if name in said}


def _kept(person: Person, given: dict[str, Any]) -> dict[str, Any]:
    """Where the person is now, without what cannot stand beside what is given."""
    kept = {
        "unit": person.unit, "employer": person.employer, "outside_employer": person.outside_employer,
        "branch": person.branch,
    }  # fmt: skip
    if person.post and given.get("unit", person.unit) == person.unit:
        kept |= {"process_step": person.post.process_step, "post": person.post.name}
    if given.get("employer"):
        kept["outside_employer"] = ""
    if given.get("outside_employer"):
        kept["employer"] = None
    return kept


def _shown(
    request: HttpRequest, response: HttpResponse, places: list[Any], reason: str | None
) -> list[PersonOut]:  # fmt: skip
    """People as they may be seen: with whole phones, each of which is an event, if a reason is given and allowed."""
    people = [place.person if isinstance(place, Assignment) else place for place in places]
    unmasked = _unmasked(request, people, asked.reason(reason))
    if unmasked:
        patch_cache_control(response, private=True, no_store=True)
    pairs = zip(people, places, strict=True)
    return [PersonOut.at(person, place, unmasked=person.pk in unmasked) for person, place in pairs]


def _unmasked(request: HttpRequest, people: list[Person], reason: str) -> set[int]:
    if not reason:
        return set()
    within = people_where(actor(request), Perm.PERSON_UNMASK).filter(pk__in=[person.pk for person in people])
    allowed = set(within.values_list("pk", flat=True))
    shown = [person for person in people if person.pk in allowed]
    actions.unmask_phones(people=shown, reason=reason, by=actor(request), at=now())
    return allowed
