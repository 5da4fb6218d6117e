import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import tokens
from wuli.kernel.orgs.models import ApiToken, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.tokens import own_perms, token_by_secret
from wuli.kernel.orgs.rules.duties import DUTIES, Perm
from wuli.kernel.orgs.rules.tokens import why_not_use

NOON = datetime(2020, 3, 5, 4, 0, tzinfo=UTC)
READ = [Perm.UNIT_VIEW, Perm.PERSON_VIEW]


@pytest.fixture
def token(world):
    return tokens.create_token(user=world.user("诺敏"), name="人力系统", perms=READ, days=90, at=NOON)


def test_a_token_is_told_once_and_kept_as_a_digest_only(world, token):
    kept, secret = token

    assert secret.startswith("wuli_")
    assert len(secret) == len("wuli_") + 43
    row = ApiToken.objects.values().get(pk=kept.pk)
    assert row["digest"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(row)
    assert secret not in str(list(Event.objects.values()))
    assert token_by_secret(secret) == kept
    assert token_by_secret(secret[:-1]) is None


def test_making_and_revoking_are_events_that_say_what_the_token_could_do(world, token):
    kept, _secret = token
    tokens.revoke_token(token=kept, by=world.user("诺敏"), at=NOON)

    made, revoked = Event.objects.filter(verb__startswith="token.").order_by("pk")
    assert (made.verb, made.actor_name) == ("token.created", "诺敏")
    assert made.changes == {"perms": [None, ["person.view", "unit.view"]], "expires_on": [None, "2020-06-03"]}
    assert (revoked.verb, revoked.subject_id) == ("token.revoked", kept.pk)


@pytest.mark.parametrize(
    ("perms", "days", "field"),
    [
        pytest.param([], 90, "perms", id="nothing it may do"),
        pytest.param([Perm.UNIT_CHANGE], 90, "perms", id="more than its owner may do"),
        pytest.param(["no.such"], 90, "perms", id="a permission that does not exist"),
        pytest.param(READ, 0, "days", id="no day at all"),
        pytest.param(READ, 367, "days", id="more than a year"),
    ],
)
def test_a_token_that_cannot_be(world, perms, days, field):
    before = Event.objects.count()

    with pytest.raises(Refused) as no:
        tokens.create_token(user=world.user("诺敏"), name="人力系统", perms=perms, days=days, at=NOON)

    assert no.value.field == field
    assert not ApiToken.objects.exists()
    assert Event.objects.count() == before


def test_nobody_keeps_more_than_twenty_in_use(world):
    user = world.user("诺敏")
    made = [tokens.create_token(user=user, name="系统", perms=READ, days=9, at=NOON)[0] for _ in range(20)]

    with pytest.raises(Refused, match="已有 20 个令牌在用"):
        tokens.create_token(user=user, name="系统", perms=READ, days=9, at=NOON)

    tokens.revoke_token(token=made[0], by=user, at=NOON)
    tokens.create_token(user=user, name="系统", perms=READ, days=9, at=NOON)


def test_a_token_is_revoked_once(world, token):
    kept, _secret = token
    tokens.revoke_token(token=kept, by=world.user("诺敏"), at=NOON)
    before = Event.objects.count()

    with pytest.raises(Refused, match="此前已撤销"):
        tokens.revoke_token(token=kept, by=world.user("诺敏"), at=NOON)

    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("minutes", "noted"), [(0, True), (59, False), (60, True)], ids=["first", "within the hour", "an hour later"]
)
def test_use_is_noted_at_most_once_an_hour(world, token, minutes, noted):
    kept, secret = token
    if minutes:
        tokens.note_use(token=kept, at=NOON)
    later = NOON + timedelta(minutes=minutes)

    tokens.note_use(token=token_by_secret(secret), at=later)

    assert (ApiToken.objects.get(pk=kept.pk).last_used_at == later) == noted


@pytest.mark.parametrize(
    ("happened", "code"),
    [
        pytest.param(lambda token: None, None, id="in use"),
        pytest.param(lambda token: ApiToken.objects.update(revoked_at=NOON), "token_revoked", id="revoked"),
        pytest.param(
            lambda token: ApiToken.objects.update(expires_on="2020-03-04"), "token_expired", id="last day was yesterday"
        ),
        pytest.param(lambda token: ApiToken.objects.update(expires_on="2020-03-05"), None, id="last day is today"),
        pytest.param(lambda token: User.objects.update(is_active=False), "token_owner_gone", id="owner switched off"),
        pytest.param(lambda token: _owner_leaves(token), "token_owner_gone", id="owner left"),
    ],
)
def test_when_a_token_opens_nothing(token, happened, code):
    kept, secret = token
    happened(kept)

    why = why_not_use(token_by_secret(secret), on=NOON.date())

    assert (why and why.code) == code


def test_own_permissions_are_those_of_ones_duties_and_of_ones_place(world):
    assert own_perms(world.user("马力")) == (Perm.UNIT_VIEW,)
    assert set(own_perms(world.user("孙审"))) == DUTIES[Duty.AUDIT_ADMIN].perms


def _owner_leaves(token):
    person = token.user.person
    person.on_roll_until = NOON.date()
    person.save()
