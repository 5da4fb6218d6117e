from datetime import UTC, date, datetime

import pytest

from wuli.kernel.orgs.actions.roster import load as load_rows

DAY = date(2020, 2, 3)
AT = datetime(2020, 2, 3, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def import_dir(settings, tmp_path):
    """Uploaded files of one test are not those of another."""
    settings.IMPORT_DIR = tmp_path / "imports"
    return settings.IMPORT_DIR


@pytest.fixture
def load(world):
    """Put rows on the roll below a unit, as 欧阳 does."""

    def load(*rows, under="NORTH", on=DAY, whole=False):
        return load_rows(
            list(rows), unit=world.unit(under), on=on, by=world.user("欧阳"), at=AT, whole=whole
        )  # fmt: skip

    return load


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Within it, what waits for the end of a transaction is done when it ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
