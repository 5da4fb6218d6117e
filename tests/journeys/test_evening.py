"""A team's evening: zero in two taps, a matter that cannot be hidden, a return, a freeze with gaps, a restatement."""

import pytest
from playwright.sync_api import expect

from tests.kernel.cascade import asking
from tests.web.browser import DESKTOP, PHONE, assert_accessible, assert_fits, needs_browser
from wuli.base.clock import now, today
from wuli.kernel.cascade.actions import freezing
from wuli.kernel.cascade.models import Slot
from wuli.kernel.cascade.rules import sources
from wuli.kernel.notices.models import Notice

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]

ALL_DAY = dict.fromkeys(asking.HOURS, (0, 24 * 60, 24 * 60))


@pytest.fixture
def asked(world, monkeypatch):
    monkeypatch.setattr(asking, "HOURS", ALL_DAY)
    asking.give(world, "马力", "grid_keeper", "W3-T1")
    return asking.evening(world, day=today())


@pytest.fixture
def abnormal_at():
    """A register that knows one abnormal person at the units named."""
    paths = []
    count = lambda part: sum(path.startswith(part.path) and not path.startswith(part.without) for path in paths)  # noqa: E731
    sources.register(sources.Source("tests.abnormal", "异常人员台账", count, lambda part: "/"))
    yield paths
    sources.forget("tests.abnormal")


def test_a_team_says_zero_in_two_taps_on_a_phone(enter, asked):
    page = enter("才让")
    page.set_viewport_size(PHONE)
    assert_fits(page)

    page.get_by_role("link", name="去填").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("电解一班 · 晚报")
    assert_fits(page)
    assert_accessible(page)
    page.get_by_label("在岗").fill("12")
    page.get_by_role("button", name="没有情况，零报告").click()

    expect(page.get_by_text("电解一班已上报：零报告")).to_be_visible()
    assert_accessible(page)
    page.goto(page.url.split("/answers")[0] + "/")
    expect(page.get_by_role("link", name="去填")).to_have_count(0)


def test_a_workshop_with_an_abnormal_person_cannot_say_zero(enter, asked, abnormal_at, world):
    asking.give(world, "林河", "reporter", "W1-SHOP")
    abnormal_at.append(asked.slot("W1-SHOP").path)
    page = enter("林河")
    page.goto(page.url + f"answers/{asked.slot('W1-SHOP').pk}/")

    expect(page.get_by_role("button", name="没有情况，零报告")).to_have_count(0)
    expect(page.get_by_text("台账：1")).to_be_visible()
    page.get_by_label("在岗").fill("3")
    page.get_by_label("体温异常", exact=False).first.fill("0")
    page.get_by_role("button", name="上报").click()

    expect(page.get_by_text("不能报零：台账中还有 体温异常 1").first).to_be_visible()
    assert_accessible(page)
    assert asked.slot("W1-SHOP").state == "missing"
    page.trouble.clear()  # Chromium notes on its console that the answer was a refusal


def test_a_field_is_returned_mended_and_accepted(enter, asked):
    asked.answer("W1-T1", now(), by=asked.world.user("才让"), abnormal=2)
    page = enter("诺敏")
    page.goto(page.url + f"rounds/{asked.round.pk}/review/")
    assert_accessible(page)
    page.get_by_role("link", name="退回").click()
    page.get_by_label("体温异常：2").fill("名单上只有一人")
    page.get_by_role("button", name="退回").click()

    page = enter("才让")
    page.get_by_role("link", name="去填").click()
    expect(page.get_by_text("名单上只有一人")).to_be_visible()
    page.get_by_label("体温异常").fill("1")
    page.get_by_role("button", name="上报").click()

    page = enter("诺敏")
    page.goto(page.url + f"rounds/{asked.round.pk}/review/")
    page.get_by_role("button", name="通过所选").click()
    expect(page.get_by_text("没有待审核的上报")).to_be_visible()
    assert asked.slot("W1-T1").review == "accepted"


def test_the_figure_freezes_with_its_gaps_named_and_a_late_one_restates_it(enter, asked):
    for slot in Slot.objects.exclude(unit__code__in=["W3-T1", "W2-T1"]):
        asked.answer(slot.unit.code, now(), abnormal=1)
    asked.round.figures.update(freeze_at=now())
    freezing.freeze_due(now())

    page = enter("马力")
    page.goto(page.url + f"answers/{asked.slot('W3-T1').pk}/")
    page.get_by_label("在岗").fill("9")
    page.get_by_label("体温异常").fill("2")
    page.get_by_label("补报或更正的原因").fill("现场无信号")
    page.get_by_role("button", name="上报", exact=True).click()

    page = enter("顾岚")
    page.goto(page.url + f"rounds/{asked.round.pk}/figures/")
    expect(page.get_by_text("当时缺 2 个单位")).to_be_visible()
    expect(page.get_by_text("此后有 1 次补报或更正")).to_be_visible()
    expect(page.get_by_text("现场无信号")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_fits(page)


def test_the_head_office_chases_by_name(enter, asked):
    page = enter("顾岚")
    page.get_by_role("link", name="上报与催办").first.click()
    assert_accessible(page)
    page.get_by_role("link", name="晚报").first.click()
    assert_accessible(page)
    page.get_by_label("选择电解一班").check()
    page.get_by_label("选择采矿班").check()
    page.get_by_role("button", name="催办所选").click()

    expect(page.get_by_text("已催办 2 个单位")).to_be_visible()
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"才让", "马力"}
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert_fits(page)


def test_the_wall_fits_one_screen_and_every_cut_of_the_round_opens(enter, site, asked):
    asked.answer("W1-T1", now(), abnormal=1)
    page, address = enter("顾岚"), f"{site}/rounds/{asked.round.pk}"
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{address}/wall/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("还有 10 个未报")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert_accessible(page)
    for cut in ("wall/", "places/?place=none", "timeliness/"):
        page.set_viewport_size(DESKTOP)
        page.goto(f"{address}/{cut}")
        assert_accessible(page)
        page.set_viewport_size(PHONE)
        assert_fits(page)
