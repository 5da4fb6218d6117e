"""Lists kept on paper: checked against members and days, shown, written as a whole or only the good lines, once."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from tests.organisation.mobilisation.conftest import DAY, NOON, TODAY
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import imports, people, units
from wuli.kernel.orgs.actions.sheets import running
from wuli.kernel.orgs.models import FileImport
from wuli.kernel.orgs.queries.imports import flaws, lines, refused_rows
from wuli.organisation.mobilisation.actions import activities, attendance, campaigns, commitments
from wuli.organisation.mobilisation.models import Activity, Attendance, Commitment
from wuli.organisation.mobilisation.queries import monthly, participation
from wuli.organisation.mobilisation.rules.activities import Mark

PLEDGED = ("工号", "姓名", "签署日期", "方式", "我的话")
SIGNED_IN = ("党支部", "日期", "主题", "开始时间", "结束时间", "地点", "工号", "姓名", "到会情况", "原因")
NEW = ("重温入党誓词", "14:30", "16:30", "会议室")


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    settings.IMPORT_DIR = tmp_path / "imports"


@pytest.fixture
def received(world):
    """A file of 党宁, taken in and checked."""

    def receive(about, header, *rows, unit="P", by="党宁", on=TODAY, at=NOON, **said):
        content = "\n".join(",".join(str(cell) for cell in row) for row in (header, *rows)).encode()
        one = imports.receive(
            about=about, chunks=[content], size=len(content), name="名单.csv", unit=world.unit(unit), on=on,
            by=world.user(by), at=at, **said,
        )  # fmt: skip
        running.check(pk=one.pk, at=at)
        return FileImport.objects.get(pk=one.pk)

    return receive


@pytest.fixture
def pledges(received, campaign):
    return lambda *rows, **said: received("pledges", PLEDGED, *rows, **{"campaign": campaign.pk} | said)


@pytest.fixture
def sheet(received):
    return lambda *rows, **said: received("attendance", SIGNED_IN, *rows, **said)


def confirmed(one, world, *, good=False, by="党宁", at=NOON):
    imports.confirm(file_import=one, good_rows_only=good, by=world.user(by), at=at)
    running.apply(pk=one.pk, at=at)
    one.refresh_from_db()
    return one


def wrong(one):
    return [flaw.reason for flaw in flaws(one, problems=True, start=0, size=50).rows]


def test_a_signed_list_is_recorded_as_signed_on_its_days_and_again_it_is_nothing(world, issue, received):
    campaign = issue(from_date=TODAY)
    rows = [("20001", "诺敏", TODAY, "口头", ""), ("20005", "周舟", "", "", "坚守岗位")]
    later = NOON + 3 * DAY
    one = received("pledges", PLEDGED, *rows, campaign=campaign.pk, on=TODAY + DAY, at=later)
    assert (one.counts["recorded"], one.counts["refused"]) == (2, 0)
    assert not Commitment.objects.exists()

    assert confirmed(one, world, at=later).status == "done"
    found = Commitment.objects.order_by("person__number").values_list("from_date", "way", "own_words", "by__name")
    assert list(found) == [(TODAY, "spoken", "", "党宁"), (TODAY + DAY, "paper", "坚守岗位", "党宁")]
    path = world.unit("P").path
    assert [participation.tallies(path, TODAY + n * DAY, campaign)[world.unit("P-W2").path].committed for n in (0, 1)] \
        == [0, 1]  # fmt: skip
    assert Event.objects.filter(verb="commitment.recorded").count() == 2
    assert Event.objects.get(verb="commitment.imported").changes["people"] == [None, 2]

    again = received("pledges", PLEDGED, *rows, campaign=campaign.pk, on=TODAY + DAY, at=later)
    assert (again.counts["unchanged"], again.counts["recorded"]) == (2, 0)
    assert imports.why_not_confirm(again, good_rows_only=False) == "文件与现有记录一致，没有需要写入的变化"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("99999", "某人"), "没有工号为“99999”的党员"),
        (("20004", "林河"), "没有工号为“20004”的党员"),
        (("20001", "周舟"), "姓名“周舟”与工号对不上"),
        (("20001", "诺敏", "2020-02-19"), "承诺在“2020-02-19”没有开放"),
        (("20001", "诺敏", "2020-02-21"), "日期“2020-02-21”还没有到"),
        (("20001", "诺敏", "", "按手印"), "方式请填“书面”或“口头”：“按手印”"),
        (("20001", "诺敏", "二月"), "不是日期：“二月”"),
        (("", "诺敏"), "不能空白"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_and_the_good_ones_may_go_alone(world, pledges, row, sentence):
    one = pledges(("20005", "周舟"), row)

    assert any(sentence in reason for reason in wrong(one)), wrong(one)
    assert imports.why_not_confirm(one, good_rows_only=False)
    columns, rows = refused_rows(one)
    assert next(rows)[:2] == [row[0], row[1]]
    confirmed(one, world, good=True)
    assert [one.person.name for one in Commitment.objects.all()] == ["周舟"]


def test_nobody_is_recorded_beyond_the_body_that_was_chosen(world, pledges):
    one = pledges(("20005", "周舟"), ("20003", "才让"), unit="P-W1-A", by="诺敏")
    assert wrong(one) == ["没有工号为“20005”的党员，或当天不在所选党组织"]


def test_a_list_of_a_campaign_that_does_not_ask_this_body_can_do_nothing(issue, received):
    one = received("pledges", PLEDGED, ("20005", "周舟"), unit="P-W2", by="周舟", campaign=issue(body="P-W1").pk)
    assert (one.status, one.refusal) == ("refused", "这项承诺不面向“二厂支部”")


def test_who_was_a_member_that_day_counts_though_they_have_left_since(world, pledges):
    people.leave(person=world.person("周舟"), on=TODAY + DAY, by=world.user("欧阳"), at=NOON + DAY)
    one = pledges(("20005", "周舟", TODAY), at=NOON + 2 * DAY, on=TODAY + 2 * DAY)
    assert one.counts["recorded"] == 1
    late = pledges(("20005", "周舟", TODAY + DAY), at=NOON + 2 * DAY, on=TODAY + 2 * DAY)
    assert wrong(late) == ["没有工号为“20005”的党员，或当天不在所选党组织"]


def test_what_was_taken_back_is_not_restored_by_the_same_list(world, pledges):
    confirmed(pledges(("20005", "周舟")), world)
    who = {"by": world.user("党宁"), "at": NOON + DAY}
    commitments.take_back(commitment=Commitment.objects.get(), reason="录错了", **who)

    assert "已于 2020-02-21 撤回" in wrong(pledges(("20005", "周舟", TODAY), at=NOON + DAY, on=TODAY + DAY))[0]
    anew = pledges(("20005", "周舟", TODAY + DAY), at=NOON + DAY, on=TODAY + DAY)
    assert anew.counts["recorded"] == 1


def test_signatures_from_before_all_were_asked_again_are_refused(world, campaign, pledges):
    campaigns.reword(
        campaign=campaign, items=["只此一项"], reason="改", asks_again=True, by=world.user("党宁"), at=NOON + DAY
    )
    assert "请重新签" in wrong(pledges(("20005", "周舟", TODAY), at=NOON + DAY, on=TODAY + DAY))[0]
    confirmed(pledges(("20005", "周舟", TODAY + DAY), at=NOON + DAY, on=TODAY + DAY), world, at=NOON + DAY)
    assert Commitment.objects.get().wording.number == 2


def test_who_signs_between_preview_and_writing_is_shown_again(world, campaign, pledges):
    one = pledges(("20005", "周舟"), ("20001", "诺敏"))
    commitments.sign(campaign=campaign, own_words="", by=world.user("周舟"), at=NOON)
    confirmed(one, world)

    assert (one.status, one.notes["changed"]) == ("checked", True)
    assert (one.counts["recorded"], one.counts["unchanged"]) == (1, 1)
    assert confirmed(one, world).status == "done"
    assert Commitment.objects.count() == 2


def test_attendance_of_a_planned_day_is_marked_and_those_not_named_stay(world, plan, sheet):
    activity = plan()
    host = activity.hosts.get()
    attendance.attend(
        activity=activity, host=host, marks={world.person("诺敏").pk: Mark("present")}, step=1, by=world.user("诺敏"),
        at=NOON,
    )  # fmt: skip
    rows = [("电解支部", TODAY, "", "", "", "", "20003", "才让", "请假", "倒班")]
    one = sheet(*rows)
    (line,) = lines(one, "marked", start=0, size=9).rows
    assert ("到会情况", "", "请假") in [(c.label, c.before, c.after) for c in line.changes]
    confirmed(one, world)

    assert dict(Attendance.objects.values_list("person__name", "presence")) == {"诺敏": "present", "才让": "leave"}
    host.refresh_from_db()
    assert host.step == 3
    assert sheet(*rows).counts["unchanged"] == 1
    changed = confirmed(sheet(("P-W1-A", TODAY, "", "", "", "", "20003", "才让", "到会", "")), world)
    assert changed.counts["corrected"] == 1
    assert set(Attendance.objects.values_list("presence", "reason")) == {("present", "")}
    assert Activity.objects.get().status == "published"


def test_a_day_that_nobody_had_planned_is_put_down_as_held(world, sheet):
    rows = [
        ("电解支部", TODAY, *NEW, "20001", "诺敏", "", ""), ("电解支部", TODAY, *NEW, "20003", "才让", "缺席", ""),
        ("二厂支部", TODAY - DAY, *NEW, "20005", "周舟", "到会", ""),
    ]  # fmt: skip
    one = sheet(*rows)
    assert (one.counts["marked"], one.counts["new_activity"]) == (3, 3)
    confirmed(one, world)

    held = Activity.objects.select_related("body", "responsible").order_by("on_date")
    assert [(each.body.name, each.status, each.responsible.name) for each in held] == [
        ("二厂支部", "held", "周舟"), ("电解支部", "held", "诺敏"),
    ]  # fmt: skip
    assert f"{held[1].starts_at:%H:%M}" == "06:30"
    assert not monthly.owing(world.unit("P").path, TODAY).exists()
    assert sheet(*rows).counts["unchanged"] == 3
    assert Activity.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("电解支部", TODAY, "", "", "", "", "20001", "诺敏"), "系统里没有这次党日"),
        (("没有的支部", TODAY, *NEW, "20001", "诺敏"), "没有名称或编码为“没有的支部”的党支部"),
        (("二厂支部", TODAY, *NEW, "20001", "诺敏"), "当天不在这个支部"),
        (("电解支部", TODAY, *NEW, "20001", "才让"), "姓名“才让”与工号对不上"),
        (("电解支部", TODAY + DAY, *NEW, "20001", "诺敏"), "还没有到"),
        (("电解支部", TODAY, *NEW, "20001", "诺敏", "请假"), "请假的党员请写明原因"),
        (("电解支部", TODAY, *NEW, "20001", "诺敏", "旷会"), "请填“到会”“请假”或“缺席”"),
        (("电解支部", TODAY, "党日", "25:00", "26:00", "", "20001", "诺敏"), "不是时间：“25:00”"),
        (("电解支部", TODAY, "党日", "16:30", "14:30", "", "20001", "诺敏"), "结束时间应晚于开始时间"),
        (("电解支部", date(2020, 1, 16), *NEW, "20001", "诺敏"), "这个月的记录已经截止"),
    ],
)
def test_what_is_wrong_with_a_line_of_a_sheet(sheet, row, sentence):
    one = sheet(row)
    assert any(sentence in reason for reason in wrong(one)), wrong(one)
    assert one.counts["refused"] == 1


def test_lines_of_the_same_new_day_agree_and_name_nobody_twice(sheet):
    first = ("电解支部", TODAY, *NEW, "20001", "诺敏")
    one = sheet(first, first, ("电解支部", TODAY, NEW[0], "9:00", *NEW[2:], "20003", "才让"))
    assert wrong(one) == ["同一工号“20001”在第 2 行已记过这次党日", "与第 2 行写的同一次党日不一致：“9:00”"]


def test_a_closed_month_asks_for_a_reason_that_stays(world, sheet):
    one = sheet(("电解支部", date(2020, 1, 16), *NEW, "20001", "诺敏"), reason="补录纸质签到表")
    assert one.counts["marked"] == 1
    confirmed(one, world)
    assert Activity.objects.get().correction == "补录纸质签到表"


def test_a_day_that_is_down_as_not_held_is_put_right_first(world, plan, sheet):
    activities.not_hold(activity=plan(), reason="抢险", by=world.user("诺敏"), at=NOON)
    assert wrong(sheet(("电解支部", TODAY, "", "", "", "", "20001", "诺敏"))) == [
        "“重温入党誓词”已记为未开展，请先更正"
    ]


def test_who_records_between_preview_and_writing_is_not_overwritten(world, plan, sheet):
    activity = plan()
    one = sheet(("电解支部", TODAY, "", "", "", "", "20003", "才让", "到会", ""))
    attendance.attend(
        activity=activity, host=activity.hosts.get(), marks={world.person("才让").pk: Mark("leave", "倒班")}, step=1,
        by=world.user("诺敏"), at=NOON,
    )  # fmt: skip
    confirmed(one, world)
    assert (one.status, one.counts["corrected"]) == ("checked", 1)
    assert Attendance.objects.get().presence == "leave"


def test_a_branch_that_was_merged_since_is_found_for_its_own_days(world, sheet, clock):
    clock(NOON + 2 * DAY)
    units.merge_unit(unit=world.unit("P-W2"), target=world.unit("P-W1-A"), on=TODAY + DAY, by=None, at=NOON + DAY)
    row = ("二厂支部", TODAY, *NEW, "20005", "周舟")
    assert sheet(row, at=NOON + 2 * DAY).counts["marked"] == 1
    late = ("二厂支部", TODAY + DAY, *NEW, "20005", "周舟")
    assert "当天不在这个支部" in wrong(sheet(late, at=NOON + 2 * DAY))[0]


def test_many_lines_cost_no_more_queries(world, join_party, pledges, sheet, django_assert_max_num_queries):
    crowd = [join_party(f"党员{n}") for n in range(30)]
    with django_assert_max_num_queries(60):
        assert confirmed(pledges(*((one.number, one.name) for one in crowd)), world).counts["recorded"] == 30
    with django_assert_max_num_queries(60):
        marked = sheet(*(("电解支部", TODAY, *NEW, one.number, one.name) for one in crowd))
        assert confirmed(marked, world).counts["marked"] == 30


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("pledge_imports", "200 200 404 200 404"), ("pledge_import_new", "200 200 404 200 404"),
        ("pledge_template", "200 200 404 200 404"), ("attendance_imports", "200 200 404 200 404"),
        ("attendance_import_new", "200 200 404 200 404"), ("attendance_template", "200 200 404 200 404"),
    ],
)  # fmt: skip
def test_who_may_import(client, world, campaign, name, statuses):
    found = []
    for who in ("党宁", "诺敏", "才让", "周舟", "林河"):
        client.force_login(world.user(who))
        found.append(client.get(reverse(f"mobilisation:{name}")).status_code)
    assert found == [int(status) for status in statuses.split()]


def test_the_template_comes_back_through_the_page(client, world, campaign):
    client.force_login(world.user("诺敏"))
    book = load_workbook(BytesIO(client.get(reverse("mobilisation:pledge_template")).content))
    book.worksheets[0].append(["20003", "才让"])
    out = BytesIO()
    book.save(out)
    said = {
        "campaign": campaign.pk,
        "unit": "P-W1-A",
        "on": TODAY,
        "file": SimpleUploadedFile("名单.xlsx", out.getvalue()),
    }
    page = client.post(reverse("mobilisation:pledge_import_new"), said, follow=True)

    assert page.status_code == 200
    one = FileImport.objects.get()
    running.check(pk=one.pk, at=NOON)
    text = client.get(reverse("mobilisation:pledge_import", args=[one.pk])).content.decode()
    assert "将代录 1 名党员的承诺" in text
    assert "2020-02-20 签署" in text
    client.post(reverse("mobilisation:pledge_import_confirm", args=[one.pk]))
    running.apply(pk=one.pk, at=NOON)
    done = client.get(reverse("mobilisation:pledge_import", args=[one.pk])).content.decode()
    assert reverse("mobilisation:campaign", args=[campaign.pk]) in done
    assert Commitment.objects.get().person.name == "才让"
