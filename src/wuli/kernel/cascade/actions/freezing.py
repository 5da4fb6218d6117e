"""At its hour a level's figure is fixed from what has arrived; nobody who is late can hold it up."""

from datetime import datetime
from itertools import groupby

from django.db import transaction

from wuli.base import rows
from wuli.kernel.journal import actions as journal

from ..models import Figure, Round
from ..queries import figures as queries
from ..rules.form import spec_of


def freeze_due(at: datetime) -> int:
    """Fix every figure whose hour has come, as it was at that hour; returns how many. Twice does no harm."""
    due = queries.figures_due(at).values_list("round", "freeze_at").order_by("freeze_at", "round")
    hours = [hour for hour, _same in groupby(due)]
    return sum(_freeze(of, hour, at) for of, hour in hours)


@transaction.atomic
def _freeze(of: int, hour: datetime, at: datetime) -> int:
    """All levels of a round that are fixed at one hour, from one reading of the replies."""
    round_ = Round.objects.select_for_update(of=("self",)).select_related("call__issuer", "version").get(pk=of)
    due = list(round_.figures.filter(frozen_at__isnull=True, freeze_at=hour).order_by("path"))
    if not due:
        return 0
    paths = [figure.path for figure in due]
    answers = queries.answers_then(queries.slots_below(round_, paths), hour)
    found = queries.totals_by_node(spec_of(round_.version), answers, paths)
    for figure in due:
        sums, coverage = found[figure.path]
        figure.frozen_at, figure.totals, figure.coverage = at, sums, coverage.as_dict()
    rows.update(Figure, [_row(figure) for figure in due])
    journal.record("round.frozen", subject=round_, unit=round_.call.issuer, at=at, changes={"levels": [None, len(due)]})
    _close(round_, at)
    return len(due)


def _row(figure: Figure) -> rows.Row:
    return {name: getattr(figure, name) for name in ("id", "frozen_at", "totals", "coverage")}


def _close(of: Round, at: datetime) -> None:
    if not of.figures.filter(frozen_at__isnull=True).exists():
        of.closed_at = at
        of.save(update_fields=["closed_at"])
