from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import Kind, Person, Unit, User

from ..models import Pack
from ..rules.boards import GRIDS
from .keepers import Dated, person_field

A_PHONE = RegexValidator(r"^\+?[0-9][0-9 ()\-]{2,18}$", lazy("请填电话号码，如 0871-6566 1234 或 8123"))


class BoardForm(forms.Form):
    """What a board says beside its people: for this grid, and what keepers below have to do."""

    boundary = forms.CharField(
        label=lazy("网格范围"),
        max_length=200,
        required=False,
        help_text=lazy("场所、工段或楼层；留空则列出本班组的工序"),
    )
    hotline = forms.CharField(
        label=lazy("报告电话"), max_length=40, required=False, validators=[A_PHONE],
        help_text=lazy("发现异常打这个电话；留空则用上级单位的"),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [Kind(unit.kind)] + ([Kind.TEAM] if unit.kind != Kind.TEAM else [])
        for kind in kinds:
            self.fields[f"text_{kind}"] = forms.CharField(
                label=_("%(grid)s的职责") % {"grid": GRIDS[kind]}, max_length=1200, required=False,
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=_("每行一条，本单位和下级的公示牌都用它；留空则用上级单位的"),
            )  # fmt: skip

    def said(self) -> dict[str, Any]:
        texts = {
            name.removeprefix("text_"): "\n".join(value.split("\r\n"))
            for name, value in self.cleaned_data.items() if name.startswith("text_")
        }  # fmt: skip
        return {"boundary": self.cleaned_data["boundary"], "hotline": self.cleaned_data["hotline"], "texts": texts}


class PhonesForm(forms.Form):
    """The work phones of those who stand on a board."""

    def __init__(self, *args: Any, people: list[Person], known: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"phone_{person.pk}": person for person in people}
        for name, person in self.people.items():
            self.fields[name] = forms.CharField(
                label=person.name, max_length=20, required=False, validators=[A_PHONE], initial=known.get(person.pk, "")
            )

    def said(self) -> dict[Person, str]:
        return {person: self.cleaned_data[name] for name, person in self.people.items()}


class InstructorForm(Dated):
    """Somebody of the group, or by name."""

    name = forms.CharField(label=lazy("外部人员姓名"), max_length=60, required=False)
    organisation = forms.CharField(
        label=lazy("所在单位"), max_length=80, required=False, help_text=lazy("如街道、社区、疾控中心")
    )
    phone = forms.CharField(label=lazy("工作电话"), max_length=20, required=False, validators=[A_PHONE])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = person_field(user, _("本集团人员"), required=False)
        self.order_fields(["person", "name", "organisation", "phone", "on"])


class PackForm(forms.Form):
    """Which boards below a unit, on which paper."""

    kinds = forms.MultipleChoiceField(label=lazy("层级"), widget=forms.CheckboxSelectMultiple)
    size = forms.ChoiceField(label=lazy("纸张"), choices=Pack.Size, initial=Pack.Size.A4)

    def __init__(self, *args: Any, kinds: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("%(grid)s（%(n)s 张）")
        choices = [(kind, said % {"grid": GRIDS[Kind(kind)], "n": f"{n:,}"}) for kind, n in kinds.items()]
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]
