"""What this app adds to the house: entries of the rail, what waits for someone, chores, kinds, verbs, metrics."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.base import ticking
from wuli.kernel.journal.rules import verbs
from wuli.kernel.ledger.rules import kinds
from wuli.kernel.metrics.registry import add
from wuli.kernel.notices.rules import kinds as notices
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import day, navigation, sections

from ..actions import activities, campaigns, vanguards
from ..rules.kinds import MEMBER_TASK
from ..rules.notices import KINDS
from ..rules.verbs import GROUPS
from . import lists
from .beside import of_person, of_unit
from .metrics import METRICS
from .waiting import to_attend, to_organise, to_sign


def register() -> None:
    kinds.register(MEMBER_TASK)
    notices.register(*KINDS)
    add(*METRICS)
    for group in GROUPS:
        verbs.register(group)
    ticking.register("mobilisation.campaigns", lambda at: campaigns.follow_bodies(at=at))
    ticking.register("mobilisation.vanguards", lambda at: vanguards.follow_bodies(at=at))
    ticking.register("mobilisation.activities", lambda at: activities.follow_bodies(at=at))
    day.register("commitments", to_sign)
    day.register("party_activities", to_attend)
    day.register("party_organising", to_organise)
    sections.register("unit", "mobilisation.vanguards", of_unit, order=60)
    sections.register("person", "mobilisation.vanguards", of_person, order=60)
    lists.register()
    navigation.register_group("party", lazy("组织动员"), order=15)
    navigation.register(*_entries())


def _entries() -> Iterator[navigation.Entry]:
    yield navigation.Entry(
        "participation", lazy("参与情况"), "mobilisation:participation", "chart-dots-3", "party", order=50,
        visible=_organises,
    )  # fmt: skip
    yield navigation.Entry(
        "campaigns", lazy("党员承诺"), "mobilisation:campaigns", "heart-handshake", "party", order=60,
        visible=_is_party, under=("mobilisation:campaign",),
    )  # fmt: skip
    yield navigation.Entry(
        "party_activities", pgettext_lazy("rail", "党日和党课"), "mobilisation:activities", "calendar", "party",
        order=70, visible=_is_party, under=("mobilisation:activit", "mobilisation:owing", "mobilisation:rhythm"),
    )  # fmt: skip
    yield navigation.Entry(
        "vanguards", pgettext_lazy("rail", "先锋岗和突击队"), "mobilisation:vanguards", "flag", "party", order=80,
        visible=_is_party, under=("mobilisation:vanguard",),
    )  # fmt: skip
    yield navigation.Entry(
        "errands", pgettext_lazy("plural", "党员任务"), "mobilisation:errands", "clipboard-list", "party", order=90,
        visible=_is_party, under=("mobilisation:errand",),
    )  # fmt: skip


def _organises(request: HttpRequest) -> bool:
    return may(actor(request), Perm.PARTY_ORGANISE)


def _is_party(request: HttpRequest) -> bool:
    """Members, and those who organise them."""
    person = actor(request).person
    return bool(person and person.branch_id) or _organises(request)
