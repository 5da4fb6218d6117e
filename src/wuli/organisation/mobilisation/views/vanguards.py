"""Vanguards: the register, one of them, its turns, its results; files of results and activities."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext, pgettext_lazy

from wuli.base.clock import now, today
from wuli.kernel.ledger.queries.evidence import path_of
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import may, units_where
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import kept_file
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..actions import vanguards as actions
from ..actions.vanguards import NewVanguard
from ..forms.vanguards import (
    SORTS,
    STATES,
    DecideForm,
    DissolveForm,
    NothingForm,
    PersonForm,
    ProposeForm,
    ReturnForm,
    TellForm,
)
from ..models import Vanguard
from ..queries import participation
from ..queries import vanguards as queries
from ..rules import vanguards as rules
from .participation import number_of
from .steps import Step, Words, take

ACTIVE = "vanguards"
Status = Vanguard.Status


@signed_in
def vanguard_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    unit = units_where(user, Perm.UNIT_VIEW).filter(pk=number_of(request, "unit")).first()
    sort, status = (request.GET.get(name, "") for name in ("sort", "status"))
    found = queries.listed(user, unit=unit, sort=sort if sort in Vanguard.Sort.values else "",
                           status=status if status in Status.values else "")  # fmt: skip
    page = page_of(found, order=queries.ORDER, cursor=request.GET.get("after", ""), size=50)
    context = {
        "page": page, "unit": unit, "sorts": SORTS, "states": STATES, "sort": sort, "status": status,
        "heads": queries.heads(page.rows, today()), "may_propose": may(user, Perm.PARTY_ORGANISE),
        "active_count": queries.vanguards_for(user).active(today()).count(),  # type: ignore[attr-defined]
        "waiting": queries.waiting_for(user), "today": today(),
    }  # fmt: skip
    return page_or_part(request, "mobilisation/vanguards/list.html", "rows", context)


@signed_in
def vanguard_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    vanguard = queries.vanguard_for(user, pk)
    organises = may(user, Perm.PARTY_ORGANISE, vanguard.body)
    serving = queries.serving(vanguard, today())
    context = {
        "vanguard": vanguard, "serving": serving, "organises": organises, "before": queries.served_before(vanguard),
        "results": queries.results_of(vanguard), "turns": _offered(user, vanguard, organises=organises),
        "leaderless": not any(one.member.leads and not one.gone for one in serving),
        "over": vanguard.is_over(today()), "here": sum(not one.gone for one in serving),
    }  # fmt: skip
    return page_or_part(request, "mobilisation/vanguards/detail.html", "body", context)


@needs(Perm.PARTY_ORGANISE)
def vanguard_new(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    body = participation.node_for(user, number_of(request, "unit"))
    initial = {"body": body, "unit": body.serves if body else None, "from_date": today()}

    def do(said: dict[str, Any]) -> tuple[str, str]:
        vanguard = actions.propose(NewVanguard(**said), by=user, at=now())
        return _("已报上级党组织审批"), _page(vanguard.pk)

    back = reverse("mobilisation:vanguards")
    step = Step(_("申请设立"), _("报上级审批"), back, ACTIVE, ((_("先锋岗和突击队"), back),))
    return take(request, step, ProposeForm(request.POST or None, user=user, initial=initial), do)


@dataclass(frozen=True)
class Turn:
    """A button of the page: its words, its form, what it does, when it is offered."""

    title: Words
    verb: Words
    done: Words
    form: Callable[[HttpRequest, Vanguard], Any]
    do: Callable[..., Any]
    danger: bool = False


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _amend_form(request: HttpRequest, vanguard: Vanguard) -> ProposeForm:
    leader = next((one.member.person for one in queries.serving(vanguard, today()) if one.member.leads), None)
    return ProposeForm(_sent(request), user=actor(request), initial=ProposeForm.of(vanguard, leader))


def _amend(*, vanguard: Vanguard, by: User, at: Any, **said: Any) -> Any:
    return actions.amend(NewVanguard(**said), vanguard=vanguard, by=by, at=at)


def _person_form(label: Words) -> Callable[[HttpRequest, Vanguard], PersonForm]:
    return lambda request, vanguard: PersonForm(_sent(request), user=actor(request), label=label)


TURNS: dict[str, Turn] = {
    "approve": Turn(
        lazy("批准设立"), lazy("批准"), lazy("已批准"), lambda request, vanguard: DecideForm(_sent(request)),
        lambda **said: actions.decide(approve=True, **said),
    ),
    "return": Turn(
        lazy("退回申请"), lazy("退回"), lazy("已退回"), lambda request, vanguard: ReturnForm(_sent(request)),
        lambda **said: actions.decide(approve=False, **said),
    ),
    "amend": Turn(lazy("修改申请"), lazy("重新报批"), lazy("已重新报批"), _amend_form, _amend),
    "tell": Turn(
        lazy("填写成效"), lazy("保存"), lazy("成效已记录"),
        lambda request, vanguard: TellForm(
            _sent(request), request.FILES if request.method == "POST" else None, initial={"on_date": today()}
        ),
        actions.tell,
    ),
    "join": Turn(
        lazy("增加成员"), lazy("加入"), lazy("已加入"), _person_form(pgettext_lazy("vanguard", "成员")), actions.join
    ),
    "lead": Turn(
        lazy("更换负责人"), lazy("更换"), lazy("已更换负责人"), _person_form(lazy("新的负责人")), actions.lead
    ),
    "dissolve": Turn(
        pgettext_lazy("vanguard", "撤销"), pgettext_lazy("vanguard", "撤销"), pgettext_lazy("vanguard", "已撤销"),
        lambda request, vanguard: DissolveForm(_sent(request)), actions.dissolve, danger=True,
    ),
}  # fmt: skip


@needs(Perm.PARTY_ORGANISE)
def vanguard_turn(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    user = actor(request)
    vanguard = queries.vanguard_for(user, pk)
    if name not in TURNS or not may(user, Perm.PARTY_ORGANISE, vanguard.body):
        raise Http404
    turn = TURNS[name]

    def do(said: dict[str, Any]) -> tuple[str, str]:
        turn.do(vanguard=vanguard, by=user, at=now(), **said)
        return str(turn.done), _page(pk)

    step = Step(turn.title, turn.verb, _page(pk), ACTIVE, _above(vanguard), vanguard.name, turn.danger)
    return take(request, step, turn.form(request, vanguard), do)


@needs(Perm.PARTY_ORGANISE)
def vanguard_leave(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    user = actor(request)
    vanguard = queries.vanguard_for(user, pk)
    if not may(user, Perm.PARTY_ORGANISE, vanguard.body):
        raise Http404
    who = get_object_or_404(vanguard.members.select_related("person", "vanguard"), pk=member)

    def do(said: dict[str, Any]) -> tuple[str, str]:
        actions.leave(member=who, by=user, at=now())
        return _("%(person)s已退出") % {"person": who.person.name}, _page(pk)

    step = Step(
        pgettext("vanguard", "退出"),
        pgettext("vanguard", "退出"),
        _page(pk),
        ACTIVE,
        _above(vanguard),
        who.person.name,
        danger=True,
    )
    return take(request, step, NothingForm(_sent(request)), do)


@signed_in
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture or paper, for those who may see what it belongs to; only pictures are shown in the browser."""
    found = queries.attachment_for(actor(request), pk)
    return kept_file(path_of(found.digest), found.name, found.media_type, shown=found.is_picture)


def _offered(user: User, vanguard: Vanguard, *, organises: bool) -> list[tuple[str, Turn]]:
    """The turns that can be taken now; the first is the next step."""
    own, above = vanguard.proposed_by_id == user.person_id, queries.is_above(user, vanguard.body)
    decides = rules.why_not_decide(vanguard, above=above, own=own, approve=True, opinion="") is None
    by_status = {
        Status.PROPOSED: (["approve", "return"] if decides else []) + ["amend"],
        Status.RETURNED: ["amend"],
        Status.APPROVED: ["tell", "dissolve"] if vanguard.is_over(today()) else ["tell", "join", "lead", "dissolve"],
        Status.DISSOLVED: ["tell"],
    }
    return [(name, TURNS[name]) for name in by_status[Status(vanguard.status)]] if organises else []


def _page(pk: int) -> str:
    return reverse("mobilisation:vanguard", args=[pk])


def _above(vanguard: Vanguard) -> tuple[tuple[str, str], ...]:
    return ((_("先锋岗和突击队"), reverse("mobilisation:vanguards")), (vanguard.name, _page(vanguard.pk)))
