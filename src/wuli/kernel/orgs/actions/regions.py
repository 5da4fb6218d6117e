"""The list of places: countries, and the divisions of China to county level, as the build has put them together."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal

from ..models import Region, User

FIELDS = ("name", "level", "parent_id", "name_en")


@dataclass(frozen=True)
class Loaded:
    """What loading did. `kept` are codes that the file has no more; units of past days may still stand there."""

    new: int
    changed: int
    same: int
    kept: int


@transaction.atomic
def load_regions(*, file: Path, by: User | None, at: datetime) -> Loaded:
    """Add what is new in `file` and correct what is different; nothing is ever deleted. Raises Refused."""
    wanted = _read(file)
    known = Region.objects.in_bulk()
    new = [region for region in wanted if region.code not in known]
    changed = [region for region in wanted if region.code in known and _differs(region, known[region.code])]
    kept = len(known.keys() - {region.code for region in wanted})
    Region.objects.bulk_create(new, batch_size=1000)
    Region.objects.bulk_update(changed, FIELDS, batch_size=200)
    if new or changed:
        counts = {"new": [None, len(new)], "changed": [None, len(changed)], "kept": [None, kept]}
        journal.record("regions.loaded", changes=counts, by=by, at=at)
    return Loaded(len(new), len(changed), len(wanted) - len(new) - len(changed), kept)


def _read(file: Path) -> list[Region]:
    """The regions that `file` lists, parents before children."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refused(
            _("没有地区文件 %(file)s。请先在项目目录运行 npm ci && npm run build 生成它（make demo 会自动完成）")
            % {"file": file}
        ) from None
    except ValueError as wrong:
        raise Refused(_("地区文件 %(file)s 不能读取：%(wrong)s") % {"file": file, "wrong": wrong}) from wrong
    regions: dict[str, Region] = {}
    for number, row in enumerate(rows, start=1):
        region = _region(row, number)
        if region.parent_id and region.parent_id not in regions:
            raise Refused(_("地区文件第 %(row)d 条的上级“%(code)s”未在它之前列出") % {
                "row": number, "code": region.parent_id})  # fmt: skip
        regions[region.code] = region
    return list(regions.values())


def _region(row: dict[str, Any], number: int) -> Region:
    try:
        level = Region.Level(row["level"])
        return Region(
            code=row["code"], name=row["name"], level=level, parent_id=row["parent"], name_en=row["name_en"] or ""
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as wrong:
        raise Refused(
            _("地区文件第 %(row)d 条不完整或级别不对：%(wrong)s") % {"row": number, "wrong": wrong}
        ) from wrong


def _differs(region: Region, known: Region) -> bool:
    return any(getattr(region, field) != getattr(known, field) for field in FIELDS)
