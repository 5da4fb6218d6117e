from datetime import UTC, datetime

import pytest
from django.core.cache import caches

from tests.kernel.orgs.api.program import MADE, Program
from wuli.kernel.orgs.actions import tokens
from wuli.kernel.orgs.queries.tokens import own_perms


@pytest.fixture(autouse=True)
def no_calls_counted():
    caches["process"].clear()


@pytest.fixture
def today(monkeypatch):
    """The clock of the house stands at noon of 5 March 2020 in China."""
    noon = datetime(2020, 3, 5, 4, 0, tzinfo=UTC)
    monkeypatch.setattr("wuli.base.clock.timezone.now", lambda: noon)
    return noon.date()


@pytest.fixture
def program(world, today):
    """A program with a token of this person, for all they may do or for `perms` only."""

    def made_by(name, perms=None, **headers):
        user = world.user(name)
        _token, secret = tokens.create_token(
            user=user, name="人力系统", perms=perms or own_perms(user), days=90, at=MADE
        )  # fmt: skip
        return Program(secret, **headers)

    return made_by
