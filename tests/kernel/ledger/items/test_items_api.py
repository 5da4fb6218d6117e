"""Items for programs."""

import pytest

from tests.kernel.ledger.items.conftest import DAY, now
from tests.kernel.orgs.api.program import Program
from tests.kernel.orgs.api.test_api_queries import KNOWING, questions
from wuli.base import clock
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.actions import items as actions
from wuli.kernel.ledger.models import FollowUp, Item
from wuli.kernel.orgs.actions.tokens import create_token
from wuli.kernel.orgs.queries.tokens import own_perms
from wuli.kernel.orgs.rules.duties import Perm

PERMS = (Perm.ITEM_VIEW, Perm.ITEM_OPEN, Perm.ITEM_CLOSE, Perm.PERSON_VIEW)


@pytest.fixture
def program(world):
    """A program with a token of someone, for everything that they may do."""

    def of(who, perms=PERMS):
        user = world.user(who)
        perms = set(perms) & set(own_perms(user)) or {Perm.UNIT_VIEW}
        _token, secret = create_token(user=user, name="督办", perms=perms, days=90, at=clock.now())
        return Program(secret)

    return of


@pytest.fixture
def fresh(given):
    return given(at=clock.now(), due_on=clock.today() + DAY, cadence="daily")


@pytest.fixture
def closing(fresh, world):
    actions.ask_to_close(item=fresh, text="已更换", by=world.user("林河"), at=clock.now())
    return fresh


def test_a_list_by_what_is_asked(program, given, world, fresh):
    given("另一件", unit="WORKS-2", at=clock.now())
    head = program("诺敏")

    answer = head.get("items", total="true").json()

    assert ([one["title"] for one in answer["items"]], answer["total"]) == (["更换除尘滤袋", "另一件"], 2)
    assert answer["items"][0]["colour"] == "blue"
    for asked, count in (
        ({"under": world.unit("WORKS-1").pk}, 1), ({"colour": "grey"}, 1), ({"behind": "true"}, 0),
        ({"mine": "true"}, 0), ({"status": "closed"}, 0), ({"status": "active"}, 2), ({"q": "滤袋"}, 1),
    ):  # fmt: skip
        assert len(head.get("items", **asked).json()["items"]) == count, asked


def test_pages_go_on_where_they_stopped(program, given):
    for number in range(5):
        given(f"{number}", at=clock.now(), due_on=clock.today() + (number % 2) * DAY)
    head, found, address = program("诺敏"), [], "items?limit=2"
    while address:
        answer = head.get(address).json()
        found += [one["title"] for one in answer["items"]]
        address = answer["next"]
    assert found == ["0", "2", "4", "1", "3"]


def test_a_page_costs_the_same_however_long_it_is(program, given):
    for number in range(3):
        given(f"{number}", at=clock.now())
    head = program("诺敏")
    head.get("items")

    for rows in (1, 3):
        assert questions(lambda rows=rows: head.get("items", limit=rows)) == KNOWING + 1


def test_one_item_costs_the_same_however_much_became_of_it(program, fresh):
    head = program("诺敏")
    head.get(f"items/{fresh.pk}")
    for _time in range(3):
        head.post(f"items/{fresh.pk}/follow-ups", {"text": "已订货"})
        assert questions(lambda: head.get(f"items/{fresh.pk}")) == KNOWING + 7


@pytest.mark.parametrize(("who", "status"), [("诺敏", 200), ("顾岚", 200), ("石强", 404)])
def test_who_may_read_one(program, fresh, who, status):
    assert program(who).get(f"items/{fresh.pk}").status_code == status


def test_whoever_has_no_duty_for_items_is_told_so(program, fresh):
    assert program("欧阳", [Perm.UNIT_VIEW]).get("items").json()["code"] == "not_allowed"


def test_an_item_goes_its_whole_way(program, world):
    commander, head = program("顾岚"), program("诺敏")
    new = {"title": "封闭东门", "unit": world.unit("NORTH").pk, "owner": world.person("诺敏").pk, "cadence": "daily"}

    opened = commander.post("items", new).json()
    path = f"items/{opened['id']}"
    assert (opened["status"], opened["owner"]["name"], opened["turns"]) == (
        "open", "诺敏", ["follow-up", "ask", "hand-over", "extend", "withdraw"])  # fmt: skip
    head.post(f"{path}/follow-ups", {"text": "围挡到场"})
    due = str(clock.today() + 3 * DAY)
    assert commander.post(f"{path}/extend", {"due_on": due, "reason": "等料"}).json()["due_on"] == due
    assert head.post(f"{path}/ask", {"text": "已封闭"}).json()["status"] == "closing"
    returned = commander.post(f"{path}/return", {"reason": "缺照片"}).json()
    assert (returned["status"], returned["asked_by"]) == ("open", None)
    head.post(f"{path}/ask", {"text": "已封闭，门卫在岗"})
    assert commander.post(f"{path}/confirm").json()["closed_by"]["name"] == "顾岚"
    assert commander.post(f"{path}/reopen", {"reason": "又被打开"}).json()["status"] == "open"
    to = {"to": world.person("周舟").pk, "reason": "换人"}
    assert head.post(f"{path}/hand-over", to).json()["owner"]["name"] == "周舟"
    gone = commander.post(f"{path}/withdraw", {"reason": "不再需要"}).json()

    assert (gone["status"], gone["turns"]) == ("withdrawn", [])
    assert [(one["mark"], one["who"]) for one in reversed(gone["history"])] == [
        ("event", "顾岚"), ("follow_up", "诺敏"), ("event", "顾岚"), ("asked", "诺敏"), ("event", "顾岚"),
        ("asked", "诺敏"), ("event", "顾岚"), ("event", "顾岚"), ("handover", "诺敏"), ("event", "顾岚"),
    ]  # fmt: skip
    assert not any("<" in one["sentence"] for one in gone["history"])
    assert all("督办" in event.origin for event in Event.objects.filter(verb__startswith="item."))


