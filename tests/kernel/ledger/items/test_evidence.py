"""Files that prove: which are taken, where they lie, who may open them and how."""

import hashlib
import stat
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from tests.kernel.ledger.items.conftest import NOON, PICTURE, followed
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.actions import evidence as keeping
from wuli.kernel.ledger.actions import items
from wuli.kernel.ledger.models import Evidence, FollowUp
from wuli.kernel.ledger.queries.evidence import path_of
from wuli.kernel.ledger.rules import evidence as rules

pytestmark = pytest.mark.django_db


def file(name="现场.png", content=PICTURE):
    return SimpleUploadedFile(name, content)


def packed(*members):
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return content.getvalue()


OFFICE = packed("[Content_Types].xml", "word/document.xml")
TAKEN = [
    ("a.png", PICTURE), ("A.PNG", PICTURE), ("b.jpg", b"\xff\xd8\xff\xe0JFIF"), ("c.webp", b"RIFF1234WEBPVP8 "),
    ("d.pdf", b"%PDF-1.7"), ("e.docx", OFFICE), ("f.txt", "已更换".encode()), ("g.csv", "甲,乙".encode("gb18030")),
    ("h.mp4", b"\x00\x00\x00\x18ftypmp42"),
]  # fmt: skip
REFUSED = [
    ("a.html", b"<html>", "不是可以上传的类型"),
    ("a.svg", b"<svg xmlns='x'>", "不是可以上传的类型"),
    ("a.exe", b"MZ\x90", "不是可以上传的类型"),
    ("a.png.js", b"alert(1)", "不是可以上传的类型"),
    ("没有后缀", b"hello", "不是可以上传的类型"),
    ("a.docm", OFFICE, "不是可以上传的类型"),
    ("a.png", b"<svg onload=alert(1)>", "内容与类型不符"),
    ("a.jpg", b"MZ\x90\x00", "内容与类型不符"),
    ("a.pdf", b"<html>%PDF-", "内容与类型不符"),
    ("a.docx", packed("run.exe"), "内容与类型不符"),
    ("a.xlsx", packed("[Content_Types].xml", "xl/vbaProject.bin"), "含有宏"),
    ("a.docx", b"PK\x03\x04 broken", "打不开"),
    ("a.txt", b"hello <ScRiPt>alert(1)</script>", "可运行的内容"),
    ("a.txt", b"\xef\xbb\xbf<!DOCTYPE html>", "可运行的内容"),
    ("a.csv", b"#!/bin/sh", "可运行的内容"),
    ("a.txt", b"a\x00b", "可运行的内容"),
    ("a.txt", b"", "是空的"),
]


@pytest.mark.parametrize(("name", "content"), TAKEN, ids=[name for name, _content in TAKEN])
def test_what_is_taken_lies_under_its_digest(name, content, folder):
    (kept,) = keeping.keep([file(name, content)])

    place = folder / kept.digest[:2] / kept.digest
    assert kept.digest == hashlib.sha256(content).hexdigest()
    assert place.read_bytes() == content
    assert path_of(kept.digest) == place
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED)
def test_what_is_not_taken(name, content, sentence, folder):
    with pytest.raises(Refused, match=sentence):
        keeping.keep([file(), file(name, content)])
    assert not folder.exists()


def test_a_file_too_large_is_refused(settings):
    settings.EVIDENCE_MAX_BYTES = 1024**2
    with pytest.raises(Refused, match="有 1.0 MB，每个文件最大 1 MB"):
        keeping.keep([file(content=PICTURE + b"\x00" * 1024**2)])


def test_ten_files_are_one_too_many():
    with pytest.raises(Refused, match="一次最多 9 个文件"):
        keeping.keep([file()] * 10)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd.txt", "passwd.txt"), ("C:\\照片\\现场.png", "现场.png"), ("a\x00\nb.txt", "ab.txt"),
     ("长" * 200 + ".png", "长" * 156 + ".png"), ("..", "..")],
)  # fmt: skip
def test_names_lead_nowhere(name, kept):
    assert rules.tidy_name(name) == kept


def test_the_same_picture_twice_is_kept_once(item, world, folder):
    followed(item, world, files=[file("甲.png"), file("乙.png")])
    followed(item, world, files=[file("丙.png")])

    assert list(Evidence.objects.order_by("pk").values_list("name", flat=True)) == ["乙.png", "丙.png"]
    assert len([one for one in folder.rglob("*") if one.is_file()]) == 1


