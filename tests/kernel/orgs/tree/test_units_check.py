"""What becomes of each line of a list of units, and every reason to refuse one."""

from datetime import date, timedelta

import pytest

from tests.kernel.orgs.tree.conftest import AT, DAY
from tests.kernel.orgs.tree.files import line
from tests.world import DAY_ONE
from wuli.base.codes import uscc_check_digit
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.rules.tree.layout import TREE

USCC = "91630000757400000" + uscc_check_digit("91630000757400000")


def outcomes(made):
    return dict(made.rows.select("code", "outcome").iter_rows())


def problems(made):
    """Column and sentence of all that is wrong."""
    found = made.problems.iter_rows(named=True)
    return [(one["column"], TREE.sentence(one["code"], one["value"], one["other"])) for one in found]


CHANGES = {
    "a new team": (line("N-1"), "opened"),
    "another name": (line("W1-T1", "电解三班", parent="W1-SHOP"), "renamed"),
    "another parent": (line("W1-T1", "电解一班", parent="WORKS-2"), "moved"),
    "another parent and name": (line("W1-T1", "电解三班", parent="WORKS-2"), "moved"),
    "a credit code": (line("WORKS-1", "一厂", "企业", "NORTH", uscc=USCC), "amended"),
    "a region": (line("WORKS-1", "一厂", "企业", "NORTH", region="630000"), "amended"),
    "a zone": (line("WORKS-1", "一厂", "企业", "NORTH", zone="America/Lima"), "amended"),
    "listed": (line("WORKS-1", "一厂", "企业", "NORTH", listed="是"), "amended"),
    "served": (line("P-W2", "二厂支部", "党支部", "P-NORTH", serves="WORKS-1"), "amended"),
    "closed": (line("W2-T1", "铸造班", parent="WORKS-2", closed_on="2020-02-02"), "refused"),  # has people
    "as it is": (line("W1-T1", "电解一班", parent="W1-SHOP"), "unchanged"),
    "blank is as it is": ({"code": "W1-T1", "name": "电解一班"}, "unchanged"),
    "in small letters": (line("w1-t1", "电解一班", parent="w1-shop"), "unchanged"),
    "with wide signs and spaces": (line("Ｗ1-T1 ", "电解 一班", parent=" W1-SHOP"), "unchanged"),
    "the top itself": (line("G", "同舟集团", "集团", ""), "unchanged"),
    "a kind in English": (line("N-1", kind="Work team"), "opened"),
    "a kind in traditional signs": (line("N-1", kind="車間"), "opened"),
}


@pytest.mark.parametrize(("one", "outcome"), CHANGES.values(), ids=CHANGES.keys())
def test_what_a_line_would_do(plan, one, outcome):
    made = plan(one)
    assert made.rows["outcome"].to_list() == [outcome], problems(made)


REFUSED = {
    "no code": (line(""), "code", "不能空白"),
    "no name": (line("N-1", ""), "name", "不能空白"),
    "no kind": (line("N-1", kind=""), "kind", "新单位须写明类型"),
    "unknown kind": (line("N-1", kind="分公司"), "kind", "没有名为“分公司”的单位类型"),
    "another kind": (line("W1-T1", "电解一班", "车间", "W1-SHOP"), "kind", "类型不能更改"),
    "may not hang there": (line("N-1", kind="企业", parent="W1-SHOP"), "parent", "企业不能设在车间“电解车间”之下"),
    "under the other line": (line("N-1", parent="P"), "parent", "班组不能设在党组"),
    "no parent": (line("N-1", parent=""), "parent", "新单位须写明上级单位编码"),
    "a second group": (line("N-1", kind="集团", parent=""), "parent", "新单位须写明上级单位编码"),
    "unknown parent": (line("N-1", parent="NOWHERE"), "parent", "没有编码为“NOWHERE”的单位"),
    "under itself": (line("WORKS-1", "一厂", "企业", "WORKS-1"), "parent", "不能把“一厂”划到它自己或它的下级之下"),
    "under what is below it": (line("NORTH", "北方板块", "业务板块", "WORKS-1"), "parent", "不能设在"),
    "an odd code": (line("N#1"), "code", "单位编码只能用字母"),
    "too long a name": (line("N-1", "长" * 81), "name", "内容太长"),
    "wrong check digit": (line("N-1", kind="企业", parent="NORTH", uscc=USCC[:17] + "A"), "uscc", "校验位不对"),
    "short credit code": (line("N-1", kind="企业", parent="NORTH", uscc="9163"), "uscc", "应为 18 位，现为 4 位"),
    "rounded by Excel": (line("N-1", uscc="1.1E+17"), "uscc", "已被 Excel 变成科学计数"),
    "unknown region": (line("N-1", region="999999"), "region", "没有代码为“999999”的地区"),
    "unknown zone": (line("N-1", zone="Asia/Xining"), "zone", "没有名为“Asia/Xining”的时区"),
    "neither yes nor no": (line("N-1", listed="也许"), "listed", "请填“是”或“否”"),
    "unknown served unit": (line("N-1", kind="党支部", parent="P-NORTH", serves="X"), "serves", "没有编码为“X”"),
    "a team serves": (line("N-1", serves="WORKS-1"), "serves", "只有党组织才有对应行政单位"),
    "serves a Party body": (line("N-1", kind="党支部", parent="P-NORTH", serves="P-W1"), "serves", "是党组织"),
    "the top serves another": (line("P", "集团党组", "党组", "", serves="NORTH"), "serves", "须为“G”"),
    "opened after it closed": (
        line("N-1", opened_on="2020-02-02", closed_on="2020-02-01"), "closed_on", "关闭日期应晚于设立日期"
    ),
    "new and closed": (line("N-1", opened_on="2020-01-02", closed_on="2020-02-01"), "closed_on", "又关闭"),
    "opened before its parent": (line("N-1", opened_on="2019-01-01"), "parent", "自 2020-01-01 才设立"),
    "opened later than it takes effect": (line("N-1", opened_on="2020-03-01"), "opened_on", "不能晚于生效日期"),
    "another first day": (line("W1-T1", "电解一班", parent="", opened_on="2020-01-15"), "opened_on", "不能更改"),
    "closes with people": (line("W2-T1", "铸造班", parent="", closed_on="2020-02-02"), "closed_on", "1 名在册人员"),
    "closes with children": (line("W1-SHOP", "电解车间", "", "", closed_on="2020-02-02"), "closed_on", "2 个下级单位"),
    "closes later than it takes effect": (
        line("W1-T2", "电解二班", parent="", closed_on="2020-02-09"), "closed_on", "不能晚于生效日期"
    ),
    "no day": (line("N-1", opened_on="上个月"), "opened_on", "不是日期"),
    "a formula": (line("N-1", '=HYPERLINK("x")'), "name", "是公式"),
    "a formula as parent": (line("N-1", parent="=A1"), "parent", "是公式"),
}  # fmt: skip


