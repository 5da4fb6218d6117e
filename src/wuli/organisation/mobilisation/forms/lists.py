"""What is said of a list from paper when it is sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today
from wuli.kernel.orgs.forms.fields import DayField
from wuli.kernel.orgs.forms.imports import FileForm

from ..queries.campaigns import ORDER, campaigns_for

MOST = 50
"""Campaigns to choose from, the newest first."""


class PledgeFileForm(FileForm):
    unit_help = lazy("只录入它和下级党支部的党员，其他行会被退回")

    campaign = forms.TypedChoiceField(label=lazy("承诺"), coerce=int)
    on = DayField(label=lazy("签署日期"), help_text=lazy("名单里没有写日期的，按这一天"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].label = _("党组织")
        begun = campaigns_for(self.user).filter(from_date__lte=today()).order_by(*ORDER)
        self.campaigns = {one.pk: one for one in begun[:MOST]}
        self.fields["campaign"].choices = [  # type: ignore[attr-defined]
            ("", _("请选择")), *((pk, f"{one.title}（{one.body.name}）") for pk, one in self.campaigns.items())
        ]  # fmt: skip
        self.order_fields(["campaign", "file", "unit", "on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        campaign, unit = self.campaigns.get(said.get("campaign", 0)), said.get("unit")
        if campaign and unit and not (unit.is_under(campaign.body) or campaign.body.is_under(unit)):
            self.add_error("unit", _("这项承诺不面向“%(unit)s”") % {"unit": unit.name})
        return said


class AttendanceFileForm(FileForm):
    unit_help = lazy("只录入它和下级党支部的党日，其他行会被退回")

    reason = forms.CharField(
        label=lazy("更正原因"), max_length=200, required=False,
        help_text=lazy("名单里有已经截止的月份时填写，会留在那次党日上"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].label = _("党组织")
        del self.fields["on"]
        self.order_fields(["file", "unit", "reason"])

    def said(self) -> dict[str, Any]:
        return super().said() | {"on": today()}
