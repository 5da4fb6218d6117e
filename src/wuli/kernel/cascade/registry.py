"""What this app adds to the house: its chores, rail entries, what waits for someone, the words of its events."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from wuli.base import ticking
from wuli.base.clock import now
from wuli.kernel.journal.rules import verbs
from wuli.kernel.notices.rules import kinds
from wuli.kernel.notices.rules.kinds import NoticeKind
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import day, navigation, search
from wuli.web.day import Task, When
from wuli.web.marks import with_thousands
from wuli.web.search import Hit

from .actions import chasing, freezing, rounds
from .queries import review, slots
from .rules import kinds as call_kinds
from .rules.reminders import REMINDER
from .rules.verbs import GROUPS


def register() -> None:
    ticking.register("cascade.rounds", _open)
    ticking.register("cascade.chase", chasing.chase_due)
    ticking.register("cascade.freeze", freezing.freeze_due)
    kinds.register(NoticeKind(REMINDER, lazy("催报"), to_groups=True, a_day=12))
    search.register("calls", lazy("上报任务"), _find)
    day.register("answers", _to_answer)
    day.register("reviews", _to_review)
    navigation.register_group("command", lazy("指挥"), order=10)
    navigation.register(
        navigation.Entry(
            "rounds", lazy("上报与催办"), "cascade:rounds", "send", "command", order=20, visible=_may_see, tab=True,
            under=("cascade:",),
        )
    )  # fmt: skip
    for group in GROUPS:
        verbs.register(group)


def _open(at: datetime) -> int:
    """The tree first, so that a round opens and freezes on the tree of its day."""
    return rounds.follow_tree(at) + rounds.open_due(at)


def _may_see(request: HttpRequest) -> bool:
    return may(actor(request), Perm.CALL_VIEW)


def _to_answer(request: HttpRequest) -> Iterable[Task]:
    if not may(actor(request), Perm.REPLY_FILE):
        return
    at = now()
    for slot in slots.first_waiting_for(actor(request), at, but=call_kinds.codes()):
        yield Task(
            title=_("%(call)s（%(day)s）") % {"call": slot.round.call.title, "day": slot.round.on},
            detail=slot.unit.name, url=reverse("cascade:slot", args=[slot.pk]), verb=_("去填"), due=slot.due_at,
            when=When.NOW if slot.due_at <= at else When.TODAY,
        )  # fmt: skip


def _find(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    """Each call once, at its newest round."""
    if not may(actor(request), Perm.CALL_VIEW):
        return []
    return [
        Hit(one.call.title, f"{one.call.issuer.name} · {one.on}", reverse("cascade:board", args=[one.pk]), "send")
        for one in slots.search(actor(request), text, limit)
    ]


def _to_review(request: HttpRequest) -> Iterable[Task]:
    if not may(actor(request), Perm.REPLY_REVIEW):
        return
    for round_, count in review.rounds_waiting(actor(request)):
        if call_kinds.kind_of(round_.call.kind):
            continue
        yield Task(
            title=_("审核%(call)s（%(day)s）") % {"call": round_.call.title, "day": round_.on},
            detail=ngettext("%(n)s 份待审核", "%(n)s 份待审核", count) % {"n": with_thousands(count)}, verb=_("去审核"),
            url=reverse("cascade:review", args=[round_.pk]), icon="circle-check",
        )  # fmt: skip
