import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.kernel.notices.telling import BEIJING_NOON, KINDS
from wuli.kernel.notices.actions import channels
from wuli.kernel.notices.rules import kinds


@pytest.fixture(autouse=True)
def some_kinds(monkeypatch):
    """Four kinds of notices and no others, whatever apps register."""
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(*KINDS)


class Group:
    """A chat group's robot on this machine: keeps what it is sent, answers as it is told."""

    def __init__(self):
        self.heard, self.paths, self.status, self.answer, self.held = [], [], 200, {}, None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def host(self):
        return f"127.0.0.1:{self.server.server_port}"

    def address(self, secret="secret-key-7f3a"):
        return f"json://{self.host}/{secret}"

    @property
    def texts(self):
        return [one["message"] for one in self.heard]

    def _handler(group):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if group.held:
                    group.held.wait(10)
                group.heard.append(json.loads(body))
                group.paths.append(urlsplit(self.path).path)
                self.send_response(group.status)
                if 300 <= group.status < 400:
                    self.send_header("Location", f"http://{group.host}/elsewhere")
                self.end_headers()
                self.wfile.write(json.dumps(group.answer).encode())

            def log_message(self, *args):
                pass

        return Handler


@pytest.fixture
def group(settings):
    settings.NOTICE_PRIVATE_HOSTS = ["127.0.0.1"]
    robot = Group()
    yield robot
    robot.server.shutdown()


@pytest.fixture
def channel(world, group):
    """Open a channel to the robot: of a unit by its code, or of somebody by name."""

    def add(unit=None, person=None, kinds=(), name="", address=None, at=BEIJING_NOON):
        return channels.add_channel(
            name=name or f"{unit or person}的群", address=address or group.address(), kinds=list(kinds),
            unit=unit and world.unit(unit), person=person and world.person(person), by=world.user("赵系"), at=at,
        )  # fmt: skip

    return add
