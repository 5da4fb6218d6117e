"""How the rows of the database lie, by which it plans its ways to them."""

from django.db import connection

SAMPLED = 400
"""Rows of each index that SQLite looks at: a fraction of a second at full size, and near enough."""


def gather() -> None:
    """Let the database look now. Without it SQLite reads whole rounds to find the answers of one team; PostgreSQL looks
    by itself in time, but not within a transaction that has just written everything."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"pragma analysis_limit = {SAMPLED}")
        cursor.execute("analyze")
