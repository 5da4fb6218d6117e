from wuli.config.api import api
from wuli.kernel.orgs.access import SIGNED_IN
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.house import name_of, needs_of

FOR_ALL = {"me", "openapi"}
"""Operations for everybody with an account: they tell of nobody else."""


def test_every_operation_says_what_it_needs():
    assert api.operations_without_need() == []


def test_only_what_tells_of_nobody_is_for_everybody():
    assert {name_of(operation) for operation in api.operations() if needs_of(operation) == SIGNED_IN} == FOR_ALL


def test_needs_are_permissions():
    needed = {
        need for operation in api.operations() if needs_of(operation) != SIGNED_IN for need in needs_of(operation)
    }

    assert needed <= set(Perm)


def test_addresses_carry_needs_too_so_that_no_url_is_bare():
    patterns, _app, _namespace = api.urls

    assert all(hasattr(pattern.callback, "needs") for pattern in patterns)
