"""Telling someone something, once."""

import pytest
from django.db import connection, transaction

from tests.kernel.journal.test_at_once import at_once
from tests.kernel.notices.telling import BEIJING_NOON, MINUTE, tell
from tests.world import build
from wuli.kernel.notices import actions as notices
from wuli.kernel.notices.actions import reading, routing
from wuli.kernel.notices.models import Notice
from wuli.kernel.notices.rules import kinds
from wuli.kernel.notices.rules import telling as rules


def test_the_same_turn_tells_each_person_once(world):
    assert tell(world, "诺敏", "顾岚", "诺敏") == 2
    assert tell(world, "诺敏", "顾岚", "林河", text="又一次", at=BEIJING_NOON + MINUTE) == 1
    assert tell(world, "诺敏", key="item:4") == 1

    assert sorted(Notice.objects.values_list("person__name", "text", "key")) == [
        ("林河", "又一次", "item:3"),
        ("诺敏", "请办理", "item:3"),
        ("诺敏", "请办理", "item:4"),
        ("顾岚", "请办理", "item:3"),
    ]


def test_it_takes_as_many_queries_for_three_as_for_one(world, django_assert_num_queries):
    people = [world.person(name) for name in ("诺敏", "顾岚", "林河")]
    for number, some in enumerate([people[:1], people]):
        with django_assert_num_queries(6):  # two savepoints, who was told, the notices
            notices.notify(
                to=some, kind="item.made", text="x", key=f"k:{number}", at=BEIJING_NOON, url="", unit=None, by=None
            )


def test_it_is_undone_with_what_it_tells_of(world):
    with transaction.atomic():
        tell(world, "诺敏")
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_nobody_to_tell_is_nobody_told(world):
    assert tell(world) == 0


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "people/", "/a b", "/a\nb",
     "/" + "x" * 300],
)  # fmt: skip
def test_it_leads_nowhere_but_into_the_site(world, url):
    with pytest.raises(ValueError, match="address"):
        tell(world, "诺敏", url=url)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("key", ["", "k" * 121])
def test_a_key_is_needed_and_must_fit(world, key):
    with pytest.raises(ValueError, match="key"):
        tell(world, "诺敏", key=key)


def test_a_kind_must_be_known(world):
    with pytest.raises(kinds.UnknownKind):
        tell(world, "诺敏", kind="nobody.knows")


def test_a_long_text_is_cut_and_an_empty_one_refused(world):
    tell(world, "诺敏", text="很长\x00 的\n" + "话" * 500)
    assert Notice.objects.get().text.startswith("很长 的 话话")
    assert len(Notice.objects.get().text) == 400
    with pytest.raises(ValueError, match="says something"):
        rules.fitted(" \n")


def test_the_first_reading_counts(world):
    tell(world, "诺敏")
    notice = Notice.objects.get()
    reading.read(notice=notice, at=BEIJING_NOON)
    reading.read(notice=notice, at=BEIJING_NOON + MINUTE)
    assert Notice.objects.get().read_at == BEIJING_NOON


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time")
def test_two_who_tell_the_same_at_once_tell_it_once():
    world = build()
    told = at_once(*[lambda: tell(world, "诺敏", "顾岚", "林河")] * 4)
    assert (sum(told), Notice.objects.count()) == (3, 3)
    assert sum(at_once(*[lambda: routing.route(at=BEIJING_NOON)] * 3)) == 3
