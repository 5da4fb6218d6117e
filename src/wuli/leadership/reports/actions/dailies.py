"""A daily report begins, ends, and spares a unit for some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import calls, exemptions
from wuli.kernel.cascade.models import Call, Exemption, Form
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.unit import Kind
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..queries import dailies as queries
from ..rules.hours import why_not_hours

BOTTOM_UP = list(reversed(Kind.values))


@dataclass(frozen=True)
class Daily:
    """What is asked of whom, and when. `last_day` is included; without one it goes on until it is ended."""

    form: Form
    title: str
    number: str
    root: Unit
    hours: dict[str, tuple[int, int, int]]
    chasing: list[int]
    first_day: date
    last_day: date | None = None
    cadence: str = Call.Cadence.DAILY
    days: Sequence[int] = ()
    route: str = Call.Route.LAYERED
    text: str = ""

    @property
    def kinds(self) -> list[str]:
        return list(self.hours)


@transaction.atomic
def begin(daily: Daily, *, by: User, at: datetime) -> Call:
    """Draft and issue a report at once; the tick opens its rounds. Raises Refused, and then nothing is kept."""
    if why_not := why_not_begin(daily, at):
        raise Refused(why_not[1], field=why_not[0])
    new = calls.NewCall(
        kind=queries.REPORT, number=daily.number, title=daily.title, text=daily.text, issuer=daily.root,
        targets={daily.root: daily.kinds}, hours=daily.hours, chasing=daily.chasing, form=daily.form,
        starts_on=daily.first_day, ends_on=daily.last_day + timedelta(days=1) if daily.last_day else FOREVER,
        cadence=daily.cadence, days=daily.days, route=daily.route,
    )  # fmt: skip
    return calls.issue(call=calls.draft(new, by=by, at=at), by=by, at=at)


def why_not_begin(daily: Daily, at: datetime) -> tuple[str, str] | None:
    """Which input is at fault, and why."""
    if not any(queries.counted(daily.root, daily.kinds, daily.first_day).values()):
        return "kinds", _("%(unit)s下没有这些类型的单位") % {"unit": daily.root.name}
    if daily.first_day < business_date(at, daily.root.zone):
        return "first_day", _("首期最早为今天")
    if daily.last_day and daily.last_day < daily.first_day:
        return "last_day", _("末期不能早于首期")
    if why_not := why_not_hours(daily.hours, BOTTOM_UP):
        return "kinds", why_not
    return None


def end(*, call: Call, reason: str, by: User, at: datetime) -> Call:
    """Ask no more from the next round on. Raises Refused."""
    _refuse_beyond_reach(by, call.issuer)
    return calls.end(call=call, reason=reason, by=by, at=at)


@transaction.atomic
def exempt(
    *, call: Call, unit: Unit, first_day: date, last_day: date, reason: str, by: User, at: datetime
) -> Exemption:  # fmt: skip
    """Spare a unit, with all below it, the rounds of some days, also of those under way. Raises Refused."""
    if not any(unit.is_under(target.root) for target in call.targets.select_related("root")):
        raise Refused(_("%(unit)s不在“%(call)s”的范围内") % {"unit": unit.name, "call": call.title}, field="unit")
    if last_day < first_day:
        raise Refused(_("最后一天不能早于第一天"), field="last_day")
    return exemptions.exempt_unit(
        call=call, unit=unit, reason=reason, from_date=first_day, until_date=last_day + timedelta(days=1), by=by, at=at
    )


def _refuse_beyond_reach(by: User, issuer: Unit) -> None:
    if not may(by, Perm.CALL_ISSUE, issuer):
        raise Refused(_("您没有这项职责"), code="beyond_reach")
