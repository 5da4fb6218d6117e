"""Who employs, who manages, who is responsible: told for any day, with what is missing and who must fill it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.world import DAY_ONE, START
from wuli.base.clock import today
from wuli.kernel.orgs.actions import people, postings
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models import Posting
from wuli.kernel.orgs.models.posting import Duty
from wuli.leadership.grid.actions import boards, cells
from wuli.leadership.grid.queries import chain

FEB = date(2020, 2, 1)
MARCH = date(2020, 3, 1)


def told(answers, question):
    """label → (place, names, what is missing)."""
    links = next(answer.links for answer in answers if answer.question == question)
    return {link.label: (link.place, [one.name for one in link.holders], link.gap) for link in links}


def of(world, name, question, on=None, reader="顾岚"):
    return told(chain.of_person(world.person(name), on or today(), seen_by=world.user(reader)), question)


def test_all_three_questions_have_an_answer(world):
    assert of(world, "才让", "谁用工") == {"用工单位": ("一厂", [], "")}
    assert of(world, "才让", "谁管理") == {"班组网格": ("电解一班", ["才让"], "")}
    assert of(world, "才让", "谁负责")["业务板块"] == ("北方板块", ["诺敏"], "")


def test_a_missing_keeper_is_named_with_who_must_appoint_one(world):
    assert of(world, "林河", "谁管理") == {
        "班组网格": ("电解二班", [], "没有网格员，应由北方板块主要负责人诺敏任命")}  # fmt: skip


def test_a_missing_head_is_for_the_security_administrator(world):
    place, names, gap = of(world, "才让", "谁负责")["第一责任人"]
    assert (place, names, gap) == ("一厂", [], "没有主要负责人，应由同舟集团安全管理员钱安任命")


def test_a_missing_secretary_is_for_the_party_officer(world):
    assert of(world, "才让", "谁负责")["党组织"] == ("电解支部", [], "没有书记，应由党宁（党务干部）任命")
    assert "党组织" not in of(world, "林河", "谁负责")


def test_someone_hung_above_the_teams_is_in_no_cell(world, join):
    join("WORKS-1", name="游离")

    assert of(world, "游离", "谁管理") == {
        "网格": ("一厂", [], "没有编入网格，应由北方板块花名册管理员欧阳编入")}  # fmt: skip


def test_whom_an_outside_company_employs_the_house_manages(world, join):
    join("W1-T1", name="外协", outside_employer="彼岸检修公司")

    assert of(world, "外协", "谁用工") == {"外协单位": ("彼岸检修公司", [], "")}
    assert of(world, "外协", "谁管理") == {"班组网格": ("电解一班", ["才让"], "")}


def test_who_stands_in_is_told_while_they_do(world):
    held = Posting.objects.get(duty="grid_keeper")
    on = today()
    postings.delegate(
        posting=held,
        to=world.person("林河"),
        from_date=on,
        until_date=on + timedelta(3),
        by=world.user("才让"),
        at=START,
    )

    now, later = (chain.of_person(world.person("才让"), day, seen_by=world.user("顾岚")) for day in (
        on, on + timedelta(3)))  # fmt: skip

    assert [(one.name, one.instead_of) for one in now[1].links[0].holders] == [("才让", ""), ("林河", "才让")]
    assert [one.name for one in later[1].links[0].holders] == ["才让"]


def test_a_keeper_who_leaves_is_a_gap_from_that_day(world):
    people.leave(person=world.person("才让"), on=MARCH, by=world.user("欧阳"), at=START)

    assert of(world, "诺敏", "谁管理", FEB)["班组网格"][1] == ["才让"]
    assert of(world, "诺敏", "谁管理", MARCH)["班组网格"][1] == []


def test_a_past_day_is_told_as_it_was_and_since_when(world):
    place = Place(world.unit("W1-T2"), world.unit("WORKS-1"))
    people.transfer(person=world.person("才让"), place=place, on=MARCH, by=world.user("欧阳"), at=START)

    assert of(world, "才让", "谁管理", FEB)["班组网格"][0] == "电解一班"
    assert of(world, "才让", "谁管理", MARCH)["班组网格"][0] == "电解二班"
    answers = chain.of_person(world.person("才让"), MARCH, seen_by=world.user("顾岚"))
    assert [answers[0].links[0].since, answers[1].links[0].since] == [DAY_ONE, MARCH]


def test_before_the_first_day_there_is_nothing_to_tell(world):
    assert chain.of_person(world.person("才让"), date(2019, 12, 31), seen_by=world.user("顾岚")) == []


def test_the_cell_inside_a_team_comes_before_the_team(world, join):
    join("W1-T1", "电解", "出铝工", name="出铝")
    by = world.user("诺敏")
    cell = cells.cut(unit=world.unit("W1-T1"), process_step="电解", post="", on=FEB, reason="", by=by, at=START)

    assert of(world, "出铝", "谁管理") == {
        "工序网格": ("电解", [], "没有网格员，应由北方板块主要负责人诺敏任命"),
        "班组网格": ("电解一班", ["才让"], ""),
    }  # fmt: skip

    cells.keep(cell=cell, role="keeper", person=world.person("林河"), on=FEB, reason="", by=by, at=START)
    assert of(world, "出铝", "谁管理")["工序网格"] == ("电解", ["林河"], "")
    assert "工序网格" not in of(world, "才让", "谁管理")


def test_a_unit_tells_who_keeps_it_and_who_is_responsible_above(world):
    answers = chain.of_unit(world.unit("W1-T1"), today(), seen_by=world.user("顾岚"))

    assert told(answers, "谁管理") == {"班组网格": ("电解一班", ["才让"], "")}
    assert list(told(answers, "谁负责")) == ["车间", "第一责任人", "业务板块", "集团", "党组织"]
    assert chain.of_unit(world.unit("W1-T1"), date(2019, 12, 31), seen_by=world.user("顾岚")) == []


@pytest.mark.parametrize(("published", "shown"), [("", "138****0003"), ("0871-8123", "0871-8123")])
def test_numbers_are_masked_unless_made_public(world, published, shown):
    if published:
        boards.publish_phone(
            person=world.person("才让"), phone=published, unit=world.unit("W1-T1"), by=world.user("诺敏"), at=START
        )
    answers = chain.of_person(world.person("诺敏"), today(), seen_by=world.user("马力"))
    assert answers[1].links[0].holders[0].phone == shown


def test_it_stands_on_the_pages_of_people_and_units_and_ones_own(signed_in, world):
    pages = [
        reverse("orgs:person", args=[world.person("诺敏").pk]),
        reverse("orgs:unit", args=[world.unit("W1-T1").pk]),
    ]
    for page in [*pages, reverse("orgs:me")]:
        shown = signed_in("才让").get(page).content.decode()
        assert shown.count("谁用工、谁管理、谁负责") == 1, page
        assert "班组网格" in shown


def test_whoever_stands_in_may_do_what_a_keeper_may(world):
    from wuli.kernel.orgs.queries.scope import may
    from wuli.kernel.orgs.rules.duties import Perm

    postings.post(
        person=world.person("林河"), duty=Duty.DEPUTY_KEEPER, unit=world.unit("W1-T1"), from_date=FEB, by=None, at=START
    )
    assert may(world.user("林河"), Perm.PERSON_UNMASK, world.unit("W1-T1"))
    assert not may(world.user("林河"), Perm.PERSON_UNMASK, world.unit("W1-T2"))
