from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import blame, page_or_part

from ..actions import channels as actions
from ..forms import ChannelForm
from ..models import Channel
from ..queries import channels as queries
from ..rules import kinds
from ..rules.addresses import service_of
from ..rules.outcomes import Outcome, words_of


@needs(Perm.CHANNEL_MANAGE)
def channel_list(request: HttpRequest) -> HttpResponse:
    """The ways out of the house, how each does, and a button to try it."""
    rows = [
        {
            "one": one,
            "service": service_of(one.hint),
            "kinds": [kinds.label_of(code) for code in one.kinds],
            "tested": words_of(one.test_outcome) if one.tested_at else "",
        }  # fmt: skip
        for one in queries.channels_for(actor(request))
    ]
    return page_or_part(request, "notices/channels.html", "rows", {"rows": rows})


@needs(Perm.CHANNEL_MANAGE)
@sensitive_post_parameters("address")
def channel_add(request: HttpRequest) -> HttpResponse:
    form = ChannelForm(request.POST or None, user=actor(request))
    if request.method == "POST" and form.is_valid():
        try:
            channel = actions.add_channel(by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已添加渠道“%(name)s”，请试发一条") % {"name": channel})
            return redirect("notices:channels")
    return page_or_part(
        request, "notices/channel_form.html", "form", {"form": form}, status=422 if form.is_bound else 200
    )


@needs(Perm.CHANNEL_MANAGE)
@require_POST
def channel_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message of trial, and say in words how it went."""
    channel = queries.channel_for(actor(request), pk)
    outcome = actions.test_channel(channel=channel, by=actor(request), at=now())
    said = _("%(name)s：%(words)s") % {"name": channel, "words": words_of(outcome)}
    (messages.success if outcome == Outcome.SENT else messages.error)(request, said)
    return redirect("notices:channels")


@needs(Perm.CHANNEL_MANAGE)
def channel_switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: what still waits to go through it then stays on the page only."""
    channel = queries.channel_for(actor(request), pk)
    return _switch(request, channel, on=False) if request.method == "POST" else _confirm(request, channel)


@needs(Perm.CHANNEL_MANAGE)
@require_POST
def channel_switch_on(request: HttpRequest, pk: int) -> HttpResponse:
    return _switch(request, queries.channel_for(actor(request), pk), on=True)


def _switch(request: HttpRequest, channel: Channel, *, on: bool) -> HttpResponse:
    try:
        actions.switch_channel(channel=channel, on=on, by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        said = _("已启用渠道“%(name)s”") if on else _("已停用渠道“%(name)s”")
        messages.success(request, said % {"name": channel})
    return redirect("notices:channels")


def _confirm(request: HttpRequest, channel: Channel) -> HttpResponse:
    context = {
        "title": _("停用渠道“%(name)s”？") % {"name": channel}, "verb": _("停用"), "danger": True,
        "text": _("还没有发出的消息不再发送，只在页面上显示。以后可以重新启用。"),
        "action": reverse("notices:channel_switch_off", args=[channel.pk]), "cancel": reverse("notices:channels"),
    }  # fmt: skip
    return render(request, "confirm_page.html", context)
