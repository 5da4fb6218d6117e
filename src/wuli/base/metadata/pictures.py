"""JPEG, PNG, GIF and WebP: copied piece by piece, only what draws the picture. ValueError for what is none of them."""

import re
import zlib
from collections.abc import Iterator
from struct import error, pack, unpack_from

UPRIGHT = 1
ORIENTATION = 0x0112
EXIF = b"Exif\0\0"

JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
SCAN = 0xDA
DRAWING = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}
"""Frames, tables, scans."""
NAMED = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Of the segments of programs those that say how colours are meant."""
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs hIST sPLT acTL fcTL fdAT".split()
)
WEBP_KEPT = frozenset([b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
HAS_EXIF, HAS_XMP = 0x08, 0x04
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def jpeg(content: bytes) -> bytes:
    kept: list[bytes] = []
    upright = UPRIGHT
    for marker, segment in _segments(content):
        if marker == 0xE1 and segment[4:].startswith(EXIF):
            upright = _orientation(segment[4 + len(EXIF) :])
        elif marker in DRAWING or (name := NAMED.get(marker)) and segment[4:].startswith(name):
            kept.append(segment)
    if upright != UPRIGHT:
        said = EXIF + _only(upright)
        kept.insert(int(bool(kept) and kept[0][1] == 0xE0), b"\xff\xe1" + pack(">H", len(said) + 2) + said)
    return b"".join([JPEG_START, *kept, JPEG_END])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment with its marker, a scan with its data; up to the end of the picture, or to where it breaks off.

    What follows the end, further pictures and films of some telephones, is not part of it.
    """
    at, size = 2, len(content)
    while at + 4 <= size and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == 0xD9 or end > size:
            break
        if marker == SCAN:
            following = NEXT_MARKER.search(content, end)
            end = following.start() if following else size
        yield marker, content[at:end]
        at = end
    if at == 2:
        raise ValueError("no JPEG")


def png(content: bytes) -> bytes:
    kept = [PNG_START]
    for kind, chunk in _chunks(content):
        if len(kept) == 1 and kind != b"IHDR":
            raise ValueError("no PNG")
        if kind in PNG_KEPT:
            kept.append(chunk)
        elif kind == b"eXIf" and (upright := _orientation(chunk[8:-4])) != UPRIGHT:
            said = b"eXIf" + _only(upright)
            kept.insert(2, pack(">I", len(said) - 4) + said + pack(">I", zlib.crc32(said)))
    if len(kept) == 1:
        raise ValueError("no PNG")
    return b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_START)
    while at + 8 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4])
        kind = content[at + 4 : at + 8]
        yield kind, content[at:end]
        at = end
        if kind == b"IEND":
            return


def webp(content: bytes) -> bytes:
    kept: list[tuple[bytes, bytes]] = []
    upright = UPRIGHT
    for kind, payload in _riff(content):
        if kind in WEBP_KEPT:
            kept.append((kind, payload))
        elif kind == b"EXIF":
            upright = _orientation(payload.removeprefix(EXIF))
    if not kept:
        raise ValueError("no WebP")
    if kept[0][0] == b"VP8X":
        kept = _declared(kept, upright)
    body = b"WEBP" + b"".join(kind + pack("<I", len(p)) + p + b"\0" * (len(p) % 2) for kind, p in kept)
    return b"RIFF" + pack("<I", len(body)) + body


def _declared(kept: list[tuple[bytes, bytes]], upright: int) -> list[tuple[bytes, bytes]]:
    """The header says what there is besides the picture: nothing, or which way up it stays."""
    head = bytearray(kept[0][1])
    head[0] &= ~(HAS_EXIF | HAS_XMP)
    more = []
    if upright != UPRIGHT:
        head[0] |= HAS_EXIF
        more = [(b"EXIF", _only(upright))]
    return [(b"VP8X", bytes(head)), *kept[1:], *more]


def _riff(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        yield content[at : at + 4], content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def gif(content: bytes) -> bytes:
    """Without remarks and the notes of programs, but for how often it plays."""
    at = 13 + _table(content[10])
    kept = [content[:at]]
    while content[at] != 0x3B:
        if content[at] == 0x2C:
            end = _blocks(content, at + 11 + _table(content[at + 9]))
            is_kept = True
        elif content[at] == 0x21:
            end = _blocks(content, at + 2)
            label, name = content[at + 1], content[at + 3 : at + 14]
            is_kept = label == 0xF9 or (label == 0xFF and name in LOOPS)
        else:
            raise ValueError("no GIF")
        kept += [content[at:end]] if is_kept else []
        at = end
    return b"".join(kept) + b"\x3b"


def _table(flags: int) -> int:
    """How many bytes a table of colours takes, if there is one."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(content: bytes, at: int) -> int:
    """Where a row of blocks ends that begins at `at`."""
    while content[at]:
        at += content[at] + 1
    return at + 1


def _orientation(tiff: bytes) -> int:
    """Which way up, out of all that a camera says; as it is where that cannot be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return UPRIGHT
    try:
        (at,) = unpack_from(order + "I", tiff, 4)
        (entries,) = unpack_from(order + "H", tiff, at)
        for entry in range(entries):
            tag, _kind, _count, value = unpack_from(order + "HHIH", tiff, at + 2 + 12 * entry)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else UPRIGHT
    except error:
        pass
    return UPRIGHT


def _only(upright: int) -> bytes:
    """Camera data that say which way up, and nothing else."""
    return b"MM\0*" + pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, upright, 0, 0)
