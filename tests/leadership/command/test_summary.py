"""A summary's numbers open into the rows that they counted at the stand-down, whatever becomes of those later."""

from datetime import time

import pytest
from django.db.models import Sum

from wuli.kernel.ledger.actions import items
from wuli.kernel.ledger.models import Item
from wuli.kernel.ledger.rules import kinds
from wuli.kernel.ledger.rules.kinds import ItemKind
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.rules.duties import Perm
from wuli.leadership.command.actions import duty, presence, responses, standing_down
from wuli.leadership.command.models import KeyPerson, SummaryRow
from wuli.leadership.command.queries.summary import COUNTED
from wuli.leadership.command.rules.rotation import Pattern
from wuli.leadership.command.rules.summary import FIGURES, figure_of

from .conftest import DAY, HOUR, MORNING, TODAY, fresh

END = MORNING + 3 * DAY


@pytest.fixture
def ended(response, world, set_up):
    """Three days: North has a group and a desk that hands nothing over, 诺敏 is back, 林河 has something to do."""
    by = world.user("顾岚")
    set_up("NORTH", "诺敏")
    desk = duty.open_desk(unit=world.unit("NORTH"), phone="1", by=None, at=MORNING)
    officers = [world.person("欧阳"), world.person("林河")]
    duty.arrange(desk=desk, pattern=Pattern(TODAY, TODAY + 5 * DAY, time(9), 24, (), officers), by=None, at=MORNING)
    key = KeyPerson.objects.select_related("response").get(person__name="诺敏")
    presence.state(key=key, status="at_post", by=world.user("诺敏"), at=MORNING + HOUR)
    responses.write_note(response=response, unit=world.unit("G"), happened_at=MORNING, text="开会", by=by, at=MORNING)
    items.open_item(title="修滤袋", unit=world.unit("WORKS-1"), owner=world.person("林河"), by=None, at=MORNING + HOUR)
    standing_down.stand_down(response=response, reason="结束", conclusion="", by=by, at=END)
    return fresh(response)


def names(response, figure):
    return set(SummaryRow.objects.filter(response=response, figure=figure).values_list("name", flat=True))


def test_every_number_is_the_sum_of_its_rows(ended):
    figures = ended.summary["figures"]
    sums = dict(SummaryRow.objects.values_list("figure").annotate(n=Sum("value")).order_by())
    assert {code: sums.get(code, 0) for code in COUNTED} == {code: figures[code] for code in COUNTED}
    known = {
        "command.units": 6, "command.with_group": 1, "command.with_desk": 1, "command.expected": 3,
        "command.at_post": 1, "duty.shifts": 2, "duty.missed": 2, "ledger.opened": 1, "response.notes": 1,
    }  # fmt: skip
    assert {code: figures[code] for code in known} == known
    told = [one for _label, some in FIGURES for one in some]
    assert {one.code for one in told} == set(figures)
    assert all(not one.rows or figure_of(one.rows) for one in told)


def test_the_rows_stay_as_they_were(ended, world, clock):
    units.merge_unit(
        unit=world.unit("WORKS-2"), target=world.unit("WORKS-1"), on=TODAY + 4 * DAY, by=world.user("赵系"), at=END
    )  # fmt: skip
    units.rename_unit(unit=world.unit("NORTH"), name="华北板块", on=TODAY + 4 * DAY, by=world.user("赵系"), at=END)
    Item.objects.update(title="改了名")
    assert names(ended, "command.units") == {"同舟集团", "北方板块", "南方板块", "一厂", "二厂", "三厂"}
    assert names(ended, "ledger.opened") == {"修滤袋"}


def test_a_number_opens_into_its_rows_as_far_as_one_may_see_them(signed_in, ended):
    page = f"/command/{ended.pk}/summary/"
    assert f'href="{page}command.units/"' in signed_in("顾岚").get(page).content.decode()
    whole = signed_in("顾岚").get(f"{page}command.units/").content.decode()
    assert all(name in whole for name in ("三厂", "一厂", "终止时的明细"))
    part = signed_in("诺敏").get(f"{page}command.units/").content.decode()
    assert ("三厂" in part, "您能看到其中 3" in part) == (False, True)
    assert signed_in("才让").get(f"{page}command.units/").status_code == 404
    assert signed_in("顾岚").get(f"{page}response.days/").status_code == 404


def test_rows_are_paged_at_the_same_cost(signed_in, ended, world, django_assert_num_queries):
    client, page = signed_in("顾岚"), f"/command/{ended.pk}/summary/command.units/"
    client.get(page)
    with django_assert_num_queries(99, exact=False) as few:
        client.get(page)
    SummaryRow.objects.bulk_create(
        SummaryRow(response=ended, figure="command.units", unit=world.unit("G"), name=f"第 {n} 厂") for n in range(300)
    )
    with django_assert_num_queries(len(few)):
        assert client.get(page).content.decode().count("<tr>") == 101


def test_what_needs_a_permission_of_its_own_is_not_told_in_a_summary(response, world):
    kinds.register(ItemKind("test.secret", "保密事项", sees=Perm.DUTY_ARRANGE))
    try:
        items.open_item(
            title="某人住院", kind="test.secret", unit=world.unit("G"), owner=world.person("党宁"), by=None, at=MORNING
        )  # fmt: skip
        standing_down.stand_down(response=response, reason="结束", conclusion="", by=world.user("顾岚"), at=END)
        assert names(response, "ledger.opened") == {"保密事项"}
    finally:
        kinds.forget("test.secret")


def test_a_summary_without_kept_rows_says_so(signed_in, ended):
    SummaryRow.objects.all().delete()
    page = signed_in("顾岚").get(f"/command/{ended.pk}/summary/").content.decode()
    assert "没有留存明细" in page
    assert "/summary/command.units/" not in page
