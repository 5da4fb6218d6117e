"""Deputy keepers, cells inside large teams, instructors of the locality, and what stands on notice boards."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import batched
from random import Random

from django.db.models import Count, F

from wuli.base.clock import FOREVER
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.actions.postings import NewPosting
from wuli.kernel.orgs.models import Kind, Person, Posting, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.people import CELL_LIMIT
from wuli.leadership.grid.actions import boards, cells

BEGIN = date(2020, 1, 28)
"""The day after the group returned to its posts, every cell was to have a deputy."""
CUT = date(2020, 2, 3)
WITH_DEPUTY = 0.88
AT_ONCE = 500
NEAR, SOME = 17, 25
"""Of the teams with more people than that, one in so many is cut."""
EVERY = 4
"""One enterprise in so many has an instructor, a report line and a public phone for its head."""
INSTRUCTORS = ("向远山", "柏青", "安知夏", "宋时雨", "陆平川", "叶知秋", "季怀谷", "文若水")
OUTSIDE = ("街道办事处", "社区卫生服务中心", "园区管委会", "疾控中心")


def fill(*, seed: int, at: datetime) -> None:
    """Arrange the grid of the group that is there, always in the same way for the same seed."""
    dice = Random(f"{seed} grid")
    postings.post_all(list(_deputies(dice)), by=None, at=at)
    for team in _large():
        _cut(team, dice, at)
    houses = Unit.objects.filter(kind=Kind.ENTERPRISE, closed_on=FOREVER).order_by("code")
    for number, house in enumerate(houses):
        if number % EVERY == 0:
            _equip(house, number, at)


def _deputies(dice: Random) -> Iterator[NewPosting]:
    """Of most teams with a keeper, the next in the roster who holds no duty."""
    busy = set(Posting.objects.values_list("person_id", flat=True))
    kept = set(Posting.objects.filter(duty=Duty.GRID_KEEPER, until_date=FOREVER).values_list("unit_id", flat=True))
    staff = Person.objects.filter(on_roll_until=FOREVER, unit__kind=Kind.TEAM, unit__closed_on=FOREVER)
    free: dict[int, int] = {}
    for person, unit in staff.order_by("path", "number").values_list("pk", "unit_id"):
        if unit in kept and person not in busy:
            free.setdefault(unit, person)
    chosen = [person for person in free.values() if dice.random() < WITH_DEPUTY]
    for some in batched(chosen, AT_ONCE, strict=False):
        for one in Person.objects.filter(pk__in=some).select_related("unit").order_by("path"):
            since = max(BEGIN, one.on_roll_from)
            yield NewPosting(one, Duty.DEPUTY_KEEPER, one.unit, since, reason="疫情防控期间每格设副网格员")


def _large() -> Iterable[Unit]:
    """Teams to be cut: every second of those that one keeper cannot know (the others stay for the blind spots to
    show), and some of those that come near it."""
    staff = Person.objects.filter(on_roll_until=FOREVER, unit__kind=Kind.TEAM).values_list("unit")
    sizes = dict(staff.annotate(n=Count("pk")).filter(n__gt=NEAR).order_by("unit__path"))
    crowded = [unit for unit, number in sizes.items() if number > CELL_LIMIT]
    near = [unit for unit, number in sizes.items() if number <= CELL_LIMIT]
    return Unit.objects.filter(pk__in=[*crowded[1::2], *near[::SOME]]).order_by("path")


def _cut(team: Unit, dice: Random, at: datetime) -> None:
    """Its largest post becomes a cell, kept by one of them, one time in four by nobody yet."""
    people = Person.objects.filter(unit=team, on_roll_until=FOREVER, post__isnull=False)
    step, name = F("post__process_step"), F("post__name")
    posts = people.values_list(step, name).annotate(n=Count("pk")).order_by("-n", "post__name")
    step_of, post_of, _number = posts[0]
    cell = cells.cut(
        unit=team, process_step=step_of, post=post_of, on=CUT, reason="班组人多，按岗位划格", by=None, at=at
    )
    if dice.random() < 0.75:
        same = people.filter(post__process_step=step_of, post__name=post_of).order_by("on_roll_from", "number")
        first = same[0]
        on = max(CUT, first.on_roll_from)
        cells.keep(cell=cell, role="keeper", person=first, on=on, reason="划格时任命", by=None, at=at)


def _equip(house: Unit, number: int, at: datetime) -> None:
    name = INSTRUCTORS[number // EVERY % len(INSTRUCTORS)]
    boards.give_instructor(
        unit=house, person=None, name=name, organisation=f"属地{OUTSIDE[number // EVERY % len(OUTSIDE)]}",
        phone=f"154{number:04d}0000", on=max(BEGIN, house.opened_on), reason="属地派驻指导", by=None, at=at,
    )  # fmt: skip
    boards.set_board(unit=house, boundary="", hotline=f"8{number % 900 + 100}", texts={}, by=None, at=at)
    head = Posting.objects.filter(unit=house, duty=Duty.HEAD, until_date=FOREVER).select_related("person").first()
    if head:
        boards.publish_phone(person=head.person, phone=f"8{number % 900 + 101}", unit=house, by=None, at=at)