@pytest.mark.parametrize(
    ("who", "change", "status", "code", "field"),
    [
        ("诺敏", {"title": ""}, 422, "invalid", "title"),
        ("诺敏", {"due_on": "2020-01-01"}, 409, "refused", None),
        ("诺敏", {"kind": "meeting.decision"}, 422, "unknown", "kind"),
        ("诺敏", {"kind": "nonsense"}, 422, "unknown", "kind"),
        ("诺敏", {"unit": "SOUTH"}, 422, "unknown", "unit"),
        ("诺敏", {"owner": "石强"}, 422, "unknown", "owner"),
        ("石强", {}, 422, "unknown", "unit"),
        ("林河", {}, 403, "not_allowed", None),
    ],
)
def test_what_is_not_opened(program, world, who, change, status, code, field):
    said = {"title": "封闭东门", "unit": "WORKS-1", "owner": "林河"} | change
    said |= {"unit": world.unit(said["unit"]).pk, "owner": world.person(said["owner"]).pk}

    answer = program(who).post("items", said)

    assert (answer.status_code, answer.json()["code"], answer.json().get("field")) == (status, code, field)
    assert not Item.objects.exists()


def test_an_item_is_opened_once_by_a_key(program, world):
    new = {"title": "封闭东门", "unit": world.unit("WORKS-1").pk, "owner": world.person("林河").pk}
    head = program("诺敏")

    answers = [head.post("items", new, Idempotency_Key="k1") for _time in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Item.objects.count() == 1


TURNS = {
    "follow-ups": {"text": "好"}, "ask": {"text": "好"}, "confirm": {}, "return": {"reason": "好"},
    "hand-over": {"to": 1, "reason": "好"}, "extend": {"due_on": "2199-01-01", "reason": "好"},
    "reopen": {"reason": "好"}, "withdraw": {"reason": "好"},
}  # fmt: skip


@pytest.mark.parametrize("name", TURNS)
def test_an_item_out_of_reach_cannot_be_turned(program, closing, name):
    before, stranger = now(closing), program("石强")

    answers = [stranger.post(f"items/{pk}/{name}", TURNS[name]) for pk in (closing.pk, 10**9)]

    assert [(one.status_code, one.json()) for one in answers] == [(404, answers[0].json())] * 2
    assert vars(now(closing)) | {"_state": None} == vars(before) | {"_state": None}


@pytest.mark.parametrize(
    ("who", "perms", "name", "body", "code"),
    [
        ("林河", PERMS, "confirm", {}, "not_allowed"),
        ("诺敏", [Perm.ITEM_VIEW], "confirm", {}, "not_allowed"),
        ("诺敏", PERMS, "follow-ups", {"text": "好"}, "refused"),
        ("诺敏", PERMS, "reopen", {"reason": "好"}, "refused"),
        ("诺敏", PERMS, "return", {"reason": ""}, "invalid"),
        ("诺敏", PERMS, "extend", {"due_on": "2199-01-01", "reason": "好"}, "refused"),
        ("诺敏", PERMS, "withdraw", {"reason": "好", "why": 1}, "invalid"),
    ],
)
def test_a_turn_that_is_refused_changes_nothing(program, closing, who, perms, name, body, code):
    events = Event.objects.count()

    answer = program(who, perms).post(f"items/{closing.pk}/{name}", body)

    assert answer.json()["code"] == code
    assert (now(closing).status, Event.objects.exclude(verb__startswith="token.").count()) == ("closing", events)


def test_nobody_confirms_their_own_request(program, given, world):
    own = given(owner="诺敏", at=clock.now())
    head = program("诺敏")
    head.post(f"items/{own.pk}/ask", {"text": "好"})

    answer = head.post(f"items/{own.pk}/confirm")

    assert (answer.status_code, answer.json()["code"], now(own).status) == (409, "refused", "closing")


def test_a_follow_up_is_written_once_and_shown(program, fresh):
    head = program("诺敏")
    answers = [
        head.post(f"items/{fresh.pk}/follow-ups", {"text": "已订货"}, Idempotency_Key="k1") for _time in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert FollowUp.objects.get().text == "已订货"
    shown = head.get(f"items/{fresh.pk}").json()["follow_ups"]
    assert [(one["text"], one["by"]["name"], one["files"]) for one in shown] == [("已订货", "诺敏", [])]


@pytest.mark.parametrize(
    ("body", "status"),
    [({"text": ""}, 422), ({}, 422), ({"text": "好", "for_date": "2020-01-01"}, 409), ({"text": "好", "x": 1}, 422)],
)
def test_what_is_refused_leaves_nothing(program, fresh, body, status):
    assert program("诺敏").post(f"items/{fresh.pk}/follow-ups", body).status_code == status
    assert not FollowUp.objects.exists()
