"""What an organiser says of a theme day, lecture or meeting, before and after."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext

from wuli.kernel.ledger.forms.items import FilesField
from wuli.kernel.orgs.forms.fields import DayField, reason_field
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Activity
from ..models.activity import Presence, Sort
from ..queries.activities import Expected
from ..rules.activities import Mark
from .fields import BranchesField, body_field, member_field

STATES = [("", lazy("全部状态")), *Activity.Status.choices]
SORTS = [("", lazy("全部类型")), *Sort.choices]


def clock_field(label: Any, initial: time) -> forms.TimeField:
    return forms.TimeField(label=label, initial=initial, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


class PlanForm(forms.Form):
    sort = forms.ChoiceField(label=lazy("类型"), choices=Sort.choices)
    title = forms.CharField(label=lazy("主题"), max_length=120)
    day = DayField(label=lazy("日期"))
    since = clock_field(lazy("开始时间"), time(14, 30))
    until = clock_field(lazy("结束时间"), time(16, 30))
    place = forms.CharField(label=lazy("地点"), max_length=80, required=False)
    text = forms.CharField(
        label=lazy("内容安排"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = body_field(
            user, label=_("主办党组织"), help_text=_("选上级党组织时，下级每个党支部都参加")
        )
        self.fields["responsible"] = member_field(user, pgettext("activity", "负责人"))
        self.fields["others"] = BranchesField(
            user=user, perm=Perm.PARTY_ORGANISE, source="units", label=_("联合开展的其他党支部"), required=False,
            help_text=_("每行一个名称或编码；开展后各支部都计一次"),
        )  # fmt: skip
        self.fields["others"].widget = forms.Textarea(attrs={"rows": 2})
        self.order_fields(
            ["sort", "title", "body", "responsible", "day", "since", "until", "place", "text", "others"]
        )  # fmt: skip

    def plan(self) -> dict[str, Any]:
        """As the action takes it; times are those where the body is."""
        said = dict(self.cleaned_data)
        zone, day = ZoneInfo(said["body"].zone), said.pop("day")
        starts, ends = said.pop("since"), said.pop("until")
        return said | {
            "starts_at": datetime.combine(day, starts, tzinfo=zone), "ends_at": datetime.combine(day, ends, tzinfo=zone)
        }  # fmt: skip

    @staticmethod
    def of(activity: Activity) -> dict[str, Any]:
        """What the form shows of a plan."""
        zone = ZoneInfo(activity.body.zone)
        starts, ends = activity.starts_at.astimezone(zone), activity.ends_at.astimezone(zone)
        others = [host.body for host in activity.hosts.all() if not host.body.is_under(activity.body)]
        same = ("sort", "title", "body", "responsible", "place", "text")
        return {name: getattr(activity, name) for name in same} | {
            "day": starts.date(), "since": starts.time(), "until": ends.time(), "others": others
        }  # fmt: skip


class AttendanceForm(forms.Form):
    """Who of a branch was there: one choice for each member, and a reason for leave."""

    step = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, expected: list[Expected], closed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        for one in expected:
            pk, mark = one.person.pk, one.mark
            self.fields[f"p{pk}"] = forms.ChoiceField(
                label=one.person.name, choices=Presence.choices, widget=forms.RadioSelect,
                initial=mark.presence if mark else Presence.PRESENT,
            )  # fmt: skip
            words = _("%(person)s的原因") % {"person": one.person.name}
            told = {"class": "form-control", "aria-label": words, "placeholder": _("请假、缺席的原因")}
            self.fields[f"r{pk}"] = forms.CharField(
                label=words, max_length=100, required=False, initial=mark.reason if mark else "",
                widget=forms.TextInput(attrs=told),
            )  # fmt: skip
        if closed:
            self.fields["reason"] = reason_field(_("更正原因"))

    def lines(self) -> Iterator[dict[str, Any]]:
        for one in self.expected:
            yield {"person": one.person, "mark": one.mark, "presence": self[f"p{one.person.pk}"],
                   "reason": self[f"r{one.person.pk}"]}  # fmt: skip

    def marks(self) -> dict[int, Mark]:
        said = self.cleaned_data
        return {one.person.pk: Mark(said[f"p{one.person.pk}"], said[f"r{one.person.pk}"]) for one in self.expected}


class HoldForm(forms.Form):
    minutes = forms.CharField(label=lazy("记录"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))
    guests = forms.IntegerField(label=lazy("列席群众"), min_value=0, max_value=9999, initial=0)

    def __init__(self, *args: Any, closed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(
            help_text=_("照片和签到表等，最多 9 个。照片里有人，只给参加的党支部和上级党组织看；当事人要求时可以删除")
        )
        if closed:
            self.fields["reason"] = reason_field(_("更正原因"))


class ReasonForm(forms.Form):
    reason = reason_field()


class RhythmForm(forms.Form):
    """How often from which month on."""

    times = forms.IntegerField(
        label=lazy("每月次数"), min_value=0, max_value=10, initial=1, help_text=lazy("0 为不要求")
    )
    warn_day = forms.IntegerField(label=lazy("每月几日起提醒"), min_value=1, max_value=28, initial=20)
    close_day = forms.IntegerField(label=lazy("次月几日后更正须写原因"), min_value=1, max_value=28, initial=5)
    from_date = DayField(label=lazy("自哪个月起"), help_text=lazy("填那个月的一号"))

    @staticmethod
    def next_month(day: date) -> date:
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
