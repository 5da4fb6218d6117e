"""The activation log of a response: what happened at which minute, from the rows that hold it, nothing typed twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuli.base.clock import business_date
from wuli.kernel.cascade.models import Call

from ..models import LeadingGroup, Response
from ..rules.extents import Ground
from .extents import day_of, ground_ever, words_of
from .summary import calls_of

MOST = 300
"""Moments of one sort that are read: the newest."""


@dataclass(frozen=True)
class Moment:
    """`mark` as the time line draws it: "" done, "w" attention, "x" the end. `late`: written down long after."""

    at: datetime
    sentence: str
    who: str = ""
    text: str = ""
    url: str = ""
    mark: str = ""
    late: bool = False


def timeline(response: Response, at: datetime) -> list[Moment]:
    """The newest first."""
    found = [*_levels(response), *_extents(response), *_groups(response), *_calls(response, at), *_notes(response)]
    found += _end(response)
    return sorted(found, key=lambda one: one.at, reverse=True)


def _levels(response: Response) -> Iterator[Moment]:
    for n, one in enumerate(response.levels.select_related("by").order_by("at", "pk")):
        said = {"level": one.get_level_display(), "issuer": response.issuer.name}
        sentence = (_("调整为%(level)s") if n else _("%(issuer)s启动%(level)s")) % said
        text = one.reason if n else response.basis
        yield Moment(one.at, sentence, one.by.name if one.by else "", text, mark="w")


def _extents(response: Response) -> Iterator[Moment]:
    """Those that followed the activation; where a unit was merged, only that the other is in it now."""
    for one in words_of(response):
        if not one.reason or (not one.inside and one.root.merged_into_id):
            continue
        said = {"unit": one.root.name, "day": day_of(one, response)}
        sentence = (_("范围扩大到%(unit)s") if one.inside else _("范围缩小：%(unit)s自 %(day)s 起不再响应")) % said
        yield Moment(
            one.said_at, sentence, one.by.name if one.by else "", one.reason,
            reverse("command:extent", args=[response.pk]), mark="w",
        )  # fmt: skip


def _groups(response: Response) -> Iterator[Moment]:
    """Each group near the top by name; those further down as how many a day."""
    near = _near(response, ground_ever(response))
    groups = LeadingGroup.objects.filter(response=response).select_related("unit", "set_up_by")
    for group in groups.filter(near).order_by("-set_up_at", "-pk")[:MOST]:
        sentence = _("%(unit)s成立领导小组") % {"unit": group.unit.name}
        url = reverse("command:group", args=[group.pk])
        yield Moment(group.set_up_at, sentence, group.set_up_by.name if group.set_up_by else "", group.basis, url)
    below = groups.exclude(near).order_by("set_up_at").values_list("set_up_at", "unit__zone")
    days: Counter[date] = Counter()
    last: dict[date, datetime] = {}
    for moment, zone in below:
        day = business_date(moment, zone)
        days[day] += 1
        last[day] = moment
    for day, n in days.items():
        sentence = ngettext("当日又有 %(n)d 个单位成立领导小组", "当日又有 %(n)d 个单位成立领导小组", n) % {"n": n}
        yield Moment(last[day], sentence, url=reverse("command:groups", args=[response.pk]))


def _near(response: Response, ground: Ground) -> Q:
    """The issuer and its children, and the roots of the extents."""
    return Q(unit=response.issuer_id) | Q(unit__parent=response.issuer_id) | Q(unit__path__in=ground.paths)


def _calls(response: Response, at: datetime) -> Iterator[Moment]:
    until = response.stood_down_at or at
    calls = Call.objects.filter(calls_of(response, until)).select_related("issued_by__person")
    for call in calls.order_by("-issued_at", "-pk")[:MOST]:
        assert call.issued_at is not None
        sentence = _("下发%(call)s") % {"call": call.title}
        yield Moment(call.issued_at, sentence, str(call.issued_by or ""), call.number, reverse("cascade:rounds"))


def _notes(response: Response) -> Iterator[Moment]:
    for note in response.notes.select_related("unit", "by").order_by("-at", "-pk")[:MOST]:
        late = (note.written_at - note.at).total_seconds() > 3600
        who = _("%(unit)s · %(who)s") % {"unit": note.unit.name, "who": note.by.name if note.by else ""}
        yield Moment(note.at, note.text, who, late=late)


def _end(response: Response) -> Iterator[Moment]:
    if response.stood_down_at:
        who = response.stood_down_by.name if response.stood_down_by else ""
        yield Moment(
            response.stood_down_at, _("终止响应"), who, response.stood_down_reason,
            reverse("command:summary", args=[response.pk]), mark="x",
        )  # fmt: skip
