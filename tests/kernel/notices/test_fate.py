"""What became of notices, for those who sent them and those who answer for the units."""

import pytest

from tests.kernel.notices.telling import BEIJING_NOON, HOUR, MINUTE, MISSING, OVERDUE, send, tell
from wuli.kernel.notices.actions import reading
from wuli.kernel.notices.queries import fate
from wuli.kernel.notices.queries.fate import Fate

PAGE = "/notices/sent/"


@pytest.fixture
def chased(world, group, channel):
    """Three works were chased at noon; one hears of it by mail, whose server turns down another's; one has read."""
    channel(person="林河")
    channel(person="周舟", address="json://127.0.0.1:9/x")
    for code, name in [("WORKS-1", "林河"), ("WORKS-2", "周舟"), ("WORKS-3", "石强")]:
        tell(world, name, kind=MISSING, unit=code, key=f"round:3:{code}", by="顾岚")
    send()
    reading.read_all(person=world.person("石强"), at=BEIJING_NOON)
    return world


def test_made_sent_delivered_read(chased):
    assert fate.fate(MISSING) == Fate(made=3, sent=2, delivered=1, waiting=1, failed=0, read=1)
    for turn in range(1, 20):
        send(BEIJING_NOON + turn * HOUR / 2)
    assert fate.fate(MISSING) == Fate(made=3, sent=2, delivered=1, waiting=0, failed=1, read=1)
    assert fate.fate(MISSING).unread == 2


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ({"keys": ["round:3:WORKS-1", "round:3:WORKS-2", "no such"]}, 2),
        ({"keys": []}, 0),
        ({"turn": "round:3"}, 3),
        ({"turn": "round"}, 3),
        ({"turn": "round:30"}, 0),
        ({"turn": "roun"}, 0),
        ({"under": "NORTH"}, 2),
        ({"under": "WORKS-3"}, 1),
        ({"under": "NORTH", "turn": "round:3", "keys": ["round:3:WORKS-3"]}, 0),
    ],
)
def test_a_set_of_notices(chased, asked, made):
    if "under" in asked:
        asked = asked | {"under": chased.unit(asked["under"])}
    tell(chased, "林河", kind=OVERDUE, key="round:3:x")
    assert fate.fate(MISSING, **asked).made == made
    assert len(fate.fate_rows(MISSING, **asked)) == made


def test_the_rows_say_it_one_by_one(chased):
    rows = {row.person.name: (row.was_sent, row.was_delivered, row.is_waiting, row.has_failed)
            for row in fate.fate_rows(MISSING)}  # fmt: skip
    assert rows == {
        "林河": (True, True, False, False), "周舟": (True, False, True, False), "石强": (False, False, False, False),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "made"),
    [("顾岚", 3), ("诺敏", 2), ("周舟", 1), ("石强", 1), ("林河", 0), ("马力", 0), ("赵系", 0)],
)
def test_who_may_follow_what(chased, client, who, made):
    client.force_login(chased.user(who))
    page = client.get(PAGE)
    assert page.status_code == 200
    assert page.context["fate"].made == made
    assert len(page.context["rows"]) == made


def test_a_sender_without_duties_follows_their_own(chased, client):
    tell(chased, "诺敏", key="mine", by="马力")
    client.force_login(chased.user("马力"))
    assert client.get(PAGE).context["fate"].made == 1


def test_the_page_is_narrowed_by_kind_turn_and_unit(chased, client):
    tell(chased, "林河", unit="WORKS-1", by="顾岚", key="item:1", at=BEIJING_NOON + MINUTE)
    client.force_login(chased.user("顾岚"))
    asked = [{"kind": MISSING}, {"kind": MISSING, "turn": "round:3", "unit": "NORTH"}, {"unit": "WORKS-1"}, {}]
    assert [client.get(PAGE, one).context["fate"].made for one in asked] == [3, 2, 2, 4]
    assert client.get(PAGE, {"unit": "nowhere"}).status_code == 422
    assert client.get(PAGE, {"kind": "nothing"}).status_code == 422


def test_a_stranger_learns_nothing_of_a_unit_beyond_reach(chased, client):
    client.force_login(chased.user("石强"))
    assert client.get(PAGE, {"unit": "NORTH"}).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(world, client, django_assert_num_queries, rows):
    for number in range(rows):
        tell(world, "林河", unit="WORKS-1", key=f"item:{number}", by="顾岚")
    client.force_login(world.user("顾岚"))
    client.get(PAGE)
    with django_assert_num_queries(7):  # session, user, duties, place, count of fate, rows, bell
        client.get(PAGE)
