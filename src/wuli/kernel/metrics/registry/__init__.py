"""What this app adds to the house, and how other apps add their metrics."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.base import ticking
from wuli.base.clock import today
from wuli.kernel.cascade.rules import sources
from wuli.kernel.cascade.rules import wall as on_the_wall
from wuli.kernel.cascade.rules.sources import Part, Source
from wuli.kernel.journal.rules import verbs
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.models.unit import DIGITS, STEP
from wuli.web import navigation, search
from wuli.web.search import Hit

from ..actions import readings
from ..queries import reach
from ..queries.numbers import by_place
from ..queries.prepared import count
from ..rules import metrics as rules
from ..rules.addresses import page_of, without_of
from ..rules.metrics import Metric, Rolls
from ..rules.verbs import GROUPS
from . import coverage, items, people, spots, wall


def register() -> None:
    for known in (people, spots, items, coverage):
        add(*known.METRICS)
    on_the_wall.register("metrics", wall.tiles)
    ticking.register("metrics.readings", lambda at: readings.take_due(at))
    search.register("metrics", pgettext_lazy("plural", "指标"), _find)
    navigation.register_group("work", lazy("工作"), order=10)
    navigation.register(*_entries())
    for group in GROUPS:
        verbs.register(group)


def add(*metrics: Metric) -> None:
    """Make metrics known, and offer those that count whole things to the fields of forms."""
    rules.register(*metrics)
    sources.register(*(source_of(metric) for metric in metrics if is_source(metric)))


def is_source(metric: Metric) -> bool:
    return metric.rolls == Rolls.SUM and metric.decimals == 0


def source_of(metric: Metric) -> Source:
    """What the register counts now; of one that keeps no past, its rows of today."""

    def asked(part: Part) -> Part:
        return part if metric.keeps_past else Part(part.path, today(), part.without)

    def each(path: str, on: date) -> dict[str, int]:
        return {place: int(n) for place, n in by_place(metric, asked(Part(path, on)))}

    return Source(
        metric.code, metric.title, count=lambda part: count(metric, asked(part)),
        url=lambda part: _address(metric, part), each=each,
    )  # fmt: skip


def _address(metric: Metric, part: Part) -> str:
    """The unit of a path is named by its last step, wherever it hangs today."""
    unit = Unit.objects.get(number=int(part.path[-STEP:], len(DIGITS)))
    return page_of(metric.code, unit.pk, part.on, without_of(part))


def _entries() -> Iterator[navigation.Entry]:
    yield navigation.Entry(
        "metrics", pgettext_lazy("plural", "指标"), "metrics:metrics", "chart-bar", "work", order=40,
        visible=_sees_any, under=("metrics:metric",),
    )  # fmt: skip


def _find(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    return [
        Hit(str(one.title), f"{one.group} · {one.code}", reverse("metrics:metric", args=[one.code]), "chart-bar")
        for one in reach.search(actor(request), text, limit)
    ]


def _sees_any(request: HttpRequest) -> bool:
    return bool(reach.metrics_for(actor(request)))
