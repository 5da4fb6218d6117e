"""What is given to whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.kernel.ledger.forms.items import KeyForm
from wuli.kernel.ledger.models import Cadence
from wuli.kernel.orgs.forms.fields import DayField
from wuli.kernel.orgs.models import Person


class GiveForm(KeyForm):
    """`people` are the members who can be chosen; all of them by default, each with a task of their own."""

    title = forms.CharField(label=pgettext_lazy("errand", "任务"), max_length=120)
    text = forms.CharField(
        label=lazy("要求"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("做到什么程度算办结，要什么佐证"),
    )  # fmt: skip
    due_on = DayField(label=lazy("期限"), required=False)
    cadence = forms.ChoiceField(label=lazy("跟进"), choices=Cadence.choices)
    to_all = forms.BooleanField(label=lazy("全体党员，人人有任务"), required=False)
    people = forms.TypedMultipleChoiceField(
        label=lazy("党员"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("不勾全体时，选谁就交给谁"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {one.pk: one for one in people}
        chosen: Any = self.fields["people"]
        chosen.choices = [(one.pk, f"{one.name} {one.number}") for one in people]
        if not people:
            del self.fields["people"]
            self.fields["to_all"].help_text = _("人数较多，只能交给全体；要选人请先选一个党支部")

    def given(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        said["people"] = [self.members[pk] for pk in said.get("people", ())]
        return said
