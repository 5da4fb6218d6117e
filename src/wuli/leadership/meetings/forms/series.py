from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import FOREVER
from wuli.kernel.orgs.forms.fields import DayField, PersonField, UnitField
from wuli.kernel.orgs.models import Kind, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..actions.series import Place, Plan
from ..models import Series

WEEKDAYS = [
    (0, lazy("周一")), (1, lazy("周二")), (2, lazy("周三")), (3, lazy("周四")), (4, lazy("周五")), (5, lazy("周六")),
    (6, lazy("周日")),
]  # fmt: skip
ASKED_DUTIES = (Duty.HEAD, Duty.DEPUTY, Duty.COMMANDER, Duty.REPORTER, Duty.REVIEWER, Duty.PARTY_SECRETARY,
                Duty.PARTY_OFFICER)  # fmt: skip
LEADING = "leading"
BELOW = (Kind.SEGMENT, Kind.ENTERPRISE, Kind.WORKSHOP, Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH, Kind.PARTY_BRANCH)


class TimeField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"), **kwargs)


def minutes_field(**kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=lazy("时长（分钟）"),
        min_value=5,
        max_value=720,
        widget=forms.NumberInput(attrs={"class": "short"}),
        **kwargs,
    )


def link_field() -> forms.URLField:
    return forms.URLField(
        label=lazy("入会链接"), required=False, max_length=300, assume_scheme="https",
        help_text=lazy("视频会议的地址，日历里也会带上"),
    )  # fmt: skip


class PlanForm(forms.Form):
    """When, where and who; the agenda and those asked have pages of their own."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    title = forms.CharField(label=lazy("名称"), max_length=80)
    cadence = forms.ChoiceField(
        label=lazy("频次"), choices=Series.Cadence.choices,
        help_text=lazy("工作日按当地放假安排，调休上班的周末也开"),
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=lazy("每周哪几天"), choices=WEEKDAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("只在“每周固定几天”时用"),
    )  # fmt: skip
    starts_at = TimeField(label=lazy("开始时间"), help_text=lazy("单位当地时间"))
    minutes = minutes_field(initial=45)
    place = forms.CharField(label=lazy("地点"), max_length=120, required=False)
    link = link_field()
    figures_of = forms.ChoiceField(
        label=lazy("材料取哪天的数"), choices=Series.FiguresOf.choices, initial=Series.FiguresOf.DAY_BEFORE,
        help_text=lazy("晨会一般看前一天，晚上的会看当天"),
    )  # fmt: skip
    starts_on = DayField(label=lazy("首次日期"))
    last_day = DayField(label=lazy("末次日期"), required=False, help_text=lazy("不填则一直开下去"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told: dict[str, Any] = {"user": user, "perm": Perm.PERSON_VIEW, "source": "people"}
        self.fields["chair"] = PersonField(label=_("主持人"), help_text=_("主持人确认纪要"), **told)
        self.fields["secretary"] = PersonField(
            label=_("记录人"), help_text=_("可与主持人为同一人：纪要由本人确认时会注明"), **told
        )
        self.order_fields(self.ORDER)

    ORDER: Sequence[str] = (
        "title", "cadence", "weekdays", "starts_at", "minutes", "chair", "secretary", "place", "link", "figures_of",
        "starts_on", "last_day",
    )  # fmt: skip

    def plan(self) -> Plan:
        said = dict(self.cleaned_data)
        last = said.pop("last_day")
        return Plan(
            **{name: said[name] for name in Plan.__dataclass_fields__ if name in said},
            ends_on=last + timedelta(days=1) if last else FOREVER,
        )


def initial_of(series: Series) -> dict[str, Any]:
    names = ("title", "cadence", "weekdays", "starts_at", "minutes", "chair", "secretary", "place", "link",
             "figures_of", "starts_on", "edition")  # fmt: skip
    last = None if series.has_no_end else series.ends_on - timedelta(days=1)
    return {name: getattr(series, name) for name in names} | {"last_day": last}


class SeriesForm(PlanForm):
    """A new series: also whose, of which kind, and which duties are asked from the start."""

    kind = forms.ChoiceField(
        label=lazy("类别"), choices=Series.Kind.choices, widget=forms.RadioSelect,
        help_text=lazy("两类例会带有现成的议程，建好后可以改"),
    )  # fmt: skip
    duties = forms.MultipleChoiceField(
        label=lazy("请谁参加"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("按职责请人，开会当天由谁担任就请谁；建好后还可以加人"),
    )  # fmt: skip
    ORDER = ("unit", "kind", "title", *PlanForm.ORDER[1:], "duties")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["unit"] = UnitField(user=user, perm=Perm.MEETING_ARRANGE, source="units", label=_("单位"))
        self.fields["duties"].choices = duty_choices()  # type: ignore[attr-defined]
        self.order_fields(self.ORDER)

    def places(self) -> list[Place]:
        return [place_of(code, self.cleaned_data["unit"]) for code in self.cleaned_data["duties"]]


def duty_choices() -> list[tuple[str, str]]:
    """Like "head:segment": the heads of all segments below; "head:" of the unit itself."""
    own = [(f"{duty}:", _("本单位%(duty)s") % {"duty": duty.label}) for duty in
           (Duty.HEAD, Duty.DEPUTY, Duty.COMMANDER, Duty.PARTY_SECRETARY)]  # fmt: skip
    below = [
        (f"{Duty.HEAD}:{kind}", _("下属各%(kind)s%(duty)s") % {"kind": kind.label, "duty": Duty.HEAD.label})
        for kind in (Kind.SEGMENT, Kind.ENTERPRISE, Kind.WORKSHOP)
    ]
    return [(LEADING, _("本单位领导小组（应急响应期间）")), *own, *below]


def place_of(code: str, unit: Unit) -> Place:
    if code == LEADING:
        return Place(unit=unit, leading_group=True)
    duty, _colon, kind = code.partition(":")
    return Place(duty=duty, unit=unit, kind=kind)


class SeatForm(forms.Form):
    """One more: a person, or a duty at a unit or at all units of a kind below it."""

    duty = forms.ChoiceField(
        label=lazy("或按职责"), required=False,
        choices=[("", lazy("——")), *((duty.value, duty.label) for duty in ASKED_DUTIES)],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=lazy("范围"), required=False,
        choices=lambda: [
            ("", _("单位本级")), *((kind.value, _("下属各%(kind)s") % {"kind": kind.label}) for kind in BELOW)
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(
            user=user, perm=Perm.PERSON_VIEW, source="people", label=_("参会人"), required=False
        )
        self.fields["unit"] = UnitField(
            user=user, perm=Perm.UNIT_VIEW, source="units", label=_("职责所在单位"), required=False
        )
        self.order_fields(["person", "duty", "unit", "kind"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(said.get("person")) == bool(said.get("duty")):
            raise forms.ValidationError(_("请填一个人，或者选一项职责"))
        if said.get("duty") and not said.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("请填职责所在单位"))
        return said

    def place(self) -> Place:
        said = self.cleaned_data
        if said["person"]:
            return Place(person=said["person"])
        return Place(duty=said["duty"], unit=said["unit"], kind=said["kind"])
