import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuli.base.errors import Refused
from wuli.web import files

HEADER = ["姓名", "数量", "日期"]
ROWS = [["才让多杰", 1234, datetime.date(2020, 2, 14)], ["=1+1", None, None]]


def read_csv(answer):
    text = b"".join(answer.streaming_content).decode("utf-8")
    return text, list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def read_xlsx(answer, sheet="xl/worksheets/sheet1.xml"):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as box:
        return box.read(sheet).decode()


def test_csv_opens_in_a_spreadsheet_and_says_who_took_it():
    text, rows = read_csv(files.stream_csv("名单", HEADER, ROWS, note="周岚 2020-02-14 18:00"))

    assert text.startswith("\ufeff")
    assert rows == [HEADER, ["才让多杰", "1234", "2020-02-14"], ["'=1+1", "", ""], ["周岚 2020-02-14 18:00"]]


def test_csv_is_written_as_it_is_sent():
    def endless():
        while True:
            yield ["a"]

    answer = files.stream_csv("x", ["h"], endless())
    chunks = iter(answer.streaming_content)
    assert [next(chunks) for _ in range(3)] == ["\ufeffh\r\n".encode(), b"a\r\n", b"a\r\n"]


@pytest.mark.parametrize("make", [files.stream_csv, files.stream_xlsx])
def test_files_have_chinese_names_and_are_not_kept(make):
    answer = make("返岗名单", HEADER, ROWS)
    extension = "csv" if make is files.stream_csv else "xlsx"

    assert answer["Content-Disposition"] == (
        f"attachment; filename*=utf-8''%E8%BF%94%E5%B2%97%E5%90%8D%E5%8D%95.{extension}"
    )
    assert answer["Cache-Control"] == "no-store"
    assert b"".join(answer.streaming_content)


def test_a_name_cannot_break_out_of_its_header():
    answer = files.stream_csv('a"\r\nX-Bad: 1', ["h"], [])
    assert "\r" not in answer["Content-Disposition"]


@given(st.text())
def test_no_text_begins_like_a_formula(text):
    assert not str(files.harmless(text)).startswith(files.FORMULA_STARTS)


@pytest.mark.parametrize(
    ("value", "cell"),
    [(-5, -5), (1.5, 1.5), (None, None), ("-5", "'-5"), ("+86", "'+86"), ("a=b", "a=b"), (True, "True")],
)
def test_numbers_stay_numbers(value, cell):
    assert files.harmless(value) == cell


def test_times_are_local_and_plain():
    at = datetime.datetime(2020, 2, 14, 10, 0, tzinfo=datetime.UTC)
    assert files.plain(at) == "2020-02-14 18:00:00"


def test_xlsx_holds_numbers_dates_and_text_that_stays_text():
    at = datetime.datetime(2020, 2, 14, 10, 0, tzinfo=datetime.UTC)
    sheet = read_xlsx(
        files.stream_xlsx("x", HEADER, [["=1+1", 5, datetime.date(2020, 2, 14)], ["a", at, ""]], note="周岚")
    )

    assert "<f>" not in sheet
    assert "<t>=1+1</t>" in sheet
    assert "<v>5</v>" in sheet
    assert f"<v>{(datetime.date(2020, 2, 14) - datetime.date(1899, 12, 30)).days}</v>" in sheet
    assert "43875.75" in sheet
    assert sheet.count("周岚") == 2  # below the rows and on each printed page


def test_too_many_rows_are_refused_and_leave_no_file(monkeypatch):
    monkeypatch.setattr(files, "LAST_ROW", 4)
    with pytest.raises(Refused):
        files.stream_xlsx("x", ["h"], [[1]] * 3)
    files.stream_xlsx("x", ["h"], [[1]] * 2, note="n")


def test_long_text_is_cut_visibly():
    sheet = read_xlsx(files.stream_xlsx("x", ["h"], [["长" * 40_000]]))
    assert "长…</t>" in sheet


def test_naive_times_pass():
    assert files.plain(datetime.datetime(2020, 2, 14, 18)) == "2020-02-14 18:00:00"  # noqa: DTZ001
