"""What changed between two versions of a form, in words for whoever is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.cascade.rules.form import Check, Field, Spec, Type
from wuli.kernel.orgs.models.unit import Kind

TYPES: Mapping[str, str | Promise] = {
    Type.INTEGER: lazy("整数"), Type.DECIMAL: lazy("小数"), Type.TEXT: lazy("文字"), Type.CHOICE: lazy("单选"),
    Type.YES_NO: lazy("是或否"), Type.DATE: lazy("日期"),
}  # fmt: skip
PARTS: Mapping[str, str | Promise] = {
    "label": lazy("名称"), "type": lazy("类型"), "unit": lazy("计量单位"), "help": lazy("填写说明"),
    "purpose": lazy("用途"), "required": lazy("必填"), "matter": lazy("要报告的情况"), "adds": lazy("逐级汇总"),
    "source": lazy("台账"), "kinds": lazy("向哪类单位问"), "choices": lazy("选项"), "least": lazy("最小值"),
    "most": lazy("最大值"), "section": lazy("所在节"),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A field or a check that came, went, or is different: then what it was and is, part by part."""

    mark: str
    what: str
    parts: tuple[tuple[str, str, str], ...] = ()


def compare(old: Spec, new: Spec) -> list[Change]:
    """Nothing if only the order differs."""
    return [*_fields(old, new), *_checks(old, new)]


def words_of(name: str, value: Any) -> str:
    """A part of a field as people read it."""
    if name == "type":
        return str(TYPES[value])
    if name == "kinds":
        return _("、").join(str(Kind(kind).label) for kind in value) or _("全部")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return (_("、").join(value) if isinstance(value, tuple) else str(value)) or "—"


def check_words(check: Check | Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """在岗 + 休假 ≤ 员工总数"""
    held = check if isinstance(check, Mapping) else vars(check)
    sides = [" + ".join(labels.get(key, key) for key in held[side]) for side in ("left", "right")]
    return f" {SIGNS[held['op']]} ".join(sides)


SIGNS = {"=": "=", "<=": "≤", ">=": "≥"}


def _fields(old: Spec, new: Spec) -> Iterator[Change]:
    for one in new.fields:
        was = old.by_key.get(one.key)
        if was is None:
            yield Change("added", one.label)
        elif parts := tuple(_parts(was, one)):
            yield Change("changed", one.label, parts)
    for one in old.fields:
        if one.key not in new.by_key:
            yield Change("removed", one.label)


def _parts(was: Field, now: Field) -> Iterator[tuple[str, str, str]]:
    for name, label in PARTS.items():
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            yield str(label), words_of(name, before), words_of(name, after)


def _checks(old: Spec, new: Spec) -> Iterator[Change]:
    labels = {one.key: one.label for one in (*old.fields, *new.fields)}
    for mark, mine, others in (("added", new.checks, old.checks), ("removed", old.checks, new.checks)):
        for check in mine:
            if check not in others:
                yield Change(mark, _("核对：%(check)s") % {"check": check_words(check, labels)})
