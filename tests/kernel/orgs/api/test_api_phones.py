"""Phones are masked, and shown whole only to who may and says why; each look is told to the one looked at."""

import pytest

from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.rules.duties import Perm

WHY = {"X-Reason": "联系返岗人员".encode().decode("latin-1")}
"""As the server sees the bytes that a client sends."""


def looks():
    return list(Event.objects.filter(verb="person.unmasked").order_by("pk").values_list("subject_name", "reason"))


def test_masked_without_a_reason(program, world):
    answer = program("诺敏").get(f"people/{world.person('才让').pk}")

    assert (answer.json()["phone"], answer.json()["is_masked"]) == ("138****0003", True)
    assert looks() == []


@pytest.mark.parametrize(
    "header",
    [WHY, {"X-Reason": "%E8%81%94%E7%B3%BB%E8%BF%94%E5%B2%97%E4%BA%BA%E5%91%98"}, {"X-Reason": "联系返岗人员"}],
    ids=["bytes", "percent", "text"],
)
def test_whole_with_a_reason_which_the_person_can_read(program, world, header):
    answer = program("诺敏").get(f"people/{world.person('才让').pk}", headers=header)

    assert (answer.json()["phone"], answer.json()["is_masked"]) == ("13800020003", False)
    assert "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer
    assert looks() == [("才让", "联系返岗人员")]


def test_a_list_is_one_event_for_each_person_on_the_page(program, world):
    answer = program("诺敏").get("people", under=world.unit("W1-T1").pk, limit=2, headers=WHY)

    assert [row["is_masked"] for row in answer.json()["items"]] == [False, False]
    assert [name for name, _reason in looks()] == [row["name"] for row in answer.json()["items"]]


@pytest.mark.parametrize(
    ("who", "perms"),
    [("林河", None), ("诺敏", [Perm.PERSON_VIEW])],
    ids=["a duty without it", "a token without it"],
)
def test_a_reason_alone_opens_nothing(program, world, who, perms):
    answer = program(who, perms=perms).get("people", headers=WHY)

    assert {row["is_masked"] for row in answer.json()["items"]} == {True}
    assert looks() == []


def test_seen_is_not_yet_unmasked(program, world):
    """才让 keeps the grid of one team: phones there, none elsewhere, even where another duty lets him look."""
    postings.post(
        person=world.person("才让"), duty="tracker", unit=world.unit("WORKS-1"), from_date=world.units["G"].opened_on,
        by=None, at=Event.objects.first().at,
    )  # fmt: skip

    rows = program("才让").get("people", headers=WHY).json()["items"]

    assert {row["name"]: row["is_masked"] for row in rows} == {
        "诺敏": False,
        "欧阳": False,
        "才让": False,
        "林河": True,
    }
    assert "林河" not in [name for name, _reason in looks()]


def test_a_word_is_no_reason(program, world):
    answer = program("诺敏").get(f"people/{world.person('才让').pk}", headers={"X-Reason": "x"})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert looks() == []
