"""The administrator's way through the pages of an import of units, and who may not go there."""

import csv
import io

import fastexcel
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from tests.kernel.orgs.tree.files import csv_bytes, line, table, xlsx_bytes
from tests.world import START
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions.units import NewUnit, open_units
from wuli.kernel.orgs.models import FileImport, Kind, Unit
from wuli.kernel.orgs.rules.tree.columns import COLUMNS, FLAGS, kind_named
from wuli.kernel.orgs.rules.tree.layout import TREE

Status = FileImport.Status
PREVIEW_QUERIES, EXPORT_QUERIES = 10, 13


def upload(client, content, *, name="单位.xlsx", unit="G", on="2020-02-03"):
    said = {"file": SimpleUploadedFile(name, content), "unit": unit, "on": on}
    return client.post(reverse("orgs:unit_import_new"), said)


def newest():
    return FileImport.objects.order_by("-pk")[0]


def page(client, **params):
    return client.get(reverse("orgs:unit_import", args=[newest().pk]), params).content.decode()


def confirm(client, **data):
    answer = client.post(reverse("orgs:unit_import_confirm", args=[newest().pk]), data, follow=True)
    return answer.content.decode()


def rows_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string")
    return [[cell or "" for cell in row] for row in sheet.to_polars().iter_rows()]


def test_a_list_with_bad_lines_is_mended_and_sent_again(world, signed_in):
    client = signed_in("赵系")
    assert reverse("orgs:unit_imports") in client.get(reverse("orgs:units")).content.decode()
    good = line("N-1", "新厂", "企业", "NORTH")
    upload(client, xlsx_bytes(table([line("N-3", parent="N-2"), line("N-2", kind="车间", parent="NOWHERE"), good])))
    said = page(client)
    assert "3 行中有 <em>2 行不能导入</em>" in said
    assert "没有编码为“NOWHERE”的单位" in said
    assert "确认导入" not in said
    heading, *bad = rows_of(client.get(reverse("orgs:unit_import_errors", args=[newest().pk])))
    assert heading == ["单位编码", "名称", "类型", "上级单位编码", "行号", "列", "原因"]
    assert [(row[0], row[4], row[5]) for row in bad] == [("N-3", "2", "上级单位编码"), ("N-2", "3", "上级单位编码")]
    bad[1][3] = "N-1"
    upload(client, xlsx_bytes([heading, *bad, *table([good])[1:]]))
    assert "将变更 3 个单位" in page(client)
    assert "已导入" in confirm(client)
    assert world.unit("N-3").parent.parent.parent.code == "NORTH"
    event = Event.objects.get(verb="unit.imported")
    assert (event.actor_name, event.changes["opened"]) == ("赵系", [None, 3])


def test_the_preview_shows_before_and_after(world, signed_in):
    client = signed_in("赵系")
    lines = [
        line("W1-T1", "电解三班", parent="WORKS-2"), line("SOUTH", "南部板块", "业务板块", "G"), line("N-1"),
        line("WORKS-3", "三厂", "企业", "SOUTH", listed="是"),
    ]  # fmt: skip
    upload(client, csv_bytes(table(lines), encoding="gbk"), name="单位.csv")
    moved = page(client, show="moved")
    assert "电解车间 W1-SHOP</span> → <b>二厂 WORKS-2</b>" in moved
    assert "电解一班</span> → <b>电解三班</b>" in moved
    assert "南方板块</span> → <b>南部板块</b>" in page(client, show="renamed")
    assert "班组 · <span" in page(client, show="opened")
    assert "否</span> → <b>是</b>" in page(client, show="amended")


def test_merged_cells_leave_lines_without_a_parent_and_say_so(world, signed_in):
    client = signed_in("赵系")

    def merge(book, sheet):
        sheet.merge_range(1, 3, 2, 3, "WORKS-1")

    upload(client, xlsx_bytes(table([line("N-1"), line("N-2", parent="")]), ("填写说明", [])))
    assert "新单位须写明上级单位编码" in page(client)
    cells = [row[:3] for row in table([line("N-1"), line("N-2")])]
    content = xlsx_bytes([[*cells[0], "上级单位编码"], *cells[1:]], fill=merge)
    upload(client, content)
    assert newest().counts["refused"] == 1
    assert "新单位须写明上级单位编码" in page(client)


def test_two_lines_of_headings_are_one_too_many_and_left_out(world, signed_in):
    client = signed_in("赵系")
    cells = table([line("N-1")])
    upload(client, xlsx_bytes([["单位情况", "", "", "隶属"], cells[0], ["Code", "Name", "Kind", "Parent"], cells[1]]))
    assert newest().counts["opened"] == newest().counts["rows"] == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n\x00", "这不是表格文件"),
        (xlsx_bytes([["名称"], ["甲"]]), "没有找到必填的列：单位编码"),
        (xlsx_bytes(table([])), "文件是空的"),
    ],
)
def test_what_is_no_list_ends_with_a_sentence_and_leaves_no_file(
    world, signed_in, import_dir, django_capture_on_commit_callbacks, content, sentence
):
    client = signed_in("赵系")
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, content)
    assert newest().status == Status.REFUSED
    assert sentence in page(client)
    assert list(import_dir.iterdir()) == []


