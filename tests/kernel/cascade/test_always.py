"""What holds after any order of events: answers, returns, exemptions, moves, openings, freezes, late ticks."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import world as named
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import exemptions, freezing, reviewing, rounds
from wuli.kernel.cascade.models import Exemption, Figure, Reply, Slot
from wuli.kernel.cascade.queries import figures
from wuli.kernel.cascade.queries.coverage import coverage, coverage_by_child, total
from wuli.kernel.cascade.rules.form import spec_of, sums
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.actions.units import NewUnit

from . import asking

TEAMS = ["W1-T1", "W1-T2", "W2-T1", "W3-T1", "G-OFFICE"]
HIGHER = ["W1-SHOP", "WORKS-1", "WORKS-2", "WORKS-3", "NORTH", "SOUTH"]
CODES = TEAMS + HIGHER
STEP = st.tuples(
    st.sampled_from(
        [
            "answer",
            "answer",
            "answer",
            "return",
            "accept",
            "exempt",
            "ask again",
            "spare",
            "lift",
            "move",
            "open",
            "tick",
            "tick",
        ]
    ),
    st.sampled_from(CODES),
    st.integers(0, 3),
    st.integers(5, 240),
)


class AfterAnyEvening(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, max_size=25))
    def test_nobody_is_counted_twice_or_left_out_and_what_was_fixed_stays(self, steps):
        asked = asking.evening(named.build())
        clock, fixed = asking.at(9), {}
        for verb, code, number, minutes in steps:
            clock += timedelta(minutes=minutes)
            self._do(asked, verb, code, number, clock)
            for figure in Figure.objects.filter(frozen_at__isnull=False):
                fixed.setdefault(figure.pk, (figure.totals, figure.coverage))
        rounds.follow_tree(clock)
        freezing.freeze_due(clock + timedelta(days=3))

        self._adds_up(asked.round)
        self._fixed_figures_are_what_had_arrived(asked.round)
        for figure in Figure.objects.filter(pk__in=fixed):
            assert (figure.totals, figure.coverage) == fixed[figure.pk]

    def _do(self, asked, verb, code, number, clock):
        keeper, slot = asked.keeper, Slot.objects.filter(unit__code=code).first()
        try:
            match verb:
                case "answer":
                    asked.answer(code, clock, abnormal=number, reason="补报")
                case "return":
                    reviewing.send_back(slot=slot, fields={"abnormal": "核对"}, by=keeper, at=clock)
                case "accept":
                    reviewing.accept(slots=[slot], by=keeper, at=clock)
                case "exempt":
                    reviewing.exempt(slot=slot, reason="停产", by=keeper, at=clock)
                case "ask again":
                    exemptions.ask_again(slot=slot, reason="复产", by=keeper, at=clock)
                case "spare":
                    exemptions.exempt_unit(
                        call=asked.call, unit=slot.unit, reason="检修", from_date=asking.DAY,
                        until_date=asking.DAY + timedelta(days=number + 1), by=keeper, at=clock,
                    )  # fmt: skip
                case "lift":
                    for one in Exemption.objects.filter(lifted_from__isnull=True):
                        exemptions.lift(exemption=one, reason="复产", by=keeper, at=clock)
                case "move":
                    team, target = asked.world.unit(TEAMS[number]), asked.world.unit(HIGHER[number + 1])
                    units.move_unit(unit=team, target=target, on=asking.DAY, by=None, at=clock)
                    rounds.follow_tree(clock)
                case "open":
                    new = NewUnit(f"NEW-{clock:%d%H%M}", "team", f"新班{clock:%d%H%M}", "W1-SHOP")
                    units.open_unit(new, on=asking.DAY, by=None, at=clock)
                case "tick":
                    rounds.follow_tree(clock)
                    freezing.freeze_due(clock)
        except Refused:
            pass

    def _adds_up(self, of):
        slots = Counter(of.slots.values_list("state", flat=True))
        whole = coverage(of, "")
        assert {state: getattr(whole, state) for state in slots} == dict(slots)
        assert whole.expected == of.slots.count() == whole.zero + whole.some + whole.exempt + whole.missing
        for path in of.slots.values_list("path", flat=True):
            assert total(coverage_by_child(of, path).values()) == coverage(of, path)
            recount, shown = figures.counted(figures.answers(of, path)), coverage(of, path)
            assert recount == replace(shown, waiting=0, accepted=0, returned=0)
        for slot in of.slots.select_related("reply"):
            newest = Reply.objects.filter(slot=slot).order_by("-number").first()
            assert slot.reply == newest
            assert slot.state in ("missing", "exempt") if newest is None else slot.state in (newest.kind, "exempt")

    def _fixed_figures_are_what_had_arrived(self, of):
        """Recounted from the raw replies, one by one, without the code that counted them."""
        for figure in Figure.objects.all():
            expected, asked = [], 0
            for slot in of.slots.filter(made_at__lt=figure.freeze_at):
                asked += slot.path.startswith(figure.path)
                if not slot.path.startswith(figure.path) or (slot.exempt_at and slot.exempt_at < figure.freeze_at):
                    continue
                seen = [one for one in slot.replies.order_by("number") if one.at < figure.freeze_at]
                expected += [seen[-1].values] if seen else []
            assert figure.totals == sums(spec_of(of.version), expected)
            assert figure.coverage["zero"] + figure.coverage["some"] == len(expected)
            assert sum(figure.coverage[state] for state in ("zero", "some", "exempt", "missing")) == asked
