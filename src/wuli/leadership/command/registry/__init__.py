"""What this app adds to the house: entries of the rail, what waits for someone, chores, kinds of notices, verbs."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.base import ticking
from wuli.base.clock import now, today
from wuli.base.figures import kept
from wuli.kernel.journal.rules import verbs
from wuli.kernel.metrics import registry as metrics
from wuli.kernel.notices.rules import kinds as notices
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import agenda, day, navigation, search
from wuli.web.day import Task, When
from wuli.web.search import Hit

from ..actions import duty_telling, following
from ..actions import groups as group_actions
from ..actions import presence as presence_actions
from ..models import DutyDesk, Response
from ..queries import desks_due, duty, groups, presence, responses
from ..rules.duty import AHEAD, Passing
from ..rules.notices import KINDS
from ..rules.presence import is_overdue
from ..rules.verbs import GROUPS
from . import figures
from .appointments import shifts_of


def register() -> None:
    notices.register(*KINDS)
    for group in GROUPS:
        verbs.register(group)
    metrics.add(*figures.METRICS)
    ticking.register("command.units", lambda at: following.follow_units(at=at))
    ticking.register("command.left", lambda at: group_actions.let_go_left(at=at))
    ticking.register("command.presence", lambda at: presence_actions.follow_all(at=at))
    ticking.register("command.duty", lambda at: duty_telling.watch(at=at))
    search.register("responses", pgettext_lazy("plural", "应急响应"), _find)
    day.register("command.responses", _in_force)
    day.register("command.presence", _where_am_i)
    day.register("command.duty", _my_duty)
    agenda.register("command.shifts", shifts_of)
    navigation.register_group("command", lazy("指挥"), order=10)
    navigation.register(*_entries())


def _entries() -> Iterator[navigation.Entry]:
    yield navigation.Entry(
        "command", lazy("应急响应"), "command:list", "alarm", "command", order=5, visible=_sees_responses,
    )  # fmt: skip
    yield navigation.Entry("duty", lazy("值班"), "command:duty", "phone", "command", order=8, visible=_has_desks)


def _sees_responses(request: HttpRequest) -> bool:
    return may(actor(request), Perm.RESPONSE_VIEW) or bool(_active(request))


def _has_desks(request: HttpRequest) -> bool:
    """Whoever answers for a unit, and everybody once some desk is staffed: its phone is for all."""
    return may(actor(request), Perm.RESPONSE_VIEW) or kept("command.desks", lambda: DutyDesk.objects.exists())


def _find(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    return [
        Hit(one.title, f"{one.issuer.name} · {one.get_status_display()}", reverse("command:response", args=[one.pk]),
            "alarm")
        for one in responses.search(actor(request), text, limit)
    ]  # fmt: skip


def _active(request: HttpRequest) -> list[Response]:
    """What is in force for the asker, asked once a request."""
    if not hasattr(request, "_responses"):
        any_at_all = kept("command.any", lambda: Response.objects.active().exists())
        request._responses = responses.active_for(actor(request), today()) if any_at_all else []  # type: ignore[attr-defined]
    found: list[Response] = request._responses  # type: ignore[attr-defined]
    return found


def _in_force(request: HttpRequest) -> Iterable[Task]:
    """What is in force here; and for heads, that their unit has no leading group or no duty desk yet."""
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
        for unit in desks_due.lacking(user, response, on):
            yield Task(
                title=_("%(unit)s还没有值班室") % {"unit": unit.name}, detail=response.title, icon="phone",
                url=reverse("command:desk_new", query={"unit": unit.pk}), verb=_("去设"), when=When.NOW,
            )  # fmt: skip


def _where_am_i(request: HttpRequest) -> Iterable[Task]:
    """Whether I am at post: not said yet, or said to be back by now."""
    person = actor(request).person
    if person is None or not _active(request):
        return
    for key in presence.mine(person):
        if key.status and not is_overdue(key, today()):
            continue
        yield Task(
            title=_("请报到岗情况") if not key.status else _("预计到岗日期已过，请再报到岗情况"), icon="map-pin",
            detail=_("%(unit)s · %(title)s") % {"unit": key.unit.name, "title": key.response.title},
            url=reverse("command:state", args=[key.pk]), verb=_("去报"), when=When.NOW,
        )  # fmt: skip


def _my_duty(request: HttpRequest) -> Iterable[Task]:
    """Shifts of mine to hand over or to take over, and the next one to come."""
    person, at = actor(request).person, now()
    if person is None or not duty.is_rostered(person, at):
        return
    for one in duty.my_hand_overs(person, at):
        mine = one.passing in (Passing.OWED, Passing.MISSED)
        left = one.note.unfinished if one.note else ""
        yield Task(
            title=(_("请交班：%(unit)s") if mine else _("请接班：%(unit)s")) % {"unit": one.shift.desk.unit.name},
            detail=_("写交班记录，下一班接班后才算完") if mine else left, icon="phone",
            url=reverse("command:shift", args=[one.shift.pk]), verb=_("去交班") if mine else _("去接班"),
            when=When.NOW if one.shift.until_at <= at else When.TODAY, due=one.shift.until_at,
        )  # fmt: skip
    for shift in duty.mine(person, at).filter(from_at__lt=at + AHEAD)[:3]:
        yield Task(
            title=_("值班：%(unit)s") % {"unit": shift.desk.unit.name}, url=reverse("command:shift", args=[shift.pk]),
            detail=_("值班电话 %(phone)s") % {"phone": shift.desk.phone}, verb=_("查看"), icon="phone",
            when=When.TODAY if shift.from_at <= at else When.WAITING, due=shift.from_at,
        )  # fmt: skip
