"""Long lists on paper: what stands on which page, and where lines end."""

from collections import defaultdict

import pytest

from wuli.base.errors import Refused
from wuli.web import listings
from wuli.web.listings import Column, Listing

NOTE = "同舟党发〔2020〕1号覆盖证明，截至 2020-01-29 17:00:00，党宁打印，校验码 " + "ab" * 32
COLUMNS = [Column("单位", 3), Column("签收", 2), Column("佐证", 1, is_number=True)]


@pytest.fixture
def pages(monkeypatch):
    """What is written on each page, in order."""
    found, put = defaultdict(list), listings._Sheet.put

    def noted(sheet, left, line, height):
        found[sheet._paper.page].append(line)
        put(sheet, left, line, height)

    monkeypatch.setattr(listings._Sheet, "put", noted)
    return found


def test_every_page_has_the_head_of_the_table_its_number_and_the_note_and_every_row_stands_once(pages):
    paper = Listing("覆盖证明", NOTE)
    paper.heading("覆盖证明")
    paper.section("逐个单位")
    paper.table(COLUMNS, ([f"第{n}支部", "周舟 01-29 10:00", str(n)] for n in range(150)), size=7.5)

    assert paper.pdf().startswith(b"%PDF-")
    assert len(pages) == 3
    for number, words in pages.items():
        assert f"{number} / 3" in words
        assert words.count("签收") == 1
        assert "".join(words[words.index(f"{number} / 3") + 1 :]).replace(" ", "") == NOTE.replace(" ", "")
    rows = [word for number in sorted(pages) for word in pages[number] if word.startswith("第")]
    assert rows == [f"第{n}支部" for n in range(150)]


def test_a_row_that_needs_more_lines_gets_them(pages):
    paper = Listing("x", "")
    paper.table(COLUMNS, [["青海同舟矿业有限公司选矿车间党支部" * 4, "", ""]])
    assert "".join(pages[1][3:-2]) == "青海同舟矿业有限公司选矿车间党支部" * 4


BROKEN = [
    ("不带标点的中文可以在任何一处断开", 5, ["不带标点的", "中文可以在", "任何一处断", "开"]),
    ("句号不在行首。引号不在行尾“好”", 6, ["句号不在行", "首。引号不在", "行尾“好”"]),
    ("Received by Works-2 today", 6, ["Received by", "Works-2", "today"]),
    ("", 5, [""]),
]


@pytest.mark.parametrize(("text", "signs", "lines"), BROKEN)
def test_lines_end_where_a_reader_expects(text, signs, lines):
    sheet = Listing("x", "")._sheet
    sheet.use("serif", 10)
    assert sheet.broken(text, signs * sheet.width("中")) == lines


def test_a_word_longer_than_a_line_is_torn_and_nothing_is_lost():
    sheet = Listing("x", "")._sheet
    sheet.use("serif", 10)
    lines = sheet.broken("ab" * 40, 30)
    assert "".join(lines) == "ab" * 40
    assert all(sheet.width(line) <= 30 for line in lines)


def test_without_fontconfig_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    listings._font.cache_clear()
    paper = Listing("x", "")
    with pytest.raises(Refused, match="服务器缺少排版库"):
        paper.heading("x")
