"""Values on the wire. What a field is called, how long it may be and how private it is comes from its model."""

import re
import unicodedata
from datetime import date
from functools import partial
from typing import Annotated, Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
LARGEST = 2**63 - 1
"""The largest number of a row that both databases can look for."""
SENSITIVITY: dict[str, str | Promise] = {
    "sensitive": _("敏感个人信息"),
    "health": _("健康信息"),
    "personal": _("个人信息"),
    "plain": "",
}
FLAGS = {"true": True, "false": False}


def _day(value: object) -> date:
    """Only 2020-03-05: a bare number would else be taken for seconds since 1970."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.min
        if FIRST_DAY <= day <= LAST_DAY:
            return day
    raise PydanticCustomError("day", "no day")


def _plain(text: str) -> str:
    """Databases refuse NUL, and nobody means the other control signs."""
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        raise PydanticCustomError("control_sign", "control sign")
    return text


def _flag(value: object) -> object:
    if isinstance(value, str) and value not in FLAGS:
        raise PydanticCustomError("bool_type", "no flag")
    return FLAGS[value] if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_plain)]
Flag = Annotated[bool, BeforeValidator(_flag)]


class Input(BaseModel):
    """A body. What it does not know it refuses, and 1 is neither true nor "1"."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Filters(BaseModel):
    """Query parameters: texts that stand for values."""

    model_config = ConfigDict(extra="forbid")


class Output(BaseModel):
    model_config = ConfigDict(frozen=True)


def given(model: type[models.Model], name: str, default: Any = ..., *, note: str | Promise = "") -> Any:
    """A field of a body or query, with the limits of the model's field."""
    field = model._meta.get_field(name)
    limits: dict[str, Any] = {}
    if getattr(field, "choices", None):
        limits["strict"] = False
    elif isinstance(field, models.CharField):
        limits = {"max_length": field.max_length, "min_length": 0 if field.blank or field.null else 1}
    return Field(default, json_schema_extra=partial(_tell, model, name, note), **limits)


def shown(model: type[models.Model], name: str, default: Any = ..., *, note: str | Promise = "") -> Any:
    """A field of an answer, told from the model's field."""
    return Field(default, json_schema_extra=partial(_tell, model, name, note))


def noted(note: str | Promise, default: Any = ..., **limits: Any) -> Any:
    """A field that no model keeps."""
    return Field(default, json_schema_extra=partial(_describe, note), **limits)


def _describe(note: str | Promise, schema: dict[str, Any]) -> None:
    schema["description"] = str(note)


def _tell(model: type[models.Model], name: str, note: str | Promise, schema: dict[str, Any]) -> None:
    """Written anew for each document, in the language of whoever reads it."""
    field = model._meta.get_field(name)
    kind = sensitivity(model, name)
    words = str(note) or str(getattr(field, "verbose_name", name))
    if label := str(SENSITIVITY[kind]):
        words = str(_("%(words)s（%(label)s）")) % {"words": words, "label": label}
        schema["x-sensitivity"] = kind
    if choices := getattr(field, "choices", None):
        _choose(schema, choices)
        words = _("：").join((words, _("、").join(f"{value} {label}" for value, label in choices)))
    schema["description"] = words


def _choose(schema: dict[str, Any], choices: Any) -> None:
    for word in ("$ref", "anyOf", "allOf"):
        schema.pop(word, None)
    schema.update(type="string", enum=[str(value) for value, _label in choices])


def sensitivity(model: type[models.Model], name: str) -> str:
    """The class in which the model's `Privacy` puts a field."""
    privacy = getattr(model, "Privacy", object)
    return next((kind for kind in SENSITIVITY if name in getattr(privacy, kind, ())), "plain")
