"""What a backup says of itself."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any, Protocol, Self

from django.conf import settings

FORMAT = 1


class Cursor(Protocol):
    """Of sqlite3 and psycopg alike."""

    def execute(self, sql: Any, /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...


@dataclass(frozen=True)
class Facts:
    """What the database held at the moment of the copy."""

    rows: dict[str, int]
    """Of each table."""
    migrations: list[str]
    position: int
    head: str
    """The newest sealed event and its digest."""


@dataclass(frozen=True)
class Manifest:
    made_at: str
    engine: str
    part: str
    """Name of the one part beside the manifest: the database."""
    bytes: int
    sha256: str
    facts: Facts
    keys: dict[str, list[str]]
    version: str = version("wuli")
    format: int = FORMAT

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        given = json.loads(text)
        return cls(**given | {"facts": Facts(**given["facts"])})


def read_facts(cursor: Cursor, tables: Sequence[str]) -> Facts:
    """Read within one snapshot of the database, by whichever driver."""
    rows = {}
    for table in tables:
        cursor.execute(f'select count(*) from "{table}"')
        (rows[table],) = cursor.fetchone()
    cursor.execute("select app || '.' || name from django_migrations order by 1")
    migrations = [name for (name,) in cursor.fetchall()]
    cursor.execute(
        "select position, digest from journal_event where position is not null order by position desc limit 1"
    )
    position, head = cursor.fetchone() or (0, "")
    return Facts(rows, migrations, position, head)


def fingerprints() -> dict[str, list[str]]:
    """Of the keys that open what the database holds. SECRET_KEY is not among them: it only signs people in."""
    return {"data": [_fingerprint(key) for key in settings.DATA_KEYS], "hash": [_fingerprint(settings.HASH_KEY)]}


def same_keys(kept: dict[str, list[str]]) -> bool:
    """Whether this site can read what was written with the keys of a backup; newer keys may have been added since."""
    mine = fingerprints()
    return mine["hash"] == kept["hash"] and mine["data"][: len(kept["data"])] == kept["data"]


def _fingerprint(key: str) -> str:
    return hashlib.sha256(b"wuli fingerprint " + key.encode()).hexdigest()[:16]
