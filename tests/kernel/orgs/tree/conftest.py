from datetime import UTC, date, datetime

import polars as pl
import pytest

from tests.kernel.orgs.tree.files import csv_bytes, table
from wuli.kernel.orgs.actions import imports
from wuli.kernel.orgs.actions.sheets import running
from wuli.kernel.orgs.actions.tree.checking import plan as plan_units
from wuli.kernel.orgs.models import About, FileImport, Region

DAY = date(2020, 2, 3)
AT = datetime(2020, 2, 3, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def import_dir(settings, tmp_path):
    """Uploaded files of one test are not those of another."""
    settings.IMPORT_DIR = tmp_path / "imports"
    return settings.IMPORT_DIR


@pytest.fixture(autouse=True)
def regions(db):
    Region.objects.create(code="630000", name="青海省", level="province")


@pytest.fixture
def plan(world):
    """What lines would change, as 赵系 asks for it."""

    def plan(*lines, under="G", on=DAY):
        rows = [{"row": at, **{key: str(cell) for key, cell in one.items()}} for at, one in enumerate(lines, start=2)]
        cells = pl.DataFrame(rows, infer_schema_length=None)
        return plan_units(cells, unit=world.unit(under), on=on, by=world.user("赵系"))

    return plan


@pytest.fixture
def received(world):
    """A file of 赵系, taken in and checked."""

    def received(*lines, under="G", on=DAY):
        content = csv_bytes(table(lines))
        one = imports.receive(
            about=About.UNITS, chunks=[content], size=len(content), name="单位.csv", unit=world.unit(under), on=on,
            by=world.user("赵系"), at=AT,
        )  # fmt: skip
        running.check(pk=one.pk, at=AT)
        return FileImport.objects.get(pk=one.pk)

    return received


@pytest.fixture
def bring_in(world, received):
    """Import lines and confirm them; gives the import as it ended."""

    def bring_in(*lines, good=False, **said):
        one = received(*lines, **said)
        imports.confirm(file_import=one, good_rows_only=good, by=world.user("赵系"), at=AT)
        running.apply(pk=one.pk, at=AT)
        return FileImport.objects.get(pk=one.pk)

    return bring_in
