"""What cameras say of themselves leaves pictures and films; what they show stays, bit by bit."""

from io import BytesIO
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from wuli.base.metadata import without_metadata

MAKE, PLACE, SOFTWARE, UP = 0x010F, 0x8825, 0x0131, 0x0112
SECRET = b"HUAWEI P30"
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}


def drawn(media, *, up=1, frames=1, **more):
    """A picture in two colours that says with what, where and by whom it was taken."""
    exif = Image.Exif()
    exif[MAKE], exif[UP], exif[PLACE] = SECRET.decode(), up, {1: "N", 2: (25.0, 2.0, 11.0)}
    pictures = [Image.new("RGB", (8, 5), (200, 30 * number, 0)) for number in range(frames)]
    for picture in pictures:
        picture.putpixel((0, 0), (0, 0, 255))
    told = {
        "image/jpeg": {"exif": exif, "comment": SECRET, "quality": 90}, "image/webp": {"exif": exif, "xmp": SECRET},
        "image/png": {"exif": exif, "pnginfo": _remark()}, "image/gif": {"comment": SECRET},
    }[media]  # fmt: skip
    out = BytesIO()
    others = {"save_all": True, "append_images": pictures[1:], "loop": 0} if frames > 1 else {}
    pictures[0].save(out, FORMATS[media], **told, **others, **more)
    return out.getvalue()


def _remark():
    remark = PngInfo()
    remark.add_text("Author", SECRET.decode())
    return remark


def pixels(content):
    """As somebody sees it: turned the way it says, every frame."""
    seen = []
    with Image.open(BytesIO(content)) as picture:
        for frame in range(getattr(picture, "n_frames", 1)):
            picture.seek(frame)
            seen.append(ImageOps.exif_transpose(picture.convert("RGB") if frame else picture).convert("RGB").tobytes())
    return seen


@pytest.mark.parametrize("media", FORMATS)
@pytest.mark.parametrize("up", [1, 3, 6, 8])
def test_place_and_device_go_and_the_picture_stays_as_it_was_seen(media, up):
    content = drawn(media, up=up)
    assert SECRET in content

    clean = without_metadata(content, media)

    assert SECRET not in clean
    assert pixels(clean) == pixels(content)
    with Image.open(BytesIO(clean)) as picture:
        told = dict(picture.getexif())
    assert told == ({} if up == 1 or media == "image/gif" else {UP: up})


@pytest.mark.parametrize("media", FORMATS)
def test_the_same_file_gives_the_same_bytes_and_a_clean_one_itself(media):
    clean = without_metadata(drawn(media, up=6), media)

    assert without_metadata(drawn(media, up=6), media) == clean == without_metadata(clean, media)


@pytest.mark.parametrize("media", ["image/png", "image/gif", "image/webp"])
def test_what_moves_goes_on_moving(media):
    content = drawn(media, frames=3)
    assert len(pixels(without_metadata(content, media))) == 3
    assert pixels(without_metadata(content, media)) == pixels(content)


def test_a_jpeg_in_many_scans_stays_and_what_follows_its_end_goes():
    content = drawn("image/jpeg", progressive=True)
    clean = without_metadata(content + b"\xff\xd8\xff\xe1 a second picture " + SECRET, "image/jpeg")

    assert clean == without_metadata(content, "image/jpeg")
    assert pixels(clean) == pixels(content)


@pytest.mark.parametrize("length", [200, 400])
def test_a_jpeg_that_breaks_off_says_nothing_either(length):
    assert SECRET not in without_metadata(drawn("image/jpeg")[:length], "image/jpeg")


def box(kind, body=b""):
    return pack(">I", 8 + len(body)) + kind + body


def test_a_film_loses_place_and_time_and_keeps_its_places():
    head = box(b"mvhd", b"\0\0\0\0" + b"\x12\x34\x56\x78" * 2 + b"rest")
    film = box(b"ftyp", b"mp42") + box(
        b"moov", head + box(b"trak", box(b"udta", SECRET)) + box(b"udta", box(b"\xa9xyz", b"+25.03+102.71/"))
    ) + box(b"mdat", b"the film")  # fmt: skip
    clean = without_metadata(film, "video/mp4")

    assert len(clean) == len(film)
    assert clean.index(b"the film") == film.index(b"the film")
    for said in (SECRET, b"+25.03", b"\x12\x34\x56\x78", b"udta"):
        assert said in film
        assert said not in clean
    assert without_metadata(clean, "video/mp4") == clean


def heic(version=1):
    """A picture whose item 1 is drawn and whose item 2 says who drew it."""

    def entry(number, kind):
        return box(b"infe", b"\2\0\0\0" + pack(">HH", number, 0) + kind + b"\0")

    def laid(drawn_at, said_at):
        places = b"".join(
            pack(">H", number) + (b"\0\0" if version else b"") + pack(">HHII", 0, 1, at, 8)
            for number, at in ((1, drawn_at), (2, said_at))
        )
        iloc = box(b"iloc", bytes([version, 0, 0, 0]) + b"\x44\x00" + pack(">H", 2) + places)
        iinf = box(b"iinf", b"\0\0\0\0" + pack(">H", 2) + entry(1, b"hvc1") + entry(2, b"Exif"))
        return box(b"ftyp", b"heic") + box(b"meta", b"\0\0\0\0" + iinf + iloc)

    start = len(laid(0, 0)) + 8
    return laid(start, start + 8) + box(b"mdat", b"picture!" + b"camera! ")


@pytest.mark.parametrize("version", [0, 1])
def test_a_heic_picture_loses_what_the_camera_said(version):
    clean = without_metadata(heic(version), "image/heic")

    assert clean == heic(version).replace(b"camera! ", bytes(8))
    assert b"picture!" in clean


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([*FORMATS, "image/heic", "video/mp4"]), st.binary(max_size=60), st.data())
def test_whatever_comes_goes_through(media, noise, data):
    whole = heic() if media == "image/heic" else drawn(media) if media in FORMATS else box(b"moov", box(b"udta"))
    cut = data.draw(st.integers(0, len(whole)))
    found = without_metadata(whole[:cut] + noise, media)

    assert without_metadata(found, media) == found
