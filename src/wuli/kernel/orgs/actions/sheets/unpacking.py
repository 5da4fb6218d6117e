"""A spreadsheet is a zip archive from a stranger: measure what it holds before any parser opens it."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from wuli.base.errors import Refused

LARGEST = 600 * 1024 * 1024
"""Bytes a workbook may hold unpacked; a roster of 170,000 people has about 80 million."""
MOST_PARTS = 1000
MOST_CELLS = 30_000_000
"""The parser makes room for the whole rectangle up to the farthest cell, be it the only one there."""
PIECE = 256 * 1024
OVERLAP = 32
LOCAL_HEADER = 30
ENCRYPTED = 0x1
SHEETS = "xl/worksheets/"
PLACE = re.compile(rb"r=[\"']([A-Za-z]*)(\d+)")
FAR = re.compile(rb"r=[\"'](?:[A-Za-z]{3,}\d|[B-Zb-z][A-Za-z]\d|[A-Za-z]*(?:[4-9]\d{5}|\d{7}))")
"""A cell beyond column AZ or row 400,000: reason enough to look at the place of every cell."""


def refuse_dangerous(path: Path) -> None:
    """Refuse a broken, locked or swollen archive: by what it says of itself, then by what is really in it."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
        if any(part.flag_bits & ENCRYPTED for part in parts):
            raise Refused(_("文件有密码，请取消密码后再上传"), code="locked")
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            raise Refused(_("这不是 Excel 工作簿，请上传 .xlsx 或 .csv 文件"), code="not_a_sheet")
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
            raise _too_large()
        with path.open("rb") as file:
            _measure(file, parts)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as broken:
        raise Refused(_("文件已损坏，不能打开；请用 Excel 另存一份再上传"), code="broken") from broken


def _measure(file: IO[bytes], parts: list[ZipInfo]) -> None:
    """Unpack every part without keeping it: the sizes in the directory may be lies."""
    unpacked = 0
    for part in parts:
        before, far, tail = unpacked, False, b""
        for piece in _unpacked(file, part):
            unpacked += len(piece)
            if unpacked > LARGEST:
                raise _too_large()
            if part.filename.startswith(SHEETS):
                far = far or FAR.search(tail + piece) is not None
                tail = piece[-OVERLAP:]
        if unpacked - before != part.file_size:
            raise BadZipFile("the directory gives another size")
        if far:
            _refuse_far_cells(file, part)


def _refuse_far_cells(file: IO[bytes], part: ZipInfo) -> None:
    width = height = 1
    tail = b""
    for piece in _unpacked(file, part):
        for letters, digits in PLACE.findall(tail + piece):
            width = max(width, _column(letters))
            height = max(height, int(digits[:20]))
        tail = piece[-OVERLAP:]
    if width * height > MOST_CELLS:
        raise Refused(_("表格以外很远的单元格里有内容，请把数据复制到新的工作簿再上传"), code="far_cells")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _unpacked(file: IO[bytes], part: ZipInfo) -> Iterator[bytes]:
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile("packed in a way that Excel does not use")
    file.seek(part.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER:
        raise BadZipFile("cut off")
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left, inflater = part.compress_size, zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and (packed := file.read(min(PIECE, left))):
        left -= len(packed)
        if part.compress_type == ZIP_STORED:
            yield packed
            continue
        while packed:
            yield inflater.decompress(packed, PIECE)
            packed = inflater.unconsumed_tail


def _too_large() -> Refused:
    return Refused(_("文件展开后超过 %(size)d MB，不像一张表，没有读取") % {"size": LARGEST // 1024**2}, code="bomb")
