"""What every turn of an item has in common: it is locked, its rule is asked, its clock is set anew."""

from typing import Any

from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.orgs.models import Person, User

from ..models import Item
from ..rules.clockwork import CLOCK, wind


def locked(item: Item) -> Item:
    """The item as it is now, held until the transaction ends."""
    rows = Item.objects.select_for_update(of=("self",)).select_related("unit", "owner", "opened_by", "asked_by")
    return rows.get(pk=item.pk)


def person_of(user: User) -> Person:
    """Items are people's business. Raises Refused for an account that belongs to nobody."""
    if user.person is None:
        raise Refused(_("这个账号没有对应的在册人员，不能办理事项"))
    return user.person


def turn(item: Item, *, restart: bool = False, **values: Any) -> None:
    """Set these fields and the clock, and write them."""
    for name, value in values.items():
        setattr(item, name, value)
    wind(item, restart=restart)
    item.save(update_fields=[*values, *CLOCK])
