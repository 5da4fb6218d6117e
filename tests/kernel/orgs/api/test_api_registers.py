"""Units, people, duties and regions as lists, today and on other days."""

from datetime import date

import pytest

from tests.world import START
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models import Region, Unit
from wuli.kernel.orgs.models.posting import Duty, Posting


def codes(answer):
    assert answer.status_code == 200, answer.text
    return [unit["code"] for unit in answer.json()["items"]]


def names(answer):
    assert answer.status_code == 200, answer.text
    return [person["name"] for person in answer.json()["items"]]


@pytest.fixture
def reorganised(world):
    """On 1 March 二厂 became 新二厂 and moved to South; 周舟 moved to 采矿班, 林河 left."""
    day, by = date(2020, 3, 1), world.user("赵系")
    units.rename_unit(unit=world.unit("WORKS-2"), name="新二厂", on=day, by=by, at=START)
    units.move_unit(unit=world.unit("WORKS-2"), target=world.unit("SOUTH"), on=day, by=by, at=START)
    there = Place(world.unit("W3-T1"), employer=world.unit("WORKS-3"))
    people.transfer(person=world.person("周舟"), place=there, on=day, by=by, at=START)
    people.leave(person=world.person("林河"), on=day, by=by, at=START)
    return world


@pytest.fixture
def regions(db):
    rows = [
        ("CN", "中国", "country", None), ("PE", "秘鲁", "country", None), ("530000", "云南省", "province", "CN"),
        ("530100", "昆明市", "city", "530000"), ("530102", "五华区", "county", "530100"),
    ]  # fmt: skip
    for code, name, level, parent in rows:
        Region.objects.create(code=code, name=name, level=level, parent_id=parent, name_en={"PE": "Peru"}.get(code, ""))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"kind": "segment"}, ["NORTH", "SOUTH"], id="kind"),
        pytest.param({"under": "WORKS-1"}, ["WORKS-1", "W1-SHOP", "W1-T1", "W1-T2"], id="under"),
        pytest.param({"under": "WORKS-1", "kind": "team"}, ["W1-T1", "W1-T2"], id="two at once"),
        pytest.param({"code": "W2-T1"}, ["W2-T1"], id="code"),
        pytest.param({"q": "电解"}, ["W1-SHOP", "W1-T1", "W1-T2"], id="part of the name"),
        pytest.param({"q": "djyb"}, ["W1-T1"], id="initials"),
        pytest.param({"q": "dianjieyi"}, ["W1-T1"], id="pinyin"),
        pytest.param({"q": "works"}, ["WORKS-1", "WORKS-2", "WORKS-3"], id="beginning of the code"),
        pytest.param({"line": "party"}, [], id="a line out of reach"),
        pytest.param({"q": "无此单位"}, [], id="nothing"),
    ],
)
def test_units_by_filter_in_tree_order(program, world, asked, found):
    if "under" in asked:
        asked = asked | {"under": world.unit(asked["under"]).pk}

    assert codes(program("顾岚").get("units", **asked)) == found


def test_units_are_those_within_reach(program):
    assert codes(program("石强").get("units", kind="enterprise")) == ["WORKS-3"]
    assert codes(program("党宁").get("units", kind="party_branch")) == ["P-W1-A", "P-W2"]


def test_units_of_another_day_have_the_names_and_places_of_that_day(program, reorganised):
    south = reorganised.unit("SOUTH").pk
    commander = program("顾岚")

    assert codes(commander.get("units", under=south)) == ["SOUTH", "WORKS-2", "W2-T1", "WORKS-3", "W3-T1"]
    assert codes(commander.get("units", under=south, on="2020-02-29")) == ["SOUTH", "WORKS-3", "W3-T1"]
    assert codes(commander.get("units", q="新二厂")) == ["WORKS-2"]
    assert codes(commander.get("units", q="新二厂", on="2020-02-29")) == []
    assert codes(commander.get("units", on="2019-12-31")) == []


