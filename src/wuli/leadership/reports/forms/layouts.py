"""What comes in about a layout: its file, its mapping, and which round is to be filled in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.cascade.models import Form, Round
from wuli.kernel.cascade.rules.form import Spec
from wuli.kernel.orgs.forms.fields import UnitField
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.rules.duties import Perm

from ..actions.layouts import Mapping, Template
from ..models import Layout
from ..rules.layouts import choices

SPARE = 4
"""Empty lines of the mapping; saving makes new ones."""
XLSX = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(forms.Form):
    file = forms.FileField(
        label=lazy("模板文件"), widget=forms.FileInput({"accept": XLSX}),
        help_text=lazy("对方的 .xlsx 空表，最大 2 MB，不能带宏"),
    )  # fmt: skip

    def template(self) -> Template:
        given = self.cleaned_data["file"]
        return Template(given.name, given.read())


class LayoutForm(FileForm):
    name = forms.CharField(label=lazy("名称"), max_length=80)
    authority = forms.CharField(label=lazy("报给谁"), max_length=80, help_text=lazy("如 省国资委、属地疾控"))
    of = forms.ModelChoiceField(label=lazy("数字来自哪张表"), queryset=Form.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: User, known: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["of"]
        chosen.queryset = known
        self.fields["owner"] = UnitField(user=user, perm=Perm.FORM_DESIGN, source="units", label=_("归口单位"))
        self.order_fields(["name", "authority", "owner", "of", "file"])


class MapForm(forms.Form):
    """Pairs of a place and what comes there: `place-0`, `code-0`, …; columns as `column-0`, `value-0`, …"""

    sheet = forms.ChoiceField(label=lazy("工作表"))
    first_row = forms.IntegerField(
        label=lazy("各下级单位从第几行起"), required=False, min_value=1, max_value=1_048_000,
        help_text=lazy("一个下级单位一行；不用逐行填就留空"),
    )  # fmt: skip
    with_total = forms.BooleanField(label=lazy("最后加一行合计"), required=False)

    def __init__(self, data: Any = None, *, layout: Layout, sheets: list[str], spec: Spec) -> None:
        initial = {"sheet": layout.sheet, "first_row": layout.first_row, "with_total": layout.with_total}
        super().__init__(data, initial=initial)
        sheet: Any = self.fields["sheet"]
        sheet.choices = [(name, name) for name in sheets]
        known = [("", "—"), *choices(spec)]
        self._add("place", "code", layout.cells, known, lazy("单元格"))
        self._add("column", "value", layout.columns, known, lazy("列"))

    def _add(self, place: str, code: str, held: dict[str, str], known: list[tuple[str, str]], label: Any) -> None:
        count = max(len(held), self._sent(place)) + SPARE
        pairs = [*held.items(), *[("", "")] * (count - len(held))]
        for number, (at, value) in enumerate(pairs):
            words = {"aria-label": _("%(what)s %(n)d") % {"what": label, "n": number + 1}, "size": 6}
            self.fields[f"{place}-{number}"] = forms.CharField(
                required=False, max_length=10, initial=at, widget=forms.TextInput(words)
            )
            gone = [(value, _("%(field)s（现在的表里没有）") % {"field": value})] if value not in dict(known) else []
            words = {"aria-label": _("%(what)s %(n)d 填什么") % {"what": label, "n": number + 1}}
            self.fields[f"{code}-{number}"] = forms.ChoiceField(
                required=False, choices=known + gone, initial=value, widget=forms.Select(words)
            )

    def _sent(self, place: str) -> int:
        numbers = [key.removeprefix(f"{place}-") for key in self.data if key.startswith(f"{place}-")]
        return min(max((int(number) + 1 for number in numbers if number.isdecimal()), default=0), 500)

    def cells(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self._pairs("place", "code")

    def columns(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self._pairs("column", "value")

    def _pairs(self, place: str, code: str) -> list[tuple[forms.BoundField, forms.BoundField]]:
        numbers = sorted(int(name.removeprefix(f"{place}-")) for name in self.fields if name.startswith(f"{place}-"))
        return [(self[f"{place}-{number}"], self[f"{code}-{number}"]) for number in numbers]

    def mapping(self) -> Mapping:
        said = self.cleaned_data
        return Mapping(
            said["sheet"], self._said("place", "code"), self._said("column", "value"), said["first_row"],
            said["with_total"],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for place, code in (("place", "code"), ("column", "value")):
            seen: set[str] = set()
            for number in range(len(self._pairs(place, code))):
                at, what = _place(said, place, number), said.get(f"{code}-{number}")
                if what and not at:
                    self.add_error(f"{place}-{number}", _("请写填在哪里"))
                elif at and at in seen:
                    self.add_error(f"{place}-{number}", _("%(place)s 写了两次") % {"place": at})
                seen.add(at)
        return said

    def _said(self, place: str, code: str) -> dict[str, str]:
        pairs = ((_place(self.cleaned_data, place, n), self.cleaned_data[f"{code}-{n}"])
                 for n in range(len(self._pairs(place, code))))  # fmt: skip
        return {at: what for at, what in pairs if at and what}


class FillForm(forms.Form):
    """Which round, for which unit, as of when."""

    round = forms.ModelChoiceField(label=lazy("哪一期"), queryset=Round.objects.none(), empty_label=None)
    as_of = forms.ChoiceField(
        label=lazy("口径"), required=False, choices=[("frozen", lazy("定数时的数")), ("now", lazy("现在的数"))],
        help_text=lazy("还没有定数的，按现在的数"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, rounds: Iterable[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(rounds)
        chosen: Any = self.fields["round"]
        chosen.queryset = Round.objects.filter(pk__in=[one.pk for one in found]).select_related("call", "version")
        chosen.choices = [(one.pk, f"{one.on} {one.call.title}") for one in found]
        self.fields["unit"] = UnitField(user=user, perm=Perm.CALL_VIEW, source="units", label=_("哪个单位"))
        self.order_fields(["round", "unit", "as_of"])


def _place(said: dict[str, Any], place: str, number: int) -> str:
    return str(said.get(f"{place}-{number}") or "").strip().upper().replace("$", "")
