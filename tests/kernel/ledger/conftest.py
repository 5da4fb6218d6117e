from datetime import timedelta

import pytest

from tests.world import DAY_ONE, START
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.actions import people, postings
from wuli.kernel.orgs.models.posting import Duty

NOON = START + timedelta(days=33, hours=3)  # 2020-02-03 12:00 in Beijing


@pytest.fixture
def unmasked(world):
    """诺敏, who heads North, looks at 林河's phone to reach him at night."""
    head, person = world.user("诺敏"), world.person("林河")
    people.unmask(person=person, field="phone", reason="夜班联系不上", by=head, at=NOON)
    return person


@pytest.fixture
def privacy_officer(world):
    """周舟 also watches over personal data at Works-2."""
    person = world.person("周舟")
    posting = {"duty": Duty.PRIVACY_OFFICER, "unit": world.unit("WORKS-2"), "from_date": DAY_ONE}
    postings.post(person=person, by=None, at=START, **posting)
    return world.user("周舟")


@pytest.fixture
def happened(world):
    """Write down that something was seen, at a unit by its code."""

    def write(verb="person.viewed", *, of="马力", at_unit="W3-T1", by="石强", at=NOON, **more):
        subject = world.person(of) if of else None
        unit = world.unit(at_unit) if at_unit else None
        return journal.record(verb, subject=subject, unit=unit, by=world.user(by) if by else None, at=at, **more)

    return write
