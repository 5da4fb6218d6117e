"""Who works on which day: public holidays by place, working weekends, and what the house says beside them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from wuli.base.clock import today
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import calendars as actions
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.actions.calendars import NewException
from wuli.kernel.orgs.models import CalendarException, Region
from wuli.kernel.orgs.queries import calendars
from wuli.kernel.orgs.rules.calendars import why_usually_rests, wider

MORNING = datetime(2020, 1, 31, 1, 0, tzinfo=UTC)
PLACES = [
    ("CN", "中国", "country", None), ("PE", "秘鲁", "country", None), ("440000", "广东省", "province", "CN"),
    ("440100", "广州市", "city", "440000"), ("440106", "天河区", "county", "440100"),
]  # fmt: skip


@pytest.fixture
def places(world):
    """North stands in Guangzhou but for Works-2 in Peru; the group's place is not noted."""
    for code, name, level, parent in PLACES:
        Region.objects.create(code=code, name=name, level=level, parent_id=parent)
    for code, region in (("NORTH", "440106"), ("WORKS-2", "PE")):
        place = Region.objects.get(pk=region)
        units.amend_unit(unit=world.unit(code), by=world.user("赵系"), at=MORNING, region=place)
    return {region.code: region for region in Region.objects.all()}


@pytest.mark.parametrize(
    ("region", "day", "why"),
    [
        ("", "2020-01-19", None),  # a Sunday worked for the Spring Festival
        ("440106", "2020-01-24", "休息日（由 2020-01-19 调休）"),
        ("440106", "2020-01-27", "春节"),
        ("440106", "2020-02-02", "春节延长假期"),  # the State Council's extension
        ("440106", "2020-02-03", None),
        ("440106", "2020-02-08", "周末"),
        ("810000", "2020-01-24", None),  # Hong Kong keeps its own
        ("810000", "2020-01-27", "农历年初三"),
        ("PE", "2020-01-27", None),
        ("PE", "2020-07-28", "Independence Day"),
        ("SA", "2020-02-07", "周末"),  # Friday
        ("SA", "2020-02-09", None),  # Sunday
        ("XX", "2020-02-08", "周末"),  # whose calendar nobody keeps
    ],
)
def test_why_a_place_usually_rests(region, day, why):
    assert why_usually_rests(region, date.fromisoformat(day)) == why


@pytest.mark.parametrize(
    ("region", "places"),
    [("440106", ["440106", "440100", "440000", "CN"]), ("440000", ["440000", "CN"]), ("PE", ["PE"]), ("", ["CN"])],
)
def test_a_place_lies_in_wider_ones(region, places):
    assert wider(region) == places


def rests(world, code, day):
    return calendars.why_rests(world.unit(code), day)


def declare(places, *, works=False, region=None, unit=None, first=date(2020, 2, 3), last=date(2020, 2, 9), by=None):
    new = NewException(works, "复工通知", first, last + timedelta(days=1), places.get(region), unit)
    return actions.declare(new, by=by, at=MORNING)


def test_a_unit_keeps_the_calendar_of_the_nearest_place_noted_above_it(world, places):
    festival = date(2020, 1, 28)

    assert rests(world, "W1-T1", festival).startswith("春节")
    assert rests(world, "W2-T1", festival) is None
    assert rests(world, "W3-T1", festival).startswith("春节")  # nothing noted: the group's country
    assert rests(world, "P-W2", festival) is None  # a Party body keeps that of the unit it serves
    assert rests(world, "P-W1-A", festival).startswith("春节")


def test_a_province_returns_later_and_a_mine_works_through(world, places):
    monday, sunday = date(2020, 2, 3), date(2020, 2, 9)
    declare(places, region="440000")
    declare(places, works=True, unit=world.unit("W1-SHOP"))

    assert rests(world, "WORKS-1", monday) == "复工通知"
    assert rests(world, "W1-T1", monday) is None
    assert rests(world, "W1-T1", sunday) is None
    assert rests(world, "W2-T1", monday) is None  # Peru
    assert rests(world, "WORKS-1", date(2020, 2, 10)) is None
    assert calendars.next_working_day(world.unit("WORKS-1"), monday) == date(2020, 2, 10)


def test_the_newest_and_the_narrowest_word_counts(world, places):
    declare(places, region="CN")
    declare(places, region="440100", works=True)
    assert rests(world, "W1-T1", date(2020, 2, 3)) is None
    declare(places, region="440100")
    assert rests(world, "W1-T1", date(2020, 2, 3)) == "复工通知"


