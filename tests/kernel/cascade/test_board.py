"""What the board shows: both lines where a call asks in both, and what became of each reminder."""

import pytest
from django.urls import reverse

from wuli.kernel.cascade.actions import calls, chasing, freezing, rounds
from wuli.kernel.cascade.actions.calls import NewCall
from wuli.kernel.cascade.models import Figure
from wuli.kernel.cascade.queries import board
from wuli.kernel.cascade.queries import slots as queries
from wuli.kernel.cascade.queries.coverage import Coverage, total
from wuli.kernel.cascade.queries.told import told
from wuli.kernel.notices.actions import reading
from wuli.kernel.notices.models import Channel, Delivery, Notice

from . import asking
from .asking import DAY, MORNING, at

BRANCH = (0, 17 * 60, 18 * 60)


@pytest.fixture
def both(world):
    """The evening report, asked of Party branches, too."""
    group, party = world.unit("G"), world.unit("P")
    asked = asking.evening(world)
    hours = {"team": asking.HOURS["team"], "party_branch": BRANCH}
    new = NewCall(
        kind="report", number="2", title="两线晚报", issuer=group, starts_on=DAY, form=asked.call.form, hours=hours,
        targets={group: ["team"], party: ["party_branch"]},
    )  # fmt: skip
    call = calls.issue(call=calls.draft(new, by=None, at=MORNING), by=None, at=MORNING)
    return asking.Asked(world, call, rounds.open_round(call=call, on=DAY, at=MORNING))


def test_a_call_in_both_lines_shows_each_and_both(both, django_assert_num_queries):
    asking.give(both.world, "顾岚", "party_officer", "P")
    both.answer("W1-T1", at(14))
    both.answer("P-W2", at(14))

    with django_assert_num_queries(5):
        found = board.by_line(both.world.user("顾岚"), both.round)
    assert [(one.unit.code, one.coverage.answered, one.coverage.expected) for one in found] == [
        ("G", 1, 5), ("P", 1, 2)
    ]  # fmt: skip
    assert total(one.coverage for one in found).missing == 5


def test_who_reaches_one_line_sees_nothing_of_the_other(both):
    assert board.by_line(both.world.user("顾岚"), both.round) == []
    assert board.by_line(both.world.user("党宁"), both.round) == []


def test_a_call_in_one_line_has_no_switch(both, world):
    asking.give(world, "顾岚", "party_officer", "P")
    other = both.call.form.calls.exclude(pk=both.call.pk).get().rounds.get()
    assert board.by_line(world.user("顾岚"), other) == []


def test_the_top_of_the_other_line_has_its_figure_too(both):
    both.answer("P-W2", at(14), abnormal=2)
    freezing.freeze_due(at(18))
    of = both.round.figures.get(unit__code="P")
    assert (of.totals["abnormal"], of.coverage["missing"]) == (2, 1)
    assert Figure.objects.get(round=both.round, unit__code="G").coverage == Coverage(missing=5).as_dict()


def test_the_switch_leads_to_the_other_line(signed_in, both):
    asking.give(both.world, "顾岚", "party_officer", "P")
    client, page = signed_in("顾岚"), reverse("cascade:board", args=[both.round.pk])
    shown = client.get(page, {"unit": both.world.unit("P").pk}).content.decode()
    assert "两条线合计" in shown
    assert "0/7" in shown
    assert "二厂支部" in shown


@pytest.fixture
def chased(asked):
    """才让 reminded by hand, who answers for 电解一班, and 马力, who answers for 采矿班."""
    asking.give(asked.world, "马力", "reporter", "W3-T1")
    slots = [asked.slot(code).pk for code in ("W1-T1", "W3-T1")]
    chasing.chase(of=asked.round, slots=slots, by=asked.keeper, at=at(15, 30))
    return asked


def fates(asked, who):
    slots = [asked.slot(code) for code in ("W1-T1", "W3-T1", "W2-T1")]
    contacts = queries.contacts_of([slot.unit_id for slot in slots], DAY)
    found = told(asked.world.user(who), asked.round, slots, contacts)
    return {
        slot.unit.code: [(person.name, got and got.words) for person, got in found[slot.pk]] for slot in slots
    }  # fmt: skip


def deliver(status, notice, channel):
    made = Delivery.objects.create(
        channel=channel, kind=notice.kind, batch=f"{notice.pk}", made_at=at(15, 30), status=status, attempts=1,
        sent_at=at(15, 31) if status == "sent" else None, next_at=at(15, 40) if status == "failed" else None,
    )  # fmt: skip
    made.notices.add(notice)


def test_each_reminder_tells_what_became_of_it(chased):
    assert fates(chased, "顾岚") == {"W1-T1": [("才让", "仅站内")], "W3-T1": [("马力", "仅站内")], "W2-T1": []}
    reading.read(notice=Notice.objects.get(person__name="才让"), at=at(15, 40))
    assert fates(chased, "顾岚")["W1-T1"] == [("才让", "已读")]


@pytest.mark.parametrize(
    ("status", "words"),
    [("sent", "已送达（电解群）"), ("given_up", "未能送达（电解群）"), ("failed", "待发（电解群）")],
)
def test_the_channel_that_took_it_is_named(chased, status, words):
    shop = chased.world.unit("W1-SHOP")
    channel = Channel.objects.create(name="电解群", address=b"x", hint="x", unit=shop, created_at=MORNING)
    deliver(status, Notice.objects.get(person__name="才让"), channel)
    assert fates(chased, "顾岚")["W1-T1"] == [("才让", words)]


def test_the_last_reminder_counts_whoever_sent_it(chased):
    chased.round.call.chasing = [60]
    chased.round.call.save()
    reading.read(notice=Notice.objects.get(person__name="才让"), at=at(15, 40))
    assert chasing.chase_due(at(16)) == 5
    assert fates(chased, "顾岚")["W1-T1"] == [("才让", "仅站内")]


def test_nothing_is_told_of_units_where_one_may_not_follow_notices(chased):
    assert fates(chased, "诺敏") == {"W1-T1": [("才让", "仅站内")], "W3-T1": [("马力", None)], "W2-T1": []}
    assert fates(chased, "才让")["W1-T1"] == [("才让", None)]


def test_the_board_tells_it_and_is_sent_anew_when_somebody_has_read(signed_in, chased):
    client, page = signed_in("顾岚"), reverse("cascade:board", args=[chased.round.pk])
    asks = {"HX-Request": "true"}
    first = client.get(page, headers=asks)
    assert "仅站内" in first.content.decode()
    reading.read(notice=Notice.objects.get(person__name="才让"), at=at(15, 40))
    again = client.get(page, headers=asks | {"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "已读" in again.content.decode()


def test_the_fate_of_fifty_costs_no_more_than_of_one(chased, django_assert_num_queries):
    user, slots = chased.world.user("顾岚"), [chased.slot(code) for code in ("W1-T1", "W3-T1", "W2-T1")]
    contacts = queries.contacts_of([slot.unit_id for slot in slots], DAY)
    for some in (slots[:1], slots):
        with django_assert_num_queries(3):
            told(user, chased.round, some, contacts)
        user = chased.world.user("顾岚")
