"""What waits for members, and for those who organise them."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wuli.base.clock import now, today
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.day import Task, When

from ..queries.activities import branches_owing, coming_to, to_record
from ..queries.campaigns import unsigned_of
from ..queries.vanguards import waiting_for

FEW = 10
"""Tasks of one sort that "my day" names; the list has the rest."""
AHEAD = 7


def to_sign(request: HttpRequest) -> Iterable[Task]:
    person = actor(request).person
    if person is None or person.branch_id is None:
        return
    for campaign in unsigned_of(person, today())[:FEW]:
        yield Task(
            title=campaign.title, detail=campaign.body.name, url=reverse("mobilisation:campaign", args=[campaign.pk]),
            verb=_("去承诺"), icon="heart-handshake",
        )  # fmt: skip


def to_attend(request: HttpRequest) -> Iterable[Task]:
    """What one's branch holds in the coming days."""
    person = actor(request).person
    if person is None or person.branch_id is None:
        return
    for activity in coming_to(person.branch_id, now()):
        if (activity.on_date - today()).days > AHEAD:
            break
        yield Task(
            title=_("：").join((activity.get_sort_display(), activity.title)), icon="calendar", verb=_("查看"),
            detail=" · ".join(filter(None, (activity.body.name, activity.place))), when=When.WAITING,
            url=reverse("mobilisation:activity", args=[activity.pk]),
            due_words=date_format(localtime(activity.starts_at), _("n 月 j 日 H:i")),
        )  # fmt: skip


def to_organise(request: HttpRequest) -> Iterable[Task]:
    """For whoever organises members: a month without a theme day, attendance to write down, vanguards to decide."""
    user = actor(request)
    if not may(user, Perm.PARTY_ORGANISE):
        return
    for branch in branches_owing(user, today())[:FEW]:
        yield Task(
            title=_("%(branch)s本月还没有开展主题党日") % {"branch": branch.name}, verb=_("去安排"), icon="calendar",
            url=reverse("mobilisation:activity_new", query={"unit": branch.pk, "sort": "theme_day"}),
            detail=_("每月至少一次，月底前开展并记录"),
        )  # fmt: skip
    for activity in to_record(user, today()):
        yield Task(
            title=_("请记录到会和开展情况：%(title)s") % {"title": activity.title}, detail=activity.body.name,
            url=reverse("mobilisation:activity", args=[activity.pk]), verb=_("去记录"), icon="clipboard-list",
        )  # fmt: skip
    for vanguard in waiting_for(user)[:FEW]:
        yield Task(
            title=_("请审批：%(name)s") % {"name": vanguard.name}, detail=vanguard.body.name, icon="flag",
            url=reverse("mobilisation:vanguard", args=[vanguard.pk]), verb=_("去审批"),
        )  # fmt: skip
