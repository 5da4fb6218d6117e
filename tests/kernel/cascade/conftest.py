import pytest

from . import asking


@pytest.fixture
def asked(world):
    """An evening call of the whole operations line, open on 3 February."""
    return asking.evening(world)
