"""The source as the tests of this folder read it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src"


def module_files(*kinds: str) -> Iterator[Path]:
    """Files of ours that are, or lie in, a module of one of these kinds (`views`: views.py and views/*.py).

    Inside `actions` everything is an action, whatever it is about (actions/forms.py).
    """
    for file in sorted(SOURCE.rglob("*.py")):
        parts = file.relative_to(SOURCE).with_suffix("").parts
        if set(parts) & set(kinds) and ("actions" in kinds or "actions" not in parts):
            yield file


def layers() -> list[tuple[str, list[list[str]]]]:
    """Each contract of layers in pyproject.toml as its container and its layers, from the top; peers share one."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [
        (container, [[peer.strip(" ()") for peer in layer.split("|")] for layer in contract["layers"]])
        for contract in contracts
        if contract["type"] == "layers"
        for container in contract["containers"]
        if "*" not in container
    ]
