"""My settings, where I am signed in, and the administration of accounts."""

from collections.abc import Callable
from typing import Any

from allauth.account.views import password_change as change_password
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as company
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as site
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..access import View, actor, needs, signed_in
from ..actions import accounts as actions
from ..actions import signing_in
from ..forms.accounts import OpenManyForm, ReasonForm
from ..models import AccountRequest, User
from ..queries import accounts as queries
from ..queries.people import ORDER
from ..rules.accounts import OPENED_AT_ONCE
from ..rules.duties import Perm

STATES = {
    "": lazy("已开通"), "temporary": lazy("待改初始密码"), "never": lazy("从未登录"), "locked": lazy("已锁定"),
    "off": lazy("已停用"), "none": lazy("未开通"),
}  # fmt: skip
VERBS = {
    "reset_password": lazy("重置密码"),
    "remove_second_factor": lazy("解除双因素验证"),
    "switch_off": lazy("停用账号"),
    "switch_on": lazy("启用账号"),
    "unlock": lazy("解除锁定"),
}


@signed_in
def settings(request: HttpRequest) -> HttpResponse:
    """What everyone decides for themselves."""
    user = actor(request)
    links = {link.provider: link for link in SocialAccount.objects.filter(user=user).order_by("pk")}
    context = {
        "account": user, "second_factor": Authenticator.objects.filter(user=user, type="totp").first(),
        "companies": [(provider, links.get(provider.sub_id)) for provider in company().list_providers(request)],
        "places": queries.sessions_of(user, request.session.session_key, now()),
        "waiting": queries.waiting_requests(user, now()), "active": "settings",
    }  # fmt: skip
    return page_or_part(request, "orgs/accounts/settings.html", "body", context)


@signed_in
def password_change(request: HttpRequest) -> HttpResponse:
    """For accounts that have a password; others come in through the company and have none to change."""
    if actor(request).has_usable_password():
        answer: HttpResponse = change_password(request)
        return answer
    messages.info(request, _("您通过企业登录进入，没有单独的密码。如需密码，请系统管理员重置"))
    return redirect("orgs:settings")


@signed_in
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in; end one, or all but this one."""
    user, current = actor(request), request.session.session_key
    if request.method == "POST":
        only = request.POST.get("only", "")
        try:
            signing_in.sign_out_elsewhere(
                user=user, current=current, only=int(only) if only.isdecimal() else None, at=now()
            )  # fmt: skip
            messages.success(request, _("已退出所选的登录"))
        except Refused as no:
            messages.warning(request, str(no))
        return redirect("usersessions_list")
    context = {"places": queries.sessions_of(user, current, now()), "active": "settings"}
    return page_or_part(request, "usersessions/usersession_list.html", "places", context)


def by_a_page(view: View) -> View:
    """Send someone to the identity provider from a page, not from the answer to a form: browsers hold the whole
    chain of redirects after a form to the addresses our own policy names, and companies chain as they like.
    """

    def leaving(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = view(request, *args, **kwargs)
        if isinstance(answer, HttpResponseRedirect) and "//" in answer.url:
            page = render(request, "socialaccount/leaving.html", {"url": answer.url})
            page["Refresh"] = f"0;url={answer.url}"
            return page
        return answer

    return leaving


@needs(Perm.ACCOUNT_MANAGE)
def account_list(request: HttpRequest) -> HttpResponse:
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    found = queries.people_for(actor(request), today(), state=state, text=text, at=now())
    page = page_of(found, order=ORDER, cursor=request.GET.get("after", ""), size=50)
    accounts = [person.account for person in page.rows if state != "none"]
    context = {
        "page": page, "state": state, "q": text, "states": STATES, "security": queries.security_of(accounts, now()),
    }  # fmt: skip
    return page_or_part(request, "orgs/accounts/list.html", "rows", context)


@needs(Perm.ACCOUNT_MANAGE)
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    account = queries.account_for(actor(request), pk)
    context = {
        "account": account, "security": queries.security_of([account], now())[account.pk],
        "is_admin": bool(queries.admin_kinds_of(account, today())), "requests": queries.requests_about(account),
        "companies": SocialAccount.objects.filter(user=account).order_by("pk"), "active": "accounts",
    }  # fmt: skip
    return page_or_part(request, "orgs/accounts/detail.html", "body", context)


@needs(Perm.ACCOUNT_MANAGE)
@require_POST
def account_open(request: HttpRequest, pk: int) -> HttpResponse:
    """An account for one person, who need not have a duty."""
    person = queries.person_to_open(actor(request), pk)
    try:
        account, password = actions.open_account(person=person, by=actor(request), at=now())
    except Refused as no:
        messages.warning(request, str(no))
        return redirect("orgs:accounts")
    return _shown_once(request, [(account, password)])


@needs(Perm.ACCOUNT_MANAGE)
def account_open_many(request: HttpRequest) -> HttpResponse:
    """Accounts for everyone who holds a duty at or under a unit and has none yet."""
    form = OpenManyForm(_sent(request), user=actor(request))
    if form.is_valid():
        people = queries.holders_without_account(actor(request), form.cleaned_data["unit"], today())
        try:
            opened = actions.open_accounts(people=people[: OPENED_AT_ONCE + 1], by=actor(request), at=now())
        except Refused as no:
            form.add_error("unit", str(no))
        else:
            return _shown_once(request, opened)
    context = {"form": form, "active": "accounts"}
    return page_or_part(
        request, "orgs/accounts/open_many.html", "form", context, status=422 if form.is_bound else 200
    )  # fmt: skip


@needs(Perm.ACCOUNT_MANAGE)
def account_change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One change, with the reason why."""
    account = queries.account_for(actor(request), pk)
    if verb not in VERBS:
        raise Http404
    form = ReasonForm(_sent(request))
    if form.is_valid():
        try:
            outcome = _do(verb, account, form.cleaned_data["reason"], actor(request))
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return _outcome(request, account, outcome)
    context = {
        "form": form, "account": account, "verb": VERBS[verb], "active": "accounts",
        "waits": verb in actions.CHANGES and queries.admin_kinds_of(account, today()),
    }  # fmt: skip
    return page_or_part(request, "orgs/accounts/change.html", "form", context, status=422 if form.is_bound else 200)


