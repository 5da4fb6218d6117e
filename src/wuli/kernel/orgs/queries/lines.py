"""Lines of a file as a page shows them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One line of the file, or someone it does not name (`row` is None), and what it would change."""

    row: int | None
    number: str
    name: str
    changes: list[Change]


@dataclass(frozen=True)
class Flaw:
    """One cell with a problem or a notice."""

    row: int | None
    label: str
    reason: str


@dataclass(frozen=True)
class Piece[T]:
    """Some lines of many; `next` and `previous` are offsets for the address, "" where there is nothing more."""

    rows: list[T]
    next: str = ""
    previous: str = ""

    @property
    def is_first(self) -> bool:
        return self.previous == ""
