import pytest

from tests.config import site as sites


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, django_db_setup):
    return sites.prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def site(prepared, tmp_path):
    """A site of our own with the named world in it, as files and commands see it."""
    return sites.copy_of(prepared, tmp_path)
