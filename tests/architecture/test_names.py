"""Files are named for what they hold, and stay short enough to be read at once."""

import pytest

from tests.architecture.source import PROJECT, SOURCE

MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "misc", "managers", "tools"}
LONGEST = 400

FILES = [file for folder in (SOURCE, PROJECT / "tests") for file in sorted(folder.rglob("*.py"))]


def test_no_file_is_named_for_nothing():
    assert [str(file) for file in FILES if file.stem in MEANINGLESS or file.parent.name in MEANINGLESS] == []


@pytest.mark.parametrize("folder", ["src", "tests"])
def test_no_file_is_too_long_to_be_read_at_once(folder):
    long = {
        str(file.relative_to(PROJECT)): lines
        for file in FILES
        if file.is_relative_to(PROJECT / folder) and "migrations" not in file.parts
        if (lines := len(file.read_text().splitlines())) > LONGEST
    }
    assert long == {}
