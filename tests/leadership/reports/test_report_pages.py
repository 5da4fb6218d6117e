"""The pages of forms, drafts, daily reports, templates: who may open them, what they do, in how many queries."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.kernel.orgs.api.program import token_of
from tests.leadership.reports.conftest import HOURS
from tests.leadership.reports.test_layouts import CELLS, COLUMNS, template
from tests.leadership.reports.test_workbook import packed
from wuli.base.clock import FOREVER
from wuli.kernel.cascade.actions import forms as cascade
from wuli.kernel.cascade.actions import rounds
from wuli.kernel.cascade.models import Call, Exemption, Form
from wuli.kernel.journal.models import Event
from wuli.leadership.reports.actions import drafts, layouts
from wuli.leadership.reports.actions.layouts import Mapping, Template
from wuli.leadership.reports.models import Draft, Layout
from wuli.web.day import tasks_of

ONE_DAY = timedelta(days=1)


@pytest.fixture
def layout(world, form, lead, now):
    made = layouts.make(
        name="国资委日报", authority="国资委", owner=world.unit("G"), form=form, by=lead, at=now,
        template=Template("表.xlsx", packed(template())),
    )  # fmt: skip
    return layouts.map_fields(layout=made, mapping=Mapping("表", CELLS, COLUMNS, 4), by=lead, at=now)


@pytest.fixture
def address(form, draft, call, layout):
    known = {"form": form.pk, "draft": draft.pk, "daily": call.pk, "layout": layout.pk}

    def find(name, **query):
        kind = name.split("_")[0]
        return reverse(f"reports:{name}", args=[known[kind]] if kind in known and name not in NEW else [], query=query)

    return find


NEW = {"form_start", "daily_new", "layout_new", "forms", "dailies", "layouts"}
#                    顾岚 诺敏 林河 石强 孙审
WHO_MAY = {
    "forms":         "200 404 404 404 404",
    "form":          "200 404 404 404 404",
    "form_start":    "200 404 404 404 404",
    "form_amend":    "200 404 404 404 404",
    "burden":        "200 404 404 404 404",
    "draft":         "200 404 404 404 404",
    "draft_publish": "200 404 404 404 404",
    "draft_discard": "200 404 404 404 404",
    "dailies":       "200 200 404 200 404",
    "daily_new":     "200 200 404 200 404",
    "daily":         "200 404 404 404 404",
    "daily_end":     "200 404 404 404 404",
    "daily_exempt":  "200 404 404 404 404",
    "layouts":       "200 200 200 200 404",
    "layout":        "200 404 404 404 404",
    "layout_map":    "200 404 404 404 404",
    "layout_file":   "200 404 404 404 404",
    "layout_new":    "200 404 404 404 404",
    "layout_remove": "200 404 404 404 404",
    "layout_original": "200 404 404 404 404",
}  # fmt: skip


@pytest.mark.parametrize("name", WHO_MAY)
def test_who_may_open_what(client, world, address, name):
    assert client.get(address(name)).status_code == 302  # to the log-in
    found = []
    for who in ("顾岚", "诺敏", "林河", "石强", "孙审"):
        client.force_login(world.user(who))
        found.append(str(client.get(address(name)).status_code))
    assert " ".join(found) == WHO_MAY[name]


def step(client, address, edit, **said):
    draft = Draft.objects.get()
    return client.post(address("draft_edit", edit=edit), {"step": draft.step, **said})


def test_a_form_is_designed_without_javascript(signed_in, address, form, today):
    client = signed_in("顾岚")
    assert step(client, address, "section+", title="需求").status_code == 302
    assert step(client, address, "field+2", label="需协调", type="text", section=2, matter="on").status_code == 302
    shown = client.get(address("draft", edit="field:xuxiediao")).content.decode()
    assert 'value="需协调"' in shown
    assert step(client, address, "field:xuxiediao", label="需要协调", type="text", section=1).status_code == 302
    assert step(client, address, "check+", left=["fever"], op="<=", right=["masks"], text="口罩要够").status_code == 302
    turn = {"do": "up field:xuxiediao", "step": Draft.objects.get().step}
    assert client.post(address("draft_turn"), turn).status_code == 302
    client.post(address("draft_turn"), {"do": "remove section:2", "step": Draft.objects.get().step})

    answer = client.post(address("draft_publish"), {"from_date": today + ONE_DAY, "step": Draft.objects.get().step})

    assert answer.url == reverse("reports:form", args=[form.pk])
    spec = form.versions.get(number=2).spec
    assert [one["key"] for one in spec["sections"][1]["fields"]] == ["xuxiediao", "masks"]
    assert (len(spec["sections"]), len(spec["checks"])) == (2, 2)
    assert "第 2 版" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("edit", "said", "sentence"),
    [
        ("field+0", {"label": "风险", "type": "choice", "section": 0, "choices": "一个"}, "至少写两个选项"),
        ("field+0", {"label": "x", "type": "integer", "section": 0, "least": "多"}, "请写数字"),
        ("field+0", {"label": "x", "type": "integer", "section": 0, "key": "fever"}, "编码 fever 已被使用"),
        ("field+0", {"label": "x", "type": "integer", "section": 0, "key": "Bad Key"}, "有效"),
        ("field:fever", {"label": "x", "type": "text", "section": 0}, "核对关系用了不存在的数字字段"),
        ("check+", {"left": ["fever"], "op": "=", "right": ["fever"], "text": "x"}, "同一个字段不能两边都有"),
        ("section:0", {"title": ""}, "必填"),
        ("section:0", {"title": "x", "step": 99}, "刚刚改过这份草稿"),
    ],
)
def test_a_step_that_is_refused_comes_back_with_its_sentence(signed_in, address, edit, said, sentence):
    answer = step(signed_in("顾岚"), address, edit, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Draft.objects.get().step == 1


@pytest.mark.parametrize("edit", ["field:gone", "section:9", "section:x", "check:5", "about", "nonsense"])
def test_what_is_not_in_the_draft_is_not_found(signed_in, address, edit):
    assert signed_in("顾岚").get(address("draft", edit=edit)).status_code == 404
    assert signed_in("顾岚").post(address("draft_edit", edit=edit), {"step": 1}).status_code == 404


@pytest.mark.parametrize("do", ["", "up", "sideways field:fever", "up planet:1"])
def test_a_turn_that_is_none_is_not_found(signed_in, address, do):
    assert signed_in("顾岚").post(address("draft_turn"), {"do": do, "step": 1}).status_code == 404


@pytest.mark.parametrize(("kind", "asked"), [("enterprise", True), ("team", False)])
def test_the_preview_is_what_a_reporter_of_that_kind_is_asked(signed_in, address, kind, asked):
    shown = signed_in("顾岚").get(address("draft", kind=kind)).content.decode()
    assert ("preview_level" in shown) == asked
    assert "preview_present" in shown


def test_a_part_for_htmx_is_the_draft_alone(signed_in, address):
    part = signed_in("顾岚").get(address("draft"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "体温异常" in part


@pytest.mark.parametrize("start", ["empty", "shipped:epidemic", "shipped:production", "copy"])
def test_a_form_begins_empty_shipped_or_as_a_copy(signed_in, world, form, today, start):
    client = signed_in("顾岚")
    address = reverse("reports:form_start", query={"from": f"copy:{form.pk}" if start == "copy" else start})
    assert client.get(address).status_code == 200
    said = {"name": "新表", "code": "fresh", "owner": "G", "purpose": "试用", "ends_on": today + 90 * ONE_DAY}
    answer = client.post(address, said)

    draft = Draft.objects.get()
    assert answer.url == reverse("reports:draft", args=[draft.pk])
    assert (draft.form, draft.name) == (None, "新表")
    assert client.get(answer.url).status_code == 200
    assert client.post(reverse("reports:draft_edit", args=[draft.pk], query={"edit": "about"}),
                       said | {"name": "更新的表"}).status_code == 302  # fmt: skip
    assert Draft.objects.get().name == "更新的表"


def said(form, today, **changes):
    times = {f"{moment}-{kind}": f"{hour:02}:00" for kind in HOURS for moment, hour in
             zip(("opens", "due", "freeze"), (8, 16, 17), strict=True)}  # fmt: skip
    return {
        "asks": form.pk, "title": "晚报二", "number": "RB-2", "root": "NORTH", "kinds": list(HOURS), "cadence": "daily",
        "route": "layered", "first_day": today, "chasing": "-60, 0", **times, **changes,
    }  # fmt: skip


def test_a_daily_report_is_looked_at_before_it_is_issued(signed_in, form, today):
    client, address = signed_in("顾岚"), reverse("reports:daily_new")
    looked = client.post(address, said(form, today, go="check"))
    assert looked.status_code == 200
    assert "签发，每期问 3 个单位" in looked.content.decode()
    assert not Call.objects.exists()

    issued = client.post(address, said(form, today, go="issue"))
    call = Call.objects.get()
    assert issued.url == reverse("reports:daily", args=[call.pk])
    assert (call.hours["enterprise"], call.chasing, call.issuer.code) == ([480, 960, 1020], [-60, 0], "NORTH")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kinds": []}, "必填"),
        ({"due-segment": ""}, "请写明业务板块的开始、截止、定数时间"),
        ({"chasing": "早点"}, "请写分钟数"),
        ({"root": "NOWHERE"}, "没有找到"),
        ({"number": "RB-1"}, "编号 RB-1 已被使用"),
        ({"kinds": ["party_branch"], "opens-party_branch": "08:00", "due-party_branch": "09:00",
          "freeze-party_branch": "09:00"}, "北方板块下没有这些类型的单位"),
    ],
)  # fmt: skip
def test_a_report_that_cannot_begin_says_why(signed_in, form, call, today, changes, sentence):
    answer = signed_in("顾岚").post(reverse("reports:daily_new"), said(form, today, go="issue", **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Call.objects.count() == 1


def test_counting_along_while_one_types_complains_of_nothing(signed_in, form, today):
    answer = signed_in("顾岚").post(
        reverse("reports:daily_new"), said(form, today, kinds=[]), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200


def test_a_unit_is_spared_and_the_report_ends(signed_in, address, call, today):
    client = signed_in("顾岚")
    days = {"first_day": today + ONE_DAY, "last_day": today + ONE_DAY}
    assert client.post(address("daily_exempt"), {"unit": "WORKS-1", "reason": "检修", **days}).status_code == 302
    assert client.post(address("daily_exempt"), {"unit": "P", "reason": "检修", **days}).status_code == 422
    assert Exemption.objects.count() == 1
    assert "检修" in client.get(address("daily")).content.decode()
    lift = reverse("reports:daily_lift", args=[call.pk, Exemption.objects.get().pk])
    assert client.get(lift).status_code == 200
    assert client.post(lift, {"reason": "提前复产"}).status_code == 302
    assert "提前复产" in client.get(address("daily")).content.decode()
    assert client.post(lift, {"reason": "再来"}).status_code == 422
    assert client.get(reverse("reports:daily_lift", args=[call.pk, 999])).status_code == 404
    assert client.post(address("daily_end"), {"reason": "转入常态"}).status_code == 302
    assert client.post(address("daily_end"), {"reason": "再来"}).status_code == 422
    call.refresh_from_db()
    assert call.status == Call.Status.ENDED


def test_a_template_is_uploaded_mapped_looked_at_and_taken(signed_in, world, form, call, now, today):
    client = signed_in("顾岚")
    opened = rounds.open_round(call=call, on=today, at=now)
    file = SimpleUploadedFile("国资委.xlsx", packed(template()))
    client.post(reverse("reports:layout_new"), {"name": "国资委", "authority": "国资委", "owner": "G", "of": form.pk,
                                                "file": file})  # fmt: skip
    layout = Layout.objects.get()
    pairs = {"place-0": "b2", "code-0": "day", "place-1": "$D$2", "code-1": "cover.missing", "column-0": "b",
             "value-0": "unit.name"}  # fmt: skip
    mapped = client.post(reverse("reports:layout_map", args=[layout.pk]), {"sheet": "表", "first_row": 4, **pairs})
    assert mapped.status_code == 302
    layout.refresh_from_db()
    assert (layout.cells, layout.columns) == ({"B2": "day", "D2": "cover.missing"}, {"B": "unit.name"})

    asked = {"round": opened.pk, "unit": "G", "as_of": "now"}
    looked = client.get(reverse("reports:layout", args=[layout.pk], query=asked)).content.decode()
    assert "5 个单位未报，合计不全" in looked
    assert "北方板块" in looked
    taken = client.get(reverse("reports:layout_download", args=[layout.pk], query=asked))
    sheet = load_workbook(BytesIO(taken.content))["表"]
    assert (sheet["D2"].value, sheet["B4"].value, sheet["B5"].value) == (5, "北方板块", "南方板块")
    assert taken["Cache-Control"] == "no-store"
    assert Event.objects.filter(verb="layout.exported").count() == 1


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ({"code-0": "day"}, "请写填在哪里"),
        ({"place-0": "B2", "code-0": "day", "place-1": "b2", "code-1": "number"}, "B2 写了两次"),
        ({"place-0": "甲", "code-0": "day"}, "不是单元格"),
        ({"column-0": "A", "value-0": "number", "first_row": ""}, "请写各下级单位从第几行起填"),
        ({"sheet": "别的"}, "别的"),
    ],
)
def test_a_mapping_that_makes_no_sense_comes_back(signed_in, address, pairs, sentence):
    answer = signed_in("顾岚").post(address("layout_map"), {"sheet": "表", "first_row": 4, **pairs})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Layout.objects.get().cells == CELLS


def test_a_broken_file_is_refused_with_a_sentence(signed_in, address, form):
    file = SimpleUploadedFile("x.xlsx", b"not a workbook")
    answer = signed_in("顾岚").post(address("layout_file"), {"file": file})
    assert answer.status_code == 422
    assert "文件打不开，可能已损坏" in answer.content.decode()


def test_a_layout_is_not_taken_for_a_unit_that_one_cannot_see(signed_in, address, call, now, today):
    opened = rounds.open_round(call=call, on=today, at=now)
    answer = signed_in("顾岚").get(address("layout_download", round=opened.pk, unit="NOWHERE"))
    assert answer.status_code == 302
    assert not Event.objects.filter(verb="layout.exported").exists()


@pytest.mark.parametrize(
    ("left", "when"), [(20, None), (14, "waiting"), (3, "today"), (0, "now"), (-2, "now")]
)  # fmt: skip
def test_the_owner_is_asked_to_prolong_a_form_in_time(rf, world, call, form, today, left, when):
    Form.objects.update(ends_on=today + left * ONE_DAY)
    request = rf.get("/")
    request.user = world.user("顾岚")
    found = {day: [task.url for task in tasks if "amend" in task.url] for day, tasks in tasks_of(request).items()}
    assert {day for day, urls in found.items() if urls} == ({when} if when else set())
    request.user = world.user("诺敏")
    assert not any("amend" in task.url for tasks in tasks_of(request).values() for task in tasks)


def test_a_form_that_nobody_asks_reminds_nobody(rf, world, form, today):
    Form.objects.update(ends_on=today + 3 * ONE_DAY)
    request = rf.get("/")
    request.user = world.user("顾岚")
    assert not any("amend" in task.url for tasks in tasks_of(request).values() for task in tasks)


def more(world, form, begin, lead, now, today, count):
    for n in range(count):
        other = cascade.make_form(
            code=f"form{n}", name=f"表{n}", owner=world.unit("G"), purpose="x", ends_on=FOREVER, by=lead, at=now,
            spec=form.versions.get(number=1).spec, from_date=today,
        )  # fmt: skip
        begin(form=other, number=f"M-{n}")
        drafts.start_version(other, by=lead, at=now)


@pytest.mark.parametrize("name", ["forms", "burden", "dailies", "layouts"])
def test_lists_cost_the_same_for_one_row_and_for_four(
    signed_in, address, world, form, begin, lead, now, today, name, django_assert_num_queries
):
    client = signed_in("顾岚")
    client.get(address(name))
    with CaptureQueriesContext(connection) as one:
        client.get(address(name))
    more(world, form, begin, lead, now, today, 3)
    with django_assert_num_queries(len(one)):
        shown = client.get(address(name)).content.decode()
    assert name == "layouts" or "表2" in shown or "晚报" in shown


def test_what_two_forms_ask_is_told_with_its_numbers(signed_in, address, world, form, begin, lead, now, today):
    more(world, form, begin, lead, now, today, 1)
    shown = signed_in("顾岚").get(address("burden")).content.decode()
    assert "4 个问题被问了两遍" in shown
    assert "表0：在岗" in shown


def test_programs_get_the_numbers_of_the_burden(world, form, begin, lead, now, today):
    more(world, form, begin, lead, now, today, 1)
    told = token_of(lead, at=now).get("reports/burden").json()

    by_kind = {one["kind"]: one["minutes_a_day"] for one in told["kinds"]}
    assert by_kind["enterprise"] == pytest.approx(
        sum(one["minutes_a_day"] for one in told["calls"] if one["kind"] == "enterprise"), abs=0.02
    )
    assert told["on"] == str(today)
    assert token_of(world.user("诺敏"), at=now).get("reports/burden").json()["code"] == "not_allowed"


@pytest.mark.parametrize(("who", "forms", "boards"), [("顾岚", 1, 1), ("诺敏", 0, 1), ("马力", 0, 0)])
def test_forms_and_what_they_ask_are_found_by_title(signed_in, form, begin, now, today, who, forms, boards):
    rounds.open_round(call=begin(), on=today, at=now)
    shown = signed_in(who).get("/search/", {"q": "晚报"}).text
    assert shown.count(f'href="{reverse("reports:form", args=[form.pk])}"') == forms
    assert len(re.findall(r'href="/rounds/\d+/"', shown)) == boards
