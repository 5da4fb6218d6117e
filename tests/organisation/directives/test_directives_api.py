"""Directives for programs."""

import pytest

from tests.kernel.orgs.api.program import Program
from tests.kernel.orgs.api.test_api_queries import KNOWING, questions
from wuli.base import clock
from wuli.kernel.cascade.models import Reply
from wuli.kernel.cascade.queries import board
from wuli.kernel.ledger.models import Evidence
from wuli.kernel.orgs.actions.tokens import create_token
from wuli.kernel.orgs.queries.tokens import own_perms
from wuli.organisation.directives.actions import proofs
from wuli.organisation.directives.models import Opening, Receipt, Step
from wuli.organisation.directives.queries import directives

from . import office as party
from .office import COPIES, ELEVEN


@pytest.fixture
def program(world):
    """A program with a token of someone, for all they may do."""

    def of(who):
        user = world.user(who)
        _token, secret = create_token(user=user, name="公文", perms=own_perms(user), days=90, at=clock.now())
        return Program(secret)

    return of


def test_an_office_lists_what_it_sent_with_how_far_it_has_come(program, office):
    office.sign("P-NORTH", ELEVEN)
    party.issued(office.world, urgency="normal", title="第二号")
    writer = program("党宁")
    writer.get("directives")

    found = writer.get("directives").json()["items"]

    assert [one["title"] for one in found] == ["第二号", "关于充分发挥各级党组织和党员作用的通知"]
    assert (found[1]["progress"]["issued"], found[1]["progress"]["received"], found[1]["progress"]["unsigned"]) == (
        4, 1, 3)  # fmt: skip
    assert len(writer.get("directives", urgency="urgent").json()["items"]) == 1
    for rows in (1, 2):
        assert questions(lambda rows=rows: writer.get("directives", limit=rows)) == KNOWING + 2


def test_a_directive_with_its_text_and_who_has_signed(program, office):
    office.sign("P-NORTH", ELEVEN)
    writer, path = program("党宁"), f"directives/{office.directive.pk}"

    told = writer.get(path).json()
    rows = writer.get(f"{path}/copies").json()["items"]
    node = writer.get(f"{path}/coverage").json()

    assert (told["text"], told["status"], told["progress"]["received"]) == ("各级党组织要迅速行动。", "issued", 1)
    assert [row["unit"]["code"] for row in rows] == list(COPIES)
    assert [row["standing"] for row in rows] == ["working", "unsigned", "unsigned", "unsigned"]
    assert (rows[0]["receipt"]["by"]["name"], rows[0]["receipt"]["late"], rows[0]["done"]) == ("诺敏", False, None)
    assert len(writer.get(f"{path}/copies", show="unsigned").json()["items"]) == 3
    assert node["progress"]["issued"] == sum(one["progress"]["issued"] for one in node["children"]) == 4


def test_the_copies_cost_the_same_however_many(program, office):
    for code in COPIES:
        office.sign(code, ELEVEN)
        office.report(code, ELEVEN, 50)
    writer, path = program("党宁"), f"directives/{office.directive.pk}/copies"
    writer.get(path)
    costs = {questions(lambda rows=rows: writer.get(path, limit=rows)) for rows in (1, 3)}
    assert len(costs) == 1
    secretary = program("才让")
    secretary.get("directive-copies")
    assert questions(lambda: secretary.get("directive-copies")) == KNOWING + 1


def test_proofs_that_were_taken(program, office, world):
    node = directives.round_of(office.directive)
    place = board.node_for(world.user("党宁"), node, "")
    taken, _rows = proofs.take(directive=office.again(), node=place, by=world.user("党宁"), at=ELEVEN)

    (found,) = program("党宁").get(f"directives/{office.directive.pk}/proofs").json()["items"]

    assert (found["digest"], found["rows"]) == (taken.digest, 4)


def test_a_unit_signs_reports_and_is_sent_back(program, office):
    secretary, above = program("才让"), program("诺敏")
    (copy,) = secretary.get("directive-copies", owing="true").json()["items"]
    path = f"directive-copies/{copy['id']}"
    assert secretary.get(path).json()["turns"] == ["sign"]

    signed = secretary.post(f"{path}/sign").json()
    again = secretary.post(f"{path}/sign").json()
    half = {"key": "1", "percent": 50, "text": "已传达一半"}
    answers = [secretary.post(f"{path}/reports", half) for _time in range(2)]
    done = secretary.post(f"{path}/reports", {"key": "2", "percent": 100, "text": "已传达"}).json()

    assert (signed["receipt"]["by"]["name"], again["receipt"], signed["turns"]) == (
        "才让",
        signed["receipt"],
        ["report"],
    )
    assert ([one.status_code for one in answers], Step.objects.count()) == ([201, 201], 2)
    assert (done["standing"], [one["percent"] for one in done["steps"]]) == ("reviewing", [100, 50])
    returned = above.post(f"{path}/return", {"reason": "附上名单"}).json()
    assert (returned["standing"], returned["steps"][0]["returned"]) == ("returned", "附上名单")
    assert not Opening.objects.exists()


@pytest.mark.parametrize(
    ("who", "name", "body", "status", "code"),
    [
        ("周舟", "sign", {}, 404, "not_found"),
        ("周舟", "reports", {"key": "1", "percent": 5, "text": "好"}, 404, "not_found"),
        ("石强", "return", {"reason": "好"}, 404, "not_found"),
        ("党宁", "return", {"reason": "好"}, 409, "refused"),
        ("才让", "reports", {"key": "1", "percent": 5, "text": "好"}, 409, "refused"),
        ("才让", "reports", {"key": "1", "percent": 101, "text": "好"}, 422, "invalid"),
        ("才让", "reports", {"key": "1", "percent": 5, "text": ""}, 422, "invalid"),
        ("马力", "sign", {}, 403, "not_allowed"),
    ],
)
def test_what_is_refused_leaves_nothing(program, office, who, name, body, status, code):
    answer = program(who).post(f"directive-copies/{office.slot('P-W1-A').pk}/{name}", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Receipt.objects.exists()
    assert not Step.objects.exists()


@pytest.mark.parametrize(
    ("who", "directive", "own", "other", "units"),
    [
        ("党宁", 200, 200, 200, 4), ("诺敏", 200, 200, 200, 4), ("才让", 200, 200, 404, 1), ("周舟", 200, 404, 200, 1),
        ("石强", 404, 404, 404, None), ("马力", 403, 403, 403, None),
    ],
)  # fmt: skip
def test_who_may_read(program, office, who, directive, own, other, units):
    reader, path = program(who), f"directives/{office.directive.pk}"
    answers = [
        reader.get(path),
        *(reader.get(f"directive-copies/{office.slot(code).pk}") for code in ("P-W1-A", "P-W2")),
    ]

    assert [one.status_code for one in answers] == [directive, own, other]
    if units:
        assert len(reader.get(f"{path}/copies").json()["items"]) == units
        assert (answers[0].json()["progress"] is not None) == (who == "党宁")


def test_a_directive_is_not_answered_like_a_form(program, office):
    secretary, slot = program("才让"), office.slot("P-W1-A").pk
    bare = {"key": "1", "values": {}}

    one = secretary.post(f"slots/{slot}/replies", bare)
    many = secretary.post("replies", {"replies": [bare | {"slot": slot}]}).json()["items"]
    stranger = program("周舟").post(f"slots/{slot}/replies", bare)

    assert (one.status_code, one.json()["code"], many[0]["code"]) == (409, "elsewhere", "elsewhere")
    assert stranger.status_code == 404
    assert not Reply.objects.exists()
    assert not Evidence.objects.exists()
