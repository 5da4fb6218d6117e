"""What a list of units writes: like the pages, one unit after another, and as a whole or not at all."""

from datetime import date, timedelta

import pytest

from tests.kernel.orgs.tree.conftest import AT, DAY
from tests.kernel.orgs.tree.files import line
from tests.kernel.orgs.tree.test_units_check import USCC
from wuli.base.clock import FOREVER
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import imports, people, units
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.actions.sheets import running
from wuli.kernel.orgs.actions.tree import changing
from wuli.kernel.orgs.models import About, FileImport, Person, Placement, Posting, Unit
from wuli.kernel.orgs.queries.soundness import faults

Status = FileImport.Status
WHEN = {"on": DAY, "by": None, "at": AT}
APPLY_QUERIES = 19

LIST = [
    line("N-T1", "一班", parent="N-S"),
    line("N-S", "新车间", "车间", "N"),
    line("N", "新厂", "企业", "NORTH", listed="是", opened_on="2020-01-20")
    | {"uscc": USCC, "region": "630000", "zone": "Asia/Urumqi"},
    line("N-P", "新厂支部", "党支部", "P-NORTH", serves="N"),
    line("W1-T1", "电解三班", parent="N-S"),
    line("SOUTH", "南部板块", "业务板块", "G"),
    line("WORKS-2", "二厂", "企业", "SOUTH", region="630000"),
    line("P-W1-A", "电解支部", "党支部", "P-W1", serves="N-S"),
    line("W1-T2", "电解二班", parent="W1-SHOP"),
]


def verbs(since):
    return sorted(Event.objects.filter(pk__gt=since).values_list("verb", flat=True))


def newest():
    return Event.objects.order_by("-pk").values_list("pk", flat=True)[0]


def everything():
    """All that an import of units could touch."""
    return [list(model.objects.order_by("pk").values()) for model in (Unit, Placement, Person, Posting)]


def test_a_list_is_written_like_one_unit_after_another(world, bring_in):
    since = newest()
    one = bring_in(*LIST)
    assert one.status == Status.DONE
    assert {key: one.counts[key] for key in ("opened", "moved", "renamed", "amended", "unchanged")} == {
        "opened": 4, "moved": 2, "renamed": 1, "amended": 1, "unchanged": 1}  # fmt: skip
    new, team = world.unit("N"), world.unit("W1-T1")
    assert (new.uscc, new.region_id, new.zone, new.listed, str(new.opened_on)) == (
        USCC, "630000", "Asia/Urumqi", True, "2020-01-20")  # fmt: skip
    assert (world.unit("N-T1").zone, str(world.unit("N-T1").opened_on)) == ("Asia/Urumqi", "2020-02-03")
    assert (world.unit("N-P").serves, world.unit("P-W1-A").serves) == (new, world.unit("N-S"))
    assert (team.name, team.initials, team.parent.code) == ("电解三班", "djsb", "N-S")
    assert world.person("才让").path == team.path
    assert [(p.name, p.until_date) for p in team.placements.order_by("from_date")] == [
        ("电解一班", DAY), ("电解三班", FOREVER)]  # fmt: skip
    assert verbs(since) == sorted(
        ["unit.opened"] * 4 + ["unit.renamed"] * 2 + ["unit.moved"] * 2 + ["unit.amended"] * 2 + ["unit.imported"]
    )
    moved = Event.objects.get(verb="unit.moved", subject_name="二厂")
    assert moved.changes == {"parent": ["北方板块", "南部板块"], "from": [None, "2020-02-03"]}
    assert faults() == []


def test_the_same_list_again_changes_nothing(world, bring_in, received):
    bring_in(*LIST)
    before = everything()
    again = received(*LIST)
    assert again.counts["unchanged"] == len(LIST)
    with pytest.raises(Refused, match="没有需要写入的变化"):
        imports.confirm(file_import=again, good_rows_only=False, by=world.user("赵系"), at=AT)
    assert everything() == before


def test_bad_lines_keep_all_out_unless_only_the_good_are_asked_for(world, received, bring_in):
    lines = [line("N-1"), line("N-2", parent="NOWHERE"), line("N-3", kind="车间", parent="N-2")]
    one, before = received(*lines), everything()
    with pytest.raises(Refused, match="有 2 行不能导入"):
        imports.confirm(file_import=one, good_rows_only=False, by=world.user("赵系"), at=AT)
    assert everything() == before
    assert bring_in(*lines, good=True).status == Status.DONE
    assert set(Unit.objects.filter(code__startswith="N-").values_list("code", flat=True)) == {"N-1"}


def test_both_lines_of_a_group_come_in_one_file(world, bring_in):
    Unit.objects.filter(code="P").update(serves=None)
    lines = [line("Q-A", "支部", "党支部", "Q", serves="WORKS-1"), line("Q", "党组", "党组", "")]
    assert bring_in(*lines).counts["opened"] == 2
    assert world.unit("Q").serves == world.unit("G")
    assert bring_in(*lines, line("Q-B", "二支部", "党支部", "Q")).counts["unchanged"] == 2
    assert faults() == []


def test_units_close_with_their_duties(world, bring_in):
    for name in ("诺敏", "欧阳", "才让", "林河"):
        people.leave(person=world.person(name), on=date(2020, 1, 20), by=None, at=AT)
    day = {"closed_on": "2020-02-02"}
    bring_in(*(line(code, world.unit(code).name, "", "", **day) for code in ("W1-SHOP", "W1-T1", "W1-T2")))
    team = world.unit("W1-T1")
    assert (str(team.closed_on), str(team.placements.get().until_date)) == ("2020-02-02", "2020-02-02")
    assert not Posting.objects.filter(unit=team, until_date__gt=date(2020, 2, 2)).exists()
    assert Event.objects.filter(verb="unit.closed").count() == 3
    assert faults() == []


