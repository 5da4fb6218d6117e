"""Rows that a body or a filter names by id. What is not there and what is out of reach are refused in one sentence."""

from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

from ..access import actor
from ..models import Region, Unit
from ..queries.scope import units_where
from ..rules.duties import Perm


def row[M: Model](rows: QuerySet[M], key: Any, field: str) -> M:
    """The one of `rows` with this key. Raises Refused."""
    if found := rows.filter(pk=key).first():
        return found
    raise Refused(
        _("%(field)s：没有编号为 %(key)s 的记录，或不在您的权限范围内") % {"field": field, "key": key},
        code="unknown", field=field,
    )  # fmt: skip


def unit(request: HttpRequest, key: int | None, field: str, perm: Perm = Perm.UNIT_VIEW) -> Unit | None:
    return row(units_where(actor(request), perm), key, field) if key else None


def region(code: str | None) -> Region | None:
    return row(Region.objects.all(), code, "region") if code else None


def reason(header: str | None) -> str:
    """The text of X-Reason, which arrives as bytes of UTF-8 or percent-encoded; empty when there is none."""
    if not header:
        return ""
    with suppress(UnicodeError):
        header = header.encode("latin-1").decode()
    return unquote(header).strip()
