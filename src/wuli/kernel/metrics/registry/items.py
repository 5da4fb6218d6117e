"""What must still be finished. Items keep no past, so past days are what the nightly readings fixed."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.kernel.orgs.models import Line, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Reading
from ..queries.evidence import items
from ..rules.metrics import Column, Metric, Rolls, Rows, Words

COLUMNS = (
    Column(lazy("事项"), "title", link=lambda row: reverse("ledger:item", args=[row.pk])),
    Column(lazy("单位"), "unit__name"), Column(lazy("责任人"), "owner__name"),
    Column(lazy("责任人工号"), "owner__number", minor=True), Column(lazy("期限"), "due_on"),
    Column(lazy("状态"), "get_status_display", minor=True),
)  # fmt: skip


def _page(unit: Unit, on: date) -> str:
    return reverse("ledger:items", query={"unit": unit.code})


def _of_items(code: str, title: Words, counting: Words, rows: Rows, meaning: Words, **more: Any) -> Metric:
    told: dict[str, Any] = {
        "unit": pgettext_lazy("measure", "件"), "group": pgettext_lazy("plural", "督办事项"), "owner": Duty.HEAD,
        "perm": Perm.ITEM_VIEW, "seen": items.seen, "columns": COLUMNS, "related": ("unit", "owner"), "page": _page,
        "lines": (Line.OPERATIONS, Line.PARTY), "keeps_past": False, "reading": Reading.Source.NIGHTLY, "better": -1,
    }  # fmt: skip
    return Metric(code=code, title=title, counting=counting, rows=rows, meaning=meaning, **told | more)


METRICS = (
    _of_items(
        "ledger.open", lazy("未销号事项"), lazy("办理中和待确认销号的事项，按事项所在单位归属。"), items.open_items,
        lazy("还有多少事没有办完、没有经第二人确认。"),
    ),
    _of_items(
        "ledger.overdue", lazy("逾期事项"), lazy("未销号、期限早于当天的事项。没有期限的不计。"), items.overdue,
        lazy("答应的日子已过、还没有办完的事。"),
    ),
    _of_items(
        "ledger.owners", lazy("有未销号事项的人"),
        lazy("未销号事项的责任人，一人负责几件只计一次，所以下级相加可以大于上级。"), items.open_items,
        lazy("事情压在多少人身上。"), rolls=Rolls.DISTINCT, key="owner", unit=pgettext_lazy("measure", "人"), better=0,
    ),
)  # fmt: skip
