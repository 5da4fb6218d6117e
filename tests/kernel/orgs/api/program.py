"""A program that uses the interface with a token of someone in the named world."""

import json
from datetime import UTC, datetime

from django.test import Client

from wuli.kernel.orgs.actions import tokens
from wuli.kernel.orgs.queries.tokens import own_perms

MADE = datetime(2020, 2, 1, 1, 0, tzinfo=UTC)
"""When the tokens of the tests were made."""


class Program:
    """Speaks JSON with a token in its header, and nothing else."""

    def __init__(self, secret="", **headers):
        self.headers = ({"Authorization": f"Bearer {secret}"} if secret else {}) | headers
        self.client = Client(headers=self.headers)

    def get(self, path, headers=None, **query):
        return self.client.get(self.at(path), query, headers=headers)

    def post(self, path, body=None, **headers):
        return self._send("post", path, body, headers)

    def patch(self, path, body=None, **headers):
        return self._send("patch", path, body, headers)

    def _send(self, method, path, body, headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        text = body if isinstance(body, str) else json.dumps(body or {})
        return getattr(self.client, method)(self.at(path), text, content_type="application/json", headers=headers)

    @staticmethod
    def at(path):
        return path if path.startswith(("/", "http")) else f"/api/v1/{path}"


def token_of(user, *, at=MADE):
    """A program with a new token of this user, for all that they may do at that moment."""
    _token, secret = tokens.create_token(user=user, name="人力系统", perms=own_perms(user), days=366, at=at)
    return Program(secret)
