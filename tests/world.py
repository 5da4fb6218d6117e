"""One small, named world, built through actions.

    同舟集团 (group)                          集团党组 (party)
    ├── 集团办公室 (team)                      └── 北方板块党委
    ├── 北方板块 NORTH                             ├── 一厂党总支
    │   ├── 一厂 WORKS-1                           │   └── 电解支部
    │   │   └── 电解车间 ── 电解一班, 电解二班        └── 二厂支部
    │   └── 二厂 WORKS-2 ── 铸造班
    └── 南方板块 SOUTH
        └── 三厂 WORKS-3 ── 采矿班

顾岚 commands the group, 诺敏 heads North, 欧阳 keeps North's roster, 才让 keeps the grid of 电解一班,
石强 is a stranger from South. 赵系 runs the system, 钱安 hands out duties, 孙审 audits.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from wuli.kernel.orgs.actions import people, postings, units
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.models.posting import Duty

DAY_ONE = date(2020, 1, 1)
START = datetime(2020, 1, 1, 1, 0, tzinfo=UTC)
PASSWORD = "Tong-zhou-2020"

OPERATIONS = [
    NewUnit("G", "group", "同舟集团"),
    NewUnit("G-OFFICE", "team", "集团办公室", "G"),
    NewUnit("NORTH", "segment", "北方板块", "G"),
    NewUnit("SOUTH", "segment", "南方板块", "G"),
    NewUnit("WORKS-1", "enterprise", "一厂", "NORTH"),
    NewUnit("WORKS-2", "enterprise", "二厂", "NORTH"),
    NewUnit("WORKS-3", "enterprise", "三厂", "SOUTH"),
    NewUnit("W1-SHOP", "workshop", "电解车间", "WORKS-1"),
    NewUnit("W1-T1", "team", "电解一班", "W1-SHOP"),
    NewUnit("W1-T2", "team", "电解二班", "W1-SHOP"),
    NewUnit("W2-T1", "team", "铸造班", "WORKS-2"),
    NewUnit("W3-T1", "team", "采矿班", "WORKS-3"),
]
PARTY = [
    NewUnit("P", "party_group", "集团党组", serves="G"),
    NewUnit("P-NORTH", "party_committee", "北方板块党委", "P", serves="NORTH"),
    NewUnit("P-W1", "general_branch", "一厂党总支", "P-NORTH", serves="WORKS-1"),
    NewUnit("P-W1-A", "party_branch", "电解支部", "P-W1", serves="W1-SHOP"),
    NewUnit("P-W2", "party_branch", "二厂支部", "P-NORTH", serves="WORKS-2"),
]
#        number    name     unit        employer    branch    duties
PEOPLE = [
    ("10001", "顾岚", "G-OFFICE", "G", "", [("commander", "G")]),
    ("10002", "赵系", "G-OFFICE", "G", "", [("system_admin", "G")]),
    ("10003", "钱安", "G-OFFICE", "G", "", [("security_admin", "G")]),
    ("10004", "孙审", "G-OFFICE", "G", "", [("audit_admin", "G")]),
    ("10005", "党宁", "G-OFFICE", "G", "", [("party_officer", "P")]),
    ("20001", "诺敏", "W1-T1", "WORKS-1", "P-W1-A", [("head", "NORTH")]),
    ("20002", "欧阳", "W1-T1", "WORKS-1", "", [("roster_keeper", "NORTH")]),
    ("20003", "才让", "W1-T1", "WORKS-1", "P-W1-A", [("grid_keeper", "W1-T1")]),
    ("20004", "林河", "W1-T2", "WORKS-1", "", [("reporter", "WORKS-1")]),
    ("20005", "周舟", "W2-T1", "WORKS-2", "P-W2", [("head", "WORKS-2")]),
    ("30001", "石强", "W3-T1", "WORKS-3", "", [("head", "SOUTH")]),
    ("30002", "马力", "W3-T1", "WORKS-3", "", []),
]


@dataclass
class World:
    units: dict[str, Unit]
    people: dict[str, Person]

    def unit(self, code: str) -> Unit:
        return Unit.objects.get(code=code)

    def person(self, name: str) -> Person:
        return Person.objects.select_related("unit", "employer", "branch", "post").get(name=name)

    def user(self, name: str) -> User:
        """The account of someone, as it is loaded anew for each request."""
        return User.objects.select_related("person__branch").get(person__name=name)


_kept: dict[type[Model], list[Model]] = {}


def build() -> World:
    """Built through actions once in each process, and put back as rows from then on: most tests begin with it."""
    if not _kept:
        before = _rows()
        world = _build()
        made = {model: [row for row in rows if row not in before[model]] for model, rows in _rows().items()}
        _kept.update({model: rows for model, rows in made.items() if rows})
        return world
    for model, rows in _kept.items():
        model._base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_kept)):
            cursor.execute(statement)
    return World({unit.code: unit for unit in Unit.objects.all()}, {one.name: one for one in Person.objects.all()})


def _rows() -> dict[type[Model], list[Model]]:
    ours = (model for model in apps.get_models() if model.__module__.startswith("wuli."))
    return {model: list(model._base_manager.order_by("pk")) for model in ours}


def _build() -> World:
    made = units.open_units(OPERATIONS, on=DAY_ONE, by=None, at=START)
    made += units.open_units(PARTY, on=DAY_ONE, by=None, at=START)
    by_code = {unit.code: unit for unit in made}
    folk = {}
    for number, name, unit, employer, branch, duties in PEOPLE:
        place = Place(by_code[unit], by_code[employer], branch=by_code.get(branch))
        folk[name] = person = people.join(
            number=number, name=name, place=place, phone=f"138000{number}", on=DAY_ONE, by=None, at=START
        )
        for duty, at_unit in duties:
            postings.post(person=person, duty=Duty(duty), unit=by_code[at_unit], from_date=DAY_ONE, by=None, at=START)
        user = User(username=number, person=person, created_at=START)
        user.set_password(PASSWORD)
        user.save()
    return World(by_code, folk)
