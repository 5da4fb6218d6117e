from django.http import Http404, HttpRequest
from django.utils.translation import gettext as say
from django.utils.translation import pgettext_lazy
from ninja import Query, Router
from ninja.responses import Status

from wuli.base.clock import FOREVER, now, today
from wuli.base.errors import Refused
from wuli.web.api.fields import Day, Id, Input, given, noted
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import as_text
from wuli.web.api.words import words as _

from ..access import NotAllowed, actor, needs
from ..actions import postings as actions
from ..models import Posting
from ..models.posting import Duty
from ..queries import postings as queries
from ..queries import registers
from ..queries.scope import grantable, people_where
from ..rules.duties import DUTIES, Perm
from . import asked
from .schemas import PostingOut

router = Router(tags=[as_text(pgettext_lazy("plural", "职责"))])


class Postings(Page[PostingOut]):
    pass


class PostingFilters(Paging):
    on: Day | None = noted(_("哪一天任职，默认为今天"), None)
    duty: Duty | None = given(Posting, "duty", None)
    unit: Id | None = noted(_("只要这个单位的"), None)
    under: Id | None = noted(_("只要这个单位及其下级的"), None)
    person: Id | None = noted(_("只要这个人的"), None)


class PostIn(Input):
    person: Id = given(Posting, "person")
    duty: Duty = given(Posting, "duty")
    unit: Id = given(Posting, "unit")
    from_date: Day = given(Posting, "from_date")
    until_date: Day | None = given(Posting, "until_date", None, note=_("从这一天起不再任职；null 表示长期"))


class EndIn(Input):
    on: Day = noted(_("从这一天起不再任职"))


class DelegateIn(Input):
    to: Id = noted(_("代理人"))
    from_date: Day = given(Posting, "from_date")
    until_date: Day = given(Posting, "until_date", note=_("从这一天起由本人接回"))


@router.get("/postings", response=Postings, summary=_("职责列表"))
@needs(Perm.POSTING_VIEW)
def posting_list(request: HttpRequest, filters: Query[PostingFilters]) -> Postings:
    rows = registers.duties_on(
        actor(request), filters.on or today(), within=asked.unit(request, filters.under, "under"),
        unit=filters.unit, person=filters.person, duty=filters.duty,
    )  # fmt: skip
    return Postings(**page_of(request, rows, filters, order=("unit__path", "pk"), show=PostingOut.of))


@router.get("/postings/{id}", response=PostingOut, summary=_("一项职责"))
@needs(Perm.POSTING_VIEW)
def posting(request: HttpRequest, id: Id) -> PostingOut:
    return PostingOut.of(queries.posting_for(actor(request), id))


@router.post("/postings", response={201: PostingOut}, summary=_("任命"))
@needs(Perm.POSTING_GRANT)
def posting_post(request: HttpRequest, new: PostIn) -> Status[PostingOut]:
    unit = asked.unit(request, new.unit, "unit", Perm.POSTING_GRANT)
    assert unit is not None
    if new.duty not in grantable(actor(request), unit):
        raise Refused(say("您不能在“%(unit)s”任命这项职责，请找安全管理员") % {"unit": unit.name}, field="duty")
    person = asked.row(people_where(actor(request), Perm.PERSON_VIEW), new.person, "person")
    given = actions.post(
        person=person, duty=new.duty, unit=unit, from_date=new.from_date, until_date=new.until_date or FOREVER,
        by=actor(request), at=now(),
    )  # fmt: skip
    return Status(201, PostingOut.of(given))


@router.post("/postings/{id}/end", response=PostingOut, summary=_("结束职责"))
@needs(Perm.POSTING_GRANT)
def posting_end(request: HttpRequest, id: Id, said: EndIn) -> Status[PostingOut]:
    found = queries.posting_for(actor(request), id, Perm.POSTING_GRANT)
    if found.duty not in grantable(actor(request), found.unit):
        raise Http404
    actions.end_posting(posting=found, on=said.on, by=actor(request), at=now())
    found.until_date = max(said.on, found.from_date)
    return Status(200, PostingOut.of(found))


@router.post(
    "/postings/{id}/delegate", response={201: PostingOut}, summary=_("委托他人代理自己的职责"),
    description=_("只能委托自己的职责；令牌须含有该职责的全部权限"),
)  # fmt: skip
@needs(Perm.POSTING_VIEW)
def posting_delegate(request: HttpRequest, id: Id, said: DelegateIn) -> Status[PostingOut]:
    own = queries.own_posting(actor(request), id)
    _refuse_more_than_the_token_has(request, own)
    to = asked.row(people_where(actor(request), Perm.PERSON_VIEW), said.to, "to")
    lent = actions.delegate(
        posting=own, to=to, from_date=said.from_date, until_date=said.until_date, by=actor(request), at=now()
    )
    return Status(201, PostingOut.of(lent))


def _refuse_more_than_the_token_has(request: HttpRequest, own: Posting) -> None:
    limit = getattr(actor(request), "only_perms", None)
    if limit is not None and (lacking := DUTIES[Duty(own.duty)].perms - limit):
        raise NotAllowed(tuple(sorted(lacking)))
