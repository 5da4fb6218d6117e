"""Papers that are one long table: set line by line, in the manner of papers/paper.html.

WeasyPrint gives every cell boxes of its own: 3,244 rows took it half a minute and 700 MB. Here a row is lines of text.
"""

import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language

from .documents import no_typesetting

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 210, 297, 16, 20, 18
INNER, FLOOR = WIDTH - 2 * LEFT, HEIGHT - BOTTOM
POINT = 25.4 / 72
INK, GREY, PALE, RULE, TINT, MARK = "#111111", "#444444", "#555555", "#888888", "#eef3f8", "#c02a1f"
PAD_X, PAD_Y, QUOTED = 1.0, 0.6, 5.0
FACES = {
    "serif": "Noto Serif CJK {place},Songti {place},SimSun,serif",
    "bold": "Noto Sans CJK {place},Microsoft YaHei,sans-serif:bold",
}
"""The fonts of paper.html, as fontconfig is asked for them; no third one, since each costs a second and 60 MB."""
_WORDS = re.compile(r"\s+|[（《〈“‘「『【〔]*(?:[!-~]+|\S)[，。；：、！？）》〉”’」』】〕…]*")
"""What is not torn apart where a line ends: a Latin word or one sign, with the brackets and stops that cling to it."""


@dataclass(frozen=True)
class Column:
    title: str
    share: float
    """Of the width."""
    is_number: bool = False
    """Stands to the right."""


class Listing:
    """A4 pages, filled from the top. `note` (who, when) and the number of the page stand at the foot of each.

    Raises Refused where the system lacks fontconfig, by which fonts are found.
    """

    def __init__(self, title: str, note: str) -> None:
        self._sheet = _Sheet(title, note)

    def heading(self, text: str) -> None:
        self._set(text, _Style("bold", 17, 1.35, centred=True))
        self.gap(4)

    def about(self, text: str) -> None:
        self._set(text, _Style("serif", 10.5, 1.55, GREY, centred=True))

    def section(self, text: str) -> None:
        """A heading that is not left alone at the foot of a page."""
        self.gap(6)
        self._sheet.need(25)
        self._set(text, _Style("bold", 12, 1.4))
        self.gap(2)

    def paragraph(self, text: str, size: float = 9, *, face: str = "serif", quoted: bool = False) -> None:
        """`quoted`: with a red line beside it."""
        for part in text.splitlines():
            self._set(part, _Style(face, size, 1.55, quoted=quoted))

    def gap(self, height: float) -> None:
        self._sheet.y += height

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], size: float = 9) -> None:
        """Its head stands again on each page."""
        grid = _Grid(self._sheet, columns, size)
        for row in rows:
            grid.row(row)
        grid.close()
        self.gap(2)

    def pdf(self) -> bytes:
        return self._sheet.finish()

    def _set(self, text: str, style: "_Style") -> None:
        sheet, height = self._sheet, style.size * style.leading * POINT
        left = LEFT + (QUOTED if style.quoted else 0)
        sheet.use(style.face, style.size, style.ink)
        for line in sheet.broken(text, LEFT + INNER - left):
            if sheet.need(height):
                sheet.use(style.face, style.size, style.ink)
            if style.quoted:
                sheet.rule(LEFT, sheet.y, LEFT, sheet.y + height, MARK, 2)
            sheet.put(left + (INNER - sheet.width(line)) / 2 if style.centred else left, line, height)
            sheet.y += height


@dataclass(frozen=True)
class _Style:
    face: str
    size: float
    leading: float
    ink: str = INK
    centred: bool = False
    quoted: bool = False


class _Grid:
    """A table under way. The sides of its columns are ruled once for each page, when it ends or the page is full."""

    def __init__(self, sheet: "_Sheet", columns: Sequence[Column], size: float) -> None:
        self._sheet, self._columns, self._size = sheet, columns, size
        whole = sum(column.share for column in columns)
        self._widths = [INNER * column.share / whole for column in columns]
        self._lefts = [LEFT + sum(self._widths[:n]) for n in range(len(columns))]
        self._step = size * 1.35 * POINT
        self._begin()

    def row(self, cells: Sequence[str]) -> None:
        lines = self._lines("serif", cells)
        if self._sheet.y + self._height(lines) > FLOOR:
            self.close()
            self._sheet.turn()
            self._begin()
            self._sheet.use("serif", self._size)
        self._draw(lines)

    def close(self) -> None:
        for edge in (*self._lefts, LEFT + INNER):
            self._sheet.rule(edge, self._top, edge, self._sheet.y)

    def _begin(self) -> None:
        self._sheet.need(3 * self._step)
        self._top = self._sheet.y
        lines = self._lines("bold", [column.title for column in self._columns])
        self._sheet.tint(self._height(lines))
        self._sheet.rule(LEFT, self._top, LEFT + INNER, self._top)
        self._draw(lines)

    def _lines(self, face: str, cells: Sequence[str]) -> list[list[str]]:
        self._sheet.use(face, self._size)
        return [
            self._sheet.broken(cell, width - 2 * PAD_X) for cell, width in zip(cells, self._widths, strict=True)
        ]  # fmt: skip

    def _height(self, lines: Sequence[Sequence[str]]) -> float:
        return max(map(len, lines)) * self._step + 2 * PAD_Y

    def _draw(self, lines: Sequence[Sequence[str]]) -> None:
        sheet, height = self._sheet, self._height(lines)
        top = sheet.y
        for column, some, left, width in zip(self._columns, lines, self._lefts, self._widths, strict=True):
            for n, line in enumerate(some):
                sheet.y = top + PAD_Y + n * self._step
                right = left + width - PAD_X - sheet.width(line) if column.is_number else 0
                sheet.put(right or left + PAD_X, line, self._step)
        sheet.y = top + height
        sheet.rule(LEFT, sheet.y, LEFT + INNER, sheet.y)


