"""The demonstration group on paper: its numbers, its names, its holes, and that the dice decide nothing else."""

import json
from collections import Counter
from dataclasses import asdict

import hypothesis
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from wuli.base.codes import identity_problem, uscc_problem
from wuli.config.demo.accounts import ACCOUNTS, PASSWORD
from wuli.config.demo.folk import DAY_ONE, LAST_DAY
from wuli.config.demo.places import ABROAD, AT_HOME
from wuli.config.demo.plan import SEED, make_plan
from wuli.config.demo.shape import FULL, portions, shape_for
from wuli.config.demo.trades import CHIEFS, PLATFORMS, SEGMENTS, TRADES, ordinal
from wuli.config.demo.tree import CROWDED, GROUP
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.people import CELL_LIMIT


@pytest.fixture(scope="module")
def full():
    return make_plan(FULL.people)


@pytest.fixture(scope="module")
def small():
    return make_plan(300)


def kinds(units):
    return Counter(str(unit.kind) for unit in units)


def today(plan):
    return [someone for someone in plan.folk.everyone if someone.left is None]


def digest(plan):
    people = [(s.number, s.name, s.unit, s.post, s.branch, s.identity, s.joined, s.left) for s in plan.folk.everyone]
    duties = [(new.person.number, new.duty, new.unit, new.from_date) for new in plan.duties]
    changes = [(change.on, change.verb, change.unit, change.target, change.name) for change in plan.history.changes]
    units = [asdict(unit) for unit in [*plan.history.operations, *plan.history.party]]
    return people, duties, changes, units


def test_at_full_size_the_published_numbers_come_out_exactly(full):
    tree, people = full.tree, today(full)

    assert kinds(tree.operations) | {"workshop": 0, "team": 0} == {
        "group": 1, "segment": 7 + PLATFORMS, "enterprise": 548, "workshop": 0, "team": 0}  # fmt: skip
    assert kinds(tree.party) == {
        "party_group": 1, "party_committee": 322, "general_branch": 189, "party_branch": 2733}  # fmt: skip
    assert FULL.bodies == 3244  # as published: without the Party group above them
    assert len(people) == 170_000
    assert sum(bool(someone.branch) for someone in people) == 80_709
    places = {enterprise.place for enterprise in tree.enterprises.values()}
    assert len({place.region[:2] for place in places if not place.is_abroad}) == 28
    assert len({place.region for place in places if place.is_abroad}) == 23
    assert sum(enterprise.listed for enterprise in tree.enterprises.values()) == 6


def test_at_full_size_teams_branches_and_tiers_are_as_in_such_a_group(full):
    cells, people = full.tree.cells, today(full)
    members = Counter(someone.branch for someone in people if someone.branch)
    tiers = Counter(len(list(_ancestors(enterprise))) for enterprise in full.tree.enterprises.values())

    assert 11_500 < len(cells) < 12_500
    assert 12 < len(people) / len(cells) < 14.5
    assert min(members.values()) >= 3
    assert 0.07 < sum(bool(someone.outside_employer) for someone in people) / len(people) < 0.09
    assert max(tiers) >= 4
    assert 200 < sum(someone.is_local_abroad for someone in people) / len(people) * 10_000 < 600


def _ancestors(enterprise):
    while enterprise := enterprise.parent:
        yield enterprise


@pytest.mark.parametrize("people", [300, 3_000])
def test_a_smaller_group_keeps_every_kind_and_every_account(people):
    plan = make_plan(people)
    shape = shape_for(people)

    assert len(today(plan)) == people
    assert kinds(plan.tree.operations).keys() == {"group", "segment", "enterprise", "workshop", "team"}
    assert kinds(plan.tree.operations)["segment"] == len(SEGMENTS)
    assert {holder.account for holder in plan.holders} == set(ACCOUNTS)
    assert any(enterprise.place.is_abroad for enterprise in plan.tree.enterprises.values())
    assert shape.enterprises < FULL.enterprises
    assert shape.branches < FULL.branches


@hypothesis.settings(deadline=None, max_examples=30)
@given(people=st.integers(300, 1_500), seed=st.integers(0, 10**9))
def test_whatever_the_size_and_the_seed_the_numbers_are_those_of_the_shape(people, seed):
    plan = make_plan(people, seed)
    shape, party = plan.tree.shape, kinds(plan.tree.party)

    assert len(plan.tree.enterprises) == shape.enterprises
    assert (party["party_committee"], party["general_branch"], party["party_branch"]) == (
        shape.committees, shape.general_branches, shape.branches)  # fmt: skip
    assert sum(len(cell) for cell in plan.folk.of_cell) == people
    assert sum(bool(someone.branch) for someone in today(plan)) == shape.members
    assert {new.unit for new in plan.duties if new.duty == Duty.PARTY_SECRETARY} == {u.code for u in plan.tree.party}
    assert all(new.person.joined <= new.from_date for new in plan.duties)


