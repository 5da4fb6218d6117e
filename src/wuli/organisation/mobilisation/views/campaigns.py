"""Campaigns: the list, one of them with its participation, its turns; members' own hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.models import Kind, Person, Unit
from wuli.kernel.orgs.queries.scope import may, people_where
from wuli.kernel.orgs.queries.units import path_on
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import day_asked, page_or_part
from wuli.web.paging import page_of

from ..actions import campaigns as actions
from ..actions import commitments
from ..actions.campaigns import NewCampaign
from ..forms.campaigns import EndForm, IssueForm, RecordForm, RewordForm, SignForm
from ..models import Campaign
from ..queries import campaigns as queries
from ..queries import participation
from ..queries.roll import is_member_under
from ..rules import campaigns as rules
from .participation import crumbs_to, number_of
from .steps import Step, take

ACTIVE = "campaigns"
SHOWN = 100
"""Members of a branch on one page; few branches have as many."""


@signed_in
def campaign_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    page = page_of(queries.campaigns_for(user), order=queries.ORDER, cursor=request.GET.get("after", ""), size=30)
    mine = {one.pk for one in queries.unsigned_of(user.person, today())} if user.person else set()
    context = {
        "page": page, "unsigned": mine, "today": today(), "may_issue": may(user, Perm.PARTY_ORGANISE),
        "going": [one.pk for one in page.rows if one.is_going(today())],
    }  # fmt: skip
    return page_or_part(request, "mobilisation/campaigns/list.html", "rows", context)


@signed_in
def campaign_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is promised; one's own hand to it; and, to whoever organises members, who stands by it."""
    campaign = queries.campaign_for(actor(request), pk)
    return _detail(request, campaign, SignForm())


@signed_in
@require_POST
def campaign_sign(request: HttpRequest, pk: int) -> HttpResponse:
    campaign, form = queries.campaign_for(actor(request), pk), SignForm(request.POST)
    if form.is_valid():
        try:
            commitments.sign(campaign=campaign, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("您已承诺“%(title)s”") % {"title": campaign.title})
            return redirect("mobilisation:campaign", pk)
    return _detail(request, campaign, form, status=422)


