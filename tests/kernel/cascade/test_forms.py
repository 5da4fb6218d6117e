"""Forms over time: new versions, other names, an end, and the words of other languages."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.kernel.cascade.asking import DAY, MORNING, SPEC, at
from wuli.base.clock import FOREVER
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import calls, forms, rounds
from wuli.kernel.cascade.actions.calls import NewCall
from wuli.kernel.cascade.models import Form, FormVersion, Round
from wuli.kernel.cascade.rules.form import read, sums
from wuli.kernel.journal.models import Event

NEXT = DAY + timedelta(days=1)


def changed(key, **parts):
    """The spec of the evening report with one field that is different."""
    fields = [{**one, **(parts if one["key"] == key else {})} for one in SPEC["sections"][0]["fields"]]
    return {**SPEC, "sections": [{"title": "人员", "fields": fields}], "checks": []}


@pytest.fixture
def form(asked):
    return Form.objects.get()


@pytest.fixture
def change(form, asked):
    def make(spec=SPEC, from_date=NEXT, by=asked.keeper):
        return forms.change_form(form=form, spec=spec, from_date=from_date, by=by, at=MORNING)

    return make


def test_a_new_version_begins_on_the_next_business_date(asked, change):
    change(changed("present", label="到岗"))
    later = rounds.open_round(call=asked.call, on=NEXT, at=at(9, days=1))

    assert (asked.round.version.number, later.version.number) == (1, 2)


def test_a_version_that_has_not_begun_is_replaced_by_one_from_the_same_day_or_before(change):
    change(from_date=NEXT + timedelta(days=3))
    change(changed("present", label="到岗"))

    assert list(FormVersion.objects.order_by("number").values_list("number", "from_date")) == [(1, DAY), (2, NEXT)]


@pytest.mark.parametrize(
    ("from_date", "sentence"),
    [(DAY, "最早从下一个业务日期起"), (DAY - timedelta(days=1), "最早从下一个业务日期起"), (FOREVER, "停用，请先延期")],
)
def test_a_version_from_a_day_that_cannot_be_is_refused(change, from_date, sentence):
    with pytest.raises(Refused, match=sentence):
        change(from_date=from_date)
    assert FormVersion.objects.count() == 1


def test_a_round_that_has_begun_elsewhere_keeps_its_version(asked, change):
    """East of the owner tomorrow has begun already."""
    rounds.open_round(call=asked.call, on=NEXT, at=at(20))

    with pytest.raises(Refused, match="2020-02-04 的填报已经开始"):
        change()
    change(from_date=NEXT + timedelta(days=1))


def test_a_field_that_was_answered_keeps_its_type(asked, change):
    retyped = changed("present", type="text")
    change(retyped)  # nobody has answered yet
    change(SPEC)
    asked.answer("W1-T1", at(14))

    with pytest.raises(Refused, match="“在岗”已经有人填报，不能改变类型") as no:
        change(retyped)
    assert (no.value.field, no.value.code) == ("present", "retyped")
    change(changed("masks", type="integer"))  # which W1-T1 was not asked


def test_a_key_that_was_answered_long_ago_keeps_its_type_too(asked, change):
    asked.answer("W1-T1", at(14))
    without = {"sections": [{"title": "", "fields": SPEC["sections"][0]["fields"][1:]}]}
    change(without)

    with pytest.raises(Refused, match="不能改变类型"):
        change(changed("present", type="text"), from_date=NEXT + timedelta(days=2))


def test_only_a_designer_of_the_owner_changes_a_form(asked, change):
    with pytest.raises(Refused, match="您没有为同舟集团设计表单的职责"):
        change(by=asked.world.user("诺敏"))
    assert FormVersion.objects.count() == 1


def amend(form, by, **parts):
    said = {"name": form.name, "purpose": form.purpose, "ends_on": form.ends_on} | parts
    return forms.amend_form(form=form, by=by, at=MORNING, **said)


def test_a_form_gets_another_name_and_an_end(asked, form):
    amend(form, asked.keeper, name="夜报", ends_on=NEXT)

    form.refresh_from_db()
    assert (form.name, form.ends_on) == ("夜报", NEXT)
    assert Event.objects.get(verb="form.amended").changes == {
        "name": ["晚报", "夜报"], "ends_on": ["9999-12-31", "2020-02-04"]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"name": " "}, "请写表单名称"),
        ({"purpose": " "}, "请写明收集这些信息的用途"),
        ({"ends_on": DAY}, "停用日期最早为下一个业务日期"),
        ({}, "没有任何改动"),
    ],
)
def test_what_a_form_cannot_become(asked, form, parts, sentence):
    with pytest.raises(Refused, match=sentence):
        amend(form, asked.keeper, **parts)
    assert not Event.objects.filter(verb="form.amended").exists()


def test_a_form_does_not_end_before_its_newest_version_begins(asked, form, change):
    change(from_date=NEXT + timedelta(days=5))
    with pytest.raises(Refused, match="应晚于最近一个版本的启用日期"):
        amend(form, asked.keeper, ends_on=NEXT + timedelta(days=5))


def test_a_form_that_has_ended_is_asked_no_more_until_it_is_prolonged(asked, form):
    amend(form, asked.keeper, ends_on=NEXT + timedelta(days=1))

    assert rounds.open_due(at(9, days=3)) == 1
    assert list(Round.objects.order_by("on").values_list("on", flat=True)) == [DAY, NEXT]
    Form.objects.update(ends_on=FOREVER)
    assert rounds.open_due(at(9, days=3)) == 2


@pytest.mark.parametrize(
    ("starts_on", "sentence"),
    [(DAY - timedelta(days=1), "在 2020-02-02 还没有启用"), (NEXT + timedelta(days=1), "已经停用")],
)
def test_a_call_asks_a_form_only_while_it_is_in_force(asked, form, starts_on, sentence):
    amend(form, asked.keeper, ends_on=NEXT + timedelta(days=1))
    group = asked.world.unit("G")
    new = NewCall("report", "2", "晚报", group, {group: ["team"]}, {"team": (0, 900, 960)}, starts_on, form=form)

    with pytest.raises(Refused, match=sentence):
        calls.draft(new, by=asked.keeper, at=MORNING)


def test_a_form_speaks_the_language_of_its_reader():
    spec = {
        "sections": [{"title": "人员", "title_en": "People", "fields": [
            {"key": "present", "label": "在岗", "label_en": "On post", "type": "integer", "unit": "人"},
        ]}],
        "checks": [{"left": ["present"], "op": ">=", "right": ["present"], "text": "不少", "text_zh_hant": "不少於"}],
    }  # fmt: skip
    with translation.override("en"):
        english = read(spec)
    with translation.override("zh-hant"):
        traditional = read(spec)

    assert (english.fields[0].label, english.fields[0].unit, english.fields[0].section) == ("On post", "人", "People")
    assert (traditional.fields[0].label, traditional.checks[0].text) == ("在岗", "不少於")
    assert read(spec).fields[0].label == "在岗"


def test_a_version_is_read_anew_for_another_language():
    from wuli.kernel.cascade.rules.form import spec_of

    version = FormVersion(spec={"sections": [{"title": "", "fields": [
        {"key": "a", "label": "在岗", "label_en": "On post", "type": "integer"}]}]})  # fmt: skip
    assert spec_of(version).fields[0].label == "在岗"
    with translation.override("en"):
        assert spec_of(version).fields[0].label == "On post"


def test_what_does_not_add_up_has_no_sum():
    spec = read({"sections": [{"title": "", "fields": [
        {"key": "stock", "label": "库存", "type": "integer"},
        {"key": "days", "label": "可用天数", "type": "integer", "adds": False},
    ]}]})  # fmt: skip
    assert sums(spec, [{"stock": 3, "days": 9}, {"stock": 4, "days": 2}]) == {"stock": 7}
