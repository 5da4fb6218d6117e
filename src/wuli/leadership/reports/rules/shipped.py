"""The forms that come with Wuli, as data: files beside this app, each a spec with its name and purpose."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.form import Spec, read, said

FOLDER = Path(__file__).resolve().parents[1] / "shipped"
WHOLE = ("sections", "checks")


@dataclass(frozen=True)
class Shipped:
    """One file. What it says of itself is told in the reader's language."""

    code: str
    told: dict[str, Any]
    spec: dict[str, Any]

    @property
    def name(self) -> str:
        return said(self.told, "name")

    @property
    def purpose(self) -> str:
        return said(self.told, "purpose")

    @property
    def asks(self) -> Spec:
        return read(self.spec)


@cache
def shipped() -> tuple[Shipped, ...]:
    return tuple(_read(file) for file in sorted(FOLDER.glob("*.toml")))


def shipped_by(code: str) -> Shipped:
    found = next((one for one in shipped() if one.code == code), None)
    if found is None:
        raise Refused(f"no form of this code comes with Wuli: {code}", field="shipped")
    return found


def _read(file: Path) -> Shipped:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    spec = {part: told.pop(part, []) for part in WHOLE}
    return Shipped(told.pop("code"), told, spec)
