"""Another authority's template is kept, told where our figures go, and filled."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook

from wuli.base.errors import Refused, refuse
from wuli.kernel.cascade.models import Form
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import may, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Layout
from ..queries.layouts import Part, filling_of, path_on
from ..rules import workbook

MOST_PLACES = 400


@dataclass(frozen=True)
class Template:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mapping:
    """Where figures go: single cells, and the columns of the lines from `first_row` down."""

    sheet: str
    cells: dict[str, str]
    columns: dict[str, str]
    first_row: int | None = None
    with_total: bool = False


@transaction.atomic
def make(
    *, name: str, authority: str, owner: Unit, form: Form, template: Template, by: User, at: datetime
) -> Layout:  # fmt: skip
    """Keep a template for a form; nothing is mapped yet. Raises Refused."""
    _refuse_beyond_reach(by, owner)
    if Layout.objects.filter(owner=owner, name=name).exists():
        raise Refused(_("%(unit)s已有同名的模板") % {"unit": owner.name}, field="name")
    book = workbook.open_template(template.content, template.name)
    layout = Layout.objects.create(
        name=name, authority=authority, owner=owner, form=form, file=template.content, file_name=template.name[:120],
        sheet=book.worksheets[0].title, changed_by=by, changed_at=at,
    )  # fmt: skip
    changes = {"digest": [None, _digest(template.content)]}
    journal.record("layout.made", subject=layout, unit=owner, changes=changes, by=by, at=at)
    return layout


@transaction.atomic
def replace_file(*, layout: Layout, template: Template, by: User, at: datetime) -> Layout:
    """A new edition of the template; the mapping must fit it too. Raises Refused."""
    layout = _held(layout, by)
    book = workbook.open_template(template.content, template.name)
    if layout.sheet not in book.sheetnames and not (layout.cells or layout.columns):
        layout.sheet = book.worksheets[0].title
    _refuse_misplaced(book, Mapping(layout.sheet, layout.cells, layout.columns, layout.first_row, layout.with_total))
    changes = {"digest": [_digest(bytes(layout.file)), _digest(template.content)]}
    layout.file, layout.file_name = template.content, template.name[:120]
    _keep(layout, ["file", "file_name", "sheet"], changes, by=by, at=at)
    return layout


@transaction.atomic
def map_fields(*, layout: Layout, mapping: Mapping, by: User, at: datetime) -> Layout:
    """Say what goes where. Raises Refused for a place that cannot be written."""
    layout = _held(layout, by)
    if len(mapping.cells) + len(mapping.columns) > MOST_PLACES:
        raise Refused(_("最多 %(most)d 处") % {"most": MOST_PLACES})
    if mapping.columns and not mapping.first_row:
        raise Refused(_("请写各下级单位从第几行起填"), field="first_row")
    _refuse_misplaced(workbook.open_template(bytes(layout.file)), mapping)
    changes = {
        "cells": [sorted(layout.cells), sorted(mapping.cells)],
        "columns": [sorted(layout.columns), sorted(mapping.columns)],
    }
    for key, value in vars(mapping).items():
        setattr(layout, key, value)
    _keep(layout, list(vars(mapping)), changes, by=by, at=at)
    return layout


@transaction.atomic
def remove(*, layout: Layout, by: User, at: datetime) -> None:
    layout = _held(layout, by)
    journal.record("layout.removed", subject=layout, unit=layout.owner, by=by, at=at)
    layout.delete()


@transaction.atomic
def export(*, layout: Layout, part: Part, by: User, at: datetime) -> bytes:
    """The filled template. Who took out whose figures is an event. Raises Refused where it does not fit."""
    refuse_unseen(part, by)
    book = workbook.open_template(bytes(layout.file))
    sheet, filling = workbook.sheet_of(book, layout.sheet), filling_of(layout, part)
    list(workbook.fill(sheet, filling.cells, filling.lines, layout.first_row))
    as_of = str(localtime(part.until or at).strftime("%Y-%m-%d %H:%M"))
    changes = {"day": [None, str(part.round.on)], "as_of": [None, as_of]}
    journal.record("layout.exported", subject=layout, unit=part.unit, changes=changes, by=by, at=at)
    note = _("%(unit)s %(day)s，数据截至 %(as_of)s，%(who)s导出") % {
        "unit": part.unit.name, "day": part.round.on, "as_of": as_of, "who": by}  # fmt: skip
    return packed(book, by=str(by), note=note)


def packed(book: Workbook, *, by: str, note: str) -> bytes:
    """The workbook as a file that says, in its properties, who took it out and what it shows."""
    book.properties.lastModifiedBy = by[:80]
    book.properties.description = note[:250]
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def refuse_unseen(part: Part, by: User) -> None:
    """The sums of a subtree are for those whose duties reach all of it, as it was on the day."""
    path = path_on(part)
    if not path or not reach(by, Perm.CALL_VIEW).reaches(path):
        raise Refused(_("您没有查看%(unit)s汇总数的职责") % {"unit": part.unit.name}, code="beyond_reach", field="unit")


def _refuse_misplaced(book: Any, mapping: Mapping) -> None:
    sheet = workbook.sheet_of(book, mapping.sheet)
    for place in mapping.cells:
        refuse(workbook.why_not_cell(sheet, place), "cells")
    if wrong := next((letters for letters in mapping.columns if not workbook.is_column(letters)), None):
        raise Refused(_("“%(place)s”不是列，请写成 B 这样") % {"place": wrong}, field="columns")
    row = mapping.first_row if mapping.columns else None
    if row and (why_not := workbook.why_not_lines(sheet, mapping.columns, row, 1)):
        raise Refused(why_not, field="first_row")


def _held(layout: Layout, by: User) -> Layout:
    held = Layout.objects.select_for_update(of=("self",)).select_related("owner", "form").get(pk=layout.pk)
    _refuse_beyond_reach(by, held.owner)
    return held


def _keep(layout: Layout, fields: list[str], changes: dict[str, Any], *, by: User, at: datetime) -> None:
    layout.changed_by, layout.changed_at = by, at
    layout.save(update_fields=[*fields, "changed_by", "changed_at"])
    journal.record("layout.changed", subject=layout, unit=layout.owner, changes=changes, by=by, at=at)


def _refuse_beyond_reach(by: User, owner: Unit) -> None:
    if not may(by, Perm.FORM_DESIGN, owner):
        raise Refused(_("您没有为%(unit)s设计表单的职责") % {"unit": owner.name}, code="beyond_reach", field="owner")


def _digest(content: bytes) -> str:
    return sha256(bytes(content)).hexdigest()[:16]
