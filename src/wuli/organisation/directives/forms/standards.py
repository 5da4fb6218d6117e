"""Hours that an office lays down for an urgency."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today
from wuli.kernel.orgs.forms.fields import DayField, reason_field

from ..models import Urgency
from ..queries.standards import InForce
from ..rules.urgency import LONGEST, Pace


def hours(label: Any, **kwargs: Any) -> forms.IntegerField:
    widget = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST, widget=widget, **kwargs)


def told(paces: Iterable[InForce], name: str) -> str:
    """One of the hours for each urgency in a line."""
    return _("，").join(f"{one.urgency.label} {getattr(one.pace, name)}" for one in paces)


class StandardForm(forms.Form):
    urgency = forms.ChoiceField(label=lazy("紧急程度"), choices=Urgency.choices)
    sign = hours(lazy("几小时内签收"))
    soon = hours(lazy("截止前几小时变蓝"))
    red = hours(lazy("逾期几小时变红"))
    from_date = DayField(label=lazy("自哪天起"), initial=today)
    reason = reason_field()

    def standard(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "urgency": Urgency(said["urgency"]), "pace": Pace(said["sign"], said["soon"], said["red"]),
            "from_date": said["from_date"], "reason": said["reason"],
        }  # fmt: skip
