"""Which files are taken as evidence. Only what is named here: nothing that a browser or a system would run."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

MOST_FILES = 9
HEAD = 4096
"""Bytes of the beginning that tell what a file is."""
LONGEST_NAME = 160

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = "application/vnd.openxmlformats-officedocument"
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<iframe")
RUN = (b"#!", b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
MACROS = "vbaproject.bin"


@dataclass(frozen=True)
class FileType:
    """How a kind of file begins, at `offset`."""

    media: str
    starts: tuple[bytes, ...] = ()
    offset: int = 0


JPEG = FileType("image/jpeg", (b"\xff\xd8\xff",))
TYPES = {
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": FileType("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "gif": FileType("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": FileType("image/webp", (b"WEBP",), 8),
    "heic": FileType("image/heic", (b"ftyp",), 4),
    "mp4": FileType("video/mp4", (b"ftyp",), 4),
    "pdf": FileType("application/pdf", (b"%PDF-",)),
    "docx": FileType(f"{OFFICE}.wordprocessingml.document", (ZIP,)),
    "xlsx": FileType(f"{OFFICE}.spreadsheetml.sheet", (ZIP,)),
    "pptx": FileType(f"{OFFICE}.presentationml.presentation", (ZIP,)),
    "doc": FileType("application/msword", (OLE,)),
    "xls": FileType("application/vnd.ms-excel", (OLE,)),
    "ppt": FileType("application/vnd.ms-powerpoint", (OLE,)),
    "txt": FileType("text/plain"),
    "csv": FileType("text/csv"),
}
ACCEPT = ",".join(f".{name}" for name in TYPES)
"""For the file field."""


def type_of(name: str) -> FileType | None:
    return TYPES.get(PurePath(name).suffix.lower().removeprefix("."))


def is_packed(name: str) -> bool:
    """Whether the file is a packed folder, whose members must be looked at."""
    kind = type_of(name)
    return kind is not None and ZIP in kind.starts


def why_not_keep(name: str, head: bytes, members: Sequence[str] | None = None) -> str | None:
    """Why a file of this name, beginning and, if packed, members is not taken."""
    kind = type_of(name)
    if kind is None:
        return _("“%(name)s”不是可以上传的类型：只收图片、PDF、Office 文档、文本和 MP4") % {"name": name}
    begins = not kind.starts or head[kind.offset :].startswith(kind.starts)
    if not begins or (kind.starts == (ZIP,) and not _is_office(members)):
        return _("“%(name)s”的内容与类型不符，请用原文件") % {"name": name}
    if members and any(member.lower().endswith(MACROS) for member in members):
        return _("“%(name)s”含有宏，请另存为不含宏的文件") % {"name": name}
    if _is_active(head, is_text=not kind.starts):
        return _("“%(name)s”含有可运行的内容，不能上传") % {"name": name}
    return None


def why_not_size(name: str, size: int, most: int) -> str | None:
    if size == 0:
        return _("“%(name)s”是空的") % {"name": name}
    if size > most:
        return _("“%(name)s”有 %(size).1f MB，每个文件最大 %(most)d MB") % {
            "name": name, "size": size / 1024**2, "most": most // 1024**2}  # fmt: skip
    return None


def why_not_so_many(count: int) -> str | None:
    if count > MOST_FILES:
        return _("一次最多 %(most)d 个文件") % {"most": MOST_FILES}
    return None


def tidy_name(name: str) -> str:
    """The last part of a path, without control signs; its end kept where it is too long."""
    bare = PurePath(name.replace("\\", "/")).name
    return "".join(sign for sign in bare if sign.isprintable())[-LONGEST_NAME:].strip() or "file"


def _is_office(members: Sequence[str] | None) -> bool:
    return bool(members) and "[Content_Types].xml" in (members or ())


def _is_active(head: bytes, *, is_text: bool) -> bool:
    """Programs by how they begin; in text also markup, anywhere near the beginning, and signs that no text has."""
    if head.startswith(RUN):
        return True
    return is_text and (b"\x00" in head or any(mark in head.lower() for mark in MARKUP))
