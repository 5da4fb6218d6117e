"""A template of another authority, mapped once and filled with a round's figures."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from tests.leadership.reports.test_workbook import packed
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import freezing, replies, rounds
from wuli.kernel.cascade.models import Slot
from wuli.kernel.journal.models import Event
from wuli.leadership.reports.actions import layouts
from wuli.leadership.reports.actions.layouts import Mapping, Template
from wuli.leadership.reports.models import Layout
from wuli.leadership.reports.queries.layouts import Part, filling_of, frozen_at

CELLS = {"B2": "day", "D2": "field:present", "E2": "field:level=高", "F2": "cover.missing", "G2": "field:masks"}
COLUMNS = {"A": "number", "B": "unit.name", "C": "field:present", "D": "field:fever"}


def template():
    book = Workbook()
    book.active.title = "表"
    book.active["A1"] = "日报"
    return book


@pytest.fixture
def layout(world, form, lead, now):
    return layouts.make(
        name="省国资委日报", authority="省国资委", owner=world.unit("G"), form=form, by=lead, at=now,
        template=Template("表.xlsx", packed(template())),
    )  # fmt: skip


@pytest.fixture
def mapped(layout, lead, now):
    mapping = Mapping("表", CELLS, COLUMNS, 4, True)
    return layouts.map_fields(layout=layout, mapping=mapping, by=lead, at=now)


@pytest.fixture
def opened(call, now, today):
    return rounds.open_round(call=call, on=today, at=now)


@pytest.fixture
def answer(opened, lead, now):
    def file(code, **values):
        slot = Slot.objects.get(round=opened, unit__code=code)
        Slot.objects.filter(pk=slot.pk).update(opens_at=now)
        replies.file_reply(slot=slot, answer=replies.Answer(code, values, reason="补报"), by=lead, at=now)

    return file


def test_each_line_is_a_unit_below_and_the_total_is_their_sum(world, mapped, opened, answer):
    answer("NORTH", present=5, fever=0)
    answer("WORKS-1", present=100, fever=2, level="高", masks="12.5")
    answer("WORKS-3", present=50, fever=0, level="低")

    top = filling_of(mapped, Part(opened, world.unit("G")))
    north = filling_of(mapped, Part(opened, world.unit("NORTH")))

    assert {**top.cells, "G2": str(top.cells["G2"])} == {
        "B2": opened.on, "D2": 155, "E2": 1, "F2": 2, "G2": "12.5",
    }  # fmt: skip
    assert [list(line.values.values()) for line in top.lines] == [
        [1, "北方板块", 105, 2], [2, "南方板块", 50, 0], [None, "同舟集团", 155, 2],
    ]  # fmt: skip
    # North answers for itself too: its own answer is a line, or the lines would not add up.
    assert [list(line.values.values()) for line in north.lines] == [
        [1, "北方板块", 5, 0], [2, "一厂", 100, 2], [3, "二厂", None, None], [None, "北方板块", 105, 2],
    ]  # fmt: skip


def test_what_nobody_reported_is_blank_and_never_zero(world, mapped, opened):
    found = filling_of(mapped, Part(opened, world.unit("G")))
    assert (found.cells["D2"], found.cells["E2"], found.cells["F2"]) == (None, None, 5)


def test_the_figures_as_they_were_fixed_stay_when_more_arrives(world, mapped, opened, answer, now):
    answer("WORKS-1", present=100)
    end = now + timedelta(days=4)
    freezing.freeze_due(end)
    until = frozen_at(opened, world.unit("G"))
    slot = Slot.objects.get(round=opened, unit__code="WORKS-2")
    late = replies.Answer("late", {"present": 7}, reason="补报")
    replies.file_reply(slot=slot, answer=late, by=world.user("顾岚"), at=end)

    then = filling_of(mapped, Part(opened, world.unit("G"), until))
    assert until
    assert (then.cells["D2"], filling_of(mapped, Part(opened, world.unit("G"))).cells["D2"]) == (100, 107)


def test_the_file_is_filled_and_taking_it_is_an_event(world, mapped, opened, answer, lead, now):
    answer("WORKS-3", present=50, fever=0)
    content = layouts.export(layout=mapped, part=Part(opened, world.unit("SOUTH")), by=lead, at=now)

    sheet = load_workbook(BytesIO(content))["表"]
    assert (sheet["A1"].value, sheet["D2"].value, sheet["B5"].value, sheet["C5"].value) == ("日报", 50, "三厂", 50)
    event = Event.objects.get(verb="layout.exported")
    assert (event.unit_id, event.changes["day"]) == (world.unit("SOUTH").pk, [None, str(opened.on)])


def test_nobody_takes_sums_beyond_their_reach(world, mapped, opened, now):
    with pytest.raises(Refused, match="您没有查看同舟集团汇总数的职责"):
        layouts.export(layout=mapped, part=Part(opened, world.unit("G")), by=world.user("诺敏"), at=now)
    assert not Event.objects.filter(verb="layout.exported").exists()


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        (Mapping("别的", {}, {}), "sheet"),
        (Mapping("表", {"C": "day"}, {}), "cells"),
        (Mapping("表", {}, {"1": "day"}, 4), "columns"),
        (Mapping("表", {}, {"B": "day"}), "first_row"),
        (Mapping("表", {}, {"A": "day"}, 1), "first_row"),
    ],
)
def test_a_mapping_that_does_not_fit_the_template_is_refused(layout, lead, now, mapping, field):
    with pytest.raises(Refused) as no:
        layouts.map_fields(layout=layout, mapping=mapping, by=lead, at=now)
    assert no.value.field == field
    assert Layout.objects.get().cells == {}


def test_a_new_edition_must_fit_the_mapping(mapped, lead, now):
    other = template()
    other.active.title = "新表"
    with pytest.raises(Refused, match="模板里没有工作表“表”"):
        layouts.replace_file(layout=mapped, template=Template("新.xlsx", packed(other)), by=lead, at=now)
    other.active.title = "表"
    other.active.merge_cells("C2:D2")
    with pytest.raises(Refused, match="D2 在合并单元格 C2:D2 里"):
        layouts.replace_file(layout=mapped, template=Template("新.xlsx", packed(other)), by=lead, at=now)
    other.active.unmerge_cells("C2:D2")
    layouts.replace_file(layout=mapped, template=Template("新.xlsx", packed(other)), by=lead, at=now)
    assert Layout.objects.get().file_name == "新.xlsx"


def test_only_a_designer_of_the_owner_keeps_templates(world, layout, form, now):
    by, file = world.user("诺敏"), Template("表.xlsx", packed(template()))
    for attempt in (
        lambda: layouts.make(name="x", authority="x", owner=world.unit("G"), form=form, template=file, by=by, at=now),
        lambda: layouts.replace_file(layout=layout, template=file, by=by, at=now),
        lambda: layouts.remove(layout=layout, by=by, at=now),
    ):
        with pytest.raises(Refused, match="设计表单的职责"):
            attempt()
    assert Layout.objects.count() == 1
