"""The roll and the tree as polars frames, for a whole roster to be compared with at once."""

from collections.abc import Iterator, Mapping
from itertools import batched
from typing import Any

import polars as pl
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from ..models import Assignment, Person, Post, Unit
from ..models.unit import STEP, under
from ..rules.duties import OFFICES

MANY = 5000
"""From this many keys on it is quicker to read a whole table than to ask for some at a time."""
AT_ONCE = 500

type Fields = Mapping[str, tuple[str, type[pl.DataType]]]
"""For each column of a frame the field it is read from, and what it holds."""

PEOPLE: Fields = {
    "id": ("pk", pl.Int64), "number": ("number", pl.String), "name": ("name", pl.String), "phone": ("phone", pl.String),
    "identity_hash": ("identity_hash", pl.String), "unit_id": ("unit_id", pl.Int64), "path": ("path", pl.String),
    "employer_id": ("employer_id", pl.Int64), "outside_employer": ("outside_employer", pl.String),
    "process_step": ("post__process_step", pl.String), "post": ("post__name", pl.String),
    "branch_id": ("branch_id", pl.Int64), "on_roll_from": ("on_roll_from", pl.Date),
    "on_roll_until": ("on_roll_until", pl.Date),
}  # fmt: skip
UNITS: Fields = {
    "code": ("code", pl.String), "unit_id": ("pk", pl.Int64), "kind": ("kind", pl.String), "line": ("line", pl.String),
    "path": ("path", pl.String), "opened_on": ("opened_on", pl.Date), "closed_on": ("closed_on", pl.Date),
}  # fmt: skip
STINTS: Fields = {
    "id": ("person_id", pl.Int64), "from_date": ("from_date", pl.Date), "until_date": ("until_date", pl.Date),
}  # fmt: skip
POSTS: Fields = {
    "post_id": ("pk", pl.Int64), "unit_id": ("unit_id", pl.Int64), "process_step": ("process_step", pl.String),
    "post": ("name", pl.String),
}  # fmt: skip


def units_frame() -> pl.DataFrame:
    """Every unit, with the nearest enterprise, segment or group at or above it (`office_id`)."""
    units = _frame(Unit.objects.order_by("path"), UNITS)
    offices: dict[str, int] = {}
    found = []
    for key, kind, path in units.select("unit_id", "kind", "path").iter_rows():
        office = key if kind in OFFICES else offices.get(path[:-STEP])
        if office is not None:
            offices[path] = office
        found.append(office)
    return units.with_columns(pl.Series("office_id", found, pl.Int64))


def people_frame(unit: Unit, numbers: pl.Series, hashes: pl.Series, *, whole: bool) -> pl.DataFrame:
    """Whoever a roster of these numbers and identities can touch; with `whole` everyone below `unit` too."""
    if len(numbers) > MANY:
        return _people(Person.objects.all())
    found = [_people(Person.objects.filter(number__in=some)) for some in _some(numbers)]
    found += [_people(Person.objects.filter(identity_hash__in=some)) for some in _some(hashes)]
    if whole:
        found.append(_people(Person.objects.filter(under(unit.path))))
    return pl.concat([_nothing(PEOPLE), *found]).unique("id", maintain_order=True)


def people_held(people: pl.Series) -> pl.DataFrame:
    """`people` as they are now, kept so by a lock until the transaction ends."""
    held = Person.objects.select_for_update(of=("self",)).order_by("pk")
    return pl.concat([_nothing(PEOPLE), *(_people(held.filter(pk__in=some)) for some in _some(people.sort()))])


def stints(people: pl.Series) -> pl.DataFrame:
    """All assignments of `people`, and perhaps of others, as periods."""
    return _gathered(Assignment.objects.all(), "person__in", people, STINTS)


def posts(units: pl.Series) -> pl.DataFrame:
    """The posts of `units`, and perhaps of others."""
    return _gathered(Post.objects.all(), "unit__in", units, POSTS)


def _people(people: QuerySet[Person]) -> pl.DataFrame:
    return _frame(people, PEOPLE).with_columns(pl.col("process_step", "post").fill_null(""))


def _gathered(query: QuerySet[Any], field: str, keys: pl.Series, fields: Fields) -> pl.DataFrame:
    if len(keys) > MANY:
        return _frame(query, fields)
    return pl.concat([_nothing(fields), *(_frame(query.filter(**{field: some}), fields) for some in _some(keys))])


def _frame(query: QuerySet[Any], fields: Fields) -> pl.DataFrame:
    """Days come as texts: polars reads a column of them sooner than Django makes as many dates."""
    days = {f"{name}_text": Cast(field, TextField()) for name, (field, kind) in fields.items() if kind is pl.Date}
    names = [f"{name}_text" if f"{name}_text" in days else field for name, (field, _kind) in fields.items()]
    columns = zip(*query.annotate(**days).values_list(*names), strict=True)
    kinds = {name: pl.String if kind is pl.Date else kind for name, (_field, kind) in fields.items()}
    frame = pl.DataFrame([
        pl.Series(name, next(columns, ()), kind) for name, kind in kinds.items()
    ])  # fmt: skip
    return frame.with_columns(
        pl.col(name).str.to_date("%Y-%m-%d") for name, (_field, kind) in fields.items() if kind is pl.Date
    )


def _nothing(fields: Fields) -> pl.DataFrame:
    return pl.DataFrame(schema={name: kind for name, (_field, kind) in fields.items()})


def _some(items: pl.Series) -> Iterator[tuple[Any, ...]]:
    return batched(items, AT_ONCE, strict=False)