@pytest.mark.parametrize(
    ("on", "name", "parent"),
    [(None, "新二厂", "SOUTH"), ("2020-02-29", "二厂", "NORTH"), ("2020-03-01", "新二厂", "SOUTH")],
)
def test_one_unit_on_a_day(program, reorganised, on, name, parent):
    unit = program("顾岚").get(f"units/{reorganised.unit('WORKS-2').pk}", **({"on": on} if on else {})).json()

    assert (unit["name"], unit["parent"]["code"], unit["depth"]) == (name, parent, 2)


def test_a_unit_before_its_first_day_is_not_there(program, world):
    assert program("顾岚").get(f"units/{world.unit('WORKS-2').pk}", on="2019-12-31").status_code == 404


def test_a_closed_unit_says_what_became_of_it(program, world):
    units.merge_unit(unit=world.unit("WORKS-2"), target=world.unit("WORKS-1"), on=date(2020, 3, 1), by=None, at=START)

    unit = program("顾岚").get(f"units/{world.unit('WORKS-2').pk}").json()

    assert (unit["closed_on"], unit["merged_into"]["code"]) == ("2020-03-01", "WORKS-1")
    assert codes(program("顾岚").get("units", code="WORKS-2")) == []


def test_a_province_stands_for_all_that_lies_in_it(program, world, regions):
    Unit.objects.filter(code="WORKS-1").update(region="530102")
    Unit.objects.filter(code="WORKS-2").update(region="530100")
    Unit.objects.filter(code="WORKS-3").update(region="PE")
    commander = program("顾岚")

    assert codes(commander.get("units", region="530000")) == ["WORKS-1", "WORKS-2"]
    assert codes(commander.get("units", region="530102")) == ["WORKS-1"]
    assert codes(commander.get("units", region="PE")) == ["WORKS-3"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"under": "WORKS-1"}, ["诺敏", "欧阳", "才让", "林河"], id="under"),
        pytest.param({"under": "P-NORTH"}, ["诺敏", "才让", "周舟"], id="under a Party body: its members"),
        pytest.param({"number": "20003"}, ["才让"], id="number"),
        pytest.param({"q": "2000"}, ["诺敏", "欧阳", "才让", "林河", "周舟"], id="beginning of the number"),
        pytest.param({"q": "才"}, ["才让"], id="beginning of the name"),
        pytest.param({"q": "cr"}, ["才让"], id="initials"),
        pytest.param({"contractor": "true"}, ["欧阳"], id="contractors"),
        pytest.param({"no_cell": "true"}, ["才让"], id="no cell"),
        pytest.param({"no_cell": "false", "under": "W1-T1"}, ["诺敏", "欧阳"], id="in a cell"),
        pytest.param({"on": "2019-12-31"}, [], id="before anyone joined"),
    ],
)
def test_people_by_filter_in_tree_order(program, world, asked, found):
    by, when = world.user("欧阳"), {"on": date(2020, 2, 1), "by": world.user("欧阳"), "at": START}
    people.transfer(person=by.person, place=Place(world.unit("W1-T1"), outside_employer="顺达劳务"), **when)
    shop = Place(world.unit("W1-SHOP"), employer=world.unit("WORKS-1"), branch=world.unit("P-W1-A"))
    people.transfer(person=world.person("才让"), place=shop, **when)
    if "under" in asked:
        asked = asked | {"under": world.unit(asked["under"]).pk}

    reader = program("党宁" if found == ["诺敏", "才让", "周舟"] else "顾岚")

    assert sorted(names(reader.get("people", **asked))) == sorted(found)


def test_the_roll_of_another_day_is_that_of_the_day(program, reorganised):
    commander = program("顾岚")
    south, north = (reorganised.unit(code).pk for code in ("SOUTH", "NORTH"))

    assert names(commander.get("people", under=south)) == ["周舟", "石强", "马力"]
    assert "林河" not in names(commander.get("people"))
    assert names(commander.get("people", under=south, on="2020-02-29")) == ["石强", "马力"]
    before = commander.get("people", under=north, on="2020-02-29")
    assert sorted(names(before)) == sorted(["诺敏", "欧阳", "才让", "林河", "周舟"])
    unit = next(one["unit"]["code"] for one in before.json()["items"] if one["name"] == "周舟")
    assert unit == "W2-T1"


