"""What this app adds to the house: its chores and verbs, and what those who look after channels see."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from wuli.base import ticking
from wuli.kernel.journal.rules import verbs
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import day, navigation
from wuli.web.day import Task, When

from .actions import forgetting, routing, sending
from .queries import channels
from .rules.verbs import GROUPS


def register() -> None:
    ticking.register("notices.route", lambda at: routing.route(at=at))
    ticking.register("notices.send", lambda at: sending.send_due(at=at))
    ticking.register("notices.forget", lambda at: forgetting.forget_old(at=at))
    day.register("channels", _channels_that_fail)
    navigation.register(
        navigation.Entry(
            "channels", lazy("通知渠道"), "notices:channels", "speakerphone", "manage", order=50, visible=_may_manage
        )
    )
    for group in GROUPS:
        verbs.register(group)


def _may_manage(request: HttpRequest) -> bool:
    return may(actor(request), Perm.CHANNEL_MANAGE)


def _channels_that_fail(request: HttpRequest) -> Iterable[Task]:
    """For whoever looks after the channels: those whose last message nobody took."""
    if not _may_manage(request):
        return
    for channel, lost in channels.failing(actor(request)):
        yield Task(
            title=_("通知渠道“%(name)s”不通") % {"name": channel}, icon="alert-triangle", when=When.NOW,
            detail=ngettext("%(n)d 条消息未能送达", "%(n)d 条消息未能送达", lost) % {"n": lost},
            url=reverse("notices:channels"), verb=_("去处理"),
        )  # fmt: skip
