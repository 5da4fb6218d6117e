"""The lists from paper that can be imported, with the machinery of all table files."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import FileImport
from wuli.kernel.orgs.rules import layouts
from wuli.kernel.orgs.rules.layouts import Table, Way

from ..queries import lists
from ..rules.lists import attendance, pledges
from ..rules.verbs import ACTIVITY, CAMPAIGN, COMMITMENT


def register() -> None:
    layouts.register(pledges.ABOUT, Table(
        layout=pledges.PLEDGES, title=lazy("党员承诺"), home="mobilisation:campaigns", active="campaigns",
        doors="mobilisation:pledge", way=_pledges, lines=lists.pledge_lines, look=_campaign,
        changing=(*COMMITMENT.verbs, *CAMPAIGN.verbs),
    ))  # fmt: skip
    layouts.register(attendance.ABOUT, Table(
        layout=attendance.ATTENDANCE, title=lazy("党日和党课"), home="mobilisation:activities",
        active="party_activities",
        doors="mobilisation:attendance", way=_attendance, lines=lists.attendance_lines, look=_activities,
        changing=(*ACTIVITY.verbs, "rhythm.set"),
    ))  # fmt: skip


def _pledges() -> Way:
    from ..actions.lists.pledges import WAY

    return WAY


def _attendance() -> Way:
    from ..actions.lists.attendance import WAY

    return WAY


def _campaign(one: FileImport) -> str:
    return reverse("mobilisation:campaign", args=[one.said["campaign"]], query={"unit": one.unit_id})


def _activities(one: FileImport) -> str:
    return reverse("mobilisation:activities", query={"unit": one.unit_id})
