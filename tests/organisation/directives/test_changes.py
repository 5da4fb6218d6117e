"""While a directive is out, units move, merge and close, people leave, and clocks differ."""

from datetime import date, time, timedelta

import pytest

from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import chasing, rounds
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people, postings, units
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import Posting, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.organisation.directives.actions import drafting, due, ending, issuing, reporting
from wuli.organisation.directives.models import Directive, Escalation
from wuli.organisation.directives.queries import coverage, directives, evidence
from wuli.organisation.directives.queries import proof as proofs
from wuli.organisation.directives.rules.slips import slip_of

from . import office as party
from .office import DAY, NINE, at

TOMORROW = DAY + timedelta(days=1)


def standing(office, code, when):
    slip = slip_of(office.slot(code), when)
    return str(slip.standing), str(slip.colour)


def told(kind):
    return list(Notice.objects.filter(kind=kind).order_by("made_at", "pk").values_list("person__name", flat=True))


def hand_over(office, code, name, on=TOMORROW):
    """The duty of whoever answers for a unit ends, and somebody else has it from then on."""
    Posting.objects.filter(unit__code=code, duty=Duty.PARTY_SECRETARY).update(until_date=on)
    world = office.world
    postings.post(person=world.person(name), duty=Duty.PARTY_SECRETARY, unit=world.unit(code), from_date=on, by=None,
                  at=START)  # fmt: skip


# Units


@pytest.fixture
def moved(office):
    """电解支部 has signed and reported; the day after, it goes over from 一厂党总支 to the committee itself."""
    office.sign("P-W1-A", at(10))
    office.report("P-W1-A", at(11))
    world = office.world
    units.move_unit(unit=world.unit("P-W1-A"), target=world.unit("P-NORTH"), on=TOMORROW, by=world.user("赵系"),
                    at=at(9, days=1))  # fmt: skip
    rounds.follow_tree(at(9, days=1))
    return office


def test_a_unit_that_moved_is_reviewed_by_those_above_it_now(moved):
    with pytest.raises(Refused, match="由上级审核"):
        reporting.accept(slots=[moved.slot("P-W1-A")], by=moved.secretary("P-W1"), at=at(10, days=1))
    reporting.accept(slots=[moved.slot("P-W1-A")], by=moved.secretary("P-NORTH"), at=at(10, days=1))
    assert standing(moved, "P-W1-A", at(10, days=1)) == ("done", "")


def test_a_unit_that_moved_is_counted_where_it_was_asked(moved):
    of = directives.round_of(moved.again())
    rows = proofs.rows_at(of, of.slots.get(unit__code="P-W1").path, at(10, days=1))
    assert [(row.code, row.chain) for row in rows] == [
        ("P-W1", ("集团党组", "北方板块党委")), ("P-W1-A", ("集团党组", "北方板块党委", "一厂党总支")),
    ]  # fmt: skip


def test_when_a_moved_unit_turns_red_those_above_it_now_are_told(office):
    world = office.world
    for code in ("P-NORTH", "P-W1", "P-W2"):
        office.sign(code, at(10))
        office.report(code, at(11))
    units.move_unit(unit=world.unit("P-W1-A"), target=world.unit("P-NORTH"), on=TOMORROW, by=world.user("赵系"),
                    at=at(9, days=1))  # fmt: skip
    assert due.escalate_due(at(14, days=1)) == 1
    assert told("directive.escalated") == ["诺敏"]


def test_where_nobody_answers_above_the_next_level_is_told(office):
    Posting.objects.filter(unit__code="P-W1").delete()
    for code in ("P-NORTH", "P-W1", "P-W2"):
        office.sign(code, at(10), by="党宁")
    assert due.escalate_due(at(14, days=1)) == 1
    assert told("directive.escalated") == ["诺敏"]


def test_what_turned_red_leads_to_the_late_units(office):
    due.escalate_due(at(14, days=1))
    north = office.world.unit("P-NORTH")
    address = f"/directives/{office.directive.pk}/coverage/?unit={north.pk}&show=late"
    assert Notice.objects.get(kind="directive.escalated", person__name="诺敏").url == address


