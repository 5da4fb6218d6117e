"""The pack: figures of the unit and day, who was silent, what is open; fixed once the meeting has opened."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.cascade import asking
from tests.leadership.meetings.conftest import HALF_PAST_EIGHT, QUARTER
from wuli.base.errors import Refused
from wuli.kernel.metrics import registry
from wuli.kernel.metrics.rules.metrics import forget, known
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.rules.duties import Perm
from wuli.leadership.meetings.actions import decisions, meetings, packs
from wuli.leadership.meetings.actions.decisions import NewDecision
from wuli.leadership.meetings.models import Meeting, Pack
from wuli.leadership.meetings.queries import page
from wuli.leadership.meetings.rules import agenda
from wuli.leadership.meetings.rules import packs as rules
from wuli.leadership.meetings.rules.agenda import Point
from wuli.leadership.meetings.rules.packs import Answers, Child, Contents, Figure, Fixed, Told

BEFORE = HALF_PAST_EIGHT - timedelta(minutes=40)


@pytest.fixture
def made(world, clock, monday):
    clock(BEFORE)
    packs.make_due(at=BEFORE)
    return monday


def told(meeting, key):
    return rules.read(Pack.objects.get(meeting=meeting).contents).points[key]


def test_the_pack_is_made_an_hour_before_once_and_everyone_is_told(made):
    assert packs.make_due(at=BEFORE) == 0
    figure = next(one for one in told(made, "people").figures if one.code == "orgs.people")
    assert (figure.value, figure.on) == (Decimal(5), date(2020, 2, 2))
    assert [(child.name, child.value) for child in figure.children] == [("一厂", 4), ("二厂", 1)]
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"诺敏", "欧阳", "周舟"}


def test_past_meetings_get_no_pack_after_an_outage(clock, dispatch):
    later = HALF_PAST_EIGHT + timedelta(hours=5)
    clock(later)
    assert packs.make_due(at=later) == 0


def test_who_is_silent_is_named(world, clock, begin):
    asking.evening(world).answer("W1-T1", asking.at(14), abnormal=1)
    of_today = begin(figures_of="same")
    clock(asking.at(15))
    meeting = Meeting.objects.get(series=of_today, on=date(2020, 2, 4))
    packs.make(meeting=meeting, by=world.user("诺敏"), at=asking.at(15))

    (answers,) = told(meeting, "coverage").answers
    assert answers.expected == answers.answered + answers.missing
    assert dict(answers.silent)["二厂"] >= 1


def test_a_point_without_metrics_fills_by_itself_once_an_app_tells_them(world, made):
    assert told(made, "projects").lacking == ("projects.*",)
    assert told(made, "projects").figures == ()
    registry.add(a_metric("projects.running"))
    try:
        packs.make(meeting=made, by=world.user("欧阳"), at=BEFORE)
        (figure,) = told(made, "projects").figures
        assert (figure.code, told(made, "projects").lacking) == ("projects.running", ())
    finally:
        forget("projects.running")


def test_a_pack_tells_no_more_than_the_head_of_the_unit_may_see(world, begin, clock):
    registry.add(a_metric("projects.secret", perm=Perm.EVENT_VIEW))
    try:
        secret = begin(agenda=[Point("p1", "保密", ("projects.secret",))], title="另一个会")
        meeting = Meeting.objects.filter(series=secret).order_by("on")[0]
        packs.make(meeting=meeting, by=world.user("诺敏"), at=BEFORE)
        assert told(meeting, "p1").figures == ()
    finally:
        forget("projects.secret")


def test_once_opened_it_stays_and_the_figure_of_now_stands_beside_it(world, clock, made):
    opened = meetings.open_meeting(meeting=made, by=world.user("欧阳"), at=HALF_PAST_EIGHT)
    kept = Pack.objects.get(meeting=made).contents
    with pytest.raises(Refused):
        packs.make(meeting=opened, by=world.user("欧阳"), at=HALF_PAST_EIGHT)
    clock(HALF_PAST_EIGHT)
    said = NewDecision("补报", date(2020, 2, 5), unit=world.unit("WORKS-2"))
    decisions.decide(said, meeting=opened, key="k", by=world.user("欧阳"), at=HALF_PAST_EIGHT)

    shown = page.page_of(opened, world.user("诺敏"), HALF_PAST_EIGHT + QUARTER, compares=True)
    figure = next(one for one in shown["told"].points["matters"].figures if one.code == "ledger.open")
    assert (figure.value, figure.now, figure.differs) == (Decimal(0), Decimal(1), True)
    assert Pack.objects.get(meeting=made).contents == kept


@pytest.mark.parametrize(
    ("named", "found", "missing"),
    [
        (("a.one", "b.*"), ["a.one", "b.x", "b.y"], []), (("b.*", "b.x"), ["b.x", "b.y"], []),
        (("c.*", "a.one"), ["a.one"], ["c.*"]),
    ],
)  # fmt: skip
def test_a_point_names_metrics_by_code_or_pattern(named, found, missing):
    codes = ["a.one", "b.x", "b.y"]
    assert agenda.chosen(Point("p", "t", named), codes) == found
    assert agenda.lacking(Point("p", "t", named), codes) == missing


@pytest.mark.parametrize("kind", ["epidemic", "dispatch", "other"])
def test_shipped_agendas_are_sound(kind):
    points = agenda.template_for(kind)
    assert agenda.why_not_agenda(points) is None
    assert agenda.read(agenda.written(points)) == points


NUMBERS = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-9999, max_value=9999)
WORDS = st.text(max_size=20)
DAYS = st.dates(date(2019, 1, 1), date(2030, 1, 1))
FIGURES = st.builds(
    lambda value, before, on, name: Figure(
        "no.such", name, "份", 7, on, value, before, (Child(1, name, value, "—" if value is None else f"{value:f}"),)
    ),
    NUMBERS, NUMBERS, DAYS, WORDS,
)  # fmt: skip
ANSWERS = st.builds(
    lambda on, n, name: Answers(1, 2, name, on, n, n, n, n, n, ((name, n),), n), DAYS, st.integers(0, 9), WORDS
)
ACTIONS = st.builds(
    lambda on, text, followed: Fixed(1, 2, text, text, text, on, "open", 0, followed, text),
    DAYS,
    WORDS,
    st.none() | DAYS,
)


@settings(max_examples=25)
@given(st.lists(FIGURES, max_size=3), st.lists(ANSWERS, max_size=2), st.lists(ACTIONS, max_size=2))
def test_what_is_kept_is_read_again_as_it_was(figures, answers, actions):
    contents = Contents({"p": Told(tuple(figures), tuple(answers), ("x.*",))}, tuple(actions), 3)
    assert rules.read(rules.kept(contents)) == contents


def a_metric(code, perm=Perm.UNIT_VIEW):
    """The enterprises there are, under another name."""
    like = next(one for one in known().values() if one.code == "orgs.people")
    return replace(like, code=code, perm=perm)
