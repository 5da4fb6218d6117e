from collections.abc import Sequence
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today
from wuli.kernel.ledger.models import Cadence
from wuli.kernel.orgs.forms.fields import DayField, PersonField, UnitField, reason_field
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import people_where, units_where
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Attendance, Meeting, Series
from ..rules import agenda
from .series import TimeField, link_field, minutes_field


def fresh_key() -> str:
    return uuid4().hex


class NearbyField(PersonField):
    """People within the asker's reach, and those who are asked to the meeting, whoever may see them otherwise."""

    def __init__(self, *, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(user=user, perm=Perm.PERSON_VIEW, source="people", **kwargs)
        self.meeting = meeting

    def rows(self, text: str) -> QuerySet[Person]:
        asked = Q(pk__in=self.meeting.attendances.values("person"))
        seen = Q(pk__in=people_where(self.user, self.perm).values("pk"))
        return Person.objects.filter(asked | seen).on_roll(today()).filter(Q(number=text) | Q(name=text))


class BelowField(UnitField):
    """Units at and below the meeting's own, and those within the asker's reach."""

    def __init__(self, *, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(user=user, perm=Perm.UNIT_VIEW, source="units", **kwargs)
        self.meeting = meeting

    def rows(self, text: str) -> QuerySet[Unit]:
        seen = Q(pk__in=units_where(self.user, self.perm).values("pk"))
        below = Q(pk__in=Unit.objects.under(self.meeting.unit).values("pk"))
        return Unit.objects.filter(seen | below).open(today()).filter(Q(code=text) | Q(name=text))


class TurnForm(forms.Form):
    """Nothing to fill in: only to be confirmed."""

    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.user = meeting, user


class ReasonForm(TurnForm):
    reason = reason_field()


class EndForm(forms.Form):
    reason = reason_field()


class MoveForm(TurnForm):
    on = DayField(label=lazy("日期"))
    starts_at = TimeField(label=lazy("开始时间"), help_text=lazy("单位当地时间"))
    minutes = minutes_field()
    place = forms.CharField(label=lazy("地点"), max_length=120, required=False)
    link = link_field()

    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        here = meeting.starts_at.astimezone(ZoneInfo(meeting.unit.zone))
        kwargs["initial"] = {
            "on": meeting.on, "starts_at": here.time(), "place": meeting.venue, "link": meeting.link,
            "minutes": int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
        }  # fmt: skip
        super().__init__(*args, meeting=meeting, user=user, **kwargs)


class AppointForm(ReasonForm):
    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"chair": meeting.chair, "secretary": meeting.secretary}
        super().__init__(*args, meeting=meeting, user=user, **kwargs)
        self.fields["chair"] = NearbyField(meeting=meeting, user=user, label=_("主持人"))
        self.fields["secretary"] = NearbyField(meeting=meeting, user=user, label=_("记录人"))
        self.order_fields(["chair", "secretary", "reason"])


class GuestForm(TurnForm):
    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, user=user, **kwargs)
        self.fields["person"] = PersonField(user=user, perm=Perm.PERSON_VIEW, source="people", label=_("参会人"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if person := said.pop("person", None):
            said["people"] = [person]
        return said


class ConfirmForm(TurnForm):
    """The chair's word; whoever keeps the minutes himself says so."""

    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, user=user, **kwargs)
        if meeting.handed_in_by_id == user.person_id:
            self.fields["own_record"] = forms.BooleanField(label=_("本人主持并自行记录"), required=False)


class AddendumForm(ReasonForm):
    text = forms.CharField(label=lazy("更正内容"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    field_order = ["text", "reason"]


class ExtraForm(forms.Form):
    """One more meeting of a series."""

    title = forms.CharField(label=lazy("名称"), max_length=80, required=False)
    on = DayField(label=lazy("日期"))
    starts_at = TimeField(label=lazy("开始时间"), help_text=lazy("单位当地时间"))
    minutes = minutes_field()
    place = forms.CharField(label=lazy("地点"), max_length=120, required=False)
    link = link_field()

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        told = {"title": series.title, "minutes": series.minutes, "place": series.place, "link": series.link}
        kwargs["initial"] = told | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class DecisionForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, initial=fresh_key)
    text = forms.CharField(label=lazy("决定"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = DayField(label=lazy("期限"))
    cadence = forms.ChoiceField(label=lazy("跟进"), choices=Cadence.choices)
    point = forms.ChoiceField(label=lazy("议题"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = NearbyField(
            meeting=meeting, user=user, label=_("责任人"), required=False, help_text=_("只填单位时，由该单位负责人办")
        )
        self.fields["unit"] = BelowField(meeting=meeting, user=user, label=_("责任单位"), required=False)
        self.fields["second"] = NearbyField(
            meeting=meeting, user=user, label=_("销号确认人"), required=False,
            help_text=_("办完由谁确认；不填则由责任单位或上级的负责人确认"),
        )  # fmt: skip
        points = agenda.with_other(agenda.read(meeting.agenda))
        self.fields["point"].choices = [(point.key, point.title) for point in points]  # type: ignore[attr-defined]
        self.order_fields(["text", "owner", "unit", "second", "due_on", "cadence", "point"])


class MinuteForm(forms.Form):
    text = forms.CharField(required=False, strip=False)
    step = forms.IntegerField(min_value=0)
    hand = forms.CharField(max_length=32)


class RollForm(forms.Form):
    """Who came: for each a state, a reason, a substitute."""

    def __init__(self, *args: Any, meeting: Meeting, user: User, rows: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for one in rows:
            self.fields[f"state-{one.pk}"] = forms.ChoiceField(
                choices=Attendance.State.choices, initial=one.state, label=one.person.name,
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
            self.fields[f"reason-{one.pk}"] = reason = forms.CharField(
                max_length=120, required=False, initial=one.reason, label=_("缺席原因")
            )
            self.fields[f"substitute-{one.pk}"] = substitute = NearbyField(
                meeting=meeting, user=user, required=False, initial=one.substitute, label=_("代会人")
            )
            for field in (reason, substitute):
                field.widget.attrs |= {"class": "form-control", "placeholder": str(field.label)}

    def lines(self) -> list[tuple[Attendance, forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (one, self[f"state-{one.pk}"], self[f"reason-{one.pk}"], self[f"substitute-{one.pk}"]) for one in self.rows
        ]
