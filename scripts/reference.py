"""reference.py: write docs/reference/permissions.md and metrics.md from the duties and metrics of the program."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django
from django.utils import translation

PROJECT = Path(__file__).resolve().parents[1]
REFERENCE = PROJECT / "docs" / "reference"

HEAD = """\
# Duties and permissions

Written by `make docs` from the program; do not edit. A duty is held at a unit, from one day until another, and reaches
everything below that unit. What somebody may do is the sum of their duties, each within its reach. Who holds none sees
the units they belong to, up to the top, and no people.
"""

METRICS_HEAD = """\
# Metrics

Written by `make docs` from the program; do not edit. What they are is told in
[explanation/metrics.md](../explanation/metrics.md). *Read*: when its readings are fixed; *past*: whether any past day
can be counted anew.
"""


def page() -> str:
    from wuli.kernel.orgs.models.posting import Duty
    from wuli.kernel.orgs.rules.duties import DUTIES, PERM_LABELS, Perm

    may = (
        (f"`{perm}`", PERM_LABELS[perm], codes(duty for duty in Duty if perm in DUTIES[duty].perms)) for perm in Perm
    )
    held = (
        (f"`{duty}`", duty.label, ", ".join(str(kind.label) for kind in sorted_as_declared(info.kinds)),
         info.admin or "", "all" if info.grants == frozenset(Duty) else codes(sorted_as_declared(info.grants)))
        for duty, info in ((duty, DUTIES[duty]) for duty in Duty)
    )  # fmt: skip
    with translation.override("zh-hans"):
        permissions = table(("permission", "in words", "duties that have it"), may)
        duties = table(("duty", "in words", "held at", "administrator of", "may hand out"), held)
        return "\n".join([HEAD, "## Permissions\n", *permissions, "\n## Duties\n", *duties, ""])


def metrics_page() -> str:
    from wuli.kernel.metrics.rules.metrics import known

    with translation.override("zh-hans"):
        rows = (
            (f"`{one.code}`", f"{one.title}（{one.unit}）", one.meaning, one.counting, rolls_of(one), one.reading or "",
             "yes" if one.keeps_past else "no", f"`{one.perm}`", f"`{one.rows_need}`", f"`{one.export_needs}`")
            for one in known().values()
        )  # fmt: skip
        heads = (
            "metric", "in words", "meaning", "how it is counted", "rolls", "read", "past", "number", "rows", "file",
        )  # fmt: skip
        return "\n".join([METRICS_HEAD, *table(heads, rows), ""])


def rolls_of(metric: Any) -> str:
    return f"{metric.rolls}: {' ÷ '.join(f'`{code}`' for code in metric.parts)}" if metric.parts else str(metric.rolls)


def table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    for row in (heads, ("---",) * len(heads), *rows):
        yield f"| {' | '.join(map(str, row))} |"


def codes(duties: Iterable[str]) -> str:
    return ", ".join(f"`{duty}`" for duty in duties)


def sorted_as_declared[E](members: frozenset[E]) -> list[E]:
    return sorted(members, key=list(type(next(iter(members)))).index) if members else []


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wuli.config.settings")
    django.setup()
    for name, write in {"permissions": page, "metrics": metrics_page}.items():
        (REFERENCE / f"{name}.md").write_text(write())
