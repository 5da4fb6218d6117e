from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today

from ..actions.people import Place
from ..models import Person, User
from ..rules.duties import Perm
from .fields import DayField, UnitField, reason_field

PLACE = ("unit", "employer", "outside_employer", "branch", "process_step", "post")


class PlaceForm(forms.Form):
    """Where a person belongs, from a day."""

    outside_employer = forms.CharField(
        label=lazy("外协单位"), max_length=80, required=False, help_text=lazy("外协人员填写所属公司，用工单位留空")
    )
    process_step = forms.CharField(label=lazy("工序"), max_length=40, required=False)
    post = forms.CharField(label=lazy("岗位"), max_length=40, required=False)
    on = DayField(label=lazy("生效日期"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: dict[str, Any] = {"user": user, "source": "units"}
        self.fields["unit"] = UnitField(perm=Perm.PERSON_CHANGE, label=_("班组"), **units)
        self.fields["employer"] = UnitField(perm=Perm.UNIT_VIEW, label=_("用工单位"), required=False, **units)
        self.fields["branch"] = UnitField(
            perm=Perm.UNIT_VIEW, label=_("党支部"), required=False, help_text=_("非党员留空"), **units
        )
        self.fields["on"].initial = today
        self.order_fields(["number", "name", "unit", "employer", "outside_employer"])

    @classmethod
    def filled(cls, person: Person) -> dict[str, Any]:
        post = person.post
        return {
            "unit": person.unit, "employer": person.employer, "outside_employer": person.outside_employer,
            "process_step": post.process_step if post else "", "post": post.name if post else "",
            "branch": person.branch,
        }  # fmt: skip

    def place(self) -> Place:
        return Place(**{name: self.cleaned_data[name] for name in PLACE})


class JoinForm(PlaceForm):
    number = forms.CharField(label=lazy("工号"), max_length=32)
    name = forms.CharField(label=lazy("姓名"), max_length=60)
    phone = forms.CharField(label=lazy("手机"), max_length=20, required=False)
    identity = forms.CharField(label=lazy("身份证号"), max_length=18, required=False, help_text=lazy("加密保存"))


class AmendPersonForm(forms.Form):
    name = forms.CharField(label=lazy("姓名"), max_length=60)
    phone = forms.CharField(label=lazy("手机"), max_length=20, required=False, help_text=lazy("留空则不改"))
    identity = forms.CharField(label=lazy("身份证号"), max_length=18, required=False, help_text=lazy("留空则不改"))

    def changes(self) -> dict[str, str]:
        return {field: value.strip() for field, value in self.cleaned_data.items() if value.strip()}


class LeaveForm(forms.Form):
    on = DayField(label=lazy("离册日期"), help_text=lazy("不再在册的第一天"))


class UnmaskForm(forms.Form):
    field = forms.ChoiceField(label=lazy("查看内容"), choices=[("phone", lazy("手机")), ("identity", lazy("身份证号"))])
    reason = reason_field()