def test_the_same_seed_gives_the_same_group_and_another_seed_another(small):
    assert digest(make_plan(300, SEED)) == digest(small)
    assert digest(make_plan(300, SEED + 1)) != digest(small)


def test_no_size_outside_the_published_one():
    with pytest.raises(ValueError, match="300"):
        shape_for(299)
    with pytest.raises(ValueError, match="170000"):
        shape_for(170_001)


def test_codes_names_and_numbers_are_never_used_twice(full):
    units = [*full.history.operations, *full.history.party]
    people = [someone for someone in full.folk.everyone if not someone.is_second_entry]

    for values in (
        [unit.code for unit in units],
        [unit.uscc for unit in units if unit.uscc],
        [enterprise.name for enterprise in full.tree.enterprises.values()],
        [someone.number for someone in full.folk.everyone],
        [someone.phone for someone in people if someone.phone],
        [someone.identity for someone in people if someone.identity],
    ):
        assert len(values) == len(set(values))


def test_every_number_has_the_right_form_and_belongs_to_nobody(full):
    codes = [unit.uscc for unit in full.history.operations if unit.uscc]
    identities = [someone.identity for someone in full.folk.everyone[:5_000] if someone.identity]

    assert {uscc_problem(code) for code in codes} == {None}
    assert {code[2:8] for code in codes} == {"000000"}
    assert {identity_problem(identity) for identity in identities} == {None}
    assert {identity[:6] for identity in identities} == {"000000"}
    assert {someone.phone[:3] for someone in full.folk.everyone} == {"154", ""}


def test_every_company_is_called_as_no_real_one_is(full):
    assert all(unit.name.startswith("同舟") for unit in full.history.operations if unit.kind == "enterprise")
    outside = {someone.outside_employer for someone in full.folk.everyone} - {""}
    assert all(name.startswith("彼岸") for name in outside)


def test_some_holes_of_each_kind_are_left_on_purpose(full):
    posts = Counter(someone.post == "" for someone in today(full))
    crowded = [cell for cell in full.tree.cells if cell.size > CELL_LIMIT]
    held = {(new.duty, new.unit) for new in full.duties}
    houses = full.tree.enterprises

    assert posts[True] == 73
    assert len(crowded) == 12
    assert {cell.size for cell in crowded} <= set(CROWDED)
    assert sum(someone.is_second_entry for someone in full.folk.everyone) == 9
    strays = [someone for someone in today(full) if someone.unit != full.tree.cells[someone.cell].code]
    assert len({len(someone.unit.split("-")) + someone.unit.startswith(GROUP) for someone in strays}) > 1
    assert sum((Duty.HEAD, house) not in held for house in houses) == 5
    assert sum((Duty.REPORTER, house) not in held for house in houses) == 7
    assert sum((Duty.GRID_KEEPER, cell.code) not in held for cell in full.tree.cells) == 31


def test_nothing_happens_on_the_first_day_or_after_the_last(full):
    days = {change.on for change in full.history.changes}
    assert min(days) > DAY_ONE
    assert max(days) <= LAST_DAY
    assert Counter(change.verb for change in full.history.changes).keys() == {
        "rename", "move", "merge", "close", "transfer", "leave"}  # fmt: skip


def test_the_password_is_one_that_the_house_accepts():
    from django.contrib.auth.password_validation import validate_password

    validate_password(PASSWORD)


def test_every_workshop_has_a_word_for_its_head():
    patterns = {shop.pattern for trade in TRADES.values() for shop in trade.shops}
    assert [pattern for pattern in patterns if not pattern.endswith(tuple(CHIEFS))] == []


@pytest.mark.skipif(not settings.REGIONS_FILE.exists(), reason="the list of places is made at build")
def test_every_place_is_where_the_list_of_places_says():
    listed = {row["code"]: row["name"] for row in json.loads(settings.REGIONS_FILE.read_text(encoding="utf-8"))}
    at_home = [place for places in AT_HOME.values() for place in places]

    assert [place for place in at_home if not listed.get(place.region, "").startswith(place.name)] == []
    assert ABROAD.keys() <= listed.keys()


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四")])
def test_ordinals_are_counted_as_people_say_them(number, text):
    assert ordinal(number) == text


@given(
    weights=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30), spare=st.integers(0, 1000), least=st.integers(0, 5)
)
def test_portions_add_up_and_leave_nobody_below_the_least(weights, spare, least):
    total = spare + least * len(weights)
    shares = portions(total, weights, least=least)

    assert sum(shares) == total
    assert min(shares) >= least
