from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.forms.fields import DayField, UnitField
from wuli.kernel.orgs.models import Unit, User

from .rules.metrics import Metric


class WhereForm(forms.Form):
    """At which unit, on which day a number is looked at."""

    on = DayField(label=lazy("业务日期"))

    def __init__(self, *args: Any, user: User, metric: Metric, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["where"] = UnitField(user=user, perm=metric.perm, source="units", label=_("单位"))
        self.order_fields(["where", "on"])
        self.fields["on"].widget.attrs["max"] = str(today)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("这一天还没有到"))
        return day

    @property
    def place(self) -> tuple[Unit, date]:
        return self.cleaned_data["where"], self.cleaned_data["on"]