def test_the_journal_names_the_digest(item, world):
    followed(item, world, files=[file()])
    changes = Event.objects.get(verb="item.followed_up").changes
    assert changes == {"for": [None, "2020-02-03"], "files": [None, [hashlib.sha256(PICTURE).hexdigest()]]}


def test_a_bad_file_leaves_nothing_said(item, world):
    with pytest.raises(Refused), transaction.atomic():
        followed(item, world, files=[file("a.svg", b"<svg>")])
    assert not FollowUp.objects.exists()


@pytest.fixture
def proven(item, world):
    items.ask_to_close(
        item=item, text="已更换", by=world.user("林河"), at=NOON,
        evidence=[file(), file("记录.txt", "已更换".encode()), file("单据.pdf", b"%PDF-1.4 x")],
    )  # fmt: skip
    return {one.media_type: one for one in Evidence.objects.all()}


@pytest.mark.parametrize(
    ("who", "status"), [("林河", 200), ("诺敏", 200), ("顾岚", 200), ("石强", 404), ("马力", 404), ("孙审", 404)]
)
def test_who_may_open_a_file(signed_in, proven, who, status):
    assert signed_in(who).get(f"/evidence/{proven['image/png'].pk}/").status_code == status


def test_without_an_account_one_is_sent_to_the_door(client, proven):
    assert client.get(f"/evidence/{proven['image/png'].pk}/").status_code == 302


@pytest.mark.parametrize(("media", "how"), [("image/png", "inline"), ("text/plain", "attachment")])
def test_only_pictures_are_shown_by_the_browser(signed_in, proven, media, how):
    answer = signed_in("诺敏").get(f"/evidence/{proven[media].pk}/")

    assert answer["Content-Disposition"].startswith(how)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (media, "nosniff")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)


def test_a_file_that_is_gone_is_not_there(signed_in, proven, folder):
    one = proven["application/pdf"]
    path_of(one.digest).unlink()
    assert signed_in("诺敏").get(f"/evidence/{one.pk}/").status_code == 404


def photographed():
    """A picture in which a telephone says what it is."""
    exif, out = Image.Exif(), BytesIO()
    exif[0x010F], exif[0x0112] = "HUAWEI P30", 6
    Image.new("RGB", (4, 3)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_what_lies_there_says_nothing_of_the_camera_and_its_digest_is_of_that(folder):
    (kept,) = keeping.keep([file("现场.jpg", photographed())])
    content = path_of(kept.digest).read_bytes()

    assert b"HUAWEI" not in content
    assert (kept.digest, kept.size) == (hashlib.sha256(content).hexdigest(), len(content))
    with Image.open(BytesIO(content)) as picture:
        assert dict(picture.getexif()) == {0x0112: 6}
    assert keeping.keep([file("再传一次.jpg", photographed())])[0].digest == kept.digest
    assert keeping.keep([file("下载后再传.jpg", content)])[0].digest == kept.digest


LATER = NOON + keeping.SPARED


def test_a_file_that_was_let_go_is_removed_by_the_tick_after_an_hour(folder):
    (kept,) = keeping.keep([file()])
    keeping.discard([kept.digest], at=NOON)
    keeping.discard([kept.digest], at=NOON)

    assert keeping.remove_discarded(at=LATER - timedelta(seconds=1)) == 0
    assert path_of(kept.digest).exists()
    assert keeping.remove_discarded(at=LATER) == 1
    assert not path_of(kept.digest).exists()
    assert keeping.remove_discarded(at=LATER) == 0


def test_a_file_that_something_else_rests_on_stays(world, given, folder):
    followed(given(), world, files=[file()])
    evidence = Evidence.objects.get()
    keeping.discard([evidence.digest], at=NOON)

    assert keeping.remove_discarded(at=LATER) == 1
    assert path_of(evidence.digest).exists()


def test_a_file_that_comes_back_before_it_is_removed_stays(folder):
    (kept,) = keeping.keep([file()])
    keeping.discard([kept.digest], at=NOON)
    keeping.keep([file("同一张.png")])

    assert keeping.remove_discarded(at=LATER) == 0
    assert path_of(kept.digest).exists()


def test_letting_go_that_is_taken_back_removes_nothing(folder):
    (kept,) = keeping.keep([file()])
    with transaction.atomic():
        keeping.discard([kept.digest], at=NOON)
        transaction.set_rollback(True)

    assert keeping.remove_discarded(at=LATER) == 0
    assert path_of(kept.digest).exists()
