import pytest

from . import office as party


@pytest.fixture(autouse=True)
def evidence_folder(settings, tmp_path):
    settings.EVIDENCE_DIR = tmp_path


@pytest.fixture
def staffed(world):
    return party.staff(world)


@pytest.fixture
def office(staffed):
    """A notice to the four Party bodies of the north, out at nine, due at five."""
    return party.issued(staffed)
