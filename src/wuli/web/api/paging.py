"""Pages of rows for programs: by key as on our pages, with the address of the next page in the answer."""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.errors import ValidationError

from .. import paging as keys
from .fields import Filters, Flag, Output, noted

LONGEST = 500
NOT_ASKED = {"cursor", "limit", "total"}
"""Parameters that do not change which rows are asked for."""


class Paging(Filters):
    cursor: str | None = noted(_("翻页位置，取自上一页的 next"), None, max_length=1000)
    limit: int = noted(_("每页行数"), 100, ge=1, le=LONGEST)
    total: Flag = noted(_("是否同时给出总行数"), False)


class Page[T](Output):
    items: list[T] = noted(_("这一页的各行"))
    next: str | None = noted(_("下一页的地址；null 表示已到最后一页"))
    total: int | None = noted(_("总行数，仅在 total=true 时给出"))


def page_of[R](
    request: HttpRequest,
    rows: QuerySet[Any, R],
    paging: Paging,
    *,
    order: Sequence[str],
    show: Callable[[R], Any],
) -> dict[str, Any]:
    """The fields of a `Page`: `rows` in `order`, which must end in something unique, after the cursor.

    A cursor that we did not write, or wrote for another question, is refused.
    """
    signer = Signer(salt=_question(request, order))
    page = keys.page_of(rows, order=order, cursor=_place(paging.cursor, signer), size=paging.limit)
    following = _address(request, signer.sign(page.next)) if page.next else None
    total = rows.count() if paging.total else None
    return {"items": [show(row) for row in page.rows], "next": following, "total": total}


def _place(cursor: str | None, signer: Signer) -> str:
    try:
        return signer.unsign(cursor) if cursor else ""
    except BadSignature as wrong:
        raise ValidationError([{"loc": ("query", "cursor"), "type": "cursor"}]) from wrong


def _question(request: HttpRequest, order: Sequence[str]) -> str:
    """What a cursor belongs to: the same address, filters and order."""
    asked = sorted((name, value) for name, value in request.GET.items() if name not in NOT_ASKED)
    return hashlib.sha256(json.dumps([request.path, list(order), asked]).encode()).hexdigest()


def _address(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
