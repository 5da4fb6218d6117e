"""Minutes: nobody's words are lost, and no window overwrites what it has not seen."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.leadership.meetings.conftest import HALF_PAST_EIGHT, QUARTER
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.leadership.meetings.actions import attendance, meetings, minutes
from wuli.leadership.meetings.actions.attendance import Mark
from wuli.leadership.meetings.models import Aside, Minute

AT = HALF_PAST_EIGHT


@pytest.fixture
def write(world, opened):
    def save(text, *, hand, step=0, by="欧阳", point="output"):
        return minutes.write_point(
            meeting=opened, point=point, text=text, step=step, hand=hand, by=world.user(by), at=AT
        )  # fmt: skip

    return save


def test_one_window_goes_on_writing_and_leaves_one_event(write):
    write("一", hand="a")
    write("一厂", hand="a")
    saved = write("一厂停槽", hand="a", step=99)
    assert (saved.minute.text, saved.minute.step, saved.aside) == ("一厂停槽", 3, None)
    assert Event.objects.filter(verb="meeting.minuted").count() == 1


def test_a_newer_text_is_not_overwritten_and_the_other_is_kept_beside_it(write):
    write("记录人的文字", hand="a")
    refused = write("主持人的文字", hand="b", by="诺敏")
    again = write("主持人的文字，接着写", hand="b", by="诺敏")

    assert refused.minute.text == "记录人的文字"
    assert again.aside.pk == refused.aside.pk
    assert Aside.objects.get().text == "主持人的文字，接着写"


def test_whoever_has_seen_the_newest_may_change_it(write):
    step = write("一", hand="a").minute.step
    assert write("一，二", hand="b", step=step, by="诺敏").minute.text == "一，二"
    assert write("一，三", hand="a").aside is not None


@pytest.mark.parametrize(("adopt", "text"), [(True, "一\n二"), (False, "一")])
def test_texts_are_joined_or_one_is_left(world, write, adopt, text):
    write("一", hand="a")
    aside = write("二", hand="b").aside
    minutes.join(aside=aside, adopt=adopt, by=world.user("欧阳"), at=AT)
    assert Minute.objects.get().text == text
    event = Event.objects.get(verb="meeting.minutes_joined")
    assert "二" in str(event.changes)


def test_nothing_is_handed_in_while_texts_stand_apart(world, opened, write):
    write("一", hand="a")
    write("二", hand="b")
    marks = {one.pk: Mark("present") for one in opened.attendances.all()}
    attendance.call_roll(meeting=opened, marks=marks, by=world.user("欧阳"), at=AT)
    with pytest.raises(Refused, match="没有合并"):
        meetings.hand_in(meeting=opened, by=world.user("欧阳"), at=AT)


@pytest.mark.parametrize(
    ("who", "point", "said"),
    [("周舟", "output", "只有主持人"), ("欧阳", "nothing", "没有这一项"), ("石强", "output", "只有")],
)
def test_who_may_write_and_on_what(write, who, point, said):
    with pytest.raises(Refused, match=said):
        write("一", hand="a", by=who, point=point)
    assert not Minute.objects.exists()


def test_before_it_opens_there_is_nothing_to_write_on(world, monday):
    with pytest.raises(Refused, match="还没有开会"):
        minutes.write_point(
            meeting=monday, point="output", text="一", step=0, hand="a", by=world.user("欧阳"), at=AT - QUARTER
        )  # fmt: skip


SAVES = st.lists(st.tuples(st.sampled_from("ab"), st.booleans(), st.text("甲乙丙", min_size=1, max_size=4)), max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saves=SAVES)
def test_the_last_words_of_every_window_are_there(write, saves):
    """Whoever saves last in a window finds that text again: as the minutes or beside them, unless they had seen what
    they replaced, or somebody who had seen it replaced it."""
    Aside.objects.all().delete()
    Minute.objects.all().delete()
    seen, last = {"a": 0, "b": 0}, {}
    for hand, looks, text in saves:
        newest = Minute.objects.first()
        if looks and newest:
            seen[hand] = newest.step
            last = {other: words for other, words in last.items() if words != newest.text}
        if newest and newest.text == text:  # the same words twice are one text
            last = {other: words for other, words in last.items() if words != text}
        saved = write(text, hand=hand, step=seen[hand])
        if saved.aside is None:
            seen[hand] = saved.minute.step
        last[hand] = text
    there = {*Minute.objects.values_list("text", flat=True), *Aside.objects.values_list("text", flat=True)}
    assert set(last.values()) <= there
