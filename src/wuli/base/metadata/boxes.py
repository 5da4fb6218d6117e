"""HEIC pictures and MP4 films: boxes in boxes, with places of one written in another. So nothing is moved: what says
more than the picture is overwritten where it stands. HEIC keeps which way up in the picture's own properties."""

from collections.abc import Iterator
from dataclasses import dataclass

HOLDING = frozenset([b"moov", b"trak", b"mdia", b"edts", b"minf", b"moof", b"traf"])
TELLING = frozenset([b"udta", b"meta", b"uuid"])
DATED = frozenset([b"mvhd", b"tkhd", b"mdhd"])
NOTES = (b"Exif", b"mime", b"uri ")
"""Kinds of items of a HEIC file that hold camera data or remarks."""


@dataclass(frozen=True)
class Box:
    kind: bytes
    start: int
    body: int
    end: int


def mp4(content: bytes) -> bytes:
    film = bytearray(content)
    _silence(film, 0, len(film))
    return bytes(film)


def heic(content: bytes) -> bytes:
    picture = bytearray(content)
    for box in _boxes(picture, 0, len(picture)):
        if box.kind == b"meta":
            for start, end in _notes(picture, box):
                picture[start:end] = bytes(end - start)
        elif box.kind == b"uuid":
            _empty(picture, box)
        elif box.kind == b"moov":
            _silence(picture, box.start, box.end)
    return bytes(picture)


def _silence(film: bytearray, start: int, end: int) -> None:
    for box in _boxes(film, start, end):
        if box.kind in TELLING:
            _empty(film, box)
        elif box.kind in HOLDING:
            _silence(film, box.body, box.end)
        elif box.kind in DATED:
            length = 16 if film[box.body] else 8
            film[box.body + 4 : box.body + 4 + length] = bytes(length)


def _boxes(content: bytearray, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        size, body = int.from_bytes(content[start : start + 4]), start + 8
        if size == 1:
            size, body = int.from_bytes(content[start + 8 : start + 16]), start + 16
        until = end if size == 0 else start + size
        if until > end or until < body:
            return  # broken off here: players stop here too
        yield Box(bytes(content[start + 4 : start + 8]), start, body, until)
        start = until


def _empty(content: bytearray, box: Box) -> None:
    """Players pass over a box that calls itself free."""
    content[box.start + 4 : box.start + 8] = b"free"
    content[box.body : box.end] = bytes(box.end - box.body)


def _notes(content: bytearray, meta: Box) -> Iterator[tuple[int, int]]:
    """Where the camera data and remarks of a picture lie."""
    inside = {box.kind: box for box in _boxes(content, meta.body + 4, meta.end)}
    if b"iinf" not in inside or b"iloc" not in inside:
        return
    noted = set(_noted(content, inside[b"iinf"]))
    idat = inside.get(b"idat")
    for item, method, start, length in _places(content, inside[b"iloc"]):
        if item in noted and method == 0:
            yield start, min(start + length, len(content))
        elif item in noted and method == 1 and idat:
            yield idat.body + start, min(idat.body + start + length, idat.end)


def _noted(content: bytearray, iinf: Box) -> Iterator[int]:
    start = iinf.body + (6 if content[iinf.body] == 0 else 8)
    for box in _boxes(content, start, iinf.end):
        wide = 4 if content[box.body] == 3 else 2
        at = box.body + 4
        if bytes(content[at + wide + 2 : at + wide + 6]) in NOTES:
            yield int.from_bytes(content[at : at + wide])


def _places(content: bytearray, iloc: Box) -> Iterator[tuple[int, int, int, int]]:
    """Item, how it is placed, where it begins, how long it is; for each piece of each."""
    version, at = content[iloc.body], iloc.body + 4

    def number(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(content[at - size : at])

    sizes = number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    for _item in range(number(wide)):
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size)
        for _piece in range(number(2)):
            if version:
                number(index_size)
            start = base + number(offset_size)
            yield item, method, start, number(length_size)
