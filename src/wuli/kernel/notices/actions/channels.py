"""The ways out of the house: only a system administrator opens and closes them."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.crypto import Unreadable, encrypt
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, Unit, User

from ..models import Channel, Delivery
from ..models.delivery import Status
from ..rules import addresses
from ..rules import channels as rules
from ..rules.gathering import Message
from ..rules.outcomes import Outcome
from . import outside


def add_channel(
    *, name: str, address: str, unit: Unit | None, person: Person | None, kinds: list[str], by: User, at: datetime
) -> Channel:
    """Open a way to a group that hears of `unit`, or to `person`. Raises Refused.

    The name's machine is looked up before the transaction begins: that may take seconds.
    """
    address = addresses.as_apprise(address)
    hint = outside.examine(address)
    return _add(Channel(name=name.strip(), hint=hint, unit=unit, person=person, kinds=sorted(kinds)), address, by, at)


@transaction.atomic
def _add(channel: Channel, address: str, by: User, at: datetime) -> Channel:
    taken = Channel.objects.filter(name=channel.name).exists()
    refuse(rules.why_not_add(channel, taken=taken))
    channel.address, channel.created_at = encrypt(address), at
    channel.save()
    changes = {
        "hint": [None, channel.hint],
        "kinds": [None, channel.kinds],
        "person": [None, str(channel.person or "")],
    }
    journal.record("channel.added", subject=channel, unit=channel.place, changes=changes, by=by, at=at)
    return channel


@transaction.atomic
def switch_channel(*, channel: Channel, on: bool, by: User, at: datetime) -> None:
    """Open a way again, or close it; what was still to go through it stays on the page only. Raises Refused."""
    channel = _locked(channel)
    if channel.is_active == on:
        raise Refused(_("%(name)s 已经启用") % {"name": channel} if on else _("%(name)s 已经停用") % {"name": channel})
    channel.is_active = on
    channel.save(update_fields=["is_active"])
    if not on:
        left = Delivery.objects.open().filter(channel=channel)
        left.update(status=Status.GIVEN_UP, outcome=Outcome.OFF, next_at=None)
    verb = "channel.switched_on" if on else "channel.switched_off"
    journal.record(verb, subject=channel, unit=channel.place, by=by, at=at)


def test_channel(*, channel: Channel, by: User, at: datetime) -> str:
    """Send a message of trial now, outside any transaction; returns the outcome, which the channel keeps."""
    message = Message(_("%(site)s · 试发") % {"site": settings.SITE_NAME}, _("这是一条试发消息，收到即表示渠道可用。"))
    try:
        outcome = outside.post(channel.open_address(), message)
    except Unreadable:
        outcome = Outcome.UNREADABLE
    _note_test(channel, outcome, by, at)
    return outcome


@transaction.atomic
def _note_test(channel: Channel, outcome: str, by: User, at: datetime) -> None:
    channel = _locked(channel)
    channel.tested_at, channel.test_outcome = at, outcome
    channel.save(update_fields=["tested_at", "test_outcome"])
    changes = {"test_outcome": [None, outcome or "sent"]}
    journal.record("channel.tested", subject=channel, unit=channel.place, changes=changes, by=by, at=at)


def _locked(channel: Channel) -> Channel:
    channels = Channel.objects.select_for_update(of=("self",)).select_related("unit", "person__unit")
    return channels.get(pk=channel.pk)
