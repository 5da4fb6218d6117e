from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import FOREVER, today

from ..actions.calendars import NewException
from ..models import Region, User
from ..rules.duties import Perm
from .fields import DayField, UnitField, reason_field
from .units import region_code


class ExceptionForm(forms.Form):
    """Days that are other than the public calendar has them, for a place or for a unit."""

    works = forms.ChoiceField(
        label=lazy("这些天"), choices=[("rests", lazy("休息")), ("works", lazy("上班"))], widget=forms.RadioSelect
    )
    region = forms.CharField(
        label=lazy("地区"), max_length=6, required=False,
        help_text=lazy("行政区划代码或国家代码，如 440000（广东省）、PE；按单位登记时不填"),
    )  # fmt: skip
    first_day = DayField(label=lazy("第一天"))
    last_day = DayField(label=lazy("最后一天"), required=False, help_text=lazy("不填则一直有效，直到撤销"))
    reason = forms.CharField(label=lazy("依据"), max_length=160, help_text=lazy("通知的名称和文号，或本单位的决定"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            user=user, perm=Perm.UNIT_CHANGE, source="units", label=lazy("单位"), required=False,
            help_text=lazy("含下级单位；按地区登记时不填"),
        )  # fmt: skip
        self.fields["first_day"].initial = today
        self.fields["works"].initial = "rests"
        self.order_fields(["works", "region", "unit"])

    def clean_region(self) -> Region | None:
        code = region_code(self.cleaned_data["region"])
        return Region.objects.get(pk=code) if code else None

    def exception(self) -> NewException:
        said = self.cleaned_data
        return NewException(
            works=said["works"] == "works", reason=said["reason"], from_date=said["first_day"],
            until_date=said["last_day"] + timedelta(days=1) if said["last_day"] else FOREVER, region=said["region"],
            unit=said["unit"],
        )  # fmt: skip


class LiftForm(forms.Form):
    reason = reason_field()
