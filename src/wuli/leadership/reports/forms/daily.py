"""What head office says to begin a daily report, to end it, to spare a unit."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.errors import Refused
from wuli.kernel.cascade.models import Call, Form
from wuli.kernel.cascade.rules.times import WEEKDAYS
from wuli.kernel.orgs.forms.fields import DayField, UnitField, reason_field
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.models.unit import Kind
from wuli.kernel.orgs.rules.duties import Perm

from ..actions.dailies import Daily
from ..rules.hours import LEVELS, minutes_of, read_chasing

MOMENTS = (("opens", lazy("开始")), ("due", lazy("截止")), ("freeze", lazy("定数")))
USUAL = (Kind.WORKSHOP, Kind.ENTERPRISE, Kind.SEGMENT)


class FormChoice(forms.ModelChoiceField[Form]):
    def label_from_instance(self, obj: Any) -> str:
        return _("%(form)s（%(owner)s）") % {"form": obj.name, "owner": obj.owner.name}


class DailyForm(forms.Form):
    """A report: which form it `asks` (an input called "form" would hide the form from scripts), of whom, when."""

    asks = FormChoice(label=lazy("表单"), queryset=Form.objects.none(), empty_label=None)
    title = forms.CharField(label=lazy("标题"), max_length=120)
    number = forms.CharField(label=lazy("编号"), max_length=40)
    cadence = forms.ChoiceField(
        label=lazy("频次"), choices=Call.Cadence.choices, initial=Call.Cadence.DAILY,
        help_text=lazy("“每个工作日”按各单位所在地的工作日历，休息的单位当天不用报"),
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=lazy("星期"), choices=list(enumerate(WEEKDAYS, start=1)), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=lazy("每周上报时选，可多选；不选则按首期那天"),
    )  # fmt: skip
    day_of_month = forms.IntegerField(
        label=lazy("每月几日"), min_value=1, max_value=31, required=False,
        help_text=lazy("每月上报时填，31 为月末；不填则按首期那天"),
    )  # fmt: skip
    route = forms.ChoiceField(label=lazy("上报方式"), choices=Call.Route.choices, initial=Call.Route.LAYERED)
    first_day = DayField(label=lazy("首期"))
    last_day = DayField(label=lazy("末期"), required=False, help_text=lazy("不填则一直到表单停用或人工结束"))
    chasing = forms.CharField(
        label=lazy("催办"), max_length=60, required=False, initial="-60, 0, 30",
        help_text=lazy("相对截止的分钟数，负数为截止前；用逗号隔开，不填则不催"),
    )  # fmt: skip
    text = forms.CharField(label=lazy("说明"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))
    kinds = forms.MultipleChoiceField(
        label=lazy("填报单位"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple, initial=list(USUAL)
    )

    ABOUT = ("asks", "title", "number", "root", "text")
    TIMES = ("cadence", "weekdays", "day_of_month", "route", "first_day", "last_day", "chasing")

    def __init__(self, *args: Any, user: User, known: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        chosen: Any = self.fields["asks"]
        chosen.queryset = known
        self.fields["root"] = UnitField(user=user, perm=Perm.CALL_ISSUE, source="units", label=_("范围"),
                                        help_text=_("含下级单位"))  # fmt: skip
        for kind, hours in LEVELS.items():
            for (moment, label), clock in zip(MOMENTS, hours, strict=True):
                words = _("%(kind)s%(moment)s时间") % {"kind": kind.label, "moment": label}
                widget = forms.TimeInput({"type": "time", "aria-label": words}, format="%H:%M")
                self.fields[f"{moment}-{kind}"] = forms.TimeField(
                    required=False, label=label, initial=clock, widget=widget
                )

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ABOUT]

    def times(self) -> list[forms.BoundField]:
        return [self[name] for name in self.TIMES]

    def levels(self) -> Iterator[dict[str, Any]]:
        """For each kind: whether it is asked, and its three clock times."""
        asked = set(self["kinds"].value() or ())
        for kind in LEVELS:
            moments = [self[f"{moment}-{kind}"] for moment, _label in MOMENTS]
            yield {"kind": kind, "asked": kind in asked, "moments": moments}

    def clean_chasing(self) -> list[int]:
        try:
            return read_chasing(self.cleaned_data["chasing"])
        except Refused as no:
            raise forms.ValidationError(str(no)) from no

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for kind in said.get("kinds", ()):
            if any(said.get(f"{moment}-{kind}") is None for moment, _label in MOMENTS):
                self.add_error("kinds", _("请写明%(kind)s的开始、截止、定数时间") % {"kind": Kind(kind).label})
        return said

    def daily(self) -> Daily:
        said = self.cleaned_data
        hours = {kind: minutes_of(*(said[f"{moment}-{kind}"] for moment, _label in MOMENTS)) for kind in said["kinds"]}
        names = ("title", "number", "root", "chasing", "first_day", "last_day", "cadence", "route", "text")
        return Daily(form=said["asks"], hours=hours, days=self._days(), **{name: said[name] for name in names})

    def _days(self) -> list[int]:
        said = self.cleaned_data
        if said["cadence"] == Call.Cadence.WEEKLY:
            return list(said["weekdays"])
        monthly = said["cadence"] == Call.Cadence.MONTHLY and said["day_of_month"]
        return [said["day_of_month"]] if monthly else []


class EndForm(forms.Form):
    reason = reason_field()


class ExemptForm(forms.Form):
    first_day = DayField(label=lazy("第一天"))
    last_day = DayField(label=lazy("最后一天"))
    reason = reason_field()

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user=user, perm=Perm.CALL_ISSUE, source="units", label=_("单位"),
                                        help_text=_("含下级单位"))  # fmt: skip
        self.fields["first_day"].initial = today
        self.order_fields(["unit", "first_day", "last_day", "reason"])
