"""What every turn of an item has in common: it is locked, its rule is asked, its clock is set anew."""

from typing import Any

from ..models import Item
from ..rules.clockwork import CLOCK, wind


def locked(item: Item) -> Item:
    """The item as it is now, held until the transaction ends."""
    rows = Item.objects.select_for_update(of=("self",)).select_related("unit", "owner", "opened_by", "asked_by")
    return rows.get(pk=item.pk)


def turn(item: Item, *, restart: bool = False, **values: Any) -> None:
    """Set these fields and the clock, and write them."""
    for name, value in values.items():
        setattr(item, name, value)
    wind(item, restart=restart)
    item.save(update_fields=[*values, *CLOCK])
