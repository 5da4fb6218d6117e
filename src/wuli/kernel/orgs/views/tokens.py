from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.web.pages import blame, page_or_part

from ..access import actor, signed_in
from ..actions import tokens as actions
from ..forms.tokens import TokenForm
from ..models import ApiToken
from ..queries import tokens as queries
from ..rules.duties import Perm

SHOWN = 100


@signed_in
@never_cache
def token_list(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and a form for another. A new one is shown in the answer to the form, once and nowhere else."""
    form = TokenForm(request.POST or None, user=actor(request))
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = actions.create_token(user=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            return _page(request, TokenForm(user=actor(request)), token, secret)
    return _page(request, form)


@signed_in
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: what is revoked does not come back, and a program stops working at once."""
    token = queries.token_of(actor(request), pk)
    if request.method != "POST":
        return _confirm(request, token)
    try:
        actions.revoke_token(token=token, by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("已撤销令牌“%(token)s”") % {"token": token})
    return redirect("orgs:tokens")


def _confirm(request: HttpRequest, token: ApiToken) -> HttpResponse:
    context = {
        "title": _("撤销令牌“%(token)s”？") % {"token": token}, "verb": _("撤销"), "danger": True,
        "text": _("使用它的程序将立即被拒绝，撤销后不能恢复。"),
        "action": reverse("orgs:token_revoke", args=[token.pk]), "cancel": reverse("orgs:tokens"),
    }  # fmt: skip
    return render(request, "confirm_page.html", context)


def _page(request: HttpRequest, form: TokenForm, token: ApiToken | None = None, secret: str = "") -> HttpResponse:
    tokens = list(queries.tokens_of(actor(request))[:SHOWN])
    rows = [(one, one.is_live(today()), [perm.label for perm in Perm if perm in one.perms]) for one in tokens]
    context = {"form": form, "rows": rows, "token": token, "secret": secret}
    status = 422 if form.is_bound and not secret else 200
    return page_or_part(request, "orgs/tokens/list.html", "body", context, status=status)