@pytest.mark.parametrize("way", ["merged", "closed"])
@pytest.mark.parametrize("had", ["nothing", "signed", "returned"])
def test_a_unit_that_is_no_more_owes_nothing_and_turns_no_colour(office, way, had):
    world, system = office.world, {"by": office.world.user("赵系"), "at": at(9, days=1), "on": TOMORROW}
    if had != "nothing":
        office.sign("P-W2", at(10))
    if had == "returned":
        office.report("P-W2", at(11))
        reporting.send_back(slot=office.slot("P-W2"), reason="没有名单", by=office.writer, at=at(12))
    if way == "merged":
        units.merge_unit(unit=world.unit("P-W2"), target=world.unit("P-W1-A"), **system)
    else:
        type(world.person("周舟")).objects.filter(branch=world.unit("P-W2")).update(branch=None)
        units.close_unit(unit=world.unit("P-W2"), **system)

    rounds.follow_tree(at(9, days=1))

    assert standing(office, "P-W2", at(9, days=3)) == ("exempt", "")
    assert due.escalate_due(at(9, days=3)) == 3
    assert not Escalation.objects.filter(slot__unit__code="P-W2").exists()
    with pytest.raises(Refused):
        office.sign("P-W2", at(10, days=1), by="诺敏")
    assert rounds.follow_tree(at(10, days=1)) == 0


def test_what_was_accepted_of_a_unit_that_closed_stays_done(office):
    office.sign("P-W2", at(10))
    office.report("P-W2", at(11))
    reporting.accept(slots=[office.slot("P-W2")], by=office.writer, at=at(12))
    units.merge_unit(unit=office.world.unit("P-W2"), target=office.world.unit("P-W1-A"), on=TOMORROW,
                     by=office.world.user("赵系"), at=at(9, days=1))  # fmt: skip
    rounds.follow_tree(at(9, days=1))
    assert standing(office, "P-W2", at(9, days=1)) == ("done", "")


def test_nothing_goes_out_in_the_name_of_a_unit_that_closed(staffed):
    made = drafting.draft(party.paper(staffed, due_on=DAY + timedelta(days=3)), by=staffed.user("党宁"), at=NINE)
    Unit.objects.filter(code="P").update(closed_on=TOMORROW)
    with pytest.raises(Refused, match="集团党组已经关闭，不能再发文|您没有"):
        issuing.issue(directive=made, by=staffed.user("党宁"), at=at(9, days=1))
    assert Directive.objects.get().is_draft


# People


def test_whoever_left_signs_nothing_and_the_successor_does(office):
    people.leave(person=office.world.person("周舟"), on=TOMORROW, by=office.world.user("赵系"), at=at(9, days=1))
    with pytest.raises(Refused, match="您没有为二厂支部签收和填报的职责"):
        office.sign("P-W2", at(10, days=1))
    hand_over(office, "P-W2", "才让")
    assert not office.sign("P-W2", at(10, days=1), by="才让").proxy


def test_whose_duty_ended_reports_nothing_and_the_successor_goes_on(office):
    office.sign("P-W2", at(10))
    office.report("P-W2", at(11), 40)
    hand_over(office, "P-W2", "才让")
    with pytest.raises(Refused, match="您没有为二厂支部签收和填报的职责"):
        office.report("P-W2", at(10, days=1))
    said = reporting.Report("k", 100, "已办完")
    reporting.report(slot=office.slot("P-W2"), report=said, by=office.world.user("才让"), at=at(10, days=1))
    assert standing(office, "P-W2", at(10, days=1)) == ("reviewing", "")


