"""Run all benchmarks on a filled demonstration group and print each figure beside its goal.

    python -m benchmarks [NAME …]

Needs `make demo SERVE=no` first; `WULI_DATA_DIR` chooses another group. Nothing here passes or fails a test run.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")

import django

django.setup()

from benchmarks import morning, pages, replies, roster, rounds, scope, server, start  # noqa: E402

ALL = {
    "pages": pages,
    "scope": scope,
    "rounds": rounds,
    "replies": replies,
    "morning": morning,
    "server": server,
    "start": start,
    "roster": roster,
}

for name in sys.argv[1:] or ALL:
    print(f"\n== {name}: {(ALL[name].__doc__ or '').strip().splitlines()[0]}")
    ALL[name].main()