def test_a_day_to_come_or_too_large_a_file_is_not_taken(world, signed_in, settings):
    client = signed_in("赵系")
    assert "不能晚于今天" in upload(client, b"x", on="2999-01-01").content.decode()
    settings.IMPORT_MAX_BYTES = 10
    assert "最大" in upload(client, b"x" * 11).content.decode()
    assert not FileImport.objects.exists()


DOORS = [
    ("orgs:unit_imports", False), ("orgs:unit_import_new", False), ("orgs:unit_template", False),
    ("orgs:unit_import", True), ("orgs:unit_import_errors", True),
]  # fmt: skip


@pytest.mark.parametrize(("door", "of_one"), DOORS)
@pytest.mark.parametrize("who", ["诺敏", "欧阳", "马力", "钱安"])
def test_without_the_duty_the_pages_are_not_there(world, signed_in, door, of_one, who):
    if of_one:
        upload(signed_in("赵系"), xlsx_bytes(table([line("N-1", parent="X")])))
    args = [newest().pk] if of_one else []
    assert signed_in(who).get(reverse(door, args=args)).status_code == 404


def test_an_import_of_units_is_not_one_of_people(world, signed_in):
    client = signed_in("赵系")
    upload(client, xlsx_bytes(table([line("N-1")])))
    assert client.get(reverse("orgs:roster_import", args=[newest().pk])).status_code == 404
    assert reverse("orgs:unit_imports") not in signed_in("诺敏").get(reverse("orgs:units")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_asks_for_all_names_at_once(world, signed_in, django_assert_num_queries, count):
    client = signed_in("赵系")
    moves = [line("W1-T1", "电解一班", parent="WORKS-2"), line("W2-T1", "铸造班"), line("W3-T1", "采矿班")]
    upload(client, xlsx_bytes(table(moves[:count])))
    with django_assert_num_queries(PREVIEW_QUERIES):
        assert page(client).count('class="nm"') == count


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_template_and_our_own_words_are_understood_in_every_language(world, signed_in, language):
    client = signed_in("赵系")
    answer = client.get(reverse("orgs:unit_template"), headers={"accept-language": language})
    sheets = fastexcel.read_excel(answer.content)
    heading = sheets.load_sheet(0, header_row=None, dtypes="string").to_polars().row(0)
    assert list(TREE.places_of(list(heading))) == list(COLUMNS)
    explained = sheets.load_sheet(1, header_row=None, dtypes="string").to_polars()
    assert explained.height > len(COLUMNS)
    with translation.override(language):
        for kind in Kind:
            assert kind_named(str(kind.label).replace(" ", "")) == kind
        assert [FLAGS.get(translation.gettext(word).lower()) for word in ("是", "否")] == [True, False]


class TestExport:
    @staticmethod
    def take(client, unit="G", shape="csv"):
        return client.post(reverse("orgs:unit_export"), {"unit": unit, "shape": shape})

    def rows(self, answer):
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text)))

    def test_it_holds_what_its_reader_may_see(self, world, signed_in):
        heading, *rows, mark = self.rows(self.take(signed_in("诺敏"), "NORTH"))
        assert heading[:4] == ["单位编码", "名称", "类型", "上级单位编码"]
        assert [row[0] for row in rows] == [
            "NORTH", "WORKS-1", "W1-SHOP", "W1-T1", "W1-T2", "WORKS-2", "W2-T1"]  # fmt: skip
        assert rows[0][3] == "G"
        assert rows[1][:4] == ["WORKS-1", "一厂", "企业", "NORTH"]
        assert mark[0].startswith("※ 诺敏")
        event = Event.objects.get(verb="unit.exported")
        assert (event.subject_name, event.changes["units"]) == ("北方板块", [None, 7])

    def test_someone_without_duties_gets_no_more_than_their_own_chain(self, world, signed_in):
        _heading, *rows, _mark = self.rows(self.take(signed_in("马力"), "G"))
        assert [row[0] for row in rows] == ["G", "SOUTH", "WORKS-3", "W3-T1"]

    def test_a_unit_out_of_reach_cannot_be_named(self, world, signed_in):
        assert self.take(signed_in("石强"), "NORTH").status_code == 422

    @pytest.mark.parametrize("shape", ["csv", "xlsx"])
    @pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
    def test_it_comes_in_again_unchanged(self, world, signed_in, shape, language):
        client = signed_in("赵系")
        client.cookies["django_language"] = language
        answer = self.take(client, shape=shape)
        upload(client, b"".join(answer.streaming_content), name=f"x.{shape}")
        counts = newest().counts
        assert counts["unchanged"] == counts["rows"] == Unit.objects.filter(line="operations").count()

    @pytest.mark.parametrize("count", [1, 30])
    def test_it_is_read_under_the_same_queries(self, world, signed_in, django_assert_num_queries, count):
        news = [NewUnit(f"N-{n}", "team", "班", "WORKS-1") for n in range(count)]
        open_units(news, on=world.unit("G").opened_on, by=None, at=START)
        client = signed_in("赵系")
        with django_assert_num_queries(EXPORT_QUERIES):
            assert len(self.rows(self.take(client))) == 14 + count