def test_reminders_and_withdrawals_reach_whoever_answers_that_day(office):
    hand_over(office, "P-W2", "才让")
    of = directives.round_of(office.again())
    chasing.chase(of=of, slots=[office.slot("P-W2").pk], by=office.writer, at=at(10, days=1))
    assert told("cascade.reminder") == ["才让"]

    ending.revoke(directive=office.again(), reason="发错了", by=office.writer, at=at(11, days=1))
    assert "周舟" not in told("directive.withdrawn")


def test_the_calls_own_reminder_reaches_whoever_answers_that_day(staffed):
    office = party.issued(staffed, due_on=DAY + timedelta(days=3))
    hand_over(office, "P-W2", "才让")
    chasing.chase_due(at(17, days=3))
    assert "才让" in told("cascade.reminder")
    assert "周舟" not in told("cascade.reminder")


def test_nothing_goes_out_in_the_name_of_one_who_left(staffed):
    signer = staffed.person("顾岚")
    made = drafting.draft(
        party.paper(staffed, signer=signer, due_on=date(2020, 2, 5)), by=staffed.user("党宁"), at=NINE
    )
    people.leave(person=signer, on=TOMORROW, by=staffed.user("赵系"), at=at(9, days=1))
    with pytest.raises(Refused, match="签发人顾岚已不在册，请另选"):
        issuing.issue(directive=made, by=staffed.user("党宁"), at=at(10, days=1))
    assert Directive.objects.get().is_draft


# Clocks


@pytest.fixture
def abroad(staffed):
    """Two mines of the group where it is earlier (Lima) and later (Sydney) than in Shanghai."""
    news = [NewUnit(code, "enterprise", name, "SOUTH", zone=zone) for code, name, zone in (
        ("LIMA", "利马矿业", "America/Lima"), ("SYDNEY", "悉尼矿业", "Australia/Sydney"))]  # fmt: skip
    units.open_units(news, on=DAY_ONE, by=None, at=START)
    return staffed


def to_enterprises(world, **changes):
    group = world.unit("G")
    told = {"issuer": group, "targets": {group: ["enterprise"]}, "prefix": "同舟办发", "due_on": TOMORROW}
    return party.issued(world, by="顾岚", **told | changes)


def test_each_unit_is_due_at_five_of_its_own_day(abroad):
    office = to_enterprises(abroad, sign_hours=100)
    dues = {code: office.slot(code).due_at for code in ("SYDNEY", "WORKS-3", "LIMA")}
    assert dues == {"SYDNEY": at(14, days=1), "WORKS-3": at(17, days=1), "LIMA": at(6, days=2)}
    assert slip_of(office.slot("LIMA"), NINE).is_elsewhere
    assert [standing(office, code, at(15, days=1))[1] for code in dues] == ["yellow", "blue", "blue"]


def test_nothing_has_to_be_signed_for_after_it_is_due(abroad):
    office = to_enterprises(abroad, sign_hours=40)
    when = at(15, days=1)
    assert slip_of(office.slot("SYDNEY"), when).due == at(14, days=1)
    assert standing(office, "SYDNEY", when) == ("unsigned", "yellow")
    lines = coverage.by_kind(office.again(), directives.round_of(office.again()), "", when)
    assert (lines["enterprise"].yellow, lines["enterprise"].blue) == (1, 4)
    boss = office.world.user("顾岚")
    assert party.signing.sign(slot=office.slot("SYDNEY"), by=boss, at=when).late
    assert evidence.signed_in_time(Part(office.world.unit("G").path, TOMORROW)).count() == 0


def test_nobody_gets_what_is_overdue_already(abroad):
    with pytest.raises(Refused, match="在悉尼矿业当地截止时间已过，请改晚"):
        to_enterprises(abroad, due_on=DAY, due_clock=time(17), when=at(15))
    assert Directive.objects.get().is_draft


def test_the_copy_says_the_time_there(signed_in, abroad):
    office = to_enterprises(abroad, due_on=date(2099, 1, 5), asks="receipt")
    page = signed_in("顾岚").get(f"/directives/copies/{office.slot('LIMA').pk}/").content.decode()
    assert "1 月 5 日 17:00 前签收（当地时间）" in page
