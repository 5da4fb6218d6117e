"""诺敏, who heads North, has given 林河 of 一厂 something to finish by 7 February 2020, with a word each day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.world import DAY_ONE, START
from wuli.kernel.ledger.actions import following, items
from wuli.kernel.ledger.models import Item
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.models.posting import Duty

MONDAY = date(2020, 2, 3)
DUE = date(2020, 2, 7)
NOON = datetime(2020, 2, 3, 4, 0, tzinfo=UTC)
"""12:00 in Beijing on that Monday."""
DAY = timedelta(days=1)

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Each test has its own folder of evidence."""
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    return settings.EVIDENCE_DIR


@pytest.fixture
def given(world):
    """Open an item: by 诺敏, for 林河 at 一厂, unless said otherwise."""

    def give(title="更换除尘滤袋", *, unit="WORKS-1", owner="林河", by="诺敏", at=NOON, **more):
        return items.open_item(
            title=title, unit=world.unit(unit), owner=world.person(owner), by=world.user(by) if by else None, at=at,
            **more,
        )  # fmt: skip

    return give


@pytest.fixture
def item(given):
    return given(due_on=DUE, cadence="daily")


@pytest.fixture
def asked(item, world):
    """林河 has asked to close it."""
    items.ask_to_close(item=item, text="已更换，试运行正常", by=world.user("林河"), at=NOON + DAY)
    return Item.objects.get(pk=item.pk)


@pytest.fixture
def closed(asked, world):
    items.close(item=asked, by=world.user("诺敏"), at=NOON + 2 * DAY)
    return Item.objects.get(pk=asked.pk)


@pytest.fixture
def posted(world):
    """Give someone a duty."""

    def post(name, duty, unit):
        postings.post(
            person=world.person(name), duty=Duty(duty), unit=world.unit(unit), from_date=DAY_ONE, by=None, at=START
        )

    return post


def now(item):
    """The item as it stands in the database."""
    return Item.objects.select_related("unit", "owner", "asked_by", "closed_by").get(pk=item.pk)


def followed(item, world, *, days=0, who="林河", **more):
    text = more.pop("text", "现场已查看")
    return following.follow_up(item=item, text=text, by=world.user(who), at=NOON + days * DAY, **more)
