"""One step of designing a form: each takes a spec and gives a new one, or refuses."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.base.pinyin import pinyin_of
from wuli.kernel.cascade.rules.form import Type

type Part = dict[str, Any]
LONGEST_KEY = 30
MOST_FIELDS = 120
"""More than anybody answers every day."""


def empty(title: str) -> Part:
    return {"sections": [{"title": title, "fields": []}], "checks": []}


def fields_of(spec: Mapping[str, Any]) -> dict[str, Part]:
    return {one["key"]: one for section in spec.get("sections", ()) for one in section["fields"]}


def place_of(spec: Mapping[str, Any], key: str) -> tuple[int, int]:
    """In which section the field stands, and as which of it. Raises Refused."""
    for number, section in enumerate(spec["sections"]):
        for place, one in enumerate(section["fields"]):
            if one["key"] == key:
                return number, place
    raise _gone()


def with_section(spec: Part, words: Part, number: int | None = None) -> Part:
    """A new section at the end, or new words for section `number`."""
    spec = deepcopy(spec)
    if number is None:
        spec["sections"].append({**words, "fields": []})
    else:
        held = spec["sections"][_within(spec["sections"], number)]
        spec["sections"][number] = {**words, "fields": held["fields"]}
    return spec


def with_field(spec: Part, field: Part, *, section: int, key: str = "") -> Part:
    """A new field at the end of a section; or, with `key`, that field as it now is, in its place or at that end."""
    spec = deepcopy(spec)
    into = spec["sections"][_within(spec["sections"], section)]["fields"]
    if not key:
        _refuse_more(spec, field)
        into.append(field)
        return spec
    at, place = place_of(spec, key)
    if at == section:
        into[place] = {**field, "key": key}
    else:
        spec["sections"][at]["fields"].pop(place)
        into.append({**field, "key": key})
    return spec


def with_check(spec: Part, check: Part, number: int | None = None) -> Part:
    spec = deepcopy(spec)
    if number is None:
        spec.setdefault("checks", []).append(check)
    else:
        spec["checks"][_within(spec.get("checks", []), number)] = check
    return spec


def moved(spec: Part, what: str, which: str, by: int) -> Part:
    """A section, a field or a check one place up (-1) or down (1); a field at the edge goes to the next section."""
    spec = deepcopy(spec)
    if what == "field":
        _move_field(spec["sections"], *place_of(spec, which), by)
    else:
        rows = spec["sections"] if what == "section" else spec.get("checks", [])
        number = _within(rows, _number(which))
        if 0 <= number + by < len(rows):
            rows[number], rows[number + by] = rows[number + by], rows[number]
    return spec


def without(spec: Part, what: str, which: str) -> Part:
    """The spec without a section, a field or a check. Raises Refused where something still needs it."""
    spec = deepcopy(spec)
    if what == "field":
        _refuse_needed(spec, which)
        section, place = place_of(spec, which)
        spec["sections"][section]["fields"].pop(place)
    elif what == "section":
        number = _within(spec["sections"], _number(which))
        if spec["sections"][number]["fields"]:
            raise Refused(_("请先移走或删除这一节里的字段"))
        spec["sections"].pop(number)
    else:
        spec["checks"].pop(_within(spec.get("checks", []), _number(which)))
    return spec


def key_for(label: str, taken: Mapping[str, Any]) -> str:
    """A code for a field, from the pinyin of its label; with a number behind it if another has it."""
    stem = "".join(sign for sign in pinyin_of(label)[0] if sign.isascii() and sign.isalnum())[:LONGEST_KEY] or "field"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    return key


def why_not_field(field: Mapping[str, Any]) -> tuple[str, str] | None:
    """Which part of a field is at fault, and why."""
    kind = Type(field["type"])
    if kind is Type.CHOICE and len(field.get("choices", ())) < 2:
        return "choices", _("至少写两个选项，一行一个")
    if kind is not Type.INTEGER and field.get("source"):
        return "source", _("台账给出的是人数、件数，只能配整数字段")
    if kind not in (Type.INTEGER, Type.DECIMAL) and (field.get("least") or field.get("most")):
        return "least", _("只有数字字段有最小、最大值")
    if field.get("least") and field.get("most") and float(field["least"]) > float(field["most"]):
        return "most", _("最大值小于最小值")
    return None


def _move_field(sections: list[Part], section: int, place: int, by: int) -> None:
    fields = sections[section]["fields"]
    if 0 <= place + by < len(fields):
        fields[place], fields[place + by] = fields[place + by], fields[place]
    elif 0 <= section + by < len(sections):
        beside = sections[section + by]["fields"]
        beside.insert(len(beside) if by < 0 else 0, fields.pop(place))


def _refuse_more(spec: Part, field: Part) -> None:
    known = fields_of(spec)
    if field["key"] in known:
        raise Refused(_("编码 %(key)s 已被使用") % {"key": field["key"]}, field="key")
    if len(known) >= MOST_FIELDS:
        raise Refused(_("一张表最多 %(most)d 个字段，没有人能每天填更多") % {"most": MOST_FIELDS})


def _refuse_needed(spec: Part, key: str) -> None:
    for check in spec.get("checks", ()):
        if key in (*check["left"], *check["right"]):
            raise Refused(_("核对关系“%(check)s”还在用这个字段") % {"check": check["text"]})


def _number(which: str) -> int:
    if not which.isdecimal():
        raise _gone()
    return int(which)


def _within(rows: list[Any], number: int) -> int:
    if not 0 <= number < len(rows):
        raise _gone()
    return number


def _gone() -> Refused:
    return Refused(_("这一项已经不在草稿里"))
