"""The auditor's page: who may open it, what it shows, what its files hold."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.kernel.ledger.conftest import NOON
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.models import Chain, Event
from wuli.kernel.ledger.actions import events as actions
from wuli.kernel.ledger.rules import files
from wuli.kernel.orgs.actions import people

PAGE = "/events/"
FILES = ("/events/export/csv/", "/events/export/xlsx/")
WHO_MAY = [("孙审", 200), ("周舟", 200), ("诺敏", 404), ("赵系", 404), ("钱安", 404), ("马力", 404), (None, 302)]


def text(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8-sig")


@pytest.mark.parametrize("path", [PAGE, *FILES])
@pytest.mark.parametrize(("who", "status"), WHO_MAY)
def test_who_may_see_and_take_away_events(client, world, privacy_officer, happened, path, who, status):
    happened(of="周舟", at_unit="W2-T1")
    if who:
        client.force_login(world.user(who))

    assert client.get(path).status_code == status
    taken = Event.objects.filter(verb="events.exported").count()
    assert taken == (1 if status == 200 and path != PAGE else 0)


@pytest.mark.parametrize(("who", "status"), [("孙审", 302), ("周舟", 404), ("诺敏", 404), (None, 302)])
def test_who_may_have_the_chain_checked(client, world, privacy_officer, who, status):
    journal.seal(at=NOON)
    if who:
        client.force_login(world.user(who))

    assert client.post("/events/check/").status_code == status
    assert Event.objects.filter(verb="events.check_asked").count() == (1 if who == "孙审" else 0)
    assert (Chain.objects.get().checked_at is not None) == (who == "孙审")


def test_a_check_is_asked_for_by_a_button_only(signed_in):
    assert signed_in("孙审").get("/events/check/").status_code == 405


def test_a_second_check_right_after_is_refused_with_a_sentence(signed_in):
    journal.seal(at=NOON)
    auditor = signed_in("孙审")
    auditor.post("/events/check/")

    answer = auditor.post("/events/check/", follow=True)

    assert "核验已经开始" in text(answer)
    assert Event.objects.filter(verb="events.check_asked").count() == 1


def test_the_page_begins_with_the_state_of_the_chain(signed_in):
    journal.seal(at=NOON)
    auditor = signed_in("孙审")
    auditor.post("/events/check/")

    assert f"链条完整：已封存 {Chain.objects.get().length:,} 条" in text(auditor.get(PAGE))


def test_each_event_is_a_sentence_with_its_reason_and_what_changed(signed_in, unmasked):
    page = text(signed_in("孙审").get(PAGE))

    assert "<b>诺敏</b>查看了<b>林河</b>的完整号码" in page
    assert "夜班联系不上；查看内容：手机" in page


def test_one_event_is_shown_in_full_with_before_and_after(signed_in, world, unmasked):
    people.amend(person=unmasked, phone="13900001111", by=world.user("欧阳"), at=NOON)
    event = Event.objects.get(verb="person.amended")

    page = text(signed_in("孙审").get(f"{PAGE}{event.pk}/"))

    for told in ("<b>欧阳</b>更正了<b>林河</b>的资料", "手机", "138****0004", "139****1111", "20002", "待封存"):
        assert told in page


def test_a_sealed_event_shows_whether_its_link_holds(signed_in, unmasked):
    journal.seal(at=NOON)
    event, auditor = Event.objects.get(verb="person.unmasked"), signed_in("孙审")
    assert "与前一条相接，内容未被改动" in text(auditor.get(f"{PAGE}{event.pk}/"))

    with connection.cursor() as cursor:
        cursor.execute("update journal_event set reason = '另一种说法' where id = %s", [event.pk])

    assert "与摘要不符" in text(auditor.get(f"{PAGE}{event.pk}/"))


def test_the_first_event_kept_is_linked_to_where_the_chain_starts(signed_in, happened):
    for days in (400, 1):
        happened(at=NOON - timedelta(days=days))
    journal.seal(at=NOON)
    later = NOON + timedelta(days=364)
    journal.trim(at=later)
    first = Event.objects.sealed()[0]

    assert first.position == Chain.objects.get().start_position + 1 > 1
    assert "与前一条相接" in text(signed_in("孙审").get(f"{PAGE}{first.pk}/"))


def test_an_event_out_of_reach_is_not_there(client, privacy_officer, unmasked):
    client.force_login(privacy_officer)
    event = Event.objects.get(verb="person.unmasked")

    assert client.get(f"{PAGE}{event.pk}/").status_code == 404
    assert client.get(f"{PAGE}99999999/").status_code == 404


def test_the_page_asks_what_its_form_says(signed_in, happened):
    happened(reason="要找的", of="马力", at=NOON)
    happened(reason="别的", of="林河", at=NOON)

    asked = {"who": "石强", "verb": "person", "what": "马力", "unit": "SOUTH · 南方板块", "since": "2020-02-03"}
    page = text(signed_in("孙审").get(PAGE, asked))

    assert "要找的" in page
    assert "别的" not in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "2020-02-03", "until": "2020-02-02"}, "结束日期应不早于开始日期"),
        ({"since": "二月三日"}, "自："),
        ({"unit": "没有的单位"}, "没有找到“没有的单位”"),
        ({"verb": "no.such"}, "动作："),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_a_sentence(signed_in, happened, asked, sentence):
    happened(reason="不该出现")

    answer = signed_in("孙审").get(PAGE, asked)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "不该出现" not in text(answer)


@pytest.mark.parametrize("odd", [{"after": "x" * 50}, {"after": "../../"}, {"who": "'; drop table"}, {"what": "%"}])
def test_odd_questions_do_no_harm(signed_in, odd):
    assert signed_in("孙审").get(PAGE, odd).status_code == 200


def test_a_unit_out_of_reach_cannot_be_asked_for(client, privacy_officer):
    client.force_login(privacy_officer)

    there, nowhere = (client.get(PAGE, {"unit": unit}) for unit in ("SOUTH", "NOWHERE"))

    assert (there.status_code, nowhere.status_code) == (422, 422)
    assert "没有找到“SOUTH”" in text(there)


def test_older_events_are_on_the_next_page_once_each(signed_in, happened):
    for number in range(120):
        happened("person.unmasked", reason=f"第{number:03}次", at=NOON + timedelta(seconds=number // 3))
    auditor, found, after = signed_in("孙审"), [], ""
    for _page in range(3):
        answer = auditor.get(PAGE, {"verb": "person.unmasked", "after": after})
        found += [line.event.reason for line in answer.context["lines"]]
        after = answer.context["page"].next

    assert found == [f"第{number:03}次" for number in reversed(range(120))]
    assert after == ""


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_costs_the_same_queries_however_many_events(signed_in, happened, rows):
    for number in range(rows):
        happened("person.unmasked", of=["马力", "林河"][number % 2], by=["石强", "诺敏"][number % 2])
    auditor = signed_in("孙审")
    auditor.get(PAGE)

    with CaptureQueriesContext(connection) as queries:
        auditor.get(PAGE, {"verb": "person.unmasked"})

    assert len(queries) == 14


def test_for_htmx_only_the_rows_are_sent(signed_in, unmasked):
    part = text(signed_in("孙审").get(PAGE, headers={"HX-Request": "true"}))

    assert "夜班联系不上" in part
    assert "<html" not in part


def test_a_file_holds_the_events_asked_for_and_says_who_took_it(signed_in, happened, unmasked):
    happened(reason="别的")
    auditor = signed_in("孙审")

    lines = text(auditor.get(FILES[0], {"verb": "person.unmasked"})).splitlines()

    assert lines[0].startswith("时间,操作人,登录名,动作,说明")
    assert "诺敏,20001,查看完整号码,诺敏查看了林河的完整号码,林河,20004,电解二班" in lines[1]
    assert "孙审（10004）于" in lines[2]
    assert "筛选：查看完整号码" in lines[2]
    assert len(lines) == 3


def test_taking_a_file_is_an_event(signed_in, unmasked, world):
    signed_in("孙审").get(FILES[1], {"verb": "person.unmasked", "unit": "NORTH"})

    event = Event.objects.get(verb="events.exported")
    assert (event.actor_name, event.unit_id, event.origin) == ("孙审", world.unit("NORTH").pk, "127.0.0.1")
    assert event.changes == {
        "events": [None, 1], "format": [None, "xlsx"], "filters": [None, "查看完整号码，北方板块"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "sentence"), [({"what": "无此人"}, "没有符合条件的日志可导出"), ({}, "一次最多导出 2 条")]
)
def test_a_file_that_is_empty_or_too_large_is_refused_with_a_sentence(signed_in, monkeypatch, asked, sentence):
    monkeypatch.setitem(files.MOST_ROWS, "xlsx", 2)

    answer = signed_in("孙审").get(FILES[1], asked, follow=True)

    assert answer.redirect_chain[0][0].startswith(PAGE)
    assert sentence in text(answer)
    assert not Event.objects.filter(verb="events.exported").exists()


def test_there_are_no_other_kinds_of_files(signed_in):
    assert signed_in("孙审").get("/events/export/pdf/").status_code == 404
    assert timedelta(0) < actions.ASKED_AGAIN_AFTER


def test_the_auditor_has_an_entry_in_the_rail_and_others_have_not(client, world):
    for name, shown in (("孙审", True), ("诺敏", False)):
        client.force_login(world.user(name))
        assert ('href="/events/"' in text(client.get("/"))) == shown
