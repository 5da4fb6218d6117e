"""Server time of pages at full size: p95 at most 50 ms and at most 12 queries; of boards at most 100 ms."""

import random
import statistics
import time

from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from wuli.kernel.cascade.models import Round
from wuli.kernel.orgs.models import Person, Unit

from .people import account_of, client_of

ROUNDS = 120


def main() -> None:
    client = client_of(account_of("commander"))
    chance = random.Random(7)
    units = list(Unit.objects.filter(line="operations").order_by("pk").values_list("pk", "kind"))
    high = [pk for pk, kind in units if kind in ("group", "segment", "enterprise")]
    names = list(Person.objects.order_by("pk").values_list("name", "pinyin", "number")[:: len(units) or 1])
    texts = [chance.choice([name[:1], name, pinyin[:3], number[:4]]) for name, pinyin, number in names] or ["王"]
    round_ = widest()
    pages = {
        "unit page": lambda: f"/units/{chance.choice(high)}/",
        "unit page, group": lambda: f"/units/{units[0][0]}/",
        "tree level": lambda: f"/units/{chance.choice(high)}/children/",
        "tree": lambda: "/units/",
        "roster page": lambda: f"/roster/?unit={chance.choice(high)}",
        "person search": lambda: f"/search/?q={chance.choice(texts)}",
        "roster search": lambda: f"/roster/?q={chance.choice(texts)}",
        "blind spots, group": lambda: f"/blind-spots/?unit={units[0][0]}",
        "my day": lambda: "/",
        "board (goal 100)": lambda: f"/rounds/{round_}/?unit={chance.choice(high)}&n={chance.random()}",
        "wall (goal 100)": lambda: f"/rounds/{round_}/wall/?unit={chance.choice(high)}&n={chance.random()}",
    }
    print(f"{'page':22}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}")
    for name, address in pages.items():
        rounds = ROUNDS if "group" not in name else ROUNDS // 4
        print(f"{name:22}" + _measure(client, [address() for _ in range(rounds)]))


def widest() -> int:
    """The newest of the rounds that ask the most units."""
    rounds = Round.objects.annotate(n=Count("slots")).order_by("-n", "-on", "-pk")
    return rounds.values_list("pk", flat=True)[0]


def _measure(client, addresses: list[str]) -> str:
    client.get(addresses[0])
    taken = []
    for address in addresses:
        begin = time.perf_counter()
        answer = client.get(address)
        taken.append((time.perf_counter() - begin) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(addresses[-1])
    p95 = statistics.quantiles(taken, n=20)[-1]
    return f"{statistics.median(taken):8.1f}{p95:8.1f}{len(queries):9}"
