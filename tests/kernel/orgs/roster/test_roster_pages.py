"""The HR officer's way through the pages, and who may not go there."""

import stat

import fastexcel
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from tests.kernel.orgs.roster.files import IDENTITY, csv_bytes, line, table, xlsx_bytes
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.actions.sheets import running
from wuli.kernel.orgs.models import FileImport, Person
from wuli.kernel.orgs.rules.roster.layout import ROSTER

Status = FileImport.Status
LIST_QUERIES, PREVIEW_QUERIES = 6, 8

FIVE_BAD = [
    line("40001", "甲", phone="13912345678"),
    line("40002", "乙", "NOWHERE"),
    line("40003", "", phone="13912345678"),
    line("40004", "丁", phone="12345"),
    line("40005", "戊", identity="110105194912310021"),
    line("40006", "己", on_roll_from="上个月"),
    line("20003", "才让", "W1-T2"),
]


def upload(client, content, *, name="花名册.xlsx", unit="NORTH", on="2020-02-03", **more):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("orgs:roster_import_new"), {"file": file, "unit": unit, "on": on, **more})


def newest():
    return FileImport.objects.order_by("-pk")[0]


def page(client, **params):
    return client.get(reverse("orgs:roster_import", args=[newest().pk]), params)


def confirm(client, **data):
    return client.post(reverse("orgs:roster_import_confirm", args=[newest().pk]), data, follow=True)


