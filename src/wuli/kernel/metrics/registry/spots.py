"""Blind spots of each kind: the same that the page of blind spots lists today, on any day."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.blind_spots import SPOTS, Spot
from wuli.kernel.orgs.rules.duties import Perm

from ..queries.evidence.spots import ROWS
from ..rules.metrics import Metric, Words
from .people import of_people, of_units

COUNTING: dict[Spot, Words] = {
    Spot.NO_CELL: lazy("当天在册、直接挂在班组以上单位的人。"),
    Spot.TWO_CELLS: lazy("当天在册、身份证号与另一工号相同的人，两条都计。"),
    Spot.NO_POST: lazy("当天在册、没有登记岗位的人。"),
    Spot.NO_KEEPER: lazy("当天开办中、没有人任网格员的班组。"),
    Spot.TOO_LARGE: lazy("当天在册超过 30 人的班组。"),
    Spot.NO_HEAD: lazy("当天开办中、没有人任主要负责人的企业。"),
    Spot.NO_REPORTER: lazy("当天开办中、没有人任填报人的企业。"),
}


def _page(spot: Spot) -> Callable[[Unit, date], str]:
    return lambda unit, on: reverse("orgs:blind_spot", args=[spot], query={"unit": unit.pk})


def _metrics() -> Iterator[Metric]:
    for spot, info in SPOTS.items():
        told: dict[str, Any] = {
            "group": lazy("盲点"), "meaning": lazy("没有人负责的地方；每一个都应补上。"), "owner": Duty.HEAD,
            "perm": Perm.BLIND_SPOT_VIEW, "page": _page(spot), "better": -1,
        }  # fmt: skip
        made = of_people if info.of_people else of_units
        yield made(f"orgs.{spot}", info.label, COUNTING[spot], ROWS[spot], **told)


METRICS = tuple(_metrics())
