"""Theme days: planned, made known, attended, held or not; corrected after the month; owed each month."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.organisation.mobilisation.conftest import DAY, NOON, TODAY
from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.actions import evidence
from wuli.kernel.ledger.queries.evidence import path_of
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.organisation.mobilisation.actions import activities, attendance, reminding
from wuli.organisation.mobilisation.actions.activities import Plan
from wuli.organisation.mobilisation.models import Activity, Attendance
from wuli.organisation.mobilisation.queries import activities as queries
from wuli.organisation.mobilisation.queries import monthly, participation
from wuli.organisation.mobilisation.rules.activities import Mark
from wuli.organisation.mobilisation.rules.rhythm import is_closed, month_of, read_month

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
PRESENT = Mark("present")


def attend(world, activity, *names, by="诺敏", step=1, code="P-W1-A", at=NOON, reason="", **away):
    marks = {world.person(name).pk: PRESENT for name in names}
    marks |= {world.person(name).pk: Mark("leave", why) for name, why in away.items()}
    host = activity.hosts.get(body__code=code)
    return attendance.attend(
        activity=activity, host=host, marks=marks, step=step, by=world.user(by), at=at, reason=reason
    )


def hold(world, activity, by="诺敏", at=NOON, reason=""):
    return activities.hold(activity=activity, minutes="逐人发言", guests=2, by=world.user(by), at=at, reason=reason)


def owing(world, code="P", on=TODAY):
    return [one.unit.code for one in monthly.owing(world.unit(code).path, on).order_by("path")]


def test_published_the_members_of_the_branch_hear_of_it(world, plan):
    draft = plan(published=False, days=3)
    assert not Notice.objects.exists()
    assert draft not in queries.activities_for(world.user("才让"))

    activities.publish(activity=draft, by=world.user("诺敏"), at=NOON)
    assert [one.person.name for one in Notice.objects.all()] == ["才让"]
    assert draft in queries.activities_for(world.user("才让"))
    assert draft not in queries.activities_for(world.user("周舟"))


def test_held_with_attendance_guests_and_pictures(world, plan):
    activity = plan()
    with pytest.raises(Refused, match="先记录到会"):
        hold(world, activity)
    attend(world, activity, "诺敏", 才让="倒班")
    hold(world, activity)
    picture = SimpleUploadedFile("合影.png", PICTURE)
    made = attendance.attach(activity=activity, files=[picture], by=world.user("诺敏"), at=NOON)

    assert queries.presence(activity) == {"present": 1, "leave": 1}
    assert owing(world) == ["P-W2"]
    assert [one.is_picture for one in made] == [True]


def test_a_removed_picture_goes_for_good_unless_another_activity_shows_it_and_its_event_stays(world, plan):
    activity, other = plan(), plan(title="党课")
    by = {"by": world.user("诺敏"), "at": NOON}
    for one in (activity, other):
        attendance.attach(activity=one, files=[SimpleUploadedFile("合影.png", PICTURE)], **by)
    shown = other.attachments.get()

    attendance.detach(attachment=activity.attachments.get(), **by)
    evidence.remove_discarded(at=NOON + DAY)
    assert path_of(shown.digest).exists()

    attendance.detach(attachment=shown, **by)
    attendance.detach(attachment=shown, **by)
    assert path_of(shown.digest).exists()
    evidence.remove_discarded(at=NOON + DAY)
    assert not path_of(shown.digest).exists()
    removed = Event.objects.filter(verb="activity.unpictured").values_list("changes", flat=True)
    assert list(removed) == [{"files": [[shown.digest], None]}] * 2


def test_two_people_record_at_once_and_the_second_is_told(world, plan):
    activity = plan()
    attend(world, activity, "诺敏", 才让="倒班")
    with pytest.raises(Refused, match="别人刚刚记过“电解支部”"):
        attend(world, activity, "诺敏", "才让", by="党宁", step=1)
    assert Attendance.objects.get(person__name="才让").presence == "leave"
    attend(world, activity, "诺敏", "才让", by="党宁", step=2)
    assert Attendance.objects.get(person__name="才让").presence == "present"


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [({"周舟": PRESENT}, "名单已有变化"), ({"才让": Mark("leave", " ")}, "写明原因")],
)
def test_wrong_marks_are_refused_whole(world, plan, marks, sentence):
    activity = plan()
    told = {world.person(name).pk: mark for name, mark in marks.items()} | {world.person("诺敏").pk: PRESENT}
    with pytest.raises(Refused, match=sentence):
        attendance.attend(
            activity=activity, host=activity.hosts.get(), marks=told, step=1, by=world.user("诺敏"), at=NOON
        )
    assert not Attendance.objects.exists()


def test_a_joint_day_counts_for_each_branch_and_each_secretary_records_their_own(world, plan):
    activity = plan(others=["P-W2"])
    attend(world, activity, "诺敏")
    attend(world, activity, "周舟", by="周舟", code="P-W2")
    with pytest.raises(Refused, match="没有组织“电解支部”"):
        attend(world, activity, "诺敏", by="周舟", step=2)
    hold(world, activity)
    assert owing(world) == []
    total = participation.table(world.unit("P"), TODAY).total
    assert (total.held, total.owing) == (2, 2)


def test_what_a_merged_branch_held_counts_for_the_one_that_took_over(world, plan, clock):
    activity = plan(body="P-W2", by="周舟")
    attend(world, activity, "周舟", by="周舟", code="P-W2")
    hold(world, activity, by="周舟")
    ahead = plan(body="P-W2", by="周舟", days=5)
    clock(NOON + DAY)
    units.merge_unit(
        unit=world.unit("P-W2"), target=world.unit("P-W1-A"), on=TODAY + DAY, by=world.user("赵系"), at=NOON + DAY
    )
    activities.follow_bodies(at=NOON + DAY)

    assert owing(world, on=TODAY + DAY) == []
    assert owing(world, on=TODAY) == ["P-W1-A"]
    ahead.refresh_from_db()
    assert (ahead.body.code, [host.body.code for host in ahead.hosts.all()]) == ("P-W1-A", ["P-W1-A"])
    assert activities.follow_bodies(at=NOON + DAY) == 0


def test_a_past_day_of_a_merged_branch_is_written_down_of_its_own_members(world, plan, clock):
    activity = plan(body="P-W2", by="周舟")
    clock(NOON + DAY)
    units.merge_unit(
        unit=world.unit("P-W2"), target=world.unit("P-W1-A"), on=TODAY + DAY, by=world.user("赵系"), at=NOON + DAY
    )
    activities.follow_bodies(at=NOON + DAY)

    activity.refresh_from_db()
    host = activity.hosts.select_related("body").get()
    assert (activity.body.code, host.body.code) == ("P-W1-A", "P-W2")
    assert [one.person.name for one in queries.expected(host, activity)] == ["周舟"]
    attendance.attend(
        activity=activity, host=host, marks={world.person("周舟").pk: Mark("present")}, step=1, by=world.user("诺敏"),
        at=NOON + DAY,
    )  # fmt: skip
    hold(world, activity, by="诺敏", at=NOON + DAY)
    assert owing(world, on=TODAY + DAY) == []


def test_what_a_branch_held_counts_on_through_a_second_merger(world, plan, clock):
    units.open_units([NewUnit("P-W3", "party_branch", "三支部", "P-NORTH")], on=DAY_ONE, by=None, at=START)
    activity = plan(body="P-W2", by="周舟")
    attend(world, activity, "周舟", by="周舟", code="P-W2")
    hold(world, activity, by="周舟")
    for days, (unit, target) in enumerate([("P-W2", "P-W3"), ("P-W3", "P-W1-A")], start=1):
        on = TODAY + days * DAY
        units.merge_unit(unit=world.unit(unit), target=world.unit(target), on=on, by=None, at=NOON + days * DAY)

    assert owing(world, on=TODAY + 2 * DAY) == []
    own = [world.unit("P-W1-A")]
    assert [monthly.owing_among(own, TODAY + n * DAY) for n in (1, 2)] == [own, []]
    places = {world.unit("P-W1-A").pk: ""}
    assert monthly.held_by(places, TODAY + 2 * DAY) == {world.unit("P-W1-A").pk: 1}


def test_a_day_whose_attendance_is_written_down_is_not_moved(world, plan):
    activity = plan()
    attend(world, activity, "诺敏")
    starts = activity.starts_at + 5 * DAY
    new = Plan(
        sort="theme_day", body=world.unit("P-W1-A"), title="改期", starts_at=starts, ends_at=starts + DAY / 12,
        responsible=world.person("诺敏"),
    )  # fmt: skip
    with pytest.raises(Refused, match="已有到会记录"):
        activities.change(new, activity=activity, by=world.user("诺敏"), at=NOON)
    activity.refresh_from_db()
    assert (activity.title, activity.on_date) == ("重温入党誓词", TODAY)


def test_not_held_says_why_and_still_owes(world, plan):
    activity = plan()
    with pytest.raises(Refused, match="未开展的原因"):
        activities.not_hold(activity=activity, reason=" ", by=world.user("诺敏"), at=NOON)
    activities.not_hold(activity=activity, reason="封控", by=world.user("诺敏"), at=NOON)
    assert "P-W1-A" in owing(world)


def test_after_the_month_is_closed_a_correction_says_why(world, plan):
    activity, late = plan(), NOON + 20 * DAY
    with pytest.raises(Refused, match="2月的记录已经截止"):
        attend(world, activity, "诺敏", at=late)
    attend(world, activity, "诺敏", at=late, reason="签到表晚交")
    hold(world, activity, at=late, reason="签到表晚交")
    activity.refresh_from_db()
    assert (activity.status, activity.correction) == ("held", "签到表晚交")
    assert owing(world, on=date(2020, 2, 29)) == ["P-W2"]


def test_nothing_is_recorded_before_the_day(world, plan):
    activity = plan(days=3)
    with pytest.raises(Refused, match="才开展"):
        attend(world, activity, "诺敏")
    activities.not_hold(activity=activity, reason="改期", by=world.user("诺敏"), at=NOON)
    assert Notice.objects.filter(text__startswith="取消").count() == 1


def test_of_a_past_day_those_are_expected_who_were_members_then(world, plan, clock):
    activity = plan()
    clock(NOON + 2 * DAY)
    people.leave(person=world.person("才让"), on=TODAY + DAY, by=world.user("欧阳"), at=NOON + DAY)
    host = activity.hosts.get()
    assert [one.person.name for one in queries.expected(host, activity)] == ["诺敏", "才让"]


def test_a_body_above_invites_every_branch_below(world, plan):
    activity = plan(body="P-NORTH", by="党宁", sort="lecture")
    assert sorted(host.body.code for host in activity.hosts.all()) == ["P-W1-A", "P-W2"]
    assert owing(world) == ["P-W1-A", "P-W2"]  # a lecture is no theme day


def test_the_rule_of_each_month_is_the_one_of_that_month(world):
    top, by = world.unit("P"), world.user("党宁")
    reminding.set_rhythm(
        top=top, sort="theme_day", times=0, warn_day=20, close_day=5, from_date=date(2020, 3, 1), by=by, at=NOON
    )
    assert owing(world, on=TODAY) == ["P-W1-A", "P-W2"]
    assert owing(world, on=date(2020, 3, 10)) == []
    with pytest.raises(Refused, match="一号"):
        reminding.set_rhythm(
            top=top, sort="theme_day", times=2, warn_day=20, close_day=5, from_date=date(2020, 4, 2), by=by, at=NOON
        )


def test_secretaries_are_reminded_once_a_day(world):
    path, said = world.unit("P").path, {"unit": world.unit("P"), "on": TODAY, "by": world.user("党宁"), "at": NOON}
    assert reminding.remind(path=path, **said) == 2
    assert reminding.remind(path=path, **said) == 0


@pytest.mark.parametrize(
    ("day", "today", "closed"),
    [
        (date(2020, 2, 20), date(2020, 2, 29), False),
        (date(2020, 2, 20), date(2020, 3, 5), False),
        (date(2020, 2, 20), date(2020, 3, 6), True),
        (date(2019, 12, 31), date(2020, 1, 6), True),
    ],
)
def test_when_a_month_is_closed(day, today, closed):
    assert is_closed(day, 5, today) == closed


@pytest.mark.parametrize(
    ("text", "key"), [("2020-01", "2020-01"), ("2021-01", "2020-02"), ("x", "2020-02"), ("", "2020-02")]
)
def test_which_month_is_meant(text, key):
    assert read_month(text, TODAY).key == key
    assert month_of(date(2019, 12, 5)).until == date(2020, 1, 1)


def test_who_may_see_the_drafts(world, plan):
    draft = plan(published=False)
    assert Activity.objects.get() == draft
    assert [draft in queries.activities_for(world.user(who)) for who in ("党宁", "诺敏", "才让", "周舟")] == [
        True, True, False, False
    ]  # fmt: skip