@signed_in
def campaign_take_back(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """One's own commitment, or one that the branch recorded."""
    user, campaign = actor(request), queries.campaign_for(actor(request), pk)
    whose = _member(user, person)
    commitment = queries.standing(campaign, whose)
    if commitment is None:
        raise Http404

    def do(said: dict[str, Any]) -> tuple[str, str]:
        commitments.take_back(commitment=commitment, by=user, at=now(), **said)
        return _("已撤回%(person)s的承诺") % {"person": whose.name}, back

    back = reverse("mobilisation:campaign", args=[pk])
    note = _("%(person)s · 撤回后计入未承诺，可以再签；记录保留。") % {"person": whose.name}
    step = Step(_("撤回承诺"), _("撤回"), back, ACTIVE, _above(campaign), note, danger=True)
    return take(request, step, EndForm(request.POST or None), do)


@needs(Perm.PARTY_ORGANISE)
@require_POST
def campaign_record(request: HttpRequest, pk: int, branch: int) -> HttpResponse:
    """Record for members of a branch who signed on paper or said so at a meeting."""
    user, campaign = actor(request), queries.campaign_for(actor(request), pk)
    unit = _branch(user, campaign, branch)
    missing = queries.names(campaign, unit, today(), show="missing")
    form = RecordForm(request.POST, people=list(missing.values_list("pk", flat=True)))
    if form.is_valid():
        people = list(Person.objects.filter(pk__in=form.cleaned_data["person"]))
        try:
            made = commitments.record_for(
                campaign=campaign, people=people, way=form.cleaned_data["way"], by=user, at=now()
            )
            messages.success(request, _("已代录 %(n)d 名党员") % {"n": len(made)})
        except Refused as no:
            messages.error(request, str(no))
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect(reverse("mobilisation:campaign", args=[pk], query={"unit": branch}))


@needs(Perm.PARTY_ORGANISE)
def campaign_new(request: HttpRequest) -> HttpResponse:
    user = actor(request)

    def do(said: dict[str, Any]) -> tuple[str, str]:
        campaign = actions.issue(NewCampaign(**said), by=user, at=now())
        return _("已签发“%(title)s”") % {"title": campaign.title}, reverse("mobilisation:campaign", args=[campaign.pk])

    initial = {"body": participation.node_for(user, None), "from_date": today()}
    back = reverse("mobilisation:campaigns")
    step = Step(_("发起承诺"), pgettext("verb", "签发"), back, ACTIVE, ((_("党员承诺"), back),))
    return take(request, step, IssueForm(request.POST or None, user=user, initial=initial), do)


@needs(Perm.PARTY_ORGANISE)
def campaign_reword(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = _own(request, pk)

    def do(said: dict[str, Any]) -> tuple[str, str]:
        wording = actions.reword(campaign=campaign, by=actor(request), at=now(), **said)
        return _("承诺文字已改为第 %(n)d 稿") % {"n": wording.number}, back

    back = reverse("mobilisation:campaign", args=[pk])
    form = RewordForm(request.POST or None, initial={"items": queries.wording_of(campaign).items})
    return take(request, Step(_("修改承诺文字"), _("保存"), back, ACTIVE, _above(campaign), campaign.title), form, do)


@needs(Perm.PARTY_ORGANISE)
def campaign_end(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = _own(request, pk)

    def do(said: dict[str, Any]) -> tuple[str, str]:
        actions.end(campaign=campaign, by=actor(request), at=now(), **said)
        return _("“%(title)s”已结束") % {"title": campaign.title}, back

    back = reverse("mobilisation:campaign", args=[pk])
    note = _("不再请党员签；已签的保留。")
    step = Step(_("结束承诺"), _("结束"), back, ACTIVE, _above(campaign), note, danger=True)
    return take(request, step, EndForm(request.POST or None), do)


def _detail(request: HttpRequest, campaign: Campaign, form: SignForm, status: int = 200) -> HttpResponse:
    user, day = actor(request), day_asked(request)
    context = {
        "campaign": campaign, "wording": queries.wording_of(campaign), "wordings": queries.wordings_of(campaign),
        "form": form, "day": day, "today": today(), "going": campaign.is_going(today()),
        "may_change": may(user, Perm.PARTY_ORGANISE, campaign.body), **_own_hand(user.person, campaign),
        **_participation(request, campaign),
    }  # fmt: skip
    return page_or_part(request, "mobilisation/campaigns/detail.html", "body", context, status=status)


def _own_hand(person: Person | None, campaign: Campaign) -> dict[str, Any]:
    """What the reader has signed; whether they may sign now, or why not."""
    if person is None:
        return {}
    mine, in_scope = queries.standing(campaign, person), is_member_under(person, campaign.body.path, today())
    why_not = rules.why_not_sign(campaign, person, in_scope=in_scope, standing=mine, today=today())
    past = [one for one in queries.history_of(campaign, person) if not one.is_open_ended]
    return {"mine": mine, "in_scope": in_scope, "why_not_sign": why_not, "past": past}


def _participation(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    """For whoever organises members: the table of a body, or the names of a branch."""
    user, day = actor(request), day_asked(request)
    unit = participation.node_for(user, number_of(request, "unit"), within=campaign.body.path)
    if unit is None or not path_on(campaign.body, day):
        return {}
    shown = participation.table(unit, day, campaign)
    chain = [one for one in crumbs_to(request, unit, day) if one.unit.depth >= campaign.body.depth]
    called = chain[-1].name if chain else unit.name
    context = {
        "unit": unit,
        "called": called,
        "table": shown,
        "chain": chain,
        "is_branch": unit.kind == Kind.PARTY_BRANCH,
    }
    return context | (_names(request, campaign, unit) if context["is_branch"] and day == today() else {})


def _names(request: HttpRequest, campaign: Campaign, branch: Unit) -> dict[str, Any]:
    show = request.GET.get("show", "missing")
    found = queries.names(campaign, branch, today(), show=show)
    page = page_of(found, order=("number",), cursor=request.GET.get("after", ""), size=SHOWN)
    held = queries.commitments_of(campaign, page.rows)
    names = [{"person": one, "commitment": held.get(one.pk)} for one in page.rows]
    return {"names": names, "page": page, "show": show, "ways": RecordForm(people=[])["way"],
            "may_record": show == "missing" and campaign.is_going(today())}  # fmt: skip


def _member(user: Any, pk: int) -> Person:
    """Oneself, or a member whom `user` organises; else as if not there."""
    people = Person.objects.filter(pk=user.person_id) | people_where(user, Perm.PARTY_ORGANISE)
    return get_object_or_404(people.select_related("branch"), pk=pk)


def _branch(user: Any, campaign: Campaign, pk: int) -> Unit:
    unit = participation.node_for(user, pk, within=campaign.body.path)
    if unit is None or unit.pk != pk:
        raise Http404
    return unit


def _own(request: HttpRequest, pk: int) -> Campaign:
    """A campaign of a body that the asker organises; one from above is not theirs to change."""
    campaign = queries.campaign_for(actor(request), pk)
    if not may(actor(request), Perm.PARTY_ORGANISE, campaign.body):
        raise Http404
    return campaign


def _above(campaign: Campaign) -> tuple[tuple[str, str], ...]:
    return (
        (_("党员承诺"), reverse("mobilisation:campaigns")),
        (campaign.title, reverse("mobilisation:campaign", args=[campaign.pk])),
    )
