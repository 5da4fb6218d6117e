"""20 February 2020, noon in Beijing. 党宁 is the Party office. 诺敏 is also secretary of 电解支部, where she and 才让
are members; 周舟 is the only member of 二厂支部, and its secretary."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from tests.world import DAY_ONE, START
from wuli.kernel.orgs.actions import people, postings
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models.posting import Duty
from wuli.organisation.mobilisation.actions import activities, campaigns, vanguards
from wuli.organisation.mobilisation.actions.activities import Plan
from wuli.organisation.mobilisation.actions.campaigns import NewCampaign
from wuli.organisation.mobilisation.actions.vanguards import NewVanguard
from wuli.organisation.mobilisation.models import Activity
from wuli.organisation.mobilisation.rules.campaigns import FOUR_LEADS

NOON = datetime(2020, 2, 20, 4, 0, tzinfo=UTC)
TODAY = date(2020, 2, 20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Set the clock of the house."""

    def stands_at(moment):
        monkeypatch.setattr("wuli.base.clock.timezone.now", lambda: moment)

    stands_at(NOON)
    return stands_at


@pytest.fixture
def world(world):
    for name, body in (("诺敏", "P-W1-A"), ("周舟", "P-W2")):
        postings.post(
            person=world.person(name), duty=Duty.PARTY_SECRETARY, unit=world.unit(body), from_date=DAY_ONE, by=None,
            at=START,
        )  # fmt: skip
    return world


@pytest.fixture
def join_party(world):
    """Somebody new, a member of a branch."""
    numbers = count(1)

    def join(name, branch="P-W1-A", on=DAY_ONE):
        place = Place(world.unit("W1-T1"), world.unit("WORKS-1"), branch=world.unit(branch))
        return people.join(number=f"9{next(numbers):05}", name=name, place=place, on=on, by=None, at=START)

    return join


@pytest.fixture
def transfer(world):
    """Let someone belong to another branch, or to none, from today on."""

    def move(name, branch, on=TODAY):
        person = world.person(name)
        place = Place(person.unit, person.employer, branch=world.unit(branch) if branch else None)
        return people.transfer(person=person, place=place, on=on, by=world.user("欧阳"), at=NOON)

    return move


@pytest.fixture
def issue(world):
    def make(body="P", by="党宁", at=NOON, **more):
        told = {"title": "四个带头", "items": list(FOUR_LEADS), "from_date": TODAY} | more
        return campaigns.issue(NewCampaign(body=world.unit(body), **told), by=world.user(by), at=at)

    return make


@pytest.fixture
def campaign(issue):
    return issue()


@pytest.fixture
def plan(world):
    """Plan a theme day of 电解支部: published and for today unless said otherwise."""

    def make(*, by="诺敏", body="P-W1-A", at=NOON - 5 * DAY, days=0, published=True, others=(), **more):
        starts = datetime(2020, 2, 20, 1, 0, tzinfo=UTC) + timedelta(days=days)
        told = {"sort": "theme_day", "title": "重温入党誓词", "place": "会议室"} | more
        new = Plan(body=world.unit(body), starts_at=starts, ends_at=starts + timedelta(hours=2),
                   others=[world.unit(code) for code in others], responsible=world.person("诺敏"), **told)  # fmt: skip
        activity = activities.plan(new, by=world.user(by), at=at)
        if published:
            activities.publish(activity=activity, by=world.user(by), at=at)
        return Activity.objects.select_related("body").get(pk=activity.pk)

    return make


@pytest.fixture
def propose(world):
    def make(name="东门测温先锋岗", *, by="诺敏", body="P-W1-A", unit="W1-T1", leader="才让", at=NOON, **more):
        told = {"sort": "post", "purpose": "测温登记", "from_date": TODAY, "location": "东门"} | more
        new = NewVanguard(name=name, body=world.unit(body), unit=world.unit(unit), leader=world.person(leader), **told)
        return vanguards.propose(new, by=world.user(by), at=at)

    return make
