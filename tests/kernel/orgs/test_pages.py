"""Every page of who is who opens for those it is for, and for nobody else."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.models import Person, Unit

UNIT_PAGES = ["unit", "unit_children", "unit_history", "unit_open", "unit_amend"]


def address(name, world):
    if name in UNIT_PAGES:
        return reverse(f"orgs:{name}", args=[world.unit("WORKS-1").pk])
    if name == "unit_change":
        return reverse("orgs:unit_change", args=[world.unit("WORKS-1").pk, "move"])
    if name in ("person", "person_amend", "person_transfer", "person_leave"):
        return reverse(f"orgs:{name}", args=[world.person("才让").pk])
    if name == "blind_spot":
        return reverse("orgs:blind_spot", args=["no_post"])
    return reverse(name if name in ("home", "search") else f"orgs:{name}")


#                     page               顾岚 诺敏 欧阳 才让 石强 马力 赵系 钱安
WHO_MAY = [
    ("home",             [200, 200, 200, 200, 200, 200, 200, 200]),
    ("search",           [200, 200, 200, 200, 200, 200, 200, 200]),
    ("units",            [200, 200, 200, 200, 200, 200, 200, 200]),
    ("unit",             [200, 200, 200, 200, 404, 404, 200, 200]),
    ("unit_children",    [200, 200, 200, 200, 404, 404, 200, 200]),
    ("unit_history",     [200, 200, 200, 200, 404, 404, 200, 200]),
    ("unit_open",        [404, 404, 404, 404, 404, 404, 200, 404]),
    ("unit_amend",       [404, 404, 404, 404, 404, 404, 200, 404]),
    ("unit_change",      [404, 404, 404, 404, 404, 404, 200, 404]),
    ("roster",           [200, 200, 200, 200, 200, 404, 404, 200]),
    ("person",           [200, 200, 200, 200, 404, 404, 404, 200]),
    ("person_join",      [404, 404, 200, 404, 404, 404, 404, 404]),
    ("person_amend",     [404, 404, 200, 404, 404, 404, 404, 404]),
    ("person_transfer",  [404, 404, 200, 404, 404, 404, 404, 404]),
    ("person_leave",     [404, 404, 200, 404, 404, 404, 404, 404]),
    ("postings",         [200, 200, 200, 200, 200, 404, 404, 200]),
    ("posting_new",      [404, 200, 200, 404, 200, 404, 404, 200]),
    ("duty_table",       [200, 200, 200, 200, 200, 404, 404, 200]),
    ("blind_spots",      [200, 200, 200, 404, 200, 404, 404, 404]),
    ("blind_spot",       [200, 200, 200, 404, 200, 404, 404, 404]),
    ("scope",            [200, 200, 200, 200, 200, 200, 200, 200]),
    ("me",               [200, 200, 200, 200, 200, 200, 200, 200]),
]  # fmt: skip
WHO = ["顾岚", "诺敏", "欧阳", "才让", "石强", "马力", "赵系", "钱安"]


@pytest.mark.parametrize("door", [door for door, _answers in WHO_MAY])
def test_who_may_open_it(client, world, door):
    for name, expected in zip(WHO, dict(WHO_MAY)[door], strict=True):
        client.force_login(world.user(name))
        assert client.get(address(door, world)).status_code == expected, name


def test_someone_not_signed_in_is_sent_to_the_log_in(client, world):
    for door, _answers in WHO_MAY:
        assert client.get(address(door, world)).status_code == 302, door


def test_absent_and_not_yours_look_the_same(signed_in, world):
    stranger = signed_in("石强")
    pages = [stranger.get(reverse("orgs:unit", args=[pk])) for pk in (world.unit("WORKS-1").pk, 999999)]
    assert pages[0].status_code == pages[1].status_code == 404
    assert strip_tags(pages[0].content.decode()).split() == strip_tags(pages[1].content.decode()).split()


def test_a_stranger_finds_nothing_of_another_segment_by_search(signed_in, world):
    stranger = signed_in("石强")
    for text in ["一厂", "才让", "cairang", "20003", "WORKS-1", "cr"]:
        page = stranger.get(reverse("search"), {"q": text}).content.decode()
        assert "/people/" not in page
        assert "/units/" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [("才", "才让"), ("cairang", "才让"), ("cr", "才让"), ("20003", "才让"), ("让", "才让"), ("Cai Rang", "才让")],
)
def test_a_person_is_found_by_name_pinyin_initials_and_number(signed_in, world, text, name):
    page = signed_in("诺敏").get(reverse("search"), {"q": text}).content.decode()
    assert reverse("orgs:person", args=[world.person(name).pk]) in page


def test_an_administrator_moves_an_enterprise_and_yesterday_stays(signed_in, world):
    works, south = world.unit("WORKS-1"), world.unit("SOUTH")
    page = reverse("orgs:unit_change", args=[works.pk, "move"])

    answer = signed_in("赵系").post(page, {"target": "SOUTH", "on": "2020-02-01"})

    assert answer.status_code == 302
    assert world.unit("WORKS-1").parent == south
    before = signed_in("顾岚").get(reverse("orgs:unit", args=[works.pk]), {"on": "2020-01-31"}).content.decode()
    after = signed_in("顾岚").get(reverse("orgs:unit", args=[works.pk])).content.decode()
    assert "北方板块</a>" in before
    assert "南方板块</a>" in after


def test_a_refused_move_is_told_in_the_form_and_nothing_moves(signed_in, world):
    page = reverse("orgs:unit_change", args=[world.unit("NORTH").pk, "move"])

    answer = signed_in("赵系").post(page, {"target": "W1-SHOP", "on": "2020-02-01"})

    assert answer.status_code == 422
    assert "它自己或它的下级" in answer.content.decode()
    assert not Event.objects.filter(verb="unit.moved").exists()


def test_unmasking_asks_a_reason_and_leaves_an_event(signed_in, world):
    person = world.person("才让")
    page = reverse("orgs:person_unmask", args=[person.pk])
    keeper = signed_in("诺敏")

    refused = keeper.post(page, {"field": "phone", "reason": ""})
    shown = keeper.post(page, {"field": "phone", "reason": "联系返岗"})

    assert person.phone not in refused.content.decode()
    assert person.phone in shown.content.decode()
    event = Event.objects.get(verb="person.unmasked")
    assert (event.subject_name, event.actor_name, event.reason) == ("才让", "诺敏", "联系返岗")


def test_a_roster_keeper_puts_someone_on_the_roll(signed_in, world):
    said = {"number": "20009", "name": "新人", "unit": "W1-T1", "employer": "WORKS-1", "post": "电解工",
            "process_step": "电解", "phone": "13800001111", "on": "2020-02-01"}  # fmt: skip

    answer = signed_in("欧阳").post(reverse("orgs:person_join"), said)

    person = Person.objects.get(number="20009")
    assert answer.status_code == 302
    assert str(person.post) == "电解 · 电解工"
    assert person.path == Unit.objects.get(code="W1-T1").path


def test_a_head_cannot_make_someone_a_security_administrator(signed_in, world):
    said = {"person": "20003", "unit": "NORTH", "duty": "security_admin", "from_date": "2020-02-01"}

    answer = signed_in("诺敏").post(reverse("orgs:posting_new"), said)

    assert answer.status_code == 422
    assert not Event.objects.filter(verb="posting.given", at__year__gt=2020).exists()


@pytest.mark.parametrize("door", ["roster", "postings", "units", "home", "blind_spots", "unit", "person"])
def test_the_number_of_queries_does_not_grow_with_the_rows(signed_in, world, door, django_assert_max_num_queries):
    from tests.world import DAY_ONE, START
    from wuli.kernel.orgs.actions import people
    from wuli.kernel.orgs.actions.people import Place
    from wuli.kernel.orgs.actions.units import NewUnit, open_units

    open_units([NewUnit(f"X{n}", "team", f"班组{n}", "NORTH") for n in range(20)], on=DAY_ONE, by=None, at=START)
    for n in range(20):
        place = Place(world.unit(f"X{n}"), world.unit("WORKS-1"))
        people.join(number=f"5{n:04}", name=f"工人{n}", place=place, on=DAY_ONE, by=None, at=START)
    limits = {"home": 30, "blind_spots": 20, "unit": 16, "person": 16}  # with what other apps add to the page
    client, limit = signed_in("诺敏"), limits.get(door, 12)
    client.get(address(door, world))  # the first page of a session writes down when it was seen
    with django_assert_max_num_queries(limit + 3):  # three more for the session, its user and the bell
        assert client.get(address(door, world)).status_code == 200


def test_sums_are_told_only_where_a_duty_reaches_all_of_them(signed_in, world):
    group, north = world.unit("G"), world.unit("NORTH")

    above = signed_in("诺敏").get(reverse("orgs:unit", args=[group.pk])).content.decode()
    own = signed_in("诺敏").get(reverse("orgs:unit", args=[north.pk])).content.decode()

    assert "在册人数" not in above
    assert "在册人数" in own
