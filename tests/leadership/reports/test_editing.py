"""Designing a form, step by step: what each makes of a spec, and what it refuses."""

import pytest

from tests.leadership.reports.conftest import SPEC
from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.form import Field, Type, read
from wuli.leadership.reports.rules import editing
from wuli.leadership.reports.rules.comparison import Change, compare
from wuli.leadership.reports.rules.soundness import remarks, why_not_publish


def keys(spec):
    return [[one["key"] for one in section["fields"]] for section in spec["sections"]]


NEW = {"key": "need", "label": "需协调", "type": "text"}


@pytest.mark.parametrize(
    ("what", "which", "by", "after"),
    [
        ("field", "fever", -1, [["fever", "present", "level"], ["masks"]]),
        ("field", "fever", 1, [["present", "level", "fever"], ["masks"]]),
        ("field", "level", 1, [["present", "fever"], ["level", "masks"]]),
        ("field", "masks", -1, [["present", "fever", "level", "masks"], []]),
        ("field", "present", -1, [["present", "fever", "level"], ["masks"]]),
        ("field", "masks", 1, [["present", "fever", "level"], ["masks"]]),
        ("section", "0", 1, [["masks"], ["present", "fever", "level"]]),
        ("section", "0", -1, [["present", "fever", "level"], ["masks"]]),
    ],
)
def test_what_moves_comes_to_its_neighbour_and_at_the_edge_stays(what, which, by, after):
    assert keys(editing.moved(SPEC, what, which, by)) == after
    assert keys(SPEC) == [["present", "fever", "level"], ["masks"]]  # the spec in hand is never changed


def test_a_field_is_added_changed_and_sent_to_another_section():
    spec = editing.with_field(SPEC, NEW, section=1)
    spec = editing.with_field(spec, {**NEW, "label": "要协调的事"}, section=0, key="need")

    assert keys(spec) == [["present", "fever", "level", "need"], ["masks"]]
    assert read(spec).by_key["need"].label == "要协调的事"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (lambda: editing.with_field(SPEC, {**NEW, "key": "fever"}, section=0), "编码 fever 已被使用"),
        (lambda: editing.without(SPEC, "field", "fever"), "核对关系“异常人数不能多于在岗人数”还在用这个字段"),
        (lambda: editing.without(SPEC, "section", "0"), "请先移走或删除这一节里的字段"),
        (lambda: editing.without(SPEC, "field", "gone"), "已经不在草稿里"),
        (lambda: editing.without(SPEC, "check", "7"), "已经不在草稿里"),
        (lambda: editing.moved(SPEC, "section", "x", 1), "已经不在草稿里"),
        (lambda: editing.with_section(SPEC, {"title": "别的"}, 9), "已经不在草稿里"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(step, sentence):
    with pytest.raises(Refused, match=sentence):
        step()


@pytest.mark.parametrize(
    ("label", "key"),
    [("体温异常", "tiwenyichang"), ("Present", "present"), ("在岗", "zaigang_2"), ("！", "field")],
)
def test_a_field_gets_a_code_of_its_own(label, key):
    assert editing.key_for(label, {"zaigang": 1}) == key


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ({"type": "choice", "choices": ["一个"]}, "choices"),
        ({"type": "text", "source": "orgs.on_roll"}, "source"),
        ({"type": "decimal", "source": "orgs.on_roll"}, "source"),
        ({"type": "text", "least": "1"}, "least"),
        ({"type": "integer", "least": "5", "most": "2"}, "most"),
        ({"type": "integer", "least": "2", "most": "5", "source": "orgs.on_roll"}, None),
    ],
)
def test_which_part_of_a_field_is_at_fault(field, fault):
    found = editing.why_not_field(field)
    assert (found and found[0]) == fault


def test_what_changed_is_said_part_by_part_and_order_is_no_change():
    changed = editing.with_field(SPEC, {"label": "发热", "type": "integer", "unit": "人", "matter": True,
                                        "kinds": ["team"]}, section=0, key="fever")  # fmt: skip
    changed = editing.without(editing.with_field(changed, NEW, section=1), "field", "masks")

    assert compare(read(SPEC), read(changed)) == [
        Change("changed", "发热", (("名称", "体温异常", "发热"), ("向哪类单位问", "全部", "班组"))),
        Change("added", "需协调"),
        Change("removed", "口罩"),
    ]
    assert compare(read(SPEC), read(editing.moved(SPEC, "field", "fever", -1))) == []


def test_a_check_that_changed_went_and_came():
    other = {**SPEC, "checks": [{**SPEC["checks"][0], "op": "="}]}
    assert [(one.mark, one.what) for one in compare(read(SPEC), read(other))] == [
        ("added", "核对：体温异常 = 在岗"), ("removed", "核对：体温异常 ≤ 在岗"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        (SPEC, None),
        ({"sections": [{"title": "空", "fields": []}]}, "还没有字段"),
        ({"sections": [*SPEC["sections"], {"title": "空", "fields": []}]}, "“空”一节没有字段，请删除或补上"),
    ],
)
def test_why_a_draft_cannot_be_asked(spec, why):
    assert why_not_publish(spec) == why


def test_what_a_designer_should_think_about():
    spec = read({"sections": [{"title": "", "fields": [
        {"key": "a", "label": "发热", "type": "integer", "source": "nowhere"},
        {"key": "b", "label": "措施", "type": "text", "required": True},
    ]}]})  # fmt: skip

    assert list(remarks(spec, {"orgs.on_roll"})) == [
        "没有一个字段是“要报告的情况”：每份上报都会是零报告",
        "“发热”对应的台账 nowhere 还没有启用，启用前由人填写",
        "“措施”是必填的文字：没有情况的单位也得写字",
    ]
    assert Field("x", "x", Type.DECIMAL, adds=False).adds_up is False
