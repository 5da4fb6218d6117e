"""The first command on an empty site."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.models import Person, Unit, User

pytestmark = pytest.mark.usefixtures("no_list_of_regions")
THREE = {"system_admin": "1:赵系", "security_admin": "2：钱安", "audit_admin": "3:孙审"}


@pytest.fixture
def no_list_of_regions(settings, tmp_path):
    settings.REGIONS_FILE = tmp_path / "none.json"


def test_a_site_begins_with_its_group_and_three_administrators(db, client, capsys):
    call_command("found", group="同舟集团", **THREE)

    told = capsys.readouterr().out
    passwords = re.findall(r"[A-Za-z2-9]{4}(?:-[A-Za-z2-9]{4}){2}", told)
    assert len(passwords) == 3
    assert list(Unit.objects.order_by("path").values_list("code", "name")) == [
        ("G", "同舟集团"), ("G-OFFICE", "集团办公室")]  # fmt: skip
    assert [person.postings.get().duty for person in Person.objects.order_by("number")] == list(THREE)
    assert set(Event.objects.values_list("origin", flat=True)) == {"wuli found"}

    client.post(reverse("account_login"), {"login": "1", "password": passwords[0]})
    assert client.get(reverse("home")).url.startswith(reverse("account_change_password"))


def test_a_site_begins_once(world):
    before = Event.objects.count()

    with pytest.raises(CommandError, match="已经建立"):
        call_command("found", group="同舟集团", **THREE)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [{"system_admin": "赵系"}, {"audit_admin": None}, {"group": None}, {"system_admin": ":赵系"}],
    ids=["no number", "one missing", "no group", "empty number"],
)
def test_what_is_missing_is_said_and_nothing_is_made(db, wrong):
    with pytest.raises(CommandError):
        call_command("found", **{"group": "同舟集团", **THREE, **wrong})
    assert not Unit.objects.exists()


def test_one_person_cannot_be_two_administrators(db):
    with pytest.raises(CommandError):
        call_command("found", group="同舟集团", **{**THREE, "audit_admin": "1:赵系"})
    assert not User.objects.exists()