class _Sheet:
    """The page under the pen: how far down it is (`y`), in which face, and how wide words are."""

    def __init__(self, title: str, note: str) -> None:
        self._language = get_language() or ""
        self._note = note
        self._paper = _typesetter()(format="A4")
        self._paper.set_auto_page_break(False)
        self._paper.set_title(title)
        self._paper.set_lang(self._language)
        self._signs: dict[tuple[str, str], float] = {}
        self.turn()

    def turn(self) -> None:
        self._paper.add_page()
        self._used: tuple[str, float, str] | None = None
        self.y = float(TOP)

    def need(self, height: float) -> bool:
        """Turn the page where so much is not left of it; whether it was turned."""
        if full := self.y + height > FLOOR:
            self.turn()
        return full

    def use(self, face: str, size: float, ink: str = INK) -> None:
        if self._used == (face, size, ink):
            return
        if face not in self._paper.fonts:
            path, number = _font(face, self._language)
            self._paper.add_font(face, fname=path, collection_font_number=number)
        self._paper.set_font(face, size=size)
        self._paper.set_text_color(ink)
        self._used = (face, size, ink)

    def width(self, text: str) -> float:
        """Added up from the signs, each measured once."""
        face, size, _ink = self._used or ("", 0, "")
        total = 0.0
        for sign in text:
            if (one := self._signs.get((face, sign))) is None:
                one = self._signs[face, sign] = self._paper.get_string_width(sign) / size
            total += one
        return total * size

    def broken(self, text: str, width: float) -> list[str]:
        """`text` in lines no wider than `width`; only a word that is wider by itself is torn."""
        width += 0.001  # what adding up loses
        if self.width(text) <= width:
            return [text.rstrip()]
        lines, line = [], ""
        for word in _WORDS.findall(text):
            if line and self.width(line + word.rstrip()) > width:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
            while self.width(line.rstrip()) > width:
                fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or self.width(line[:n]) <= width)
                lines.append(line[:fits])
                line = line[fits:]
        return [*lines, line.rstrip()]

    def put(self, left: float, line: str, height: float) -> None:
        """Write a line in the middle of so much height."""
        size = self._used[1] if self._used else 0
        self._paper.text(left, self.y + height / 2 + 0.36 * size * POINT, line)

    def rule(self, left: float, top: float, right: float, bottom: float, ink: str = RULE, points: float = 0.4) -> None:
        self._paper.set_draw_color(ink)
        self._paper.set_line_width(points * POINT)
        self._paper.line(left, top, right, bottom)

    def tint(self, height: float) -> None:
        self._paper.set_fill_color(TINT)
        self._paper.rect(LEFT, self.y, INNER, height, style="F")

    def finish(self) -> bytes:
        pages = self._paper.pages_count
        for number in range(1, pages + 1):
            self._paper.page, self._paper.current_font_is_set_on_page = number, False
            self._foot(f"{number} / {pages}")
        return bytes(self._paper.output())

    def _foot(self, number: str) -> None:
        self.use("serif", 8, PALE)
        self.y, height = FLOOR + 4, 8 * 1.4 * POINT
        self.put(LEFT + INNER - self.width(number), number, height)
        for line in self.broken(self._note, 0.8 * INNER):
            self.put(LEFT, line, height)
            self.y += height


@cache
def _font(face: str, language: str) -> tuple[str, int]:
    """The file that fontconfig finds for a face, and which font of that file."""
    wanted = FACES[face].format(place="TC" if language.lower() == "zh-hant" else "SC")
    try:
        found = subprocess.run(
            ["fc-match", "--format", "%{file}\t%{index}", wanted],
            check=True,
            capture_output=True,
            text=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError) as missing:
        raise no_typesetting() from missing
    path, index = found.stdout.split("\t")
    return path, int(index) & 0xFFFF


def _typesetter() -> Any:
    """Loaded when a listing is first asked for."""
    from fpdf import FPDF

    return FPDF
