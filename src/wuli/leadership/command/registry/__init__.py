"""What this app adds to the house: entries of the rail, what waits for someone, chores, kinds of notices, verbs."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base import ticking
from wuli.base.clock import today
from wuli.base.figures import kept
from wuli.kernel.journal.rules import verbs
from wuli.kernel.metrics import registry as metrics
from wuli.kernel.notices.rules import kinds as notices
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import day, navigation
from wuli.web.day import Task, When

from ..actions import following
from ..actions import groups as group_actions
from ..models import Response
from ..queries import groups, responses
from ..rules.notices import KINDS
from ..rules.verbs import GROUPS
from . import figures


def register() -> None:
    notices.register(*KINDS)
    for group in GROUPS:
        verbs.register(group)
    metrics.add(*figures.METRICS)
    ticking.register("command.units", lambda at: following.follow_units(at=at))
    ticking.register("command.left", lambda at: group_actions.let_go_left(at=at))
    day.register("command.responses", _in_force)
    navigation.register_group("command", lazy("指挥"), order=10)
    navigation.register(*_entries())


def _entries() -> Iterator[navigation.Entry]:
    yield navigation.Entry(
        "command", lazy("应急响应"), "command:list", "alarm", "command", order=5, visible=_sees_responses,
        under=("command:response", "command:group", "command:summary"),
    )  # fmt: skip


def _sees_responses(request: HttpRequest) -> bool:
    return may(actor(request), Perm.RESPONSE_VIEW) or bool(_active(request))


def _active(request: HttpRequest) -> list[Response]:
    """What is in force for the asker, asked once a request."""
    if not hasattr(request, "_responses"):
        any_at_all = kept("command.any", lambda: Response.objects.active().exists())
        request._responses = responses.active_for(actor(request)) if any_at_all else []  # type: ignore[attr-defined]
    found: list[Response] = request._responses  # type: ignore[attr-defined]
    return found


def _in_force(request: HttpRequest) -> Iterable[Task]:
    """What is in force here; and for heads, that their unit has no leading group yet."""
    user, on = actor(request), today()
    for response in _active(request):
        url = reverse("command:response", args=[response.pk])
        title = _("%(level)s：%(title)s") % {"level": response.get_level_display(), "title": response.title}
        yield Task(title=title, detail=response.measures, url=url, verb=_("查看"), icon="alarm", when=When.WAITING)
        if not may(user, Perm.RESPONSE_COMMAND):
            continue
        for unit in groups.lacking(user, response, on):
            yield Task(
                title=_("%(unit)s还没有成立领导小组") % {"unit": unit.name}, detail=response.title, icon="users",
                url=reverse("command:group_new", args=[response.pk], query={"unit": unit.pk}), verb=_("去成立"),
                when=When.NOW,
            )  # fmt: skip
