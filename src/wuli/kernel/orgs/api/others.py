"""What is only read: oneself, regions, blind spots."""

from django.http import HttpRequest
from ninja import Query, Router

from wuli.base.clock import today
from wuli.web.api.fields import Day, Filters, Id, Output, Text, given, noted
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import words as _

from ..access import actor, needs, signed_in
from ..models import ApiToken, Person, Region
from ..queries import blind_spots, registers, tokens
from ..queries.blind_spots import SPOTS, Spot
from ..rules.duties import Perm
from . import asked
from .schemas import PersonRef, RegionOut, UnitRef

router = Router(tags=[_("其他")])


class Me(Output):
    username: str = noted(_("登录名（个人信息）"))
    person: PersonRef | None = noted(_("对应人员"))
    perms: list[Perm] = noted(_("现在能做什么"))
    token: str | None = noted(_("所用令牌；null 表示浏览器会话"))
    expires_on: Day | None = noted(_("令牌有效期至"))


class Regions(Page[RegionOut]):
    pass


class RegionFilters(Paging):
    level: Region.Level | None = given(Region, "level", None)
    parent: Text | None = noted(_("上级地区的代码"), None, max_length=6)
    q: Text = noted(_("名称含有，或代码以此开头"), "", max_length=60)


class SpotOut(Output):
    spot: Spot = noted(_("哪一种盲点"))
    label: str = noted(_("名称"))
    of_people: bool = noted(_("true 计人，false 计单位"))
    count: int = noted(_("多少"))


class BlindSpots(Output):
    unit: UnitRef = noted(_("单位"))
    on: Day = noted(_("业务日期"))
    spots: list[SpotOut] = noted(_("各种盲点"))


class UnitAsked(Filters):
    unit: Id = noted(_("哪个单位及其下级"))


@router.get("/me", response=Me, summary=_("我是谁，能做什么"))
@signed_in
def me(request: HttpRequest) -> Me:
    user, token = actor(request), getattr(request, "auth", None)
    token = token if isinstance(token, ApiToken) else None
    person: Person | None = user.person
    return Me(
        username=user.username, person=PersonRef.of(person) if person else None, perms=list(tokens.own_perms(user)),
        token=token.name if token else None, expires_on=token.expires_on if token else None,
    )  # fmt: skip


@router.get("/regions", response=Regions, summary=_("地区"), description=_("GB/T 2260 行政区划与 ISO 3166 国家"))
@needs(Perm.UNIT_VIEW)
def region_list(request: HttpRequest, filters: Query[RegionFilters]) -> Regions:
    rows = registers.regions(level=filters.level, parent=filters.parent, text=filters.q)
    return Regions(**page_of(request, rows, filters, order=("code",), show=RegionOut.of))


@router.get("/blind-spots", response=BlindSpots, summary=_("盲点数"), description=_("今天责任落空的人和单位有多少"))
@needs(Perm.BLIND_SPOT_VIEW)
def blind_spot_counts(request: HttpRequest, filters: Query[UnitAsked]) -> BlindSpots:
    unit, on = asked.unit(request, filters.unit, "unit", Perm.BLIND_SPOT_VIEW), today()
    assert unit is not None
    counts = blind_spots.totals(unit, on)
    spots = [
        SpotOut(spot=spot, label=str(info.label), of_people=info.of_people, count=counts[spot])
        for spot, info in SPOTS.items()
    ]
    return BlindSpots(unit=UnitRef.of(unit), on=on, spots=spots)
