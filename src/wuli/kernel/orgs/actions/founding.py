"""The first day of a site: the group, its office, and the three administrators who open everything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused

from ..models import Unit, User
from ..models.posting import Duty
from . import accounts, people, postings, units
from .people import Place
from .units import NewUnit

ADMINISTRATORS = (Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN, Duty.AUDIT_ADMIN)


@dataclass(frozen=True)
class Founder:
    """One of the three: three people, since the duties exclude one another."""

    number: str
    name: str


@transaction.atomic
def found(*, code: str, name: str, founders: Mapping[Duty, Founder], at: datetime) -> list[tuple[User, str]]:
    """Create the group and its administrators; returns each account with its temporary password.

    Raises Refused where anything exists already.
    """
    if Unit.objects.exists() or User.objects.exists():
        raise Refused(_("系统已经建立，不能重复初始化"))
    day, office = business_date(at), f"{code}-OFFICE"
    group, team = units.open_units(
        [NewUnit(code, "group", name), NewUnit(office, "team", _("集团办公室"), code)], on=day, by=None, at=at
    )
    place, opened = Place(team, group), []
    for duty in ADMINISTRATORS:
        founder = founders[duty]
        person = people.join(number=founder.number, name=founder.name, place=place, on=day, by=None, at=at)
        postings.post(person=person, duty=duty, unit=group, from_date=day, by=None, at=at)
        opened.append(accounts.open_account(person=person, by=None, at=at))
    return opened
