"""The cut by place: where units stood that day, and that the places add up to the group."""

from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import load_workbook

from tests import world as named
from wuli.kernel.cascade.queries import figures, places
from wuli.kernel.cascade.queries.coverage import Coverage, coverage, total
from wuli.kernel.cascade.rules.form import spec_of, sums
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.models import Region

from . import asking
from .asking import MORNING, at

CODES = {"440106": "天河区", "440000": "广东省", "530000": "云南省", "PE": "秘鲁"}


def stand(world, code, region):
    place, _new = Region.objects.get_or_create(pk=region, defaults={"name": CODES[region], "level": "province"})
    units.amend_unit(unit=world.unit(code), by=world.user("赵系"), at=MORNING, region=place)


@pytest.fixture
def asked(world):
    """Works-1 in a district of Guangzhou, its sister in Guangdong, too; the South in Peru; the others nowhere."""
    stand(world, "WORKS-2", "440000")
    stand(world, "WORKS-1", "440106")
    stand(world, "SOUTH", "PE")
    return asking.evening(world)


def cut(asked, code="G"):
    return places.by_place(asked.round, asked.world.unit(code).path, spec_of(asked.round.version))


def test_each_place_has_its_coverage_and_its_sums(asked, django_assert_num_queries):
    asked.answer("W1-T1", at(14), abnormal=2)
    asked.answer("W2-T1", at(15, 5))
    asked.answer("W3-T1", at(14), abnormal=1)
    group = asked.world.unit("G")
    spec = spec_of(asked.round.version)

    with django_assert_num_queries(3):
        found = places.by_place(asked.round, group.path, spec)
    assert [(one.code, one.name) for one in found] == [("44", "广东省"), ("PE", "秘鲁"), ("", "")]
    assert found[0].coverage == Coverage(zero=1, some=1, missing=4, late=1, waiting=2)
    assert found[0].sums == {"present": 20, "abnormal": 2}
    assert (found[1].sums["abnormal"], found[2].coverage) == (1, Coverage(missing=2))


def test_a_place_opens_into_its_units(asked):
    slots = asked.round.slots.all()
    found = {code: {slot.unit.code for slot in places.at_place(slots, code)} for code in ("44", "PE", "")}
    assert found == {
        "44": {"WORKS-1", "WORKS-2", "W1-SHOP", "W1-T1", "W1-T2", "W2-T1"},
        "PE": {"SOUTH", "WORKS-3", "W3-T1"}, "": {"G-OFFICE", "NORTH"},
    }  # fmt: skip


def test_a_unit_that_is_registered_elsewhere_later_stays_where_it_was_that_day(asked):
    before = cut(asked)
    stand(asked.world, "WORKS-1", "530000")
    assert cut(asked) == before


class HoweverTheUnitsStand(TestCase):
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.dictionaries(st.sampled_from(["NORTH", "SOUTH", "WORKS-1", "W1-SHOP", "W1-T1"]), st.sampled_from([*CODES])),
        st.lists(st.tuples(st.sampled_from(["W1-T1", "W2-T1", "W3-T1", "NORTH"]), st.integers(0, 3)), max_size=5),
    )
    def test_the_places_add_up_to_any_node(self, where, answers):
        world = named.build()
        for code, region in where.items():
            stand(world, code, region)
        asked = asking.evening(world)
        for number, (code, abnormal) in enumerate(answers):
            asked.answer(code, at(14, number), abnormal=abnormal)
        for code in ("G", "NORTH", "W1-SHOP"):
            path, found = world.unit(code).path, cut(asked, code)
            assert total(one.coverage for one in found) == coverage(asked.round, path)
            assert (
                sums(spec_of(asked.round.version), (one.sums for one in found)) == figures.totals(asked.round, path)[0]
            )


def test_the_page_and_the_file_tell_the_same(signed_in, asked):
    asked.answer("W3-T1", at(14), abnormal=1)
    client, page = signed_in("顾岚"), reverse("cascade:places", args=[asked.round.pk])
    shown = client.get(page, {"place": "PE"}).content.decode()
    assert "采矿班" in shown
    assert "没有登记所在地" in shown
    assert "集团办公室" in client.get(page, {"place": "none"}).content.decode()

    answer = client.get(reverse("cascade:places_file", args=[asked.round.pk]))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet]
    assert rows[2][:8] == ["秘鲁", "PE", 3, 0, 1, 0, 2, 0]
    assert rows[4][0] == "合计"
    assert "顾岚" in rows[5][0]
    assert Event.objects.get(verb="round.exported").changes["rows"] == [None, 3]


@pytest.mark.parametrize(("who", "status"), [("顾岚", 200), ("诺敏", 200), ("马力", 404), ("孙审", 404)])
@pytest.mark.parametrize("door", ["places", "places_file"])
def test_who_may_open_it(signed_in, asked, door, who, status):
    assert signed_in(who).get(reverse(f"cascade:{door}", args=[asked.round.pk])).status_code == status


def test_a_segment_sees_its_own_part_only(signed_in, asked):
    page = reverse("cascade:places", args=[asked.round.pk])
    assert "秘鲁" not in signed_in("诺敏").get(page).content.decode()
    assert signed_in("诺敏").get(page, {"unit": asked.world.unit("SOUTH").pk}).status_code == 404
