"""A hash that finds a value again: with the key, for good, and for nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuli.base.crypto import keyed_hash, keyed_hash_all

IDENTITY = "110101199003070011"


@pytest.fixture(autouse=True)
def key(settings):
    settings.HASH_KEY = "only-for-tests"


def test_what_was_stored_once_is_found_by_every_later_version():
    assert keyed_hash(IDENTITY) == "5529ce5bf1dd92d5bd03b3f75655e23c"


def test_another_key_gives_another_hash(settings):
    before = keyed_hash(IDENTITY)
    settings.HASH_KEY = "of-another-site"
    assert keyed_hash(IDENTITY) != before


@given(st.sets(st.text(max_size=200)))
def test_different_texts_have_different_hashes_of_32_hex_digits(texts):
    found = keyed_hash_all(sorted(texts))
    assert len(set(found)) == len(texts)
    assert all(len(bytes.fromhex(digits)) == 16 for digits in found)
