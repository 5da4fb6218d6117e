"""The database must sort texts by code point."""

import psycopg
import pytest
from django.db import connection

from tests.config import site as sites
from wuli.config.checks import texts_sort_by_code_point


@pytest.mark.django_db
def test_the_database_of_the_tests_sorts_as_it_must():
    assert texts_sort_by_code_point(databases=["default"]) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite always sorts by code point")
def test_a_database_that_sorts_by_a_language_is_refused(site):
    name = f"{site.database}_chinese"
    with psycopg.connect(dbname="postgres", autocommit=True, **sites.server()) as server:
        server.execute(f'drop database if exists "{name}"')
        server.execute(f"create database \"{name}\" template template0 locale_provider icu icu_locale 'zh' locale 'C'")
    site.database = name

    done = site.wuli("serve")

    assert done.returncode == 3
    assert "createdb" in done.stderr