def test_many_at_once_write_what_one_at_a_time_writes(world):
    later = {**WHEN, "on": DAY + timedelta(days=5)}
    moves = {"W1-SHOP": "WORKS-2", "WORKS-2": "SOUTH", "W2-T1": "W1-SHOP"}
    names = {"W1-T1": "甲班", "WORKS-2": "二分厂"}
    for code, name in names.items():
        units.rename_unit(unit=world.unit(code), name=name, **WHEN)
    for code, target in moves.items():
        units.move_unit(unit=world.unit(code), target=world.unit(target), **later)
    since = newest()
    one_at_a_time = [_tree(), _told(0)]
    _back()
    keys = {unit.code: unit.pk for unit in Unit.objects.all()}
    changing.rename_units({keys[code]: name for code, name in names.items()}, **WHEN)
    changing.move_units({keys[code]: keys[target] for code, target in moves.items()}, **later)
    assert [_tree(), _told(since)] == one_at_a_time
    assert faults() == []


def _tree():
    placed = Placement.objects.order_by("unit__code", "from_date")
    return [
        list(Unit.objects.order_by("code").values("code", "name", "pinyin", "path", "depth", "parent__code")),
        list(placed.values("unit__code", "name", "path", "parent__code", "from_date", "until_date")),
        list(Person.objects.order_by("number").values("number", "path")),
    ]


def _told(since):
    told = Event.objects.filter(pk__gt=since, verb__in=["unit.renamed", "unit.moved"])
    return sorted((event.verb, event.subject_name, str(event.changes)) for event in told)


def _back():
    """The tree as it was on the first day."""
    Placement.objects.filter(from_date__gte=DAY).delete()
    Placement.objects.update(until_date=FOREVER)
    for placement in Placement.objects.select_related("parent"):
        Unit.objects.filter(pk=placement.unit_id).update(
            name=placement.name, path=placement.path, depth=len(placement.path) // 4 - 1, parent=placement.parent
        )
    for person in Person.objects.select_related("unit"):
        Person.objects.filter(pk=person.pk).update(path=person.unit.path)
    for unit in Unit.objects.all():
        unit.pinyin, unit.initials = units.pinyin_of(unit.name)
        unit.save()


def _confirmed(world, received, *lines):
    one = received(*lines)
    imports.confirm(file_import=one, good_rows_only=False, by=world.user("赵系"), at=AT)
    return one


def test_of_two_at_once_the_second_is_shown_again(world, received):
    first = _confirmed(world, received, line("N-1", "甲班"))
    second = _confirmed(world, received, line("N-1", "乙班"))
    for one in (first, second):
        running.apply(pk=one.pk, at=AT)
        one.refresh_from_db()
    assert (first.status, second.status) == (Status.DONE, Status.CHECKED)
    assert second.notes["changed"] is True
    assert second.counts["renamed"] == 1
    assert world.unit("N-1").name == "甲班"


def test_people_who_came_meanwhile_keep_a_unit_open(world, received):
    people.leave(person=world.person("林河"), on=date(2020, 1, 20), by=None, at=AT)
    one = _confirmed(world, received, line("W1-T2", "电解二班", "", "", closed_on="2020-02-02"))
    people.join(number="50001", name="新人", place=Place(world.unit("W1-T2"), world.unit("WORKS-1")), **WHEN)
    running.apply(pk=one.pk, at=AT)
    one.refresh_from_db()
    assert (one.status, one.counts["refused"]) == (Status.CHECKED, 1)
    assert world.unit("W1-T2").closed_on == FOREVER


def test_a_change_elsewhere_does_not_stand_in_the_way(world, received):
    one = _confirmed(world, received, line("N-1"))
    units.rename_unit(unit=world.unit("SOUTH"), name="南部板块", **WHEN)
    running.apply(pk=one.pk, at=AT)
    assert world.unit("N-1").parent.code == "WORKS-1"


def test_without_the_duty_nothing_is_taken_in_or_written(world, received):
    said = {"about": About.UNITS, "chunks": [b"x"], "size": 1, "name": "x", "at": AT}
    with pytest.raises(Refused, match="职责"):
        imports.receive(unit=world.unit("G"), on=DAY, by=world.user("欧阳"), **said)
    with pytest.raises(Refused, match="不能晚于今天"):
        imports.receive(unit=world.unit("G"), on=DAY + timedelta(days=1), by=world.user("赵系"), **said)
    one = _confirmed(world, received, line("N-1"))
    Posting.objects.filter(person__name="赵系").update(until_date=DAY)
    running.apply(pk=one.pk, at=AT)
    one.refresh_from_db()
    assert one.status == Status.REFUSED
    assert not Unit.objects.filter(code="N-1").exists()


def test_a_failure_half_way_leaves_nothing(world, received, monkeypatch):
    one = _confirmed(world, received, *LIST)
    before = everything()
    monkeypatch.setattr(changing, "amend_units", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        running.apply(pk=one.pk, at=AT)
    assert everything() == before


@pytest.mark.parametrize("count", [1, 200])
def test_new_units_are_written_under_the_same_queries(world, received, django_assert_num_queries, count):
    one = _confirmed(world, received, *(line(f"N-{n}") for n in range(count)))
    with django_assert_num_queries(APPLY_QUERIES):
        running.apply(pk=one.pk, at=AT)
    assert Unit.objects.filter(code__startswith="N-").count() == count