def rows_of(answer):
    """What a downloaded workbook holds."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string")
    return [[cell or "" for cell in row] for row in sheet.to_polars().iter_rows()]


def test_a_roster_with_five_bad_rows_is_mended_and_sent_again(world, signed_in):
    client = signed_in("欧阳")
    people = Person.objects.count()
    answer = upload(client, xlsx_bytes(table(FIVE_BAD)))
    assert answer.status_code == 302
    assert newest().status == Status.CHECKED

    said = page(client).content.decode()
    assert "7 行中有 <em>5 行不能导入</em>" in said
    assert "没有编码为“NOWHERE”的单位" in said
    assert "确认导入" not in said
    assert Person.objects.count() == people

    heading, *bad = rows_of(client.get(reverse("orgs:roster_import_errors", args=[newest().pk])))
    assert heading == ["工号", "姓名", "班组编码", "手机", "身份证号", "在册日期", "行号", "列", "原因"]
    assert [(row[0], row[6], row[7]) for row in bad] == [
        ("40002", "3", "班组编码"), ("40003", "4", "姓名"), ("40004", "5", "手机"), ("40005", "6", "身份证号"),
        ("40006", "7", "在册日期"),
    ]  # fmt: skip

    mendings = [(2, "W1-T1"), (1, "丙"), (3, "13812345678"), (4, IDENTITY), (5, "2020-01-15")]
    for row, (key, mended) in zip(bad, mendings, strict=True):
        row[key] = mended
    confirm(client, good="1")
    assert newest().status == Status.DONE
    upload(client, xlsx_bytes([heading, *bad]))
    said = page(client).content.decode()
    assert "将更新 5 人" in said
    assert "没有用到的列：行号、列、原因" in said
    assert "已导入" in confirm(client).content.decode()
    assert Person.objects.count() == people + 6
    assert world.person("才让").unit.code == "W1-T2"


def test_the_preview_shows_before_and_after_with_numbers_masked(world, signed_in):
    client = signed_in("欧阳")
    lines = [
        line("20003", "才让", "W1-T2", phone="13912345678"),
        line("40001", "甲"),
        line("20001", "诺敏", phone="13912345670"),
        line("20004", "林河", "W1-T2"),
    ]
    upload(client, csv_bytes(table(lines)), name="花名册.csv")
    moved = page(client, show="moved").content.decode()
    assert "电解一班</span> → <b>电解二班</b>" in moved
    assert "138****0003</span> → <b>139****5678</b>" in moved
    assert "13912345678" not in moved
    assert "诺敏" in page(client, show="changed").content.decode()
    assert "林河" in page(client, show="unchanged").content.decode()
    assert "电解一班" in page(client, show="joined").content.decode()


def test_nothing_is_written_before_it_is_confirmed_and_once_only(world, signed_in):
    client = signed_in("欧阳")
    upload(client, xlsx_bytes(table([line("40001", "甲")])))
    assert not Person.objects.filter(number="40001").exists()
    confirm(client)
    event = Event.objects.get(verb="roster.imported")
    assert (event.subject_name, event.changes["joined"], event.actor_name) == ("北方板块", [None, 1], "欧阳")
    assert "不能确认" in confirm(client).content.decode()
    assert Event.objects.filter(verb="roster.imported").count() == 1


def test_the_same_file_again_says_that_nothing_changes(world, signed_in):
    client = signed_in("欧阳")
    for _time in range(2):
        upload(client, xlsx_bytes(table([line("40001", "甲")])))
        confirm(client)
    assert "没有需要写入的变化" in page(client).content.decode()
    assert Event.objects.filter(verb="roster.imported").count() == 1


def test_with_bad_rows_all_stay_out_unless_asked(world, signed_in):
    client = signed_in("欧阳")
    upload(client, xlsx_bytes(table(FIVE_BAD)))
    assert "5 行不能导入。请改正后重新上传" in confirm(client).content.decode()
    assert not Person.objects.filter(number="40001").exists()
    confirm(client, good="1")
    assert Person.objects.filter(number__startswith="4").count() == 1


def test_a_complete_roster_with_bad_rows_cannot_go_in_at_all(world, signed_in):
    client = signed_in("欧阳")
    upload(client, xlsx_bytes(table(FIVE_BAD)), unit="WORKS-1", whole="on")
    assert "误作离册" in confirm(client, good="1").content.decode()
    assert world.person("诺敏").is_on_roll(newest().effective_on)


def test_who_is_absent_from_a_complete_roster_is_shown_before_leaving(world, signed_in):
    client = signed_in("欧阳")
    keep = [line("20002", "欧阳"), line("20004", "林河", "W1-T2"), line("20001", "诺敏")]
    upload(client, xlsx_bytes(table(keep)), unit="WORKS-1", whole="on")
    said = page(client, show="left").content.decode()
    assert "才让" in said
    assert "不在文件中" in said
    confirm(client)
    assert str(world.person("才让").on_roll_until) == "2020-02-03"


def test_files_are_private_and_go_when_the_import_ends(world, signed_in, import_dir, committed):
    client = signed_in("欧阳")
    upload(client, xlsx_bytes(table([line("40001", "甲")])))
    kept = list((import_dir / str(newest().pk)).iterdir())
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept} == {0o600}
    with committed():
        confirm(client)
    assert list(import_dir.iterdir()) == []

    upload(client, xlsx_bytes(table([line("40002", "乙")])))
    with committed():
        client.post(reverse("orgs:roster_import_cancel", args=[newest().pk]))
    assert newest().status == Status.CANCELLED
    assert list(import_dir.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n\x00", "这不是表格文件"),
        (xlsx_bytes([["姓名"], ["甲"]]), "没有找到必填的列"),
        (xlsx_bytes([]), "文件是空的"),
    ],
)
def test_what_is_no_roster_ends_with_a_sentence_and_leaves_no_file(
    world, signed_in, import_dir, committed, content, sentence
):
    client = signed_in("欧阳")
    with committed():
        upload(client, content)
    assert newest().status == Status.REFUSED
    assert sentence in page(client).content.decode()
    assert list(import_dir.iterdir()) == []


@pytest.mark.parametrize(("size", "sentence"), [(0, "空"), (2000, "最大")])
def test_a_file_of_no_or_too_much_size_is_not_taken(world, signed_in, settings, import_dir, size, sentence):
    settings.IMPORT_MAX_BYTES = 1000
    answer = upload(signed_in("欧阳"), b"x" * size)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not FileImport.objects.exists()
    assert not import_dir.exists()


def test_only_a_unit_within_reach_can_be_chosen(world, signed_in):
    answer = upload(signed_in("欧阳"), xlsx_bytes(table([line("1")])), unit="SOUTH")
    assert answer.status_code == 422
    assert "没有找到“SOUTH”" in answer.content.decode()


def test_the_worker_speaks_the_language_of_whoever_uploads(world, signed_in, monkeypatch):
    spoken = []
    monkeypatch.setattr(running, "check", lambda **_said: spoken.append(translation.get_language()))
    client = signed_in("欧阳")
    client.cookies["django_language"] = "en"
    upload(client, xlsx_bytes([]))
    assert spoken == ["en"]


def test_other_sheets_are_said_to_be_left_out(world, signed_in):
    client = signed_in("欧阳")
    upload(client, xlsx_bytes(table([line("40001", "甲")]), ("离职", [["x"]])))
    assert "没有读取：离职" in page(client).content.decode()


def test_long_previews_are_paged(world, signed_in):
    client = signed_in("欧阳")
    upload(client, xlsx_bytes(table([line(str(40000 + n), f"人{n}号") for n in range(120)])))
    first, last = page(client).content.decode(), page(client, show="joined", after="100").content.decode()
    assert first.count('class="nm"') == 50
    assert "after=50" in first
    assert last.count('class="nm"') == 20


DOORS = [
    ("orgs:roster_imports", False), ("orgs:roster_import_new", False), ("orgs:roster_template", False),
    ("orgs:roster_import", True), ("orgs:roster_import_errors", True),
]  # fmt: skip


@pytest.mark.parametrize(("door", "of_one"), DOORS)
@pytest.mark.parametrize(("who", "status"), [("诺敏", 404), ("石强", 404), ("马力", 404)])
def test_without_the_duty_the_pages_are_not_there(world, signed_in, door, of_one, who, status):
    if of_one:
        upload(signed_in("欧阳"), xlsx_bytes(table(FIVE_BAD)))
    args = [newest().pk] if of_one else []
    assert signed_in(who).get(reverse(door, args=args)).status_code == status


def test_another_keeper_does_not_see_my_import(world, signed_in):
    upload(signed_in("欧阳"), xlsx_bytes(table(FIVE_BAD)))
    also = {"duty": "roster_keeper", "unit": world.unit("G"), "from_date": newest().effective_on}
    postings.post(person=world.person("石强"), by=None, at=newest().created_at, **also)
    client = signed_in("石强")
    assert page(client).status_code == 404
    assert confirm(client, good="1").status_code == 404
    assert "花名册.xlsx" not in client.get(reverse("orgs:roster_imports")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_my_imports_are_listed_under_the_same_queries(world, signed_in, django_assert_num_queries, count):
    client = signed_in("欧阳")
    for _time in range(count):
        upload(client, xlsx_bytes(table([line("40001", "甲")])))
    with django_assert_num_queries(LIST_QUERIES):
        answer = client.get(reverse("orgs:roster_imports"))
    assert answer.content.decode().count('class="nm"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_asks_for_all_unit_names_at_once(world, signed_in, django_assert_num_queries, count):
    client = signed_in("欧阳")
    moves = [line("20001", "诺敏", "W1-T2"), line("20002", "欧阳", "W2-T1"), line("20003", "才让", "WORKS-1")]
    upload(client, xlsx_bytes(table(moves[:count])))
    with django_assert_num_queries(PREVIEW_QUERIES):
        answer = page(client)
    assert answer.content.decode().count('class="nm"') == count


def test_the_template_is_itself_a_roster_in_every_language(world, signed_in, tmp_path):
    client = signed_in("欧阳")
    for language in ("zh-hans", "zh-hant", "en"):
        answer = client.get(reverse("orgs:roster_template"), headers={"accept-language": language})
        sheets = fastexcel.read_excel(answer.content)
        heading = sheets.load_sheet(0, header_row=None, dtypes="string").to_polars().row(0)
        assert list(ROSTER.places_of(list(heading))) == list(ROSTER.columns), language
        explained = sheets.load_sheet(1, header_row=None, dtypes="string").to_polars()
        assert explained.height > len(ROSTER.columns)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_our_own_titles_are_understood_in_every_language(language):
    with translation.override(language):
        assert list(ROSTER.places_of([str(column.title) for column in ROSTER.columns.values()])) == list(ROSTER.columns)


def test_half_way_the_page_says_how_far_it_is_and_asks_itself(world, signed_in, settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    client = signed_in("欧阳")
    upload(client, xlsx_bytes(table([line("40001", "甲")])))
    assert newest().status == Status.CHECKING
    part = client.get(reverse("orgs:roster_import", args=[newest().pk]), headers={"hx-request": "true"})
    said = part.content.decode()
    assert 'hx-trigger="poll"' in said
    assert "<html" not in said
