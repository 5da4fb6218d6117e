"""Write what a plan says: posts, people, where they belong from which day. Part of the caller's transaction."""

from datetime import datetime
from itertools import batched

import polars as pl
from django.db import connection
from django.utils.translation import gettext as _

from wuli.base.crypto import encrypt_all
from wuli.base.errors import Refused
from wuli.base.pinyin import readings

from ...models import Assignment, Person, Post, User
from ...queries import roster as queries
from ...rules.roster import comparison as rules
from ...rules.roster import outcomes
from ...rules.sheets.plan import Plan
from .. import bulk
from ..people import end_postings_of
from . import telling

SAME_PLACE = {key: key for key in ("unit_id", "employer_id", "outside_employer", "post_id", "branch_id")}
SAME_DAYS = {key: key for key in ("on_roll_from", "on_roll_until")}
NAME = {key: key for key in ("name", "pinyin", "initials", "phone")}
IDENTITY = {"identity": "cipher", "identity_hash": "identity_hash"}
PERSON = {"id": "id"}
NEWEST = {"person_id": "id", "from_date": "newest"}


def apply(plan: Plan, *, by: User | None, at: datetime) -> None:
    """Carry out `plan`, all but the rows it refuses. Raises Refused if someone it changes was changed meanwhile."""
    rows = plan.effective
    if len(rows):
        with bulk.much_in_memory(many=len(rows) > queries.MANY):
            _hold(rows.filter(pl.col("had_id").is_not_null()))
            rows = _with_posts(_with_pinyin(rows))
            _join(rows.filter(pl.col("had_id").is_null()))
            known = rows.filter(pl.col("had_id").is_not_null()).with_columns(id="had_id", day=pl.lit(plan.on))
            _change(known)
            telling.tell(known, plan.on, by=by, at=at)


def _change(known: pl.DataFrame) -> None:
    """Those who have been on the roll: come back, or stay where they are with something changed, or leave."""
    _amend(known)
    _begin(known.filter("returns"), "on_roll_from")
    staying = known.filter(~pl.col("returns"))
    _correct_first_day(staying)
    _change_place(staying.filter(rules.differs(rules.PLACE)))
    _change_last_day(staying)


def _hold(known: pl.DataFrame) -> None:
    """Lock whoever changes. On SQLite the transaction holds everything already."""
    if not connection.features.has_select_for_update:
        return
    keys = ("id", *rules.AFTER)
    planned = known.select(pl.col(f"had_{key}").alias(key) for key in keys).sort("id")
    if not queries.people_held(planned["id"]).select(keys).equals(planned):
        raise Refused(_("花名册刚被他人更改，请重新检查"), code="changed")


def _with_pinyin(rows: pl.DataFrame) -> pl.DataFrame:
    """`base.pinyin.pinyin_of` for a whole column."""
    signs = rows["name"].str.split("").explode().unique().drop_nulls().to_list()
    first, elsewhere = readings([sign for sign in signs if sign])
    head = pl.col("name").str.slice(0, 1).replace_strict(first, default="", return_dtype=pl.String)
    tail, letters = pl.col("name").str.slice(1), [read[:1] for read in elsewhere.values()]
    return rows.with_columns(
        pinyin=head + tail.str.replace_many(list(elsewhere), list(elsewhere.values())),
        initials=head.str.slice(0, 1) + tail.str.replace_many(list(elsewhere), letters),
    )


def _with_posts(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with the key of the post they name; the team gets it if it has none such yet."""
    place = ["unit_id", "process_step", "post"]
    wanted = rows.filter(pl.col("post") != "").select(place).unique().sort(place)
    posts = queries.posts(wanted["unit_id"].unique())
    missing = wanted.join(posts, on=place, how="anti", maintain_order="left")
    missing = missing.with_columns(post_id=bulk.fresh_ids(Post, len(missing)))
    bulk.insert(Post, missing, {"id": "post_id", "unit_id": "unit_id", "process_step": "process_step", "name": "post"})
    return rows.join(pl.concat([posts, missing], how="diagonal"), on=place, how="left", maintain_order="left")


def _join(newcomers: pl.DataFrame) -> None:
    newcomers = newcomers.sort("path", "number")
    newcomers = newcomers.with_columns(_ciphers(newcomers), id=bulk.fresh_ids(Person, len(newcomers)))
    many = len(newcomers) > queries.MANY and len(newcomers) > Person.objects.count()
    with bulk.indexes_built_afterwards(Person, Assignment, many=many):
        columns = PERSON | {"number": "number", "path": "path"} | NAME | IDENTITY | SAME_PLACE | SAME_DAYS
        bulk.insert(Person, newcomers, columns)
        bulk.insert_from(Assignment, Person, _assignment("on_roll_from"), newcomers["id"])


def _begin(rows: pl.DataFrame, start: str) -> None:
    bulk.insert(Assignment, rows, _assignment(start))


def _assignment(start: str) -> dict[str, str]:
    return {"person_id": "id", "from_date": start, "until_date": "on_roll_until"} | SAME_PLACE


def _amend(known: pl.DataFrame) -> None:
    """What people are from now on; what they were stays in their assignments."""
    bulk.update(Person, known.filter(rules.differs(("name", "phone"))), NAME, where=PERSON)
    identified = known.filter(rules.differs(("identity_hash",)))
    bulk.update(Person, identified.with_columns(_ciphers(identified)), IDENTITY, where=PERSON)
    placed = known.filter(rules.differs((*rules.PLACE, *SAME_DAYS)))
    bulk.update(Person, placed, {"path": "path"} | SAME_PLACE | SAME_DAYS, where=PERSON)


def _ciphers(rows: pl.DataFrame) -> pl.Series:
    """The cipher of every identity number that is given, null elsewhere."""
    identities = rows["identity"]
    given = (identities.is_not_null() & (identities != "")).arg_true()
    ciphers: list[bytes | None] = [None] * len(identities)
    for place, cipher in zip(given.to_list(), encrypt_all(identities.gather(given).to_list()), strict=True):
        ciphers[place] = cipher
    return pl.Series("cipher", ciphers, pl.Binary)


def _correct_first_day(staying: pl.DataFrame) -> None:
    first = {"person_id": "id", "from_date": "had_on_roll_from"}
    bulk.update(
        Assignment, staying.filter(rules.differs(("on_roll_from",))), {"from_date": "on_roll_from"}, where=first
    )


def _change_place(moving: pl.DataFrame) -> None:
    """The days before keep the old place; a place taken on that very day is corrected instead."""
    bulk.update(Assignment, moving.filter(pl.col("newest") == pl.col("day")), SAME_PLACE, where=NEWEST)
    earlier = moving.filter(pl.col("newest") < pl.col("day"))
    bulk.update(Assignment, earlier, {"until_date": "day"}, where=NEWEST)
    _begin(earlier, "day")


def _change_last_day(staying: pl.DataFrame) -> None:
    """Whoever leaves or stays after all: the newest assignment says so, and duties end with the roll."""
    ending = staying.filter(rules.differs(("on_roll_until",)))
    moved = rules.differs(rules.PLACE) & (pl.col("newest") < pl.col("day"))
    bulk.update(Assignment, ending.filter(~moved), {"until_date": "on_roll_until"}, where=NEWEST)
    leaving = (
        ending.filter(pl.col("outcome") == outcomes.LEFT).select("on_roll_until", "id").sort("on_roll_until", "id")
    )
    for day, people in leaving.group_by("on_roll_until", maintain_order=True).agg("id").iter_rows():
        for some in batched(people, queries.AT_ONCE, strict=False):
            end_postings_of(list(some), on=day)
