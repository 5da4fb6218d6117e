"""Participation as a file: its columns, its note."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import Placement

from .tallies import Tally

HEADER = (
    lazy("上级党组织"), lazy("党支部编码"), lazy("党支部"), lazy("党员"), lazy("须承诺"), lazy("已承诺"),
    lazy("本月应开展主题党日"), lazy("本月已开展"), lazy("有任务的党员"), lazy("有任务办结的党员"),
    lazy("先锋岗、责任区、突击队"),
)  # fmt: skip


def row(placed: Placement, tally: Tally) -> Sequence[Any]:
    parent = placed.parent.name if placed.parent else ""
    return (
        parent, placed.unit.code, placed.name, tally.members, tally.asked, tally.committed, tally.owing, tally.held,
        tally.tasked, tally.finished, tally.vanguards,
    )  # fmt: skip


def note(name: str, code: str, at: datetime) -> str:
    said = {"name": name, "code": code, "at": date_format(localtime(at), "Y-m-d H:i")}
    return _("%(name)s（%(code)s）于 %(at)s 导出。内部使用，请勿外传。") % said
