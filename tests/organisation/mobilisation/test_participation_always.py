"""Whatever happens to branches and members: children add up to the parent, nothing exceeds its whole, a recount by
hand and the metrics say the same."""

from contextlib import suppress
from datetime import timedelta
from unittest import mock

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import world as named
from tests.organisation.mobilisation.conftest import NOON, TODAY
from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries import numbers
from wuli.kernel.metrics.rules.metrics import known
from wuli.kernel.orgs.actions import people, postings, units
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models import Assignment, Kind, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.units import path_on
from wuli.organisation.mobilisation.actions import activities, attendance, campaigns, commitments, errands, loading
from wuli.organisation.mobilisation.actions.activities import Plan
from wuli.organisation.mobilisation.actions.campaigns import NewCampaign
from wuli.organisation.mobilisation.actions.errands import NewErrand
from wuli.organisation.mobilisation.models import Campaign, Commitment
from wuli.organisation.mobilisation.queries import participation
from wuli.organisation.mobilisation.rules.activities import Mark
from wuli.organisation.mobilisation.rules.tallies import total

BODIES = ["P-NORTH", "P-W1", "P-W1-A", "P-W2"]
BRANCHES = ["", "P-W1-A", "P-W2"]
NAMES = [name for _number, name, *_rest in named.PEOPLE]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("issue"), st.sampled_from(["P", *BODIES]), st.just("")),
        st.tuples(st.sampled_from(["sign", "take_back", "task", "leave"]), st.sampled_from(NAMES), st.just("")),
        st.tuples(st.just("transfer"), st.sampled_from(NAMES), st.sampled_from(BRANCHES)),
        st.tuples(st.sampled_from(["merge", "move"]), st.sampled_from(BODIES), st.sampled_from(["P", *BODIES])),
        st.tuples(st.sampled_from(["hold", "vanguard"]), st.sampled_from(BRANCHES[1:]), st.just("")),
        st.tuples(st.just("day"), st.just(""), st.just("")),
    ),
    min_size=8, max_size=22,
)  # fmt: skip
FEW = {"deadline": None, "suppress_health_check": list(HealthCheck), "max_examples": 5,
       "phases": [Phase.explicit, Phase.generate]}  # fmt: skip
CODES = [f"mobilisation.{code}" for code in ("asked", "committed", "owing", "held", "members", "vanguards")]


class AfterAnything(TestCase):
    @settings(**FEW)
    @given(STEPS)
    def test_children_add_up_and_nothing_exceeds_its_whole(self, steps):
        world = named.build()
        postings.post(
            person=world.person("党宁"), duty=Duty.PARTY_OFFICER, unit=world.unit("P-NORTH"), from_date=DAY_ONE,
            by=None, at=START,
        )  # fmt: skip
        at = NOON
        for step in [("issue", "P", ""), *steps]:
            at += timedelta(days=step[0] == "day")
            with mock.patch("wuli.base.clock.timezone.now", return_value=at):
                _try(world, *step, at=at)
        with mock.patch("wuli.base.clock.timezone.now", return_value=at):
            for day in (TODAY, at.date()):
                _hold_true(day)


def _hold_true(day):
    for unit in Unit.objects.filter(line="party"):
        if not (path := path_on(unit, day)):
            continue
        shown = participation.table(unit, day)
        if unit.kind != Kind.PARTY_BRANCH:
            assert total(line.tally for line in shown.lines) == shown.total
        told = shown.total
        assert 0 <= told.finished <= told.tasked <= told.members
        assert 0 <= told.committed <= told.asked <= told.members
        assert 0 <= told.held <= told.owing <= told.branches
        assert told.members == _members_by_hand(path, day)
        if unit.code not in ("P", "P-NORTH"):
            continue
        for code, number in zip(CODES, (told.asked, told.committed, told.owing, told.held, told.members,
                                        told.vanguards), strict=True):  # fmt: skip
            assert numbers.value(known()[code], Part(path, day)) == number, code


def _members_by_hand(path, day):
    held = Assignment.objects.on(day).filter(branch__isnull=False).select_related("branch")
    return sum(path_on(one.branch, day).startswith(path) for one in held)


def _try(world, verb, one, other, *, at):
    """What cannot be done is refused, and then nothing has happened."""
    office = world.user("党宁")
    with suppress(Refused):
        if verb == "issue":
            new = NewCampaign(title="承诺", body=world.unit(one), items=["带头"], from_date=at.date())
            campaigns.issue(new, by=office, at=at)
        elif verb == "sign":
            for campaign in Campaign.objects.order_by("pk"):
                with suppress(Refused):
                    commitments.sign(campaign=campaign, own_words="", by=world.user(one), at=at)
        elif verb == "take_back":
            for held in Commitment.objects.filter(person__name=one, ended_at=None):
                commitments.take_back(commitment=held, reason="误", by=world.user(one), at=at)
        elif verb == "task":
            new = NewErrand(body=world.unit("P"), title="任务", people=[world.person(one)])
            errands.give(new, key=f"{one}{at}", by=office, at=at)
        elif verb == "leave":
            people.leave(person=world.person(one), on=at.date(), by=world.user("欧阳"), at=at)
        elif verb == "transfer":
            person = world.person(one)
            branch = world.unit(other) if other else None
            place = Place(person.unit, person.employer, branch=branch)
            people.transfer(person=person, place=place, on=at.date(), by=world.user("欧阳"), at=at)
        elif verb == "hold":
            _hold(world, one, at)
        elif verb == "vanguard":
            loading.load_vanguards([_standing(world, one, at)], top=world.unit("P"), by=office, at=at)
        elif verb in ("merge", "move"):
            act = units.merge_unit if verb == "merge" else units.move_unit
            act(unit=world.unit(one), target=world.unit(other), on=at.date(), by=world.user("赵系"), at=at)
            campaigns.follow_bodies(at=at)


def _standing(world, code, at):
    return loading.Standing(
        sort="post", name="岗", body=world.unit(code), unit_id=world.unit("WORKS-1").pk, location="门", purpose="测温",
        flag="none", from_date=at.date(), until_date=at.date() + timedelta(days=2), at=at, members=[],
        proposed_by=world.person("诺敏").pk, decided_by=world.person("党宁").pk,
    )  # fmt: skip


def _hold(world, code, at):
    office, starts = world.user("党宁"), at - timedelta(hours=3)
    new = Plan(
        sort="theme_day", body=world.unit(code), title="党日", starts_at=starts, ends_at=starts + timedelta(hours=1),
        responsible=world.person("诺敏"),
    )  # fmt: skip
    activity = activities.plan(new, by=office, at=at)
    activities.publish(activity=activity, by=office, at=at)
    host = activity.hosts.get()
    who = list(Assignment.objects.on(at.date()).filter(branch=host.body).values_list("person_id", flat=True))
    marks = {pk: Mark("present") for pk in who}
    attendance.attend(activity=activity, host=host, marks=marks, step=1, by=office, at=at)
    activities.hold(activity=activity, minutes="记录", guests=0, by=office, at=at)
