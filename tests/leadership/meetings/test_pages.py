"""The pages: who may see which, what they show, and how many questions they ask."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests.leadership.meetings.conftest import HALF_PAST_EIGHT, MONDAY, QUARTER
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.models import Item
from wuli.kernel.metrics.queries import numbers
from wuli.kernel.metrics.rules.metrics import known
from wuli.leadership.meetings.actions import attendance, decisions, meetings, minutes
from wuli.leadership.meetings.actions.attendance import Mark
from wuli.leadership.meetings.actions.decisions import NewDecision
from wuli.leadership.meetings.models import Aside, Decision, Meeting, Minute, Series
from wuli.leadership.meetings.rules.agenda import Point

AT = HALF_PAST_EIGHT
HTMX = {"HX-Request": "true"}


def address(name, *args):
    return reverse(f"meetings:{name}", args=args)


@pytest.mark.parametrize(
    ("who", "status"),
    [("诺敏", 200), ("欧阳", 200), ("周舟", 200), ("顾岚", 200), ("石强", 404), ("林河", 404), ("孙审", 404)],
)
def test_who_may_see_a_meeting(signed_in, monday, who, status):
    assert signed_in(who).get(address("meeting", monday.pk)).status_code == status
    assert signed_in(who).get(address("meeting_ics", monday.pk)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("诺敏", 200), ("欧阳", 404), ("周舟", 404), ("石强", 404)])
def test_who_may_arrange(signed_in, dispatch, who, status):
    client = signed_in(who)
    for name in ("series", "series_change", "agenda", "extra_new", "series_end", "series_ics"):
        assert client.get(address(name, dispatch.pk)).status_code == status


def test_a_series_begins_on_a_page_and_changes_its_agenda(signed_in, world, clock):
    client = signed_in("诺敏")
    said = {
        "unit": "NORTH", "kind": "epidemic", "title": "疫情会", "cadence": "weekly", "weekdays": ["0", "3"],
        "starts_at": "16:30", "minutes": "45", "chair": "20001", "secretary": "20002", "figures_of": "same",
        "starts_on": "2020-02-03", "duties": ["head:enterprise"],
    }  # fmt: skip
    assert client.post(address("series_new"), said | {"weekdays": []}).status_code == 422
    assert client.post(address("series_new"), said).status_code == 302
    series = Series.objects.get()
    assert [one.on for one in Meeting.objects.order_by("on")] == [date(2020, 2, 3), date(2020, 2, 6), date(2020, 2, 10)]

    before = [one["title"] for one in series.agenda]
    points = posted(series.agenda[1:]) | {
        "point7-title": "问题研究", "point7-metrics": ["orgs.people"], "point7-calls": ["*"],
    }  # fmt: skip
    assert client.post(address("agenda", series.pk), points).status_code == 302
    series.refresh_from_db()
    assert [one["title"] for one in series.agenda] == [*before[1:], "问题研究"]
    assert len({one["key"] for one in series.agenda}) == len(before)


def posted(agenda):
    return {
        f"point{n}-{name}": one[name] for n, one in enumerate(agenda) for name in ("key", "title", "metrics", "calls")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("do", "titles"),
    [
        ("up:1", ["乙", "甲", "丙"]), ("down:1", ["甲", "丙", "乙"]), ("up:0", ["甲", "乙", "丙"]),
        ("down:2", ["甲", "乙", "丙"]), ("remove:0", ["乙", "丙"]), ("add", ["甲", "乙", "丙", ""]),
        ("up:9", ["甲", "乙", "丙"]), ("remove:x", ["甲", "乙", "丙"]), ("nonsense", ["甲", "乙", "丙"]),
    ],
)  # fmt: skip
def test_rows_of_an_agenda_are_moved_added_and_removed_without_saving(signed_in, begin, do, titles):
    agenda = [Point("a", "甲", ("orgs.people",)), Point("b", "乙", (), ("*",)), Point("c", "丙", ("production.*",))]
    series = begin(agenda=agenda)
    sent = posted(series.agenda) | {"do": do}
    answer = signed_in("诺敏").post(address("agenda", series.pk), sent)

    rows = answer.context["form"].rows
    assert (answer.status_code, [row["title"].value() for row in rows]) == (200, titles)
    kept = {row["key"].value(): row.said() for row in rows}
    assert all(kept[one.key] == one for one in agenda if one.key in kept), "what was ticked goes with its row"
    assert [one["title"] for one in Series.objects.get().agenda] == ["甲", "乙", "丙"]
    if do == "add":
        assert rows[-1]["key"].value() not in ("", "a", "b", "c")


def test_an_agenda_with_a_nameless_point_or_of_another_edition_is_refused(signed_in, dispatch, world):
    client, url = signed_in("诺敏"), address("agenda", dispatch.pk)
    sent = posted(dispatch.agenda) | {"edition": dispatch.edition}
    assert client.post(url, sent | {"point0-title": " "}).status_code == 422
    assert client.post(url, sent | {"point0-title": "产量"}).status_code == 302
    late = client.post(url, sent | {"point0-title": "销量"})
    assert (late.status_code, "刚刚被诺敏" in late.text) == (422, True)
    assert Series.objects.get().agenda[0]["title"] == "产量"


def test_minutes_are_saved_while_one_writes(signed_in, world, clock, opened):
    clock(AT)
    client, url = signed_in("欧阳"), address("minute_save", opened.pk, "output")
    answer = client.post(url, {"text": "停槽", "step": 0, "hand": "a"}, headers=HTMX)
    assert 'name="step" value="1"' in answer.text
    other = client.post(url, {"text": "别的话", "step": 0, "hand": "b"}, headers=HTMX)
    assert "没有丢失" in other.text
    assert (Minute.objects.get().text, Aside.objects.get().text) == ("停槽", "别的话")
    plain = client.post(url, {"text": "停槽两台", "step": 0, "hand": "a"})
    assert plain.url.endswith("#output")

    page = client.get(address("meeting", opened.pk))
    assert "停槽两台" in page.text
    assert "另存的文字" in page.text
    client.post(address("aside_settle", opened.pk, Aside.objects.get().pk), {"do": "adopt"})
    assert Minute.objects.get().text == "停槽两台\n别的话"


def test_the_roll_and_a_decision_on_the_page(signed_in, world, clock, opened):
    clock(AT)
    client = signed_in("欧阳")
    marks = {f"state-{one.pk}": "expected" for one in opened.attendances.all()}
    absent = opened.attendances.get(person__name="周舟")
    wrong = client.post(address("roll_call", opened.pk), marks | {f"state-{absent.pk}": "absent", "do": "all"})
    assert wrong.status_code == 422
    assert "周舟缺席，请写明原因" in wrong.text
    right = marks | {f"state-{absent.pk}": "absent", f"reason-{absent.pk}": "出差", "do": "all"}
    assert client.post(address("roll_call", opened.pk), right).status_code == 302
    assert opened.attendances.filter(state="present").count() == 2

    said = {
        "key": "k",
        "text": "恢复 2 号槽",
        "unit": "WORKS-2",
        "due_on": "2020-02-05",
        "cadence": "daily",
        "point": "output",
    }
    assert client.post(address("decision_new", opened.pk), said | {"unit": ""}).status_code == 422
    wrong = client.post(address("decision_new", opened.pk), said | {"second": "周舟"})
    assert (wrong.status_code, "确认人不能是责任人周舟本人" in wrong.text) == (422, True)
    said |= {"second": "诺敏"}
    assert client.post(address("decision_new", opened.pk), said).status_code == 302
    assert client.post(address("decision_new", opened.pk), said).status_code == 302
    assert (Item.objects.get().owner.name, Decision.objects.count()) == ("周舟", 1)
    assert Item.objects.get().second.name == "诺敏"
    assert "诺敏确认销号" in client.get(address("meeting", opened.pk)).text


def test_papers_are_pdf_and_taking_one_is_an_event(signed_in, world, clock, opened):
    client = signed_in("欧阳")
    assert client.get(address("meeting_paper", opened.pk, "minutes")).status_code == 404
    close(world, opened)
    for name in ("pack", "minutes"):
        answer = client.get(address("meeting_paper", opened.pk, name))
        assert answer.content.startswith(b"%PDF-")
    assert Event.objects.filter(verb="meeting.paper_taken").count() == 2


def test_a_meeting_and_a_series_as_calendars(signed_in, world, dispatch, monday):
    client = signed_in("诺敏")
    (event,) = Calendar.from_ical(client.get(address("meeting_ics", monday.pk)).content).events
    assert (event["uid"], event["summary"]) == (f"meeting-{dispatch.pk}-20200203@wuli", "北方板块生产运营调度会")
    assert event.decoded("dtstart") == AT
    coming = Calendar.from_ical(client.get(address("series_ics", dispatch.pk)).content).events
    assert len(coming) == Meeting.objects.count()


def test_lists_ask_the_same_at_one_row_and_at_three(signed_in, world, begin, django_assert_num_queries):
    begin(ends_on=MONDAY + timedelta(days=1))
    client = signed_in("诺敏")
    client.get(address("meetings"))
    with django_assert_num_queries(7):
        assert client.get(address("meetings")).text.count("<tr>") == 2
    with django_assert_num_queries(8):
        client.get(address("series_list"))
    for n in range(2):
        begin(ends_on=MONDAY + timedelta(days=1), title=f"第 {n} 个会")
    with django_assert_num_queries(7):
        assert client.get(address("meetings")).text.count("<tr>") == 4
    with django_assert_num_queries(8):
        client.get(address("series_list"))


def test_my_day_names_the_meeting_and_what_waits_for_me(signed_in, world, clock, opened):
    clock(AT)
    assert "写纪要" in signed_in("欧阳").get("/").text
    came = {one.pk: Mark("present") for one in opened.attendances.all()}
    attendance.call_roll(meeting=opened, marks=came, by=world.user("欧阳"), at=AT)
    minutes.write_point(meeting=opened, point="output", text="照常", step=0, hand="a", by=world.user("欧阳"), at=AT)
    meetings.hand_in(meeting=opened, by=world.user("欧阳"), at=AT)
    assert "请确认会议纪要：北方板块生产运营调度会" in signed_in("诺敏").get("/").text
    assert "请确认会议纪要" not in signed_in("石强").get("/").text


def test_how_many_were_held_and_done_in_time(world, clock, opened):
    close(world, opened)
    count = {code: numbers.value(known()[code], Part(opened.unit.path, MONDAY)) for code in (
        "meetings.planned", "meetings.held", "meetings.held_rate")}  # fmt: skip
    assert list(count.values()) == [1, 1, 100]
    day_after = MONDAY + timedelta(days=1)
    assert numbers.value(known()["meetings.held_rate"], Part(opened.unit.path, day_after)) == 0
    due = known()["meetings.decisions_due"]
    assert [numbers.value(due, Part(opened.unit.path, day)) for day in (MONDAY, date(2020, 2, 5))] == [0, 1]
    assert numbers.value(known()["meetings.in_time_rate"], Part(opened.unit.path, date(2020, 2, 5))) == 0


def close(world, meeting):
    """Everyone came, one decision, confirmed by the chair."""
    keeper = world.user("欧阳")
    came = {one.pk: Mark("present") for one in meeting.attendances.all()}
    attendance.call_roll(meeting=meeting, marks=came, by=keeper, at=AT)
    said = NewDecision("恢复 2 号槽", date(2020, 2, 5), unit=world.unit("WORKS-2"), point="output")
    decisions.decide(said, meeting=meeting, key="k", by=keeper, at=AT)
    meetings.hand_in(meeting=meeting, by=keeper, at=AT + QUARTER)
    meetings.confirm(meeting=meeting, by=world.user("诺敏"), at=AT + QUARTER)


@pytest.mark.parametrize(("who", "found"), [("诺敏", True), ("周舟", True), ("石强", False), ("马力", False)])
def test_meetings_are_found_by_their_title_by_who_is_asked(signed_in, monday, who, found):
    shown = signed_in(who).get("/search/", {"q": "调度会"}).text
    assert (reverse("meetings:meeting", args=[monday.pk]) in shown) == found