@signed_in
def request_list(request: HttpRequest) -> HttpResponse:
    """Changes to administrators' accounts that wait for me."""
    context = {"requests": queries.waiting_requests(actor(request), now()), "active": "account_requests"}
    return page_or_part(request, "orgs/accounts/requests.html", "rows", context)


@signed_in
@require_POST
def request_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    asked = queries.request_for(actor(request), pk, now())
    try:
        password = actions.confirm(request=asked, by=actor(request), at=now())
    except Refused as no:
        messages.warning(request, str(no))
        return redirect("orgs:account_requests")
    return _outcome(request, asked.account, actions.Outcome(password), back="orgs:account_requests")


@signed_in
@require_POST
def request_decline(request: HttpRequest, pk: int) -> HttpResponse:
    asked = queries.request_for(actor(request), pk, now())
    try:
        actions.decline(request=asked, by=actor(request), at=now())
        messages.success(request, _("已拒绝，账号没有变动"))
    except Refused as no:
        messages.warning(request, str(no))
    return redirect("orgs:account_requests")


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _do(verb: str, account: User, reason: str, by: User) -> actions.Outcome:
    asked: dict[str, Any] = {"account": account, "reason": reason, "by": by, "at": now()}
    if verb in AccountRequest.Verb:
        return actions.change(verb=verb, **asked)
    at_once: dict[str, Callable[..., None]] = {"switch_on": actions.switch_on, "unlock": actions.lift_lock}
    at_once[verb](**asked)
    return actions.Outcome()


def _outcome(request: HttpRequest, account: User, outcome: actions.Outcome, back: str = "") -> HttpResponse:
    if outcome.password:
        return _shown_once(request, [(account, outcome.password)])
    if outcome.waits:
        messages.info(request, _("已提出。这是管理员账号，须由本人或另一类管理员复核后生效"))
    else:
        messages.success(request, _("已办理"))
    return redirect(back) if back else redirect("orgs:account", account.pk)


def _shown_once(request: HttpRequest, opened: list[tuple[User, str]]) -> HttpResponse:
    """Temporary passwords, in the answer itself: they are kept nowhere, so no other page could show them."""
    context = {"opened": opened, "days": site.TEMPORARY_PASSWORD_DAYS, "active": "accounts"}
    return render(request, "orgs/accounts/once.html", context)
