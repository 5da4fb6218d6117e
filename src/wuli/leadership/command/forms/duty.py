import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.forms.fields import DayField, PersonField, UnitField, reason_field, written
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.rules.duties import Perm

from ..models import DutyDesk, Turn
from ..rules.rotation import HOURS, Pattern
from .groups import person_field

BETWEEN = re.compile(r"[\n、，,；;]+")


class PeopleField(forms.CharField):
    """Several people by number or name, one a line, within the asker's reach, in the order of writing."""

    def __init__(self, *, user: User, **kwargs: Any) -> None:
        self.one = PersonField(user=user, perm=Perm.PERSON_VIEW, source="people", required=False)
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **kwargs)

    def clean(self, value: Any) -> Any:
        words = [word.strip() for word in BETWEEN.split(super().clean(value) or "") if word.strip()]
        return list(dict.fromkeys(self.one.clean(word) for word in words))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(written(one) for one in value) if isinstance(value, list) else value


class DeskForm(forms.Form):
    phone = forms.CharField(
        label=lazy("值班电话"), max_length=40,
        help_text=lazy("值班室的电话或值班手机：单位里人人可见，不要填个人号码"),
    )  # fmt: skip
    room = forms.CharField(label=lazy("值班地点"), max_length=80, required=False)


class NewDeskForm(DeskForm):
    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            user=user, perm=Perm.DUTY_ARRANGE, source="units", label=_("单位"),
            help_text=_("设了值班室，就要二十四小时有人值守；空班会提醒负责人"),
        )  # fmt: skip
        self.order_fields(["unit", "phone", "room"])


class ArrangeForm(forms.Form):
    first = DayField(label=lazy("从哪天"))
    last = DayField(label=lazy("到哪天"), help_text=lazy("含这一天开始的班"))
    starts = forms.TimeField(
        label=lazy("几点交接"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial=time(8),
        help_text=lazy("按单位当地时间"),
    )  # fmt: skip
    hours = forms.TypedChoiceField(
        label=lazy("每班"), coerce=int, choices=[(hours, f"{hours} h") for hours in HOURS], initial=24
    )  # fmt: skip
    each = forms.IntegerField(label=lazy("每班几名值班员"), min_value=1, max_value=9, initial=1)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leads"] = PeopleField(
            user=user, label=_("带班领导"), required=False, help_text=_("工号或姓名，一行一个；按这个次序轮流")
        )  # fmt: skip
        self.fields["officers"] = PeopleField(
            user=user, label=_("值班员"), help_text=_("工号或姓名，一行一个；按这个次序轮流")
        )
        self.fields["first"].initial = today
        self.fields["last"].initial = today + timedelta(days=6)
        self.order_fields(["leads", "officers", "each", "first", "last", "starts", "hours"])

    def pattern(self) -> Pattern:
        return Pattern(**self.cleaned_data)


class HandOverForm(forms.Form):
    happened = forms.CharField(
        label=lazy("值班情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("发生了什么，怎样处置；没有情况写“无”"),
    )  # fmt: skip
    unfinished = forms.CharField(
        label=lazy("未办完的事"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("上一班留下的已带入，办完的请删去"),
    )  # fmt: skip
    attention = forms.CharField(
        label=lazy("下一班注意"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip


class TakeForm(forms.Form):
    remark = forms.CharField(label=lazy("接班意见"), max_length=200, required=False)


class SwapForm(forms.Form):
    """Either one of the coming turns of others at the desk, in exchange, or somebody who takes the turn for nothing."""

    reason = reason_field()

    def __init__(self, *args: Any, user: User, turn: Turn, others: Iterable[Turn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others if one.person_id != turn.person_id}
        zone = ZoneInfo(turn.shift.desk.unit.zone)
        choices = [("", _("不对换")), *((key, _label(one, zone)) for key, one in self.others.items())]
        self.fields["other"] = forms.ChoiceField(label=_("与哪一班对换"), required=False, choices=choices)
        self.fields["to"] = person_field(user, _("或由谁顶班"), required=False)
        self.order_fields(["other", "to", "reason"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if bool(said.get("other")) == bool(said.get("to")) and not self.errors:
            raise forms.ValidationError(_("请选一班对换，或填一个顶班的人"))
        return said

    def swapped(self) -> dict[str, Any]:
        """What the action needs."""
        other = self.others.get(self.cleaned_data["other"])
        to: Person = other.person if other else self.cleaned_data["to"]
        return {"to": to, "other": other, "reason": self.cleaned_data["reason"]}


class ReasonForm(forms.Form):
    reason = reason_field()


def filled(desk: DutyDesk) -> dict[str, str]:
    return {"phone": desk.phone, "room": desk.room}


def _label(turn: Turn, zone: ZoneInfo) -> str:
    """By the clock of the unit."""
    when = f"{timezone.localtime(turn.shift.from_at, zone):%m-%d %H:%M}"
    return f"{when} {turn.person.name}（{turn.get_role_display()}）"
