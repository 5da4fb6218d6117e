"""The demonstration group in the database: sound, the same each time, with a past and with accounts."""

from collections import Counter
from datetime import date

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Count, F, Q

from wuli.base import clock
from wuli.base.errors import Refused
from wuli.config.demo import reports
from wuli.config.demo.accounts import ACCOUNTS, PASSWORD
from wuli.config.demo.fill import fill, is_filled
from wuli.config.demo.history import CLOSED, CLOSURE, MERGED, MERGER
from wuli.config.demo.plan import make_plan
from wuli.kernel.cascade.models import Reply, Round
from wuli.kernel.cascade.queries.coverage import coverage
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.models import Item
from wuli.kernel.orgs.models import Assignment, Person, Placement, Post, Posting, Unit, User
from wuli.kernel.orgs.queries import blind_spots
from wuli.kernel.orgs.queries.scope import may, people_where
from wuli.kernel.orgs.queries.soundness import faults
from wuli.kernel.orgs.rules.duties import Perm
from wuli.leadership.command.models import DutyDesk, HandOver, Response
from wuli.leadership.command.queries import groups as command
from wuli.leadership.command.queries.duty import first_gaps
from wuli.leadership.command.queries.presence import roll_of
from wuli.leadership.command.queries.shares import whole

AT = clock.now()


@pytest.fixture(scope="module")
def plan():
    return make_plan(300)


