"""Units that need not answer: for one round, for some days, lifted again."""

from datetime import timedelta

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import calls, exemptions, freezing, reviewing, rounds
from wuli.kernel.cascade.models import Exemption, Figure
from wuli.kernel.cascade.queries import figures
from wuli.kernel.cascade.queries.coverage import Coverage, coverage
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import Unit

from .asking import DAY, MORNING, at


def test_an_exempt_unit_is_neither_missing_nor_asked(asked):
    nomin = asked.world.user("诺敏")

    reviewing.exempt(slot=asked.slot("W2-T1"), reason="全员休假", by=nomin, at=at(9))

    assert coverage(asked.round, "") == Coverage(missing=10, exempt=1)
    with pytest.raises(Refused, match="铸造班本次免报：全员休假"):
        asked.answer("W2-T1", at(14))


def test_a_unit_spared_for_some_days_has_exempt_slots(world, asked):
    by = asked.keeper
    exemptions.exempt_unit(
        call=asked.call, unit=world.unit("WORKS-1"), reason="封存", from_date=DAY + timedelta(days=1),
        until_date=DAY + timedelta(days=3), by=by, at=MORNING,
    )  # fmt: skip
    opened = [rounds.open_round(call=asked.call, on=DAY + timedelta(days=n), at=MORNING) for n in (1, 2, 3)]

    assert [coverage(one, "").exempt for one in opened] == [4, 4, 0]


def spare(asked, code="WORKS-1", *, hour=10, days=(0, 3), by=None, reason="停产检修"):
    return exemptions.exempt_unit(
        call=asked.call, unit=asked.world.unit(code), reason=reason, from_date=DAY + timedelta(days=days[0]),
        until_date=DAY + timedelta(days=days[1]), by=by or asked.keeper, at=at(hour),
    )  # fmt: skip


def lift(asked, made, *, hour=11, days=0, by=None, reason="提前复产"):
    return exemptions.lift(exemption=made, reason=reason, by=by or asked.keeper, at=at(hour, days=days))


def exempt(of):
    return set(of.slots.filter(state="exempt").values_list("unit__code", flat=True))


def test_a_round_under_way_spares_those_who_have_not_answered(asked):
    asked.answer("W1-T1", at(9))
    made = spare(asked)

    assert exempt(asked.round) == {"WORKS-1", "W1-SHOP", "W1-T2"}
    assert asked.slot("W1-T2").exemption == made
    assert asked.slot("W1-T1").state == "zero"
    assert Event.objects.get(verb="call.exempted").changes["slots"] == [None, 3]


def test_a_unit_that_opens_below_a_spared_one_is_spared(world, asked):
    spare(asked)
    units.open_unit(NewUnit("W1-T3", "team", "电解三班", "W1-SHOP"), on=DAY, by=world.user("赵系"), at=at(11))
    rounds.follow_tree(at(11, 1))
    assert asked.slot("W1-T3").exempt_reason == "停产检修"


def test_lifted_it_is_expected_again_from_today_on(asked):
    made = spare(asked)
    lift(asked, made)

    assert exempt(asked.round) == set()
    asked.answer("W1-T2", at(14))
    assert exempt(rounds.open_round(call=asked.call, on=DAY + timedelta(days=1), at=at(9, days=1))) == set()
    assert (made.reason, lift_of(made)) == ("停产检修", (DAY, "提前复产"))


def lift_of(made):
    made.refresh_from_db()
    return made.lifted_from, made.lift_reason


def test_lifted_later_the_days_before_stay_spared(asked):
    made = spare(asked)
    tomorrow = rounds.open_round(call=asked.call, on=DAY + timedelta(days=1), at=at(9, days=1))
    lift(asked, made, days=1)

    assert exempt(asked.round) == {"WORKS-1", "W1-SHOP", "W1-T1", "W1-T2"}
    assert exempt(tomorrow) == set()


def test_after_a_level_has_told_its_figure_it_is_asked_from_the_next_round_on(asked):
    made = spare(asked)
    freezing.freeze_due(at(16, 30))  # the workshop's figure
    lift(asked, made, hour=17)

    assert exempt(asked.round) == {"W1-SHOP", "W1-T1", "W1-T2"}
    assert asked.slot("WORKS-1").state == "missing"


def test_at_the_freeze_instant_it_is_too_late_although_the_tick_has_not_run(asked):
    made = spare(asked)
    exemptions.lift(exemption=made, reason="复产", by=asked.keeper, at=at(16, 30))

    freezing.freeze_due(at(18))
    assert Figure.objects.get(unit__code="W1-SHOP").coverage["exempt"] == 3
    assert Figure.objects.get(unit__code="WORKS-1").coverage == Coverage(exempt=3, missing=1).as_dict()


