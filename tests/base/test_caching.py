"""Writing to the cache of files takes as long with many files as with few, and old ones make room in the end."""

import pytest

from wuli.base import caching
from wuli.base.caching import Files


@pytest.fixture
def files(tmp_path):
    return Files(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 10}})


def test_files_are_not_counted_at_every_write(files, monkeypatch):
    monkeypatch.setattr(caching, "randrange", lambda _n: 1)
    monkeypatch.setattr(files, "_list_cache_files", lambda: pytest.fail("all files are counted"))
    for number in range(20):
        files.set(str(number), number)
    assert [files.get(str(number)) for number in range(20)] == list(range(20))


def test_room_is_made_when_they_are(files, monkeypatch, tmp_path):
    monkeypatch.setattr(caching, "randrange", lambda _n: 0)
    for number in range(20):
        files.set(str(number), number)
    assert len(list(tmp_path.iterdir())) <= 10
    assert files.get("19") == 19
