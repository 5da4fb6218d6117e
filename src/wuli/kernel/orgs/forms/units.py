from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today

from ..models import Kind, PlannedChange, Region, Unit, User
from ..rules.duties import Perm
from ..rules.units import PARENT_KINDS, line_of
from .fields import DayField, UnitField

Verb = PlannedChange.Verb


class OpenUnitForm(forms.Form):
    """A new unit under `parent`."""

    kind = forms.ChoiceField(label=lazy("类型"))
    code = forms.CharField(label=lazy("单位编码"), max_length=32, help_text=lazy("全集团唯一，以后不再改动"))
    name = forms.CharField(label=lazy("名称"), max_length=80)
    on = DayField(label=lazy("设立日期"))
    uscc = forms.CharField(label=lazy("统一社会信用代码"), max_length=18, required=False)
    region = forms.CharField(
        label=lazy("所在地"), max_length=6, required=False, help_text=lazy("行政区划代码或国家代码，如 530102、PE")
    )
    zone = forms.CharField(label=lazy("时区"), max_length=40, required=False)
    listed = forms.BooleanField(label=lazy("上市公司"), required=False)

    def __init__(self, *args: Any, parent: Unit, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, kind.label) for kind, allowed in PARENT_KINDS.items() if parent.kind in allowed
        ]
        self.fields["on"].initial = today
        self.fields["zone"].initial = parent.zone
        if parent.line == "party":
            for name in ("uscc", "listed"):
                del self.fields[name]
            self.fields["serves"] = UnitField(
                user=user, perm=Perm.UNIT_VIEW, source="units", label=_("对应行政单位"), required=False
            )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()

    def clean_region(self) -> str:
        return region_code(self.cleaned_data["region"])


class AmendUnitForm(forms.Form):
    """What of a unit has no history."""

    uscc = forms.CharField(label=lazy("统一社会信用代码"), max_length=18, required=False)
    region = forms.CharField(
        label=lazy("所在地"), max_length=6, required=False, help_text=lazy("行政区划代码或国家代码，如 530102、PE")
    )
    zone = forms.CharField(label=lazy("时区"), max_length=40)
    listed = forms.BooleanField(label=lazy("上市公司"), required=False)

    @classmethod
    def filled(cls, unit: Unit) -> dict[str, Any]:
        return {"uscc": unit.uscc, "region": unit.region_id, "zone": unit.zone, "listed": unit.listed}

    def clean_uscc(self) -> str | None:
        return str(self.cleaned_data["uscc"]).strip().upper() or None

    def clean_region(self) -> Region | None:
        code = region_code(self.cleaned_data["region"])
        return Region.objects.get(pk=code) if code else None


class ChangeUnitForm(forms.Form):
    """One change of the tree, from a day."""

    on = DayField(label=lazy("生效日期"))

    def __init__(self, *args: Any, verb: str, unit: Unit, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verb = verb
        self.fields["on"].initial = today
        if verb == Verb.RENAME:
            self.fields["name"] = forms.CharField(label=_("新名称"), max_length=80, initial=unit.name)
        elif verb in (Verb.MOVE, Verb.MERGE):
            label = _("划入哪个单位之下") if verb == Verb.MOVE else _("并入哪个单位")
            self.fields["target"] = UnitField(user=user, perm=Perm.UNIT_CHANGE, source="units", label=label)
        self.order_fields(["name", "target", "on"])


def kinds_under(parent: Unit) -> list[Kind]:
    return [kind for kind, allowed in PARENT_KINDS.items() if parent.kind in allowed and line_of(kind) == parent.line]


def region_code(code: str) -> str:
    """The code as it is kept, "" for none. Raises ValidationError for one that no place has."""
    code = code.strip().upper()
    if code and not Region.objects.filter(pk=code).exists():
        raise forms.ValidationError(_("没有代码为“%(code)s”的地区") % {"code": code})
    return code