def test_what_another_exemption_covers_stays_spared_by_it(asked):
    wider = spare(asked, "NORTH", reason="板块检修")
    narrow = spare(asked)
    lift(asked, wider)

    assert exempt(asked.round) == {"WORKS-1", "W1-SHOP", "W1-T1", "W1-T2"}
    assert asked.slot("W1-T1").exemption == narrow
    assert asked.slot("W1-T1").exempt_reason == "停产检修"


def test_an_exemption_after_a_figure_was_fixed_shows_beside_it(asked):
    freezing.freeze_due(at(16, 30))
    shop = Figure.objects.get(unit__code="W1-SHOP")
    spare(asked, hour=17)

    shop.refresh_from_db()
    assert shop.coverage["missing"] == 3
    assert [slot.unit.code for slot in figures.spared_since(shop)] == ["W1-SHOP", "W1-T1", "W1-T2"]
    assert not figures.spared_since(Figure.objects.get(unit__code="WORKS-1")).exists()  # fixed half an hour later


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"reason": " "}, "请写明免报原因"),
        ({"days": (2, 2)}, "结束日期应晚于开始日期"),
        ({"by": "石强"}, "您没有向一厂下发的职责"),
        ({"closed": True}, "2020-02-03 的一期已经定数，不能再免报"),
    ],
)
def test_who_cannot_be_spared(asked, parts, sentence):
    if parts.pop("closed", False):
        freezing.freeze_due(at(18))
    if "by" in parts:
        parts["by"] = asked.world.user(parts["by"])
    with pytest.raises(Refused, match=sentence):
        spare(asked, **parts)
    assert not Exemption.objects.exists()
    assert exempt(asked.round) == set()


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"reason": " "}, "请写明恢复上报的原因"),
        ({"by": "石强"}, "您没有向一厂下发的职责"),
        ({"days": 3}, "一厂的免报已经到期"),
        ({"twice": True}, "一厂的免报已经提前结束"),
    ],
)
def test_what_cannot_be_lifted(asked, parts, sentence):
    made = spare(asked)
    if parts.pop("twice", False):
        lift(asked, made)
    if "by" in parts:
        parts["by"] = asked.world.user(parts["by"])
    lifted = lift_of(made)
    with pytest.raises(Refused, match=sentence):
        lift(asked, made, **parts)
    assert lift_of(made) == lifted


def test_lifting_brings_back_nothing_that_was_revoked(asked):
    made = spare(asked)
    calls.revoke(call=asked.call, reason="改用新表", by=asked.keeper, at=at(11))
    lift(asked, made, hour=12)
    assert coverage(asked.round, "") == Coverage(exempt=11)


def test_one_unit_is_asked_again_by_a_level_above(asked):
    spare(asked)
    nomin = asked.world.user("诺敏")
    with pytest.raises(Refused, match="只有上级可以恢复电解一班的上报"):
        exemptions.ask_again(slot=asked.slot("W1-T1"), reason="复产", by=asked.world.user("才让"), at=at(11))
    with pytest.raises(Refused, match="请写明恢复上报的原因"):
        exemptions.ask_again(slot=asked.slot("W1-T1"), reason=" ", by=nomin, at=at(11))
    exemptions.ask_again(slot=asked.slot("W1-T1"), reason="复产", by=nomin, at=at(11))

    assert exempt(asked.round) == {"WORKS-1", "W1-SHOP", "W1-T2"}
    rounds.follow_tree(at(11, 1))
    assert asked.slot("W1-T1").state == "missing"
    with pytest.raises(Refused, match="电解一班没有免报"):
        exemptions.ask_again(slot=asked.slot("W1-T1"), reason="复产", by=nomin, at=at(11))
    with pytest.raises(Refused, match="电解二班从下一期起恢复上报"):
        exemptions.ask_again(slot=asked.slot("W1-T2"), reason="复产", by=nomin, at=at(16, 30))


def test_a_unit_that_closed_is_not_asked_again(world, asked):
    spare(asked, "W2-T1")
    Unit.objects.filter(code="W2-T1").update(closed_on=DAY)
    with pytest.raises(Refused, match="铸造班已经关闭"):
        exemptions.ask_again(slot=asked.slot("W2-T1"), reason="复产", by=world.user("诺敏"), at=at(11))
