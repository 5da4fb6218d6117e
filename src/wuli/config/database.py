"""The address of the database, for other programs and for ourselves begun anew."""

from urllib.parse import quote

from django.db import connection


def url(name: str | None = None) -> str:
    """What DATABASE_URL must say to name the database in use, or another one at the same place."""
    given = connection.settings_dict
    name = str(given["NAME"]) if name is None else name
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    host, port = quote(str(given["HOST"]), safe=""), f":{given['PORT']}" if given["PORT"] else ""
    password = f":{quote(given['PASSWORD'], safe='')}" if given["PASSWORD"] else ""
    return f"postgres://{quote(given['USER'], safe='')}{password}@{host}{port}/{quote(name, safe='')}"
