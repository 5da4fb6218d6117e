"""Notice boards: who stands on them, which numbers, what duties and whom to call; and the printing of them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.world import START
from wuli.base import clock
from wuli.base.clock import today
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import people, postings
from wuli.kernel.orgs.models.posting import Duty
from wuli.leadership.grid.actions import boards, cells, keepers, packs
from wuli.leadership.grid.models import DutyText, Pack
from wuli.leadership.grid.queries.boards import grids_below, notices
from wuli.leadership.grid.rules.boards import OF_A_CELL, OF_A_LEADER

FEB = date(2020, 2, 1)


def notice(world, unit="W1-T1", reader="诺敏", *, printing=True, on=None):
    """The board of one grid."""
    on = on or today()
    placed = grids_below(world.unit("G"), on, [world.unit(unit).kind]).filter(unit__code=unit)
    (made,) = notices(placed, on, reader=world.user(reader), printing=printing)
    return made


def lines(made):
    return [(one.label, one.name, one.phone) for one in made.lines]


def set_board(world, unit, **said):
    said = {"boundary": "", "hotline": "", "texts": {}} | said
    boards.set_board(unit=world.unit(unit), by=world.user("诺敏"), at=START, **said)


def test_a_board_names_those_who_answer_and_says_what_is_vacant(world):
    made = notice(world)

    assert (made.name, made.grid, made.above, made.heads.people) == ("电解一班", "班组网格", "一厂、电解车间", 3)
    assert lines(made) == [
        ("第一责任人", "", ""), ("网格长", "诺敏", "13800020001"), ("网格员", "才让", "13800020003"),
        ("副网格员", "", ""), ("联络员", "林河", "13800020004"),
    ]  # fmt: skip


def test_a_board_above_names_the_grids_below_it(world):
    assert [(name, number, one.name) for name, number, one in notice(world, "W1-SHOP").below] == [
        ("电解一班", 3, "才让"), ("电解二班", 1, "")]  # fmt: skip


def test_no_ordinary_person_stands_on_a_board(world):
    made = notice(world)
    assert "欧阳" not in str(made)


@pytest.mark.parametrize(
    ("reader", "printing", "published", "phone"),
    [
        ("诺敏", True, "", "13800020003"),
        ("诺敏", False, "", "138****0003"),
        ("林河", True, "", ""),
        ("林河", False, "", "138****0003"),
        ("诺敏", True, "8123", "8123"),
        ("林河", True, "8123", "8123"),
    ],
)
def test_which_number_is_printed(world, reader, printing, published, phone):
    """The public one; else that of the roster for those who may see it; else a blank to write in."""
    if published:
        boards.publish_phone(
            person=world.person("才让"), phone=published, unit=world.unit("W1-T1"), by=world.user("诺敏"), at=START
        )
    assert ("网格员", "才让", phone) in lines(notice(world, reader=reader, printing=printing))


def test_instructors_of_the_group_and_from_outside(world):
    outside = {"person": None, "name": "向远山", "organisation": "街道办事处", "phone": "8000"}
    inside = {"person": world.person("石强"), "name": "", "organisation": "", "phone": ""}
    for who in (outside, inside):
        boards.give_instructor(unit=world.unit("W1-T1"), on=FEB, reason="", by=world.user("诺敏"), at=START, **who)
    told = [one for one in lines(notice(world)) if one[0] == "指导员"]
    assert told == [("指导员", "向远山（街道办事处）", "8000"), ("指导员", "石强", "")]

    people.leave(person=world.person("石强"), on=today(), by=world.user("欧阳"), at=START)
    assert len([one for one in lines(notice(world)) if one[0] == "指导员"]) == 1


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({}, "二者填一项"),
        ({"name": "向远山", "inside": True}, "二者填一项"),
        ({"name": "向远山", "on": date(2019, 1, 1)}, "不是开办中"),
        ({"name": "向远山", "by": "才让"}, "您不能安排"),
    ],
)
def test_instructors_that_are_refused(world, said, refusal):
    who = {
        "person": world.person("石强") if said.get("inside") else None, "name": said.get("name", ""),
        "on": said.get("on", FEB), "by": world.user(said.get("by", "诺敏")),
    }  # fmt: skip
    with pytest.raises(Refused, match=refusal):
        boards.give_instructor(
            unit=world.unit("W1-T1"), organisation="", phone="", reason="", at=START, **who
        )  # fmt: skip
    assert not world.unit("W1-T1").instructors.exists()


def test_report_line_and_duties_come_from_the_nearest_unit_above_that_set_them(world):
    assert notice(world).duties == str(OF_A_CELL).splitlines()
    assert notice(world, "W1-SHOP").duties == str(OF_A_LEADER).splitlines()

    set_board(world, "WORKS-1", hotline="8000", texts={"team": "一、巡查\n\n二、报告"})
    set_board(world, "W1-SHOP", hotline="8111")
    assert (notice(world).hotline, notice(world).duties) == ("8111", ["一、巡查", "二、报告"])
    assert notice(world, "WORKS-1").hotline == "8000"

    set_board(world, "WORKS-1", hotline="8000", texts={"team": ""})
    assert notice(world).duties == str(OF_A_CELL).splitlines()
    assert not DutyText.objects.exists()


def test_the_area_is_what_was_said_or_the_steps_of_the_team(world, join):
    join("W1-T1", "电解", "出铝工")
    join("W1-T1", "换极", "电解工")
    assert set(notice(world).boundary.split("、")) == {"电解", "换极"}
    set_board(world, "W1-T1", boundary="一号厂房东侧")
    assert notice(world).boundary == "一号厂房东侧"


def test_nothing_to_save_and_not_yours_are_refused(world):
    with pytest.raises(Refused, match="没有需要保存的改动"):
        set_board(world, "W1-T1")
    with pytest.raises(Refused, match="您不能安排"):
        boards.set_board(
            unit=world.unit("W3-T1"), boundary="x", hotline="", texts={}, by=world.user("诺敏"), at=START
        )  # fmt: skip
    assert not Event.objects.filter(verb="grid.board_set").exists()


def test_cells_inside_stand_on_the_board_of_their_team(world, join):
    join("W1-T1", "电解", "出铝工")
    by = world.user("诺敏")
    cell = cells.cut(unit=world.unit("W1-T1"), process_step="电解", post="", on=FEB, reason="", by=by, at=START)
    cells.keep(cell=cell, role="keeper", person=world.person("林河"), on=FEB, reason="", by=by, at=START)

    ((name, number, keeper, deputy),) = notice(world).cells
    assert (name, number, keeper.name, deputy.name) == ("电解", 1, "林河", "")


def test_printing_is_an_event_and_a_look_at_each_number_of_the_roster(signed_in, world):
    page = reverse("grid:board_paper", args=[world.unit("W1-T1").pk])
    client = signed_in("诺敏")

    answer = client.post(page, {"size": "A3"})

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    printed = Event.objects.get(verb="grid.boards_printed")
    assert printed.changes == {"boards": [None, 1], "size": [None, "A3"]}
    looked = Event.objects.filter(verb="person.unmasked", reason="印制网格公示牌")
    assert set(looked.values_list("subject_name", flat=True)) == {"林河", "才让"}
    assert client.get(page).status_code == 302
    assert Event.objects.filter(verb="grid.boards_printed").count() == 1


def test_a_page_of_a_board_never_shows_a_whole_number_of_the_roster(signed_in, world):
    page = signed_in("诺敏").get(reverse("grid:board", args=[world.unit("W1-T1").pk])).content.decode()
    assert "138****0003" in page
    assert "13800020003" not in page


def test_a_few_boards_come_at_once_and_many_through_the_worker(signed_in, world, monkeypatch):
    client, page = signed_in("诺敏"), reverse("grid:pack_new", args=[world.unit("NORTH").pk])
    said = {"kinds": ["enterprise", "team"], "size": "A4"}
    assert client.post(page, said)["Content-Type"] == "application/pdf"

    monkeypatch.setattr("wuli.leadership.grid.views.boards.AT_ONCE", 2)
    queued = []
    monkeypatch.setattr("wuli.leadership.grid.views.boards.set_going", queued.append)
    answer = client.post(page, said)

    pack = Pack.objects.get()
    assert answer.url == reverse("grid:pack", args=[pack.pk])
    assert queued == [pack]
    assert (pack.boards, pack.status) == (5, "making")
    assert "正在生成" in client.get(answer.url).content.decode()
    assert "还在生成" in client.post(page, said).content.decode()
    _made_by_the_worker(client, pack)
    assert signed_in("顾岚").get(reverse("grid:pack_file", args=[pack.pk])).status_code == 404


def _made_by_the_worker(client, pack):
    from wuli.leadership.grid.tasks import make_pack

    make_pack.func(pack.pk, "zh-hans")
    make_pack.func(pack.pk, "zh-hans")

    assert "已生成" in client.get(reverse("grid:pack", args=[pack.pk])).content.decode()
    assert client.get(reverse("grid:pack_file", args=[pack.pk])).content.startswith(b"%PDF-")
    assert Event.objects.filter(verb="grid.boards_printed").count() == 2


def test_nobody_gets_a_file_of_a_unit_that_they_may_no_longer_look_at(world):
    from wuli.leadership.grid.tasks import make_pack

    user = world.user("诺敏")
    pack = packs.ask(unit=world.unit("W3-T1"), kinds=["team"], size="A4", boards=1, by=user, at=clock.now())
    make_pack.func(pack.pk, "zh-hans")
    pack.refresh_from_db()
    assert (pack.status, pack.content) == ("failed", None)
    assert not Event.objects.filter(verb="grid.boards_printed").exists()


def test_somebody_is_instructor_of_a_grid_once_and_only_while_on_the_roll(world):
    who = {"unit": world.unit("W1-T1"), "on": FEB, "reason": "", "by": world.user("诺敏"), "at": START}
    outside = {"person": None, "name": "向远山", "organisation": "", "phone": ""}
    boards.give_instructor(**outside, **who)
    with pytest.raises(Refused, match="向远山已经是电解一班的指导员"):
        boards.give_instructor(**outside, **who)
    people.leave(person=world.person("石强"), on=FEB, by=world.user("欧阳"), at=START)
    with pytest.raises(Refused, match="不在册"):
        boards.give_instructor(**outside | {"person": world.person("石强"), "name": ""}, **who)
    assert world.unit("W1-T1").instructors.count() == 1


def test_files_are_forgotten_and_stopped_ones_given_up(world):
    ask = {"unit": world.unit("NORTH"), "kinds": ["team"], "size": "A4", "boards": 3}
    at = clock.now()
    packs.ask(by=world.user("诺敏"), at=at - timedelta(days=4), **ask)
    stopped = packs.ask(by=world.user("顾岚"), at=at - timedelta(hours=2), **ask)

    assert packs.tidy(at=at) == 2
    assert Pack.objects.get() == stopped
    assert Pack.objects.get().status == "failed"
    assert packs.tidy(at=at) == 0


def test_a_board_of_a_past_day_is_as_it_was(world):
    keepers.appoint(
        unit=world.unit("W1-T1"), keeper=world.person("林河"), deputy=None, on=FEB, reason="", by=world.user("诺敏"),
        at=START,
    )  # fmt: skip
    postings.post(
        person=world.person("欧阳"), duty=Duty.HEAD, unit=world.unit("WORKS-1"), from_date=FEB, by=None, at=START
    )
    before, after = (dict(one[:2] for one in lines(notice(world, on=day))) for day in (date(2020, 1, 31), FEB))
    assert (before["第一责任人"], before["网格员"]) == ("", "才让")
    assert (after["第一责任人"], after["网格员"]) == ("欧阳", "林河")


def test_many_boards_cost_as_many_queries_as_one(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        one = notices(grids_below(world.unit("W1-T1"), today(), ["team"]), today(), reader=world.user("诺敏"))
    with django_assert_max_num_queries(15):
        all_of = notices(grids_below(world.unit("G"), today(), ["team"]), today(), reader=world.user("诺敏"))
    assert (len(one), len(all_of)) == (1, 5)
