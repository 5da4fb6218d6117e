"""What this app adds to the house: entries of the rail, things to search, what waits for someone, chores."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy

from wuli.base import ticking
from wuli.base.clock import now, today
from wuli.kernel.journal.rules import verbs
from wuli.web import day, navigation, search
from wuli.web.day import Task, When
from wuli.web.search import Hit

from . import tasks
from .access import actor
from .actions import planned, receipts, signing_in
from .models import About
from .models.posting import Duty
from .queries import accounts, blind_spots, people, postings, roster_lines, tree_lines
from .queries import search as find
from .queries.blind_spots import SPOTS
from .queries.scope import grants_of, may, unit_at
from .rules import layouts
from .rules.duties import Perm
from .rules.layouts import Table, Way
from .rules.roster.layout import ROSTER
from .rules.tree.layout import TREE
from .rules.verbs import GROUPS

FIXERS = (Duty.HEAD, Duty.DEPUTY, Duty.ROSTER_KEEPER, Duty.GRID_KEEPER, Duty.DEPUTY_KEEPER)
"""Whose day shows the blind spots of the unit where they hold the duty."""
SOON = timedelta(days=7)
"""Before a duty ends, its holder is told."""


def register() -> None:
    ticking.register("units.planned", lambda at: planned.carry_out_due(at=at))
    ticking.register("imports", tasks.tend_imports)
    ticking.register("api.receipts", lambda at: receipts.forget_old(at=at))
    ticking.register("accounts.failures", lambda at: signing_in.forget_failures(at=at))
    day.register("blind_spots", _spots_to_mend)
    day.register("postings", _duties_about_to_end)
    day.register("account_requests", _changes_to_confirm)
    search.register("units", pgettext_lazy("plural", "单位"), _find_units)
    search.register("people", lazy("人员"), _find_people)
    navigation.register_group("whom", lazy("对象"), order=20)
    navigation.register_group("manage", lazy("管理"), order=90)
    navigation.register(*_entries())
    for group in GROUPS:
        verbs.register(group)
    layouts.register(About.ROSTER, _roster())
    layouts.register(About.UNITS, _units())


def _roster() -> Table:
    def way() -> Way:
        from .actions.sheets import ways

        return ways.ROSTER

    return Table(
        layout=ROSTER, title=About.ROSTER.label, home="orgs:roster", active="roster", doors="orgs:roster", way=way,
        lines=roster_lines.lines, look=lambda one: reverse("orgs:roster", query={"unit": one.unit_id}),
    )  # fmt: skip


def _units() -> Table:
    def way() -> Way:
        from .actions.sheets import ways

        return ways.UNITS

    return Table(
        layout=TREE, title=About.UNITS.label, home="orgs:units", active="units", doors="orgs:unit", way=way,
        lines=tree_lines.lines, look=lambda one: reverse("orgs:unit", args=[one.unit_id]),
    )  # fmt: skip


def allowed(perm: Perm) -> Callable[[HttpRequest], bool]:
    return lambda request: may(actor(request), perm)


def _entries() -> Iterator[navigation.Entry]:
    everyone = allowed(Perm.UNIT_VIEW)
    yield navigation.Entry("home", lazy("我的一天"), "home", "inbox", "", order=0, visible=everyone, tab=True)
    yield navigation.Entry(
        "units", pgettext_lazy("plural", "单位"), "orgs:units", "building", "whom", order=10, visible=everyone,
        tab=True, under=("orgs:unit",),
    )  # fmt: skip
    yield navigation.Entry(
        "roster", lazy("花名册"), "orgs:roster", "users", "whom", order=20, visible=allowed(Perm.PERSON_VIEW), tab=True,
        under=("orgs:person", "orgs:roster"),
    )  # fmt: skip
    yield navigation.Entry(
        "duties", pgettext_lazy("plural", "职责"), "orgs:postings", "id-badge-2", "whom", order=30,
        visible=allowed(Perm.POSTING_VIEW),
    )  # fmt: skip
    yield navigation.Entry(
        "blind_spots", lazy("盲点"), "orgs:blind_spots", "eye-off", "whom", order=40,
        visible=allowed(Perm.BLIND_SPOT_VIEW),
    )  # fmt: skip
    yield navigation.Entry(
        "calendar", lazy("工作日历"), "orgs:calendar", "calendar", "whom", order=50, visible=everyone,
    )  # fmt: skip
    yield navigation.Entry(
        "accounts", pgettext_lazy("plural", "账号"), "orgs:accounts", "key", "manage", order=30,
        visible=allowed(Perm.ACCOUNT_MANAGE),
    )  # fmt: skip
    yield navigation.Entry(
        "account_requests", lazy("账号复核"), "orgs:account_requests", "shield-lock", "manage", order=35,
        visible=allowed(Perm.ACCOUNT_CONFIRM),
    )  # fmt: skip
    yield navigation.Entry("me", lazy("我的"), "orgs:me", "user", "", order=99, visible=everyone, tab=True)


def _find_units(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    found = find.search_units(actor(request), text, today(), limit=limit)
    return [
        Hit(unit.name, f"{unit.get_kind_display()} · {unit.code}", reverse("orgs:unit", args=[unit.pk]), "building")
        for unit in found
    ]


def _find_people(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    if not may(actor(request), Perm.PERSON_VIEW):
        return []
    found = people.search_people(actor(request), text, today(), limit=limit)
    return [
        Hit(person.name, f"{person.unit.name} · {person.number}", reverse("orgs:person", args=[person.pk]), "user")
        for person in found
    ]


def _spots_to_mend(request: HttpRequest) -> Iterable[Task]:
    """The holes in responsibility at the units that the asker keeps."""
    kept = [grant.path for grant in grants_of(actor(request)) if grant.duty in FIXERS]
    unit = unit_at.first(path=min(kept, key=len)) if kept else None
    if unit is None:
        return
    for spot, count in blind_spots.totals(unit, today()).items():
        if count:
            yield Task(
                title=_("：").join((str(SPOTS[spot].label), f"{count:,}")),
                detail=f"{unit.name} · {SPOTS[spot].remedy}", icon="eye-off",
                url=f"{reverse('orgs:blind_spot', args=[spot])}?unit={unit.pk}", verb=_("去补"),
            )  # fmt: skip


def _duties_about_to_end(request: HttpRequest) -> Iterable[Task]:
    person = actor(request).person
    if person is None:
        return
    for posting in postings.ending(person, today(), by=today() + SOON):
        left = (posting.until_date - today()).days
        yield Task(
            title=_("您的%(duty)s职责即将结束") % {"duty": posting.get_duty_display()}, detail=posting.unit.name,
            url=reverse("orgs:unit", args=[posting.unit_id]), verb=_("查看"), icon="clock", when=When.WAITING,
            due_words=ngettext("还有 %(n)d 天", "还有 %(n)d 天", left) % {"n": left},
        )  # fmt: skip


def _changes_to_confirm(request: HttpRequest) -> Iterable[Task]:
    """Changes to administrators' accounts that another administrator asked for."""
    if not accounts.is_administrator(actor(request)):
        return
    for asked in accounts.waiting_requests(actor(request), now()):
        yield Task(
            title=_("%(who)s的账号：%(verb)s") % {"who": asked.account, "verb": asked.get_verb_display()},
            detail=_("%(who)s提出：%(why)s") % {"who": asked.asked_by, "why": asked.reason}, icon="shield-lock",
            url=reverse("orgs:account_requests"), verb=_("去复核"), when=When.NOW,
        )  # fmt: skip
