"""Who is told of a turn. Notices are rows of the same transaction; the tick sends them."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Person, User

from ..models import Item, Status
from ..queries.heads import line_above
from ..rules.clockwork import day_of
from ..rules.notices import ANSWERED, ASKED, ESCALATED, GIVEN

KINDS = {"opened": GIVEN, "handed_over": GIVEN, "inherited": GIVEN}
"""Turns that put it on someone's desk; the others answer what someone did."""


def tell_owner(item: Item, turn: str, sentence: str, *, by: User | None, at: datetime) -> None:
    """Tell the owner what became of their item, unless it was they who did it."""
    if by and by.person_id == item.owner_id:
        return
    text, key = sentence % {"title": item.title}, _key(turn, item, at)
    _tell([item.owner], KINDS.get(turn, ANSWERED), text, item, key, by=by, at=at)


def tell_seconds(item: Item, *, by: User, at: datetime) -> None:
    """Tell whoever was named to confirm a request to close; where nobody is, the nearest heads who may."""
    today = day_of(item, at)
    named = [item.second] if item.second and item.second.is_on_roll(today) else []
    others = [[one for one in some if one.pk not in (item.asked_by_id, item.owner_id)]
              for some in (named, *line_above(item, today))]  # fmt: skip
    nearest = next((some for some in others if some), [])
    text = _("请确认销号：%(title)s（%(owner)s）") % {"title": item.title, "owner": item.owner.name}
    _tell(nearest, ASKED, text, item, _key("asked", item, at), by=by, at=at)


def tell_heads(item: Item, heads: Iterable[Person], *, at: datetime) -> None:
    """Tell the heads of the stage that an item has reached, once for each time it is behind."""
    said = {"title": item.title, "owner": item.owner.name, "stage": item.stage}
    if item.status == Status.CLOSING:
        text = _("销号申请无人确认，升级到您：%(title)s（%(owner)s，第 %(stage)d 级）") % said
    else:
        text = _("逾期未办，升级到您：%(title)s（%(owner)s，第 %(stage)d 级）") % said
    turn = f"item:escalated:{item.pk}.{item.behind_on:%Y%m%d}.{item.owner_id}.{item.stage}"
    _tell(heads, ESCALATED, text, item, turn, by=None, at=at)


def _key(turn: str, item: Item, at: datetime) -> str:
    """The same turn of the same moment is told once."""
    return f"item:{turn}:{item.pk}.{at.timestamp():.6f}"


def _tell(
    to: Iterable[Person], kind: str, text: str, item: Item, key: str, *, by: User | None, at: datetime
) -> None:  # fmt: skip
    url = reverse("ledger:item", args=[item.pk])
    notices.notify(to=to, kind=kind, text=text, url=url, key=key, unit=item.unit, by=by, at=at)
