"""What a notice board tells, and in which words a keeper's duties are shipped."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import Kind
from wuli.kernel.orgs.queries.units import Heads

GRIDS: dict[Kind, str | Promise] = {
    Kind.GROUP: lazy("集团网格"), Kind.SEGMENT: lazy("板块网格"), Kind.ENTERPRISE: lazy("企业网格"),
    Kind.WORKSHOP: lazy("车间网格"), Kind.TEAM: lazy("班组网格"),
}  # fmt: skip
AT_ONCE = 30
"""Boards that are printed while one waits; more go through the worker."""
MOST = 1000
"""Boards of one file."""
BELOW = 24
"""Grids below that fit on the board of the one above them."""

OF_A_CELL = lazy(
    "每天核对本格每个人的到岗、健康和去向，当天的情况当天报。\n"
    "掌握每个人的岗位、住处和联系方式，人员变动当天登记。\n"
    "督促测温、戴口罩、通风和消毒，发现异常先隔离、再报告。\n"
    "对异常人员一人一策、跟踪到底、逐一销号。\n"
    "传达通知和防护知识，收集困难和意见，不信谣、不传谣。"
)
OF_A_LEADER = lazy(
    "对本网格的防控和安全生产负总责，把每个人编进班组、工序或岗位的网格。\n"
    "每格配齐网格员和副网格员，有空缺当天补上。\n"
    "每天听取下级网格的情况，核实汇总，按时上报。\n"
    "组织处置异常情况，落实人员、物资和场所。\n"
    "检查下级网格的职责落实，发现问题限期整改。"
)
SHIPPED = dict.fromkeys(GRIDS, OF_A_LEADER) | {Kind.TEAM: OF_A_CELL}


@dataclass(frozen=True)
class Line:
    """One duty on a board. Without a name it is a gap, and the board says so; a number may be written in by hand."""

    label: str
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Notice:
    """One board."""

    unit_id: int
    name: str
    grid: str
    above: str
    boundary: str
    heads: Heads
    lines: Sequence[Line]
    cells: Sequence[tuple[str, int, Line, Line]] = ()
    below: Sequence[tuple[str, int, Line]] = ()
    duties: Sequence[str] = ()
    hotline: str = ""
    holders: frozenset[int] = field(default_factory=frozenset)
    """People whose number of the roster the board shows."""


def duties_of(text: str) -> list[str]:
    """A text as the points of a list, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def why_not_print(boards: int) -> str | None:
    if not boards:
        return _("这里没有可印制的网格")
    if boards > MOST:
        return _("共 %(boards)s 张，一次最多印制 %(most)s 张，请缩小范围") % {
            "boards": f"{boards:,}", "most": f"{MOST:,}"}  # fmt: skip
    return None
