"""The same question by the same person within a second gets the same answer, and the database is not asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuli.web import again

HTMX = {"HX-Request": "true"}


@pytest.fixture
def second(settings, monkeypatch):
    """Figures may be some seconds old, and time stands still until it is told to go on."""
    settings.FIGURES_KEPT = 5
    clock = [100.0]
    monkeypatch.setattr(again, "monotonic", lambda: clock[0])
    return clock


@pytest.fixture
def head(signed_in, asked, board):
    client = signed_in("诺敏")
    client.get(board)  # brings a cookie that the next question carries
    return client


@pytest.fixture
def board(asked):
    return reverse("cascade:board", args=[asked.round.pk])


def asked_for(client, address, **headers):
    """The answer, and how many statements it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, headers=headers)
    return answer, len(queries)


def test_it_is_told_again_for_a_second(second, head, board):
    first, _ = asked_for(head, board)
    same, none = asked_for(head, board)
    second[0] += 1.01
    later, some = asked_for(head, board)

    assert (same.status_code, same.content, none) == (200, first.content, 0)
    assert same["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert same["Cache-Control"] == first["Cache-Control"]
    assert same["X-Request-ID"] != first["X-Request-ID"]
    assert (later.status_code, bool(some)) == (200, True)


@pytest.mark.parametrize(
    "change",
    [{"headers": HTMX}, {"query_params": {"show": "all"}}, {"headers": {"Accept-Language": "en"}}],
    ids=["a part", "another list", "another language"],
)
def test_another_question_is_asked(second, head, board, change):
    head.get(board)
    with CaptureQueriesContext(connection) as queries:
        assert head.get(board, **change).status_code == 200
    assert queries


def test_nobody_gets_what_another_was_told(second, signed_in, asked, board):
    mine = signed_in("诺敏").get(board)
    answer, some = asked_for(signed_in("林河"), board)
    assert some > 0
    assert answer.content != mine.content


def test_who_changes_something_sees_it_at_once(second, head, board, asked):
    head.get(board)
    head.post(reverse("cascade:chase", args=[asked.round.pk]))
    _, some = asked_for(head, board)
    assert some > 0


@pytest.mark.parametrize(("address", "kept"), [("/", 5), ("board", 0)], ids=["another page", "nothing is kept"])
def test_not_every_page_and_not_where_nothing_is_kept(second, settings, head, board, address, kept):
    settings.FIGURES_KEPT = kept
    address = board if address == "board" else address
    head.get(address)
    _, some = asked_for(head, address)
    assert some > 0


def test_it_keeps_only_so_many(second, head, board, monkeypatch):
    monkeypatch.setattr(again, "MOST", 2)
    for number in range(3):
        head.get(board, query_params={"show": "late", "n": number})
    _, none = asked_for(head, f"{board}?show=late&n=2")
    _, some = asked_for(head, f"{board}?show=late&n=0")
    assert (some > 0, none) == (True, 0)
