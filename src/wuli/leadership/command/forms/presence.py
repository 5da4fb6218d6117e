from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.forms.fields import DayField, UnitField
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.rules.duties import Perm

from ..models import KeyPerson, Presence
from .groups import person_field


class StateForm(forms.Form):
    status = forms.ChoiceField(label=lazy("到岗情况"), choices=Presence.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=lazy("原因"), max_length=200, required=False, help_text=lazy("未返岗必填；不要写病情等健康信息")
    )  # fmt: skip
    expected_on = DayField(label=lazy("预计到岗"), required=False, help_text=lazy("未返岗必填，返岗途中最好填写"))

    @classmethod
    def filled(cls, key: KeyPerson) -> dict[str, Any]:
        return {"status": key.status, "reason": key.reason, "expected_on": key.expected_on}


class NameForm(forms.Form):
    """Somebody who leads no unit but holds a post that must not be empty."""

    post = forms.CharField(label=lazy("岗位"), max_length=40, help_text=lazy("例如：动力车间调度长"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = person_field(user, _("姓名"), required=True)
        self.fields["unit"] = UnitField(user=user, perm=Perm.RESPONSE_COMMAND, source="units", label=_("单位"))
        self.order_fields(["person", "unit", "post"])
