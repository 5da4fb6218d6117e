"""A draft from its first field to the version that is asked; two designers; what is refused leaves all as it was."""

from datetime import timedelta

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.models import Form
from wuli.kernel.journal.models import Event
from wuli.leadership.reports.actions import drafts
from wuli.leadership.reports.actions.drafts import About
from wuli.leadership.reports.models import Draft
from wuli.leadership.reports.rules import editing
from wuli.leadership.reports.rules.shipped import shipped

NEED = {"key": "need", "label": "需协调", "type": "text", "matter": True}


@pytest.fixture
def about(world, today):
    return About(world.unit("G"), "体温日报", "temperature", "早发现", today + timedelta(days=90))


def add(draft, by, now, field=NEED, step=None):
    return drafts.change(
        draft=draft, step=step or draft.step, edit=lambda spec: editing.with_field(spec, field, section=0),
        did="字段", by=by, at=now,
    )  # fmt: skip


def test_a_new_form_is_asked_only_once_it_is_published(about, lead, now, today):
    draft = drafts.start(about, editing.empty("基本情况"), by=lead, at=now)
    draft = add(draft, lead, now)
    assert not Form.objects.exists()

    form = drafts.publish(draft=draft, from_date=today, step=draft.step, by=lead, at=now)

    assert (form.name, form.versions.get().spec["sections"][0]["fields"]) == ("体温日报", [NEED])
    assert not Draft.objects.exists()
    verbs = Event.objects.filter(verb__startswith="draft.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["draft.started", "draft.changed", "draft.published"]


def test_the_next_version_of_a_form_begins_with_its_newest(form, draft, lead, now, today):
    draft = add(draft, lead, now)
    drafts.publish(draft=draft, from_date=today + timedelta(days=1), step=draft.step, by=lead, at=now)

    assert form.versions.count() == 2
    assert len(form.versions.get(number=2).spec["sections"][0]["fields"]) == 4


def test_there_is_one_draft_of_a_form(form, draft, lead, now):
    assert drafts.start_version(form, by=lead, at=now) == draft
    assert Event.objects.filter(verb="draft.started").count() == 1


def test_nobody_overwrites_what_another_has_just_done(draft, lead, now):
    seen = draft.step
    add(draft, lead, now)

    with pytest.raises(Refused, match="刚刚改过这份草稿") as no:
        add(draft, lead, now, {**NEED, "key": "other"}, step=seen)
    assert no.value.code == "changed"
    assert len(Draft.objects.get().spec["sections"][0]["fields"]) == 4


@pytest.mark.parametrize("code", ["evening", "temperature"])
def test_a_code_is_taken_by_forms_and_drafts(about, form, lead, now, code):
    drafts.start(about, editing.empty("一"), by=lead, at=now)
    with pytest.raises(Refused, match=f"编码 {code} 已被使用"):
        drafts.start(About(**{**vars(about), "code": code}), editing.empty("一"), by=lead, at=now)
    assert Draft.objects.count() == 1


def test_a_field_that_a_check_adds_up_cannot_become_a_text(draft, lead, now):
    field = {"key": "fever", "label": "体温", "type": "text"}
    with pytest.raises(Refused, match="核对关系用了不存在的数字字段：fever"):
        drafts.change(
            draft=draft, step=draft.step, did="", by=lead, at=now,
            edit=lambda spec: editing.with_field(spec, field, section=0, key="fever"),
        )  # fmt: skip
    assert Draft.objects.get().step == 1


def test_an_empty_draft_is_not_published(about, lead, now, today):
    draft = drafts.start(about, editing.empty("基本情况"), by=lead, at=now)
    with pytest.raises(Refused, match="还没有字段"):
        drafts.publish(draft=draft, from_date=today, step=1, by=lead, at=now)
    assert Draft.objects.exists()


def test_what_was_published_or_thrown_away_is_gone(draft, lead, now, form):
    drafts.discard(draft=draft, by=lead, at=now)
    with pytest.raises(Refused, match="已经启用或放弃"):
        add(draft, lead, now)
    assert form.versions.count() == 1


@pytest.mark.parametrize("who", ["诺敏", "石强"])
def test_only_a_designer_of_the_owner_designs(world, draft, about, who, now):
    by = world.user(who)
    for attempt in (
        lambda: add(draft, by, now),
        lambda: drafts.discard(draft=draft, by=by, at=now),
        lambda: drafts.start(about, editing.empty(""), by=by, at=now),
        lambda: drafts.describe(draft=draft, about=about, by=by, at=now),
    ):
        with pytest.raises(Refused, match="设计表单的职责"):
            attempt()
    assert Draft.objects.get().step == 1


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.code)
def test_a_shipped_form_is_whole_in_three_languages(one, about, lead, now, today):
    fields = [field for section in one.spec["sections"] for field in section["fields"]]
    assert all(field.get("label_en") and field.get("label_zh_hant") for field in fields)
    assert all(check.get("text_en") and check.get("text_zh_hant") for check in one.spec["checks"])
    assert all(section.get("title_en") and section.get("title_zh_hant") for section in one.spec["sections"])
    assert any(field.matter for field in one.asks.fields)
    assert [editing.why_not_field(field) for field in fields if editing.why_not_field(field)] == []

    draft = drafts.start(about, one.spec, by=lead, at=now)
    drafts.publish(draft=draft, from_date=today, step=1, by=lead, at=now)


def test_the_epidemic_report_lets_no_employee_get_lost():
    epidemic = next(one for one in shipped() if one.code == "epidemic")
    check = epidemic.asks.checks[0]
    assert (check.left, check.op, set(check.right)) == (
        ("headcount",), "=", {"on_post", "at_home", "on_leave", "not_returned"},
    )  # fmt: skip