@pytest.mark.parametrize(("one", "column", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_line_is_refused_with_its_column_and_reason(plan, one, column, reason):
    made = plan(one)
    assert made.rows["outcome"].to_list() == ["refused"]
    assert [sentence for at, sentence in problems(made) if at == column and reason in sentence], problems(made)


def test_every_reason_is_a_whole_sentence():
    for code in TREE.refusing:
        assert "%(" not in TREE.sentence(code, "甲", "乙")


def test_a_child_may_stand_before_its_parent(plan):
    made = plan(
        line("T", parent="S"), line("S", kind="车间", parent="E"), line("B", kind="党支部", parent="P", serves="T"),
        line("E", kind="企业", parent="NORTH"),
    )  # fmt: skip
    assert set(outcomes(made).values()) == {"opened"}


def test_of_lines_with_one_code_none_is_believed(plan):
    made = plan(line("N-1"), line("N-2"), line("N-1", "又一个"), line("N-3", parent="N-1", kind="班组"))
    assert outcomes(made) == {"N-1": "refused", "N-2": "opened", "N-3": "refused"}
    assert ("code", "同一单位编码“N-1”在文件中出现多次（第 4 行）") in problems(made)


def test_lines_below_a_refused_one_are_refused_too(plan):
    made = plan(
        line("T", parent="S"), line("S", kind="车间", parent="E"), line("N-1"),
        line("E", kind="企业", parent="NORTH", region="999999"),
    )  # fmt: skip
    assert outcomes(made) == {"T": "refused", "S": "refused", "N-1": "opened", "E": "refused"}
    assert ("parent", "“S”的那一行不能导入，所以这一行也不能") in problems(made)


def test_two_that_hang_under_one_another_are_refused(plan):
    made = plan(line("A", kind="企业", parent="B"), line("B", kind="企业", parent="A"), line("C", parent="B"))
    assert set(outcomes(made).values()) == {"refused"}
    assert ("parent", "与第 3 行互为上级") in problems(made)


def test_what_was_above_may_come_below_if_the_file_says_where_the_rest_goes(world, plan):
    units.open_units([units.NewUnit("SUB", "enterprise", "分厂", "WORKS-1")], on=DAY_ONE, by=None, at=AT)
    made = plan(line("WORKS-1", "一厂", "企业", "SUB"), line("SUB", "分厂", "企业", "NORTH"))
    assert outcomes(made) == {"WORKS-1": "moved", "SUB": "moved"}
    made = plan(line("WORKS-1", "一厂", "企业", "SUB"))
    assert ("parent", "不能把“一厂”划到它自己或它的下级之下") in problems(made)


def test_of_a_unit_out_of_reach_only_its_code_is_said(plan):
    made = plan(line("W3-T1", "别的名字", "车间", "NOWHERE", uscc="1"), under="NORTH")
    assert problems(made) == [("code", "单位编码“W3-T1”已被使用")]


def test_nothing_hangs_out_of_reach(plan):
    made = plan(line("N-1", parent="WORKS-3"), line("W1-T1", "电解一班", parent="WORKS-3"), under="NORTH")
    assert problems(made) == [("parent", "没有编码为“WORKS-3”的单位，或它不在您的管理范围")] * 2


def test_a_whole_group_has_its_party_line_a_part_of_it_has_not(world, plan):
    party = line("N-1", kind="党支部", parent="P-NORTH", serves="WORKS-1")
    assert outcomes(plan(party)) == {"N-1": "opened"}
    assert outcomes(plan(party, under="NORTH")) == {"N-1": "refused"}
    Unit.objects.filter(code="P").update(serves=None)
    assert problems(plan(line("P", "集团党组", "党组", ""))) == [("code", "单位编码“P”已被使用")]


def test_a_credit_code_belongs_to_one_unit_and_may_pass_to_the_next(world, plan):
    Unit.objects.filter(code="WORKS-1").update(uscc=USCC)
    mine = line("N-1", kind="企业", parent="NORTH", uscc=USCC)
    assert ("uscc", f"统一社会信用代码“{USCC}”已用于另一个单位") in problems(plan(mine))
    assert len(problems(plan(mine, line("N-2", kind="企业", parent="NORTH", uscc=USCC)))) == 2
    freed = line("WORKS-1", "一厂", "企业", "NORTH", uscc="-")
    assert outcomes(plan(freed, mine)) == {"WORKS-1": "amended", "N-1": "opened"}


def test_nothing_takes_effect_before_the_last_change(world, plan):
    later = {"on": DAY + timedelta(days=1), "by": None, "at": AT}
    units.rename_unit(unit=world.unit("W1-T1"), name="电解三班", **later)
    units.rename_unit(unit=world.unit("WORKS-2"), name="二分厂", **later)
    for one in (
        line("W1-T1", "电解四班", parent=""), line("W1-SHOP", "电解车间", "车间", "WORKS-3"),
        line("W3-T1", "采矿班", parent="WORKS-2"), line("N-1", parent="WORKS-2"),
    ):  # fmt: skip
        assert "自 2020-02-04 起已有更新的记录" in problems(plan(one))[0][1]


def test_a_unit_closes_with_what_is_below_it_or_once_that_has_gone(world, plan):
    for name in ("诺敏", "欧阳", "才让", "林河"):
        people.leave(person=world.person(name), on=date(2020, 1, 20), by=None, at=AT)
    gone = {"closed_on": "2020-02-02"}
    shop, first = line("W1-SHOP", "电解车间", "", "", **gone), line("W1-T1", "电解一班", "", "", **gone)
    second = line("W1-T2", "电解二班", "", "", **gone)
    assert outcomes(plan(shop, first, second)) == {"W1-SHOP": "closed", "W1-T1": "closed", "W1-T2": "closed"}
    moved = line("W1-T2", "电解二班", parent="WORKS-1")
    assert outcomes(plan(shop, first, moved))["W1-SHOP"] == "refused"
    late = shop | {"closed_on": "2020-02-03"}
    assert outcomes(plan(late, first, moved)) == {"W1-SHOP": "closed", "W1-T1": "closed", "W1-T2": "moved"}
    assert outcomes(plan(late, first, moved | {"region": "9"}))["W1-SHOP"] == "refused"
    assert outcomes(plan(shop, first, second, line("N-1", parent="W1-SHOP")))["W1-SHOP"] == "refused"
    assert "在 2020-02-03 已有变更" in str(problems(plan(line("W1-T1", "新名", "", "", closed_on="2020-02-03"))))


def test_what_is_closed_stays_as_it_was(world, plan):
    people.leave(person=world.person("林河"), on=date(2020, 1, 20), by=None, at=AT)
    units.close_unit(unit=world.unit("W1-T2"), on=date(2020, 2, 1), by=None, at=AT)
    same = line("W1-T2", "电解二班", parent="W1-SHOP", closed_on="2020-02-01")
    assert outcomes(plan(same)) == {"W1-T2": "unchanged"}
    assert ("code", "“电解二班”已于 2020-02-01 关闭") in problems(plan(line("W1-T2", "新名", parent="")))


def test_the_tree_does_not_grow_deeper_than_a_path_has_room(plan):
    chain = [line("E-1", kind="企业", parent="NORTH")]
    chain += [line(f"E-{n}", kind="企业", parent=f"E-{n - 1}") for n in range(2, 24)]
    made = plan(*chain)
    assert [code for code, outcome in outcomes(made).items() if outcome == "refused"] == ["E-23"]
    assert problems(made) == [("parent", "层级太深：最多 24 层")]


@pytest.mark.parametrize("count", [1, 3, 300])
def test_a_list_is_checked_under_the_same_queries(plan, django_assert_num_queries, count):
    with django_assert_num_queries(6):
        assert len(plan(*(line(f"N-{n}") for n in range(count))).rows) == count
