"""What this app adds to the house: entries of the rail, what waits for someone, search, chores, kinds, verbs."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy

from wuli.base import ticking
from wuli.base.clock import business_date, now
from wuli.kernel.journal.rules import verbs
from wuli.kernel.notices.rules import kinds as notices
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import day, navigation, search
from wuli.web.day import Task, When
from wuli.web.search import Hit

from .actions import due, evidence, owners
from .models import Item
from .queries import items
from .queries.items import FEW
from .rules import kinds
from .rules.notices import KINDS
from .rules.verbs import ITEM

AHEAD = 3


def register() -> None:
    kinds.register(kinds.TASK)
    notices.register(*KINDS)
    verbs.register(ITEM)
    ticking.register("items.units", lambda at: due.follow_units(at=at))
    ticking.register("items.left", lambda at: owners.hand_over_left(at=at))
    ticking.register("items.escalate", lambda at: due.escalate_due(at=at))
    ticking.register("evidence.discarded", lambda at: evidence.remove_discarded(at=at))
    day.register("items", _mine)
    day.register("items.waiting", _waiting)
    search.register("items", pgettext_lazy("plural", "督办事项"), _find)
    navigation.register_group("work", lazy("工作"), order=10)
    navigation.register(*_entries())


def _entries() -> Iterator[navigation.Entry]:
    yield navigation.Entry(
        "items", pgettext_lazy("plural", "督办事项"), "ledger:items", "checklist", "work", order=20,
        visible=_allowed(Perm.ITEM_VIEW), under=("ledger:item",),
    )  # fmt: skip
    yield navigation.Entry(
        "events", lazy("审计日志"), "ledger:events", "history", "manage", order=90,
        visible=_allowed(Perm.EVENT_VIEW), under=("ledger:event",),
    )  # fmt: skip


def _allowed(perm: Perm) -> Callable[[HttpRequest], bool]:
    return lambda request: may(actor(request), perm)


def _mine(request: HttpRequest) -> Iterable[Task]:
    """What I owe by tonight: a follow-up, or the whole item; and what falls due in the next days, so that it is no
    surprise."""
    person, at = actor(request).person, now()
    if person is None:
        return
    owed, soon = items.coming_up(person, at, days=AHEAD)
    yield from _owed(owed[:FEW], at)
    yield from _soon(soon[:FEW], at)


def _owed(owed: Iterable[Item], at: datetime) -> Iterable[Task]:
    for item in owed:
        today = business_date(at, item.unit.zone)
        over = (today - item.due_on).days if item.due_on else 0
        yield Task(
            title=item.title, detail=item.unit.name, url=reverse("ledger:item", args=[item.pk]), icon="checklist",
            verb=_("去跟进") if item.follow_up_on and item.follow_up_on <= today else _("去办"),
            when=When.NOW if item.is_behind(today) else When.TODAY, due_words=_due_words(item, over),
        )  # fmt: skip


def _due_words(item: Item, over: int) -> str:
    if over > 0:
        return ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", over) % {"n": over}
    return _("今天到期") if item.due_on and over == 0 else _("今天跟进")


def _soon(soon: Iterable[Item], at: datetime) -> Iterable[Task]:
    for item in soon:
        assert item.due_on is not None
        left = (item.due_on - business_date(at, item.unit.zone)).days
        yield Task(
            title=item.title, detail=item.unit.name, url=reverse("ledger:item", args=[item.pk]), icon="checklist",
            verb=_("查看"), when=When.WAITING, due_words=ngettext("还有 %(n)d 天", "还有 %(n)d 天", left) % {"n": left},
        )  # fmt: skip


def _waiting(request: HttpRequest) -> Iterable[Task]:
    """Requests to close that wait for me as the second person."""
    for item in items.first_waiting_for_second(actor(request)):
        assert item.asked_by is not None
        yield Task(
            title=_("请确认销号：%(title)s") % {"title": item.title}, icon="checkbox", verb=_("去确认"),
            detail=_("%(unit)s · %(who)s申请") % {"unit": item.unit.name, "who": item.asked_by.name},
            url=reverse("ledger:item", args=[item.pk]),
        )  # fmt: skip


def _find(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    found = items.search(actor(request), text, limit)
    return [
        Hit(item.title, f"{item.unit.name} · {item.owner.name}", reverse("ledger:item", args=[item.pk]), "checklist")
        for item in found
    ]