@pytest.fixture(scope="class")
def group(plan, regions_file, django_db_setup, django_db_blocker):
    """The group of 300, filled once for all tests of a class and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(plan, regions_file=regions_file, at=AT)
        yield plan
        transaction.set_rollback(True)


def user(username):
    return User.objects.select_related("person__unit", "person__branch").get(username=username)


def contents():
    """Everything that is the same each time: all but ciphers, password hashes and running numbers."""
    person = ("number", "name", "phone", "identity_hash", "unit__code", "path", "post__name", "branch__code")
    tables = [
        Unit.objects.values_list("code", "name", "path", "parent__code", "serves__code", "uscc", "region", "closed_on"),
        Placement.objects.values_list("unit__code", "parent__code", "name", "path", "from_date", "until_date"),
        Person.objects.values_list(*person, "employer__code", "outside_employer", "on_roll_from", "on_roll_until"),
        Assignment.objects.values_list("person__number", "unit__code", "post__name", "from_date", "until_date"),
        Post.objects.values_list("unit__code", "process_step", "name"),
        Posting.objects.values_list("person__number", "duty", "unit__code", "from_date", "until_date"),
        User.objects.values_list("username", "person__number"),
        Event.objects.values_list("at", "verb", "actor_name", "subject_name", "changes", "reason"),
    ]
    return [sorted(map(str, rows)) for rows in tables]


def number_anew():
    """SQLite takes running numbers back with the rows; PostgreSQL does not, and events name them."""
    statements = connection.ops.sequence_reset_by_name_sql(no_style(), connection.introspection.sequence_list())
    with connection.cursor() as cursor:
        for statement in statements if connection.vendor == "postgresql" else ():
            cursor.execute(statement)


@pytest.mark.django_db
class TestFilled:
    def test_it_holds_as_many_as_planned(self, group):
        shape, today = group.tree.shape, clock.today()
        open_kinds = Counter(Unit.objects.open(today).values_list("kind", flat=True))
        people = Person.objects.on_roll(today)

        assert open_kinds["enterprise"] == shape.enterprises
        assert open_kinds["party_committee"] == shape.committees
        assert open_kinds["general_branch"] == shape.general_branches
        assert open_kinds["party_branch"] == shape.branches
        assert people.count() == shape.people
        assert people.filter(branch__isnull=False).count() == shape.members

    def test_it_is_sound(self, group):
        assert faults() == []

    def test_everybody_belongs_to_one_open_unit_on_their_path(self, group):
        today = clock.today()
        now = Q(assignments__from_date__lte=today, assignments__until_date__gt=today)
        people = Person.objects.on_roll(today)

        assert not people.exclude(path=F("unit__path")).exists()
        assert not people.annotate(places=Count("assignments", filter=now)).exclude(places=1).exists()
        assert not people.filter(Q(unit__closed_on__lte=today) | Q(employer__closed_on__lte=today)).exists()

    def test_every_kind_of_blind_spot_can_be_seen(self, group):
        found = blind_spots.totals(Unit.objects.get(code="TZ"), clock.today())
        assert {spot: count for spot, count in found.items() if not count} == {}

    def test_a_past_day_shows_the_names_and_places_of_that_day(self, group):
        renamed = next(change for change in group.history.changes if change.verb == "rename" and "-" not in change.unit)
        before = Placement.objects.on(clock.day_before(renamed.on)).get(unit__code=renamed.unit)
        after = Placement.objects.on(renamed.on).get(unit__code=renamed.unit)
        assert (before.name, after.name) != (after.name, before.name)
        assert after.name == Unit.objects.get(code=renamed.unit).name

        moved = next(change for change in group.history.changes if change.verb == "move" and "-" not in change.unit)
        before = Placement.objects.on(clock.day_before(moved.on)).get(unit__code=moved.unit)
        assert before.parent.code != moved.target == Unit.objects.get(code=moved.unit).parent.code

    def test_one_enterprise_was_merged_and_one_closed(self, group):
        merged, closed = Unit.objects.get(code=MERGED), Unit.objects.get(code=CLOSED)
        assert (merged.closed_on, closed.closed_on) == (MERGER, CLOSURE)
        assert merged.merged_into.is_open(clock.today())
        assert Assignment.objects.on(date(2021, 6, 30)).filter(employer=merged).exists()
        assert not Assignment.objects.on(MERGER).filter(Q(employer=merged) | Q(employer=closed, until_date__gt=CLOSURE))

    def test_some_have_left_and_some_have_changed_places(self, group):
        assert Person.objects.filter(on_roll_until__lte=clock.today()).exists()
        assert Person.objects.annotate(places=Count("assignments")).filter(places__gt=1).exists()

    @pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
    def test_every_account_opens_with_the_one_password(self, group, client, account):
        assert client.login(username=account.username, password=PASSWORD)
        assert user(account.username).person.name == account.name

    @pytest.mark.parametrize(
        ("username", "perm", "allowed"),
        [
            ("yuangong", Perm.PERSON_VIEW, False),
            ("banzu", Perm.PERSON_VIEW, True),
            ("genzong", Perm.PERSON_VIEW, True),
            ("lianluo", Perm.ROSTER_IMPORT, True),
            ("bankuai", Perm.ROSTER_EXPORT, True),
            ("zhihui", Perm.BLIND_SPOT_VIEW, True),
            ("dangwu", Perm.PERSON_VIEW, True),
            ("yewai", Perm.PERSON_VIEW, True),
            ("yinsi", Perm.EVENT_VIEW, True),
            ("xitong", Perm.UNIT_CHANGE, True),
            ("xitong", Perm.PERSON_VIEW, False),
            ("anquan", Perm.POSTING_GRANT, True),
            ("shenji", Perm.EVENT_VIEW, True),
            ("shenji", Perm.PERSON_VIEW, False),
        ],
    )
    def test_accounts_may_do_what_their_people_do(self, group, username, perm, allowed):
        assert may(user(username), perm) is allowed

    def test_the_team_leader_sees_the_employee_and_the_commander_everyone(self, group):
        employee = user("yuangong").person
        assert people_where(user("banzu"), Perm.PERSON_VIEW).contains(employee)
        assert people_where(user("zhihui"), Perm.PERSON_VIEW).count() == Person.objects.count()

    def test_the_employee_can_see_who_looked(self, group):
        looks = Event.objects.about(user("yuangong").person).filter(verb__in=["person.viewed", "person.unmasked"])
        assert {event.actor_name for event in looks} == {"马建国", "苏晓梅"}

    def test_every_day_was_asked_and_most_answered(self, group):
        dailies = Round.objects.filter(version__isnull=False)
        days = dailies.order_by("on").values_list("on", flat=True)

        assert len(days) == len(set(days)) == reports.DAYS + 1
        for of in dailies.filter(on__lt=clock.business_date(AT)):
            told = coverage(of, "")
            assert told.answered > 0.85 * told.asked, of

    def test_answers_come_from_those_who_answer_for_the_unit(self, group):
        filed = Reply.objects.filter(slot__round__version__isnull=False)
        assert filed.exists()
        assert not filed.filter(proxy=True).exists()

    def test_what_is_told_of_people_is_what_the_registers_count(self, group):
        for reply in Reply.objects.filter(slot__round__version__isnull=False).order_by("-pk")[:50]:
            assert reply.registers
            assert {key: reply.values[key] for key in reply.registers} == reply.registers

    def test_items_stand_at_every_stage(self, group):
        assert set(Item.objects.values_list("status", flat=True)) == {"open", "closing", "closed"}
        assert Item.objects.filter(stage__gt=0).exists()

    def test_sites_abroad_keep_their_own_time(self, group):
        zones = set(Unit.objects.filter(kind="enterprise").values_list("zone", flat=True))
        assert len(zones) > 1


@pytest.mark.django_db
def test_the_same_plan_fills_the_same_twice(regions_file):
    found = []
    for _time in range(2):
        with transaction.atomic():
            number_anew()
            fill(make_plan(300), regions_file=regions_file, at=AT)
            found.append(contents())
            transaction.set_rollback(True)

    assert found[0] == found[1]


@pytest.mark.django_db
def test_a_filling_that_breaks_off_leaves_nothing(plan, regions_file):
    def break_off(what, part):
        if Person.objects.exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(plan, regions_file=regions_file, at=AT, tell=break_off)

    assert not is_filled()
    assert not Unit.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_another_group_is_left_alone(world, plan, regions_file):
    before = Unit.objects.count(), Event.objects.count()

    with pytest.raises(Refused, match="已有单位"):
        fill(plan, regions_file=regions_file, at=AT)

    assert (Unit.objects.count(), Event.objects.count()) == before


@pytest.mark.django_db
class TestResponse:
    def test_most_units_lead_and_some_do_not(self, group):
        response = Response.objects.active().get()
        share = command.lines(response, response.issuer, clock.business_date(AT))
        total = whole(share)
        assert 0.7 * total.expected < total.there < total.expected

    def test_every_screen_of_duty_has_something_to_say(self, group):
        assert HandOver.objects.filter(taken_at__isnull=False).exists()
        assert first_gaps(DutyDesk.objects.all(), AT)
        assert roll_of(Response.objects.active().get()).at_post

    def test_a_response_has_ended_with_its_summary(self, group):
        ended = Response.objects.get(status="stood_down")
        assert ended.summary["figures"]["response.days"] == 6
