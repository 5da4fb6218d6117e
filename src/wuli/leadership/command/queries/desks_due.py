"""Which units should have a duty desk while a response is in force, and which have none."""

from datetime import date

from django.db.models import Exists, OuterRef

from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.unit import UnitQuerySet

from ..models import DutyDesk, Response
from ..rules.extents import Ground
from . import shares
from .extents import ground_of
from .people import headed_by
from .responses import led_in, units_led
from .shares import Line


def lines(response: Response, unit: Unit, on: date) -> list[Line]:
    """How many units have a desk, for `unit` itself and each child."""
    return shares.lines(units_led(response, on), _has_desk(), unit)


def without_desk(response: Response, on: date) -> UnitQuerySet:
    """The units that lead the response themselves and cannot be reached around the clock."""
    return units_led(response, on).filter(~_has_desk())


def lacking(user: User, response: Response, on: date) -> list[Unit]:
    """The units that `user` answers for and that have no desk yet."""
    return _lacking(ground=ground_of(response, on), person=user.person_id, on=on)


@Prepared
def _lacking(ground: Ground, person: int | None, on: date) -> UnitQuerySet:
    return led_in(ground, on).filter(~_has_desk(), pk__in=headed_by(person, on)).order_by("path")[:20]


def _has_desk() -> Exists:
    return Exists(DutyDesk.objects.filter(unit=OuterRef("pk"), closed_at__isnull=True))
