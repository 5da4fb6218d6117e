"""Units and people typed by code, number or name, found only within the asker's reach."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today

from ..models import Person, Unit, User
from ..queries.scope import people_where, units_where
from ..rules.duties import Perm


class FoundField[T: (Unit, Person)](forms.CharField):
    """A text that names one row: by its code exactly, or by a name that only one has."""

    source = ""
    many = lazy("有 %(count)d 个叫“%(text)s”，请改填编码")
    none = lazy("没有找到“%(text)s”，请从提示中选择")

    def __init__(self, *, user: User, perm: Perm, source: str, **kwargs: Any) -> None:
        self.user, self.perm = user, perm
        attrs = {"data-suggest": source, "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def rows(self, text: str) -> QuerySet[T]:
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        text = (super().clean(value) or "").split(" · ")[0].strip()
        if not text:
            return None
        found = list(self.rows(text).order_by("pk")[:5])
        if len(found) == 1:
            return found[0]
        words = self.many if found else self.none
        raise forms.ValidationError(words % {"text": text, "count": len(found)}, code="not_one")

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Unit | Person) else value


class UnitField(FoundField[Unit]):
    def rows(self, text: str) -> QuerySet[Unit]:
        return units_where(self.user, self.perm).open(today()).filter(Q(code=text) | Q(name=text))


class PersonField(FoundField[Person]):
    many = lazy("有 %(count)d 个人叫“%(text)s”，请改填工号")

    def rows(self, text: str) -> QuerySet[Person]:
        return people_where(self.user, self.perm).on_roll(today()).filter(Q(number=text) | Q(name=text))


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def written(row: Unit | Person) -> str:
    """How a row is written into a field so that it is found again."""
    return f"{row.code if isinstance(row, Unit) else row.number} · {row.name}"


def reason_field(label: str | None = None) -> forms.CharField:
    return forms.CharField(label=label or lazy("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
