"""What reaches the log: enough to find a fault, nothing about people."""

import json
import logging
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuli.config.logs import HIDDEN, JsonLine, hide

PHONE = "13812344417"
IDENTITY = "11010519491231002X"


@pytest.fixture
def lines(settings):
    """What is written to the log, a line at a time, while the site also has pages that go wrong."""
    settings.ROOT_URLCONF = "tests.config.faulty_urls"
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLine())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def client(client, db):
    client.raise_request_exception = False
    return client


def test_each_request_is_one_line_that_names_its_route(client, lines):
    client.get("/plain/")

    (line,) = lines()
    assert (
        line.items() >= {"message": "request", "method": "GET", "route": "plain", "status": 200, "user": None}.items()
    )
    assert line["ms"] >= 0


def test_a_line_names_the_person_by_number_only(signed_in, lines, world):
    signed_in("诺敏").get("/")

    (line,) = [line for line in lines() if line["message"] == "request"]
    assert line["user"] == world.user("诺敏").pk
    assert "诺敏" not in json.dumps(lines(), ensure_ascii=False)


ASKED = {
    "in a query": lambda client: client.get("/plain/", {"q": f"{PHONE} {IDENTITY}"}),
    "in a search": lambda client: client.get("/search/", {"q": PHONE}),
    "in a form": lambda client: client.post("/broken/", {"identity": IDENTITY, "phone": PHONE}),
    "in an address": lambda client: client.get(f"/broken/{PHONE}/"),
    "in an address of nothing": lambda client: client.get(f"/nobody/{PHONE}/{IDENTITY}/"),
    "in a query of a page that breaks": lambda client: client.get("/broken/", {"phone": PHONE}),
    "in a header": lambda client: client.get(
        "/broken/", headers={"referer": f"https://x/?q={PHONE}", "x-phone": PHONE}
    ),
    "in what the database says": lambda client: client.get("/refused/"),
    "at the log-in": lambda client: client.post("/account/login/", {"login": PHONE, "password": IDENTITY}),
    "at the interface": lambda client: client.get("/api/v1/people", {"number": IDENTITY}),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_no_phone_and_no_identity_number_reaches_the_log(client, lines, ask):
    ask(client)

    written = json.dumps(lines(), ensure_ascii=False)
    assert PHONE not in written
    assert IDENTITY not in written
    assert "才让" not in written
    assert any(line["message"] == "request" for line in lines())


def test_an_unexpected_error_is_logged_with_its_traceback_and_without_what_was_sent(client, lines):
    client.post("/broken/", {"identity": IDENTITY, "why": "病假三天"})

    (error,) = [line for line in lines() if line["level"] == "ERROR"]
    assert error["message"] == "Internal Server Error: broken"
    assert "raise ValueError" in error["trace"]
    assert f"ValueError: cannot read {HIDDEN} of {HIDDEN}" in error["trace"]
    assert "病假" not in json.dumps(error, ensure_ascii=False)


def test_all_lines_of_a_request_carry_its_number_and_so_does_the_answer(client, lines):
    answer = client.get("/broken/", headers={"x-request-id": "from-the-proxy-7"})

    assert answer["X-Request-ID"] == "from-the-proxy-7"
    assert {line["request"] for line in lines()} == {"from-the-proxy-7"}


@pytest.mark.parametrize("given", ["", "short", "a" * 65, 'x"},{"level":"ERROR', "with space in"])
def test_a_number_that_is_none_is_replaced(client, lines, given):
    answer = client.get("/plain/", headers={"x-request-id": given})

    assert len(answer["X-Request-ID"]) == 16
    assert lines()[0]["request"] == answer["X-Request-ID"]


def test_what_libraries_hang_on_a_record_is_left_out(lines):
    logging.getLogger("a.library").warning("odd", extra={"account": "诺敏", "facts": {"count": 3}})

    (line,) = lines()
    assert line.keys() == {"at", "level", "from", "message", "count"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("at 2020-02-03 18:00:05.123456", "at 2020-02-03 18:00:05.123456", id="a time stays"),
        pytest.param("f" * 40 + "12345678901", "f" * 40 + "12345678901", id="a digest stays"),
        pytest.param("1f0e8a2c-1111-2222-3333-123456789012", "1f0e8a2c-1111-2222-3333-123456789012", id="a UUID stays"),
        pytest.param("138 1234 4417", HIDDEN, id="a phone in groups"),
        pytest.param("tel%3D13812344417", f"tel%3D{HIDDEN}", id="a phone in an encoded query"),
        pytest.param("+8613812344417", f"+{HIDDEN}", id="a phone with its country"),
        pytest.param("1" * 40, HIDDEN, id="many digits are no digest"),
    ],
)
def test_what_is_hidden(text, shown):
    assert hide(text) == shown


@given(st.text(max_size=20), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(max_size=20))
def test_a_phone_never_shows_whatever_stands_around_it(before, phone, after):
    assert phone not in hide(f"{before}{phone}{after}")
