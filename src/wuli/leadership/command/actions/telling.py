"""Who is told that a response begins, changes, ends: those who lead its units, once each. The tick sends it.

Heads, deputies and secretaries of enterprises and above (and of the roots of extents): about 1,700 people for the
whole group. Below that the enterprise passes it on, and everybody's "my day" shows what is in force; notices to 12,000
teams would only teach people not to read them.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Person, Unit, User

from ..models import Extent, LeadingGroup, Response
from ..queries.extents import day_of
from ..queries.people import chiefs, chiefs_told, heads_at
from ..rules.extents import Ground
from ..rules.notices import FORCE, GROUP


def tell_activated(response: Response, *, by: User | None, at: datetime) -> int:
    text = _("%(issuer)s启动%(level)s：%(title)s。%(measures)s") % _words(response)
    return _tell(response, chiefs_told(response, _today(response, at)), text, "activated", by=by, at=at)


def tell_level(response: Response, *, by: User, at: datetime) -> int:
    text = _("%(title)s调整为%(level)s。%(measures)s") % _words(response)
    turn = f"level.{response.levels.count()}"
    return _tell(response, chiefs_told(response, _today(response, at)), text, turn, by=by, at=at)


def tell_widened(response: Response, word: Extent, before: Ground, *, by: User, at: datetime) -> int:
    """Only those who were not in it before, or had been told that they would leave it."""
    text = _("%(title)s（%(level)s）扩大到%(unit)s。%(measures)s") % (_words(response) | {"unit": word.root.name})
    new = Unit.objects.under(word.root).exclude(before.units())
    there = chiefs(response, _today(response, at)).filter(unit__in=new.values("pk"))
    people = Person.objects.filter(pk__in=there.values("person"))
    return _tell(response, people, text, f"widened.{word.pk}", by=by, at=at)


def chiefs_under(response: Response, root: Unit, *, at: datetime) -> list[Person]:
    """Those who lead units in force at and below `root` now."""
    there = chiefs(response, _today(response, at)).filter(unit__in=Unit.objects.under(root).values("pk"))
    return list(Person.objects.filter(pk__in=there.values("person")).order_by("pk"))


def tell_narrowed(response: Response, word: Extent, people: Iterable[Person], *, by: User, at: datetime) -> int:
    day = day_of(word, response)
    text = _("%(title)s自 %(day)s 起不再在%(unit)s执行：%(reason)s") % (
        _words(response) | {"day": day, "unit": word.root.name, "reason": word.reason}
    )
    return _tell(response, people, text, f"narrowed.{word.pk}", by=by, at=at)


def tell_stood_down(response: Response, *, by: User | None, at: datetime) -> int:
    text = _("%(issuer)s终止应急响应：%(title)s") % _words(response)
    return _tell(response, chiefs_told(response, _today(response, at)), text, "stood_down", by=by, at=at)


def tell_left(group: LeadingGroup, person: Person, *, at: datetime) -> int:
    """Tell the head of the unit that somebody has left the group with the roll."""
    text = _("%(person)s已离册，退出%(unit)s领导小组（%(title)s），请补上") % {
        "person": person.name, "unit": group.unit.name, "title": group.response.title}  # fmt: skip
    url, key = reverse("command:group", args=[group.pk]), f"response:left:{group.pk}.{person.pk}"
    heads = heads_at([group.unit], business_date(at, group.unit.zone))
    return notices.notify(to=heads, kind=GROUP, text=text, url=url, key=key, unit=group.unit, at=at)


def _tell(
    response: Response, people: Iterable[Person], text: str, turn: str, *, by: User | None, at: datetime
) -> int:  # fmt: skip
    url, key = reverse("command:response", args=[response.pk]), f"response:{turn}:{response.pk}"
    return notices.notify(to=people, kind=FORCE, text=text, url=url, key=key, unit=response.issuer, by=by, at=at)


def _words(response: Response) -> dict[str, str]:
    return {
        "issuer": response.issuer.name, "level": response.get_level_display(), "title": response.title,
        "measures": response.measures,
    }  # fmt: skip


def _today(response: Response, at: datetime) -> date:
    return business_date(at, response.issuer.zone)
