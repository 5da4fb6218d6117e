"""Retention: what was read goes, what was not stays."""

from datetime import timedelta

from tests.kernel.notices.telling import BEIJING_NOON, send, tell
from wuli.base import ticking
from wuli.kernel.notices.actions import forgetting, reading
from wuli.kernel.notices.models import Delivery, Notice
from wuli.kernel.orgs.actions import people

LATER = BEIJING_NOON + timedelta(days=90, seconds=1)


def test_what_was_read_goes_with_its_deliveries(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏", "林河")
    send()
    reading.read_all(person=world.person("诺敏"), at=BEIJING_NOON)

    assert forgetting.forget_old(at=LATER - timedelta(seconds=2)) == 0
    assert forgetting.forget_old(at=LATER) == 1
    assert [notice.person.name for notice in Notice.objects.all()] == ["林河"]
    assert not Delivery.objects.exists()
    assert forgetting.forget_old(at=LATER) == 0


def test_what_people_who_left_never_read_goes_too(world):
    tell(world, "马力", "林河")
    people.leave(person=world.person("马力"), on=BEIJING_NOON.date(), by=None, at=BEIJING_NOON)
    assert forgetting.forget_old(at=LATER) == 1
    assert [notice.person.name for notice in Notice.objects.all()] == ["林河"]


def test_the_site_says_how_long(world, settings):
    settings.NOTICE_DAYS = 7
    tell(world, "诺敏")
    reading.read_all(person=world.person("诺敏"), at=BEIJING_NOON)
    assert forgetting.forget_old(at=BEIJING_NOON + timedelta(days=8)) == 1


def test_the_tick_does_it_all(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏")
    chores = {name: chore for name, chore in ticking.chores().items() if name.startswith("notices.")}
    assert {name: chore(BEIJING_NOON) for name, chore in chores.items()} == {
        "notices.route": 1, "notices.send": 1, "notices.forget": 0,
    }  # fmt: skip
