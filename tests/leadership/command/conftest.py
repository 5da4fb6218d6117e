"""The named world on 27 January 2020: 顾岚 has put the group under a response of the first level that morning."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.world import DAY_ONE, START
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.models.posting import Duty
from wuli.leadership.command.actions import groups, responses
from wuli.leadership.command.actions.groups import Place
from wuli.leadership.command.actions.responses import NewResponse
from wuli.leadership.command.models import Response

MORNING = datetime(2020, 1, 27, 0, 30, tzinfo=UTC)
"""08:30 in Beijing, the third day of the Spring Festival."""
TODAY = date(2020, 1, 27)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clock(monkeypatch):
    """Set the clock of the house; it stands at that morning."""

    def stands_at(moment):
        monkeypatch.setattr("wuli.base.clock.timezone.now", lambda: moment)

    stands_at(MORNING + HOUR)
    return stands_at


@pytest.fixture
def activate(world):
    """Activate a response: by 顾岚, for the whole group, unless said otherwise."""

    def do(title="新冠肺炎疫情防控", *, issuer="G", roots=("G",), by="顾岚", at=MORNING, **more):
        said = {
            "kind": "epidemic",
            "level": 1,
            "basis": "国家一级响应",
            "measures": "每日报告",
            "activated_at": at,
        } | more
        new = NewResponse(title=title, issuer=world.unit(issuer), roots=[world.unit(one) for one in roots], **said)
        return responses.activate(new, by=world.user(by) if by else None, at=at)

    return do


@pytest.fixture
def response(activate):
    return activate()


@pytest.fixture
def set_up(world, response):
    """Set up the leading group of a unit; 顾岚 enters it unless said otherwise."""

    def do(unit="G", leader="顾岚", *others, by="顾岚", at=MORNING + HOUR, of=None):
        places = [Place(world.person(leader), "leader"), *(Place(world.person(one), "member") for one in others)]
        return groups.set_up(
            response=of or response, unit=world.unit(unit), places=places, by=world.user(by), at=at
        )  # fmt: skip

    return do


@pytest.fixture
def posted(world):
    def post(name, duty, unit):
        return postings.post(
            person=world.person(name), duty=Duty(duty), unit=world.unit(unit), from_date=DAY_ONE, by=None, at=START
        )

    return post


def fresh(response):
    return Response.objects.select_related("issuer").get(pk=response.pk)
