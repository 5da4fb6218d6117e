"""What this app adds to the house: its rail entry, what waits for someone, its kind of calls, chores, verbs."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from wuli.base import ticking
from wuli.base.clock import now
from wuli.kernel.cascade.models import Slot
from wuli.kernel.cascade.rules import kinds as call_kinds
from wuli.kernel.cascade.rules.kinds import CallKind
from wuli.kernel.journal.rules import verbs
from wuli.kernel.ledger.queries import evidence
from wuli.kernel.metrics.registry import add
from wuli.kernel.notices.rules import kinds as notice_kinds
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import day, navigation, search
from wuli.web.day import Task, When
from wuli.web.marks import with_thousands
from wuli.web.search import Hit

from ..actions import due
from ..models import Proof
from ..queries import copies
from ..queries.directives import KIND, ORDER, called, directives_for
from ..rules import slips
from ..rules.colours import Standing
from ..rules.notices import KINDS
from ..rules.verbs import GROUPS
from .metrics import METRICS

"""Copies that "my day" names; the inbox has the rest."""
VERBS = {Standing.UNSIGNED: lazy("去签收"), Standing.WORKING: lazy("去办理"), Standing.RETURNED: lazy("去改正")}


def register() -> None:
    add(*METRICS)
    call_kinds.register(CallKind(KIND, page=_page, owing=slips.owing_words))
    ticking.register("directives.escalate", due.escalate_due)
    evidence.refers(Proof, "file")
    notice_kinds.register(*KINDS)
    day.register("directives.owed", _owed)
    day.register("directives.review", _to_review)
    search.register("directives", lazy("通知"), _find)
    navigation.register_group("work", lazy("工作"), order=10)
    navigation.register(
        navigation.Entry(
            "directives", lazy("收文发文"), "directives:inbox", "file-text", "work", order=10, visible=_may_see,
            under=("directives:",),
        )
    )  # fmt: skip
    for group in GROUPS:
        verbs.register(group)


def _page(slot: Slot) -> str:
    return reverse("directives:copy", args=[slot.pk])


def _may_see(request: HttpRequest) -> bool:
    return may(actor(request), Perm.CALL_VIEW)


def _owed(request: HttpRequest) -> Iterable[Task]:
    """What the asker's own units must sign, act on, or mend."""
    if not may(actor(request), Perm.REPLY_FILE):
        return
    at = now()
    for slot in copies.first_owed_by(actor(request)):
        slip = slips.slip_of(slot, at)
        yield Task(
            title=slot.round.call.title, detail=f"{slot.unit.name} · {slot.round.call.number}", icon="file-text",
            url=_page(slot), verb=VERBS[slip.standing], due=slip.due,
            when=When.NOW if slip.due and slip.due <= at else When.TODAY,
        )  # fmt: skip


def _to_review(request: HttpRequest) -> Iterable[Task]:
    if not may(actor(request), Perm.REPLY_REVIEW):
        return
    for directive, count in copies.to_review(actor(request)):
        yield Task(
            title=_("审核“%(title)s”的落实情况") % {"title": directive.call.title}, icon="circle-check",
            detail=ngettext("%(n)s 份待审核", "%(n)s 份待审核", count) % {"n": with_thousands(count)}, verb=_("去审核"),
            url=reverse("directives:coverage", args=[directive.pk], query={"show": "reviewing"}),
        )  # fmt: skip


def _find(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    found = directives_for(actor(request)).filter(called(text)).order_by(*ORDER)[:limit]
    return [
        Hit(one.call.title, one.number or _("草稿"), reverse("directives:directive", args=[one.pk]), "file-text")
        for one in found
    ]
