"""The migrations build what the models say: the same tables, constraints, indexes and triggers."""

import re

import pytest
from django.apps import apps
from django.db import connection

from tests.kernel.journal import guards

STRUCTURE = "select name, tbl_name, sql from sqlite_master where sql is not null"


def test_a_migrated_site_has_the_tables_of_the_models(db, prepared):
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL the tests' own database is made by the migrations")
    guards.put_up()
    with connection.cursor() as cursor:
        said = structure(cursor.execute(STRUCTURE).fetchall())

    assert len(said) > 200
    assert structure(prepared.sql(STRUCTURE)) == said


def structure(rows):
    """What our tables, indexes and triggers consist of. The order of columns differs where models know each other."""
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("wuli.")}
    return {name: sorted(re.split(r", |\s*[()]\s*", sql)) for name, table, sql in rows if table in ours}