def test_a_place_that_is_closed_for_good_has_no_next_working_day(world, places):
    declare(places, region="CN", last=date(2021, 2, 9))
    assert calendars.next_working_day(world.unit("G"), date(2020, 2, 3)) == date(2020, 2, 3)


def test_many_units_cost_no_more_than_one(world, places, django_assert_num_queries):
    declare(places, region="440000")
    paths = [unit.path for unit in world.units.values() if unit.line == "operations"]
    with django_assert_num_queries(3):
        calendar = calendars.WorkCalendar(date(2020, 2, 3), date(2020, 2, 9))
        found = [calendar.why_rests(path, date(2020, 2, 4)) for path in paths]
    assert found.count("复工通知") == 5  # North, Works-1 and all below it


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"region": "440000", "first": date(2020, 1, 30)}, "最早从今天起"),
        ({"region": "440000", "last": date(2020, 2, 2)}, "最后一天不能早于第一天"),
        ({}, "只填其中一个"),
    ],
)
def test_what_cannot_be_declared(world, places, parts, sentence):
    with pytest.raises(Refused, match=sentence):
        declare(places, by=world.user("赵系"), **parts)
    assert not CalendarException.objects.exists()


def test_only_who_keeps_units_declares_and_lifts(world, places):
    with pytest.raises(Refused, match="没有维护工作日历的职责"):
        declare(places, region="440000", by=world.user("顾岚"))
    made = declare(places, region="440000", by=world.user("赵系"))
    with pytest.raises(Refused, match="没有维护工作日历的职责"):
        actions.lift(exception=made, reason="提前复工", by=world.user("顾岚"), at=MORNING)
    assert list(Event.objects.filter(verb__startswith="calendar.").values_list("verb", flat=True)) == [
        "calendar.declared"
    ]


def test_what_is_lifted_holds_for_the_days_before(world, places):
    made = declare(places, region="440000")
    thursday = datetime(2020, 2, 6, 1, 0, tzinfo=UTC)
    actions.lift(exception=made, reason="提前复工", by=world.user("赵系"), at=thursday)

    assert rests(world, "W1-T1", date(2020, 2, 5)) == "复工通知"
    assert rests(world, "W1-T1", date(2020, 2, 6)) is None
    with pytest.raises(Refused, match="已经撤销"):
        actions.lift(exception=made, reason="再来", by=world.user("赵系"), at=thursday)
    past = declare(places, region="440000", last=date(2020, 2, 4))
    with pytest.raises(Refused, match="已经过去"):
        actions.lift(exception=past, reason="再来", by=world.user("赵系"), at=thursday)


def test_an_administrator_declares_and_lifts_on_the_page(signed_in, world, places):
    client, page = signed_in("赵系"), reverse("orgs:calendar")
    said = {
        "works": "rests",
        "region": "440000",
        "first_day": str(today()),
        "last_day": "",
        "reason": "粤府 1 号",
    }

    assert client.post(reverse("orgs:calendar_new"), said | {"region": "999999"}).status_code == 422
    assert client.post(reverse("orgs:calendar_new"), said).status_code == 302
    made = CalendarException.objects.get()
    assert "粤府 1 号" in client.get(page, {"unit": world.unit("WORKS-1").pk}).content.decode()
    assert client.post(reverse("orgs:calendar_lift", args=[made.pk]), {"reason": "撤回"}).status_code == 302
    assert "撤回" in client.get(page).content.decode()


def test_a_month_shows_the_festival_of_the_unit(signed_in, world, places):
    client = signed_in("诺敏")
    page = client.get(reverse("orgs:calendar"), {"unit": world.unit("WORKS-1").pk, "month": "2020-01"})
    assert page.content.decode().count('<td class="rests') == 14
    assert "天河区" in page.content.decode()
    assert client.get(reverse("orgs:calendar"), {"unit": world.unit("WORKS-1").pk, "month": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("who", "reads", "declares"), [("赵系", 200, 200), ("顾岚", 200, 404), ("马力", 200, 404), ("钱安", 200, 404)]
)
def test_who_may_open_the_calendar(signed_in, places, who, reads, declares):
    client = signed_in(who)
    assert client.get(reverse("orgs:calendar")).status_code == reads
    assert client.get(reverse("orgs:calendar_new")).status_code == declares