def test_members_of_a_party_body_on_another_day(program, reorganised):
    party = program("党宁")
    body = reorganised.unit("P-NORTH").pk

    assert sorted(names(party.get("people", under=body, on="2020-02-29"))) == sorted(["诺敏", "才让"])


def test_one_person_on_a_day(program, reorganised):
    commander, key = program("顾岚"), reorganised.person("周舟").pk

    assert commander.get(f"people/{key}").json()["unit"]["code"] == "W3-T1"
    assert commander.get(f"people/{key}", on="2020-02-29").json()["unit"]["code"] == "W2-T1"
    assert commander.get(f"people/{key}", on="2019-12-31").status_code == 404


def test_an_identity_number_never_leaves(program, world):
    person = people.join(
        number="90001", name="卓玛", place=Place(world.unit("W1-T1"), world.unit("WORKS-1")), on=date(2020, 2, 1),
        identity="11010519491231002X", by=None, at=START,
    )  # fmt: skip

    answer = program("顾岚").get(f"people/{person.pk}", headers={"X-Reason": "check an identity"})

    assert "identity" not in answer.text
    assert "110105" not in answer.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"duty": "grid_keeper"}, ["才让"], id="duty"),
        pytest.param({"under": "NORTH"}, ["诺敏", "欧阳", "林河", "才让", "周舟"], id="under"),
        pytest.param({"unit": "WORKS-2"}, ["周舟"], id="unit"),
        pytest.param({"person": "石强"}, ["石强"], id="person"),
        pytest.param({"under": "NORTH", "on": "2019-12-31"}, [], id="before"),
    ],
)
def test_duties_by_filter(program, world, asked, found):
    for field in {"under", "unit"} & set(asked):
        asked = asked | {field: world.unit(asked[field]).pk}
    if "person" in asked:
        asked = asked | {"person": world.person(asked["person"]).pk}

    answer = program("顾岚").get("postings", **asked)

    assert sorted(row["person"]["name"] for row in answer.json()["items"]) == sorted(found)


def test_one_duty_and_who_stands_in(program, world):
    commander = program("顾岚")
    head = Posting.objects.get(duty=Duty.HEAD, unit__code="NORTH")
    stand_in = Posting.objects.create(
        person=world.person("林河"), duty=head.duty, unit=head.unit, from_date=date(2020, 3, 1),
        until_date=date(2020, 3, 9), stands_in_for=head,
    )  # fmt: skip

    assert commander.get(f"postings/{head.pk}").json()["until_date"] is None
    lent = commander.get(f"postings/{stand_in.pk}").json()
    assert (lent["stands_in_for"]["name"], lent["until_date"]) == ("诺敏", "2020-03-09")
    assert program("石强").get(f"postings/{head.pk}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"level": "country"}, ["CN", "PE"]),
        ({"parent": "530000"}, ["530100"]),
        ({"q": "昆明"}, ["530100"]),
        ({"q": "peru"}, ["PE"]),
        ({"q": "5301"}, ["530100", "530102"]),
    ],
)
def test_regions(program, regions, asked, found):
    assert codes(program("马力").get("regions", **asked)) == found


def test_blind_spots_are_counted_for_who_may_see_them(program, world):
    counted = program("诺敏").get("blind-spots", unit=world.unit("NORTH").pk).json()

    assert counted["unit"]["code"] == "NORTH"
    assert {spot["spot"]: spot["count"] for spot in counted["spots"]}["no_keeper"] == 2
    assert program("诺敏").get("blind-spots", unit=world.unit("SOUTH").pk).status_code == 422


def test_looking_at_one_person_is_an_event_and_at_a_list_is_none(program, world):
    from wuli.kernel.journal.models import Event

    commander, key = program("顾岚"), world.person("才让").pk
    commander.get("people")
    assert not Event.objects.filter(verb="person.viewed").exists()

    commander.get(f"people/{key}")

    assert Event.objects.get(verb="person.viewed").subject_id == key
