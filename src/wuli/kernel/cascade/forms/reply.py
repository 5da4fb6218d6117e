from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.errors import Refused
from wuli.web.pages import blame

from ..actions.replies import Answer, Contradicted
from ..models import Slot
from ..rules.form import NUMBERS, Field, Spec, Type, Unfit

NOTE = "note-"


class ReplyForm(forms.Form):
    """The fields that a unit is asked, already filled; what they must be is decided when it is filed.

    A field whose register says otherwise gets a second one for the reason, shown once it is needed.
    """

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=lambda: uuid4().hex)
    zero = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, slot: Slot, spec: Spec, registers: Mapping[str, int], fixed: bool, **rest: Any):
        super().__init__(*args, **rest)
        self.slot, self.spec, self.registers = slot, spec, registers
        for one in spec.asked_of(slot.kind):
            self.fields[one.key] = _field(one, registers.get(one.key))
            if one.key in registers:
                self.fields[NOTE + one.key] = forms.CharField(
                    label=_("“%(field)s”与台账不一致的原因") % {"field": one.label}, required=False, max_length=200
                )
        if fixed:
            self.fields["reason"] = forms.CharField(
                label=lazy("补报或更正的原因"), max_length=200, required=False,
                help_text=lazy("上级的数字已经定数，之后的改动会标为更正"),
            )  # fmt: skip

    def answer(self) -> Answer:
        """What is sent, whether or not it fits. A zero report sets every matter to nothing."""
        said = {one.key: self.data.get(one.key, "") for one in self.spec.asked_of(self.slot.kind)}
        if self.data.get("zero"):
            said |= {one.key: 0 if one.type in NUMBERS else "" for one in self.spec.fields if one.matter}
        notes = {key: self.data.get(NOTE + key, "") for key in self.registers}
        return Answer(str(self.data.get("key", ""))[:64], said, notes, str(self.data.get("reason", ""))[:200])

    def blame(self, no: Refused) -> None:
        """Put a refusal where its field is."""
        if isinstance(no, Unfit):
            for key, sentence in no.errors.items():
                self.add_error(key if key in self.fields else None, sentence)
        elif isinstance(no, Contradicted):
            place = NOTE + no.differing[0].key
            self.add_error(place if place in self.fields else None, str(no))
        else:
            blame(self, no)

    def sections(self) -> list[tuple[str, list[tuple[Any, Any, int | None]]]]:
        """Titles with their fields: each with the field for the reason and what the register says."""
        found: dict[str, list[tuple[Any, Any, int | None]]] = {}
        for one in self.spec.asked_of(self.slot.kind):
            note = self[NOTE + one.key] if one.key in self.registers else None
            found.setdefault(one.section, []).append((self[one.key], note, self.registers.get(one.key)))
        return list(found.items())


class ReturnForm(forms.Form):
    """Which fields to mend, each with its reason, and a word on the whole."""

    reason = forms.CharField(label=lazy("退回原因"), required=False, max_length=400, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, slot: Slot, spec: Spec, **rest: Any) -> None:
        super().__init__(*args, **rest)
        values = slot.reply.values if slot.reply else {}
        self.keys = [one.key for one in spec.asked_of(slot.kind)]
        for one in spec.asked_of(slot.kind):
            self.fields[f"field-{one.key}"] = forms.CharField(
                label=_("%(field)s：%(value)s") % {"field": one.label, "value": values.get(one.key, "—")},
                required=False, max_length=200,
                widget=forms.TextInput({"placeholder": _("不用改就留空")}),
            )  # fmt: skip

    def wrong_fields(self) -> dict[str, str]:
        said = {key: self.cleaned_data.get(f"field-{key}", "").strip() for key in self.keys}
        return {key: why for key, why in said.items() if why}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=lazy("原因"), max_length=200)


def prefilled(slot: Slot, spec: Spec, registers: Mapping[str, int], before: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows before anything is typed: the answer to mend, else registers, else no matter, else yesterday.

    Numbers that are not matters (how many are present) are taken over from the answer before, to be looked at.
    """
    if slot.reply:
        return dict(slot.reply.values)
    asked = spec.asked_of(slot.kind)
    found: dict[str, Any] = {
        one.key: before[one.key] for one in asked if not one.matter and one.type in NUMBERS and one.key in before
    }
    found |= {one.key: 0 for one in asked if one.matter and one.type in NUMBERS}
    return found | dict(registers)


def _field(one: Field, register: int | None) -> forms.Field:
    label = f"{one.label}（{one.unit}）" if one.unit else one.label
    common: dict[str, Any] = {"label": label, "required": False, "help_text": one.help}
    field: forms.Field
    if one.type is Type.CHOICE:
        field = forms.ChoiceField(choices=[("", "—"), *((each, each) for each in one.choices)], **common)
    elif one.type is Type.YES_NO:
        field = forms.ChoiceField(choices=[("", "—"), ("yes", _("是")), ("no", _("否"))], **common)
    elif one.type is Type.TEXT:
        field = forms.CharField(widget=forms.Textarea({"rows": 2}), **common)
    elif one.type is Type.DATE:
        field = forms.CharField(widget=forms.DateInput({"type": "date"}), **common)
    else:
        field = forms.CharField(widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **common)
    if one.required:
        field.widget.attrs["aria-required"] = "true"
    return field
