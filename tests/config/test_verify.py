"""`wuli verify` proves the site sound, or says where it is not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from wuli.base.clock import now
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.queries import head
from wuli.kernel.orgs.models import Unit


@pytest.fixture
def sealed(world):
    journal.seal(at=now())
    return world


def forge(position):
    """Change an event as only someone at the database itself could."""
    with connection.cursor() as cursor:
        cursor.execute("update journal_event set actor_name = 'someone else' where position = %s", [position])


def test_a_sound_site_tells_the_head_of_its_chain(sealed, capsys):
    call_command("verify")

    assert head()[1] in capsys.readouterr().out


def test_a_head_noted_earlier_must_be_in_the_chain(sealed):
    noted = head()[1]
    journal.record("unit.opened", subject=sealed.unit("G"), at=now())
    journal.seal(at=now())

    call_command("verify", head=noted)
    with pytest.raises(CommandError, match="0123abcd"):
        call_command("verify", head="0123abcd")


def test_the_first_broken_link_is_named(sealed):
    forge(position=7)

    with pytest.raises(CommandError, match="第 7 条") as broken:
        call_command("verify")
    assert broken.value.returncode == 1


def test_everything_that_is_wrong_is_told_at_once(sealed):
    forge(position=7)
    unit = sealed.unit("WORKS-1")
    Unit.objects.filter(pk=unit.pk).update(name="另一厂")

    with pytest.raises(CommandError) as broken:
        call_command("verify")

    assert "第 7 条" in str(broken.value)
    assert f"1 处，编号 {unit.pk}" in str(broken.value)
