from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.forms.fields import PersonField, reason_field
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.rules.duties import Perm

from ..actions.groups import Place
from ..models import LeadingGroup, Member

Role = Member.Role
SLOTS = (
    ("leader", Role.LEADER, lazy("组长"), True), ("leader_too", Role.LEADER, lazy("组长（双组长时）"), False),
    ("deputy", Role.DEPUTY, lazy("副组长"), False), ("deputy_too", Role.DEPUTY, lazy("副组长（二）"), False),
    ("office", Role.OFFICE, lazy("办公室主任"), False),
)  # fmt: skip
"""The people asked for when a group is set up; others are added afterwards."""


class SetUpForm(forms.Form):
    basis = forms.CharField(label=lazy("成立文件"), max_length=120, required=False, help_text=lazy("文号或会议"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, _role, label, required in SLOTS:
            self.fields[name] = person_field(user, label, required=required)
        self.order_fields([*(name for name, *_rest in SLOTS), "basis"])

    def places(self) -> list[Place]:
        return [Place(self.cleaned_data[name], role) for name, role, *_rest in SLOTS if self.cleaned_data[name]]


class AppointForm(forms.Form):
    role = forms.ChoiceField(label=lazy("角色"), choices=Role.choices, initial=Role.MEMBER)

    def __init__(self, *args: Any, user: User, group: LeadingGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = person_field(user, _("姓名"), required=True)
        parts = forms.ModelChoiceField(
            label=_("工作组"), required=False, queryset=group.working_groups.order_by("pk"),
            empty_label=_("领导小组本身"),
        )  # fmt: skip
        self.fields["working_group"] = parts
        self.order_fields(["person", "role", "working_group"])


class DivideForm(forms.Form):
    name = forms.CharField(label=lazy("工作组"), max_length=40, help_text=lazy("例如：物资保障组"))
    duties = forms.CharField(label=lazy("职责"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class RelieveForm(forms.Form):
    reason = reason_field()


def person_field(user: User, label: Any, *, required: bool) -> PersonField:
    return PersonField(user=user, perm=Perm.PERSON_VIEW, source="people", label=label, required=required)
