"""What is asked and answered, by programs."""

import pytest

from tests.kernel.orgs.api.program import Program
from wuli.base import clock
from wuli.kernel.cascade.actions import rounds
from wuli.kernel.cascade.models import Reply, Slot
from wuli.kernel.orgs.actions.tokens import create_token
from wuli.kernel.orgs.queries.tokens import own_perms

from .asking import evening

ZERO = {"present": 10, "abnormal": 0}


@pytest.fixture
def asked(world):
    """A round of today: a program has no clock of ours to hold."""
    asked = evening(world, day=clock.today())
    Slot.objects.update(opens_at=asked.round.opened_at)
    return asked


@pytest.fixture
def program(world):
    def of(who):
        user = world.user(who)
        _token, secret = create_token(user=user, name="上报", perms=own_perms(user), days=90, at=clock.now())
        return Program(secret)

    return of


def _file(caller, slot, key="1", **values):
    return caller.post(f"slots/{slot.pk}/replies", {"key": key, "values": ZERO | values})


def test_a_program_answers_and_sees_what_came_of_it(program, asked):
    team, slot = program("才让"), asked.slot("W1-T1")
    (mine,) = team.get("my/slots").json()["items"]

    answer = _file(team, slot)

    assert (mine["id"], mine["state"]) == (slot.pk, "missing")
    assert (answer.status_code, answer.json()["kind"], answer.json()["number"]) == (201, "zero", 1)
    assert _file(team, slot, present=3).json() == answer.json()  # the same key
    assert _file(team, slot, "2", abnormal=1).json()["kind"] == "some"
    told = program("诺敏").get(f"slots/{slot.pk}").json()
    assert (told["state"], told["review"], told["registers"]) == ("some", "waiting", {})
    assert [(one["number"], one["values"]["abnormal"], one["proxy"]) for one in told["versions"]] == [
        (2, 1, False), (1, 0, False),
    ]  # fmt: skip
    assert team.get("my/slots").json()["items"] == []


def test_every_field_at_fault_is_named(program, asked):
    answer = program("才让").post(
        f"slots/{asked.slot('W1-T1').pk}/replies", {"key": "1", "values": {"present": "x", "abnormal": None}}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "unfit")
    assert [one["field"] for one in answer.json()["errors"]] == ["present", "abnormal"]
    assert not Reply.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("才让", 404), ("林河", 201), ("诺敏", 201), ("石强", 404), ("孙审", 403)])
def test_who_may_answer_for_a_team(program, asked, who, status):
    assert _file(program(who), asked.slot("W1-T2")).status_code == status
    assert Reply.objects.count() == (status == 201)


def test_many_are_taken_each_by_itself(program, asked):
    slots = [asked.slot(code).pk for code in ("W1-T1", "W1-T2", "W3-T1")]
    said = [
        {"slot": slot, "key": "1", "values": ZERO | {"abnormal": 11 if n == 1 else 0}} for n, slot in enumerate(slots)
    ]

    answer = program("诺敏").post("replies", {"replies": said})

    assert answer.status_code == 200
    assert [one["slot"] for one in answer.json()["items"]] == slots
    assert [(one["code"], one["field"]) for one in answer.json()["items"]] == [
        ("", None), ("unfit", "abnormal"), ("not_found", None),
    ]  # fmt: skip
    assert Reply.objects.count() == 1


def test_a_reviewer_returns_and_accepts(program, asked):
    team, head, slot = program("才让"), program("诺敏"), asked.slot("W1-T1")
    _file(team, slot, abnormal=1)

    back = head.post(f"slots/{slot.pk}/return", {"fields": {"abnormal": "请核对"}})
    assert (back.status_code, back.json()["review"]) == (200, "returned")
    assert back.json()["versions"][0]["returned"] == {"abnormal": "请核对"}

    _file(team, slot, "2", abnormal=2)
    done = head.post("accept", {"slots": [slot.pk]})
    assert (done.status_code, [one["review"] for one in done.json()["items"]]) == (200, ["accepted"])
    assert head.post("accept", {"slots": [slot.pk, asked.slot("W3-T1").pk]}).status_code == 422
    assert team.post("accept", {"slots": [slot.pk]}).status_code == 403


def test_a_round_tells_its_coverage_and_its_questions(program, asked, world):
    _file(program("才让"), asked.slot("W1-T1"))

    whole = program("顾岚").get(f"rounds/{asked.round.pk}").json()
    north = program("诺敏").get(f"rounds/{asked.round.pk}").json()

    assert [one["key"] for one in whole["fields"]] == ["present", "abnormal", "masks", "need"]
    assert whole["node"]["unit"]["code"] == "G"
    for name, count in whole["node"]["coverage"].items():
        assert count == sum(child["coverage"][name] for child in whole["children"])
    assert (north["node"]["unit"]["code"], north["node"]["coverage"]["zero"]) == ("NORTH", 1)
    assert program("石强").get(f"rounds/{asked.round.pk}", unit=world.unit("NORTH").pk).status_code == 404


def test_slots_by_what_is_asked_in_pages(program, asked, world):
    _file(program("才让"), asked.slot("W1-T1"))
    head, address = program("诺敏"), f"rounds/{asked.round.pk}/slots"
    for question, codes in (
        ({"state": "zero"}, ["W1-T1"]), ({"under": world.unit("WORKS-2").pk}, ["WORKS-2", "W2-T1"]),
        ({"owing": "true", "under": world.unit("W1-SHOP").pk}, ["W1-SHOP", "W1-T2"]), ({"review": "accepted"}, []),
    ):  # fmt: skip
        assert [one["unit"]["code"] for one in head.get(address, **question).json()["items"]] == codes, question
    first = head.get(address, limit=2).json()
    rest = head.get(first["next"]).json()["items"]
    assert {one["id"] for one in first["items"]}.isdisjoint(one["id"] for one in rest)


def test_rounds_within_reach(program, asked, world):
    rounds.open_round(call=asked.call, on=clock.today() + clock.timedelta(days=1), at=clock.now())

    assert [one["on"] for one in program("石强").get("rounds").json()["items"]] == [
        str(clock.today() + clock.timedelta(days=1)), str(clock.today()),
    ]  # fmt: skip
    assert len(program("石强").get("rounds", on=str(clock.today())).json()["items"]) == 1
    assert program("石强").get("rounds", call=10**9).json()["items"] == []
