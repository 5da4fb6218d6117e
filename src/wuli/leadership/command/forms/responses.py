from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import now, today
from wuli.kernel.orgs.forms.fields import DayField, UnitField, reason_field
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..actions.responses import NewResponse
from ..models import Level, Response
from ..queries.responses import party_body_of


def fresh_key() -> str:
    return uuid4().hex


class MinuteField(forms.DateTimeField):
    """A moment to the minute, by the clock of the group."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)


def this_minute() -> datetime:
    return timezone.localtime(now()).replace(second=0, microsecond=0)


def measures_field() -> forms.CharField:
    return forms.CharField(
        label=lazy("响应要求"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("这一级要各单位做什么；范围内每个人都看得到"),
    )  # fmt: skip


class ActivateForm(forms.Form):
    title = forms.CharField(label=lazy("名称"), max_length=80, help_text=lazy("例如：新冠肺炎疫情防控应急响应"))
    kind = forms.ChoiceField(label=lazy("类型"), choices=Response.Kind.choices)
    level = forms.TypedChoiceField(
        label=lazy("级别"), choices=Level.choices, coerce=int, widget=forms.RadioSelect,
        help_text=lazy("一级最严重"),
    )  # fmt: skip
    activated_at = MinuteField(label=lazy("启动时间"), help_text=lazy("命令发出的时间，可补录七天以内的"))
    basis = forms.CharField(
        label=lazy("启动依据"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("哪项预案、哪级政府的响应、哪次会议的决定"),
    )  # fmt: skip
    measures = measures_field()
    party = forms.BooleanField(label=lazy("含对应的党组织"), required=False, initial=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: dict[str, Any] = {"user": user, "perm": Perm.RESPONSE_COMMAND, "source": "units"}
        self.fields["issuer"] = UnitField(label=_("启动单位"), **units)
        self.fields["root"] = UnitField(
            label=_("范围"), help_text=_("含全部下级单位；启动后可以再扩大"), **units
        )  # fmt: skip
        self.fields["activated_at"].initial = this_minute
        self.order_fields(["title", "kind", "level", "issuer", "root", "party", "activated_at", "basis", "measures"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        root = said.get("root")
        if said.get("party") and root and not party_body_of(root, today()):
            self.add_error("party", _("没有为“%(unit)s”服务的党组织") % {"unit": root.name})
        return said

    def response(self) -> NewResponse:
        said = dict(self.cleaned_data)
        root, with_party = said.pop("root"), said.pop("party")
        body = party_body_of(root, today()) if with_party else None
        roots = [root, body] if body else [root]
        return NewResponse(roots=roots, **said)


def root_field(user: User, label: str) -> UnitField:
    return UnitField(
        user=user, perm=Perm.RESPONSE_COMMAND, source="units", label=label, help_text=_("含全部下级单位")
    )  # fmt: skip


def party_field() -> forms.BooleanField:
    return forms.BooleanField(label=lazy("连同为它服务的党组织"), required=False, initial=True)


class TurnForm(forms.Form):
    """What is asked for when a response in force is changed."""

    def __init__(self, *args: Any, response: Response, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.response, self.user = response, user
        self.prepare()

    def prepare(self) -> None:
        pass


class LevelForm(TurnForm):
    level = forms.TypedChoiceField(label=lazy("级别"), choices=Level.choices, coerce=int, widget=forms.RadioSelect)
    measures = measures_field()
    reason = reason_field()

    def prepare(self) -> None:
        self.fields["level"].initial = self.response.level
        self.fields["measures"].initial = self.response.measures


class WidenForm(TurnForm):
    reason = reason_field()
    with_party = party_field()
    field_order = ["root", "with_party", "reason"]

    def prepare(self) -> None:
        self.fields["root"] = root_field(self.user, _("扩大到"))
        self.order_fields(self.field_order)


class NarrowForm(TurnForm):
    from_date = DayField(
        label=lazy("自哪天起"), help_text=lazy("从这一天零时起不再执行；可补录七天以内的，或提前一个月下令")
    )  # fmt: skip
    reason = reason_field()
    with_party = party_field()
    field_order = ["root", "with_party", "from_date", "reason"]

    def prepare(self) -> None:
        self.fields["root"] = root_field(self.user, _("移出的单位"))
        self.fields["from_date"].initial = today(self.response.issuer.zone)
        self.order_fields(self.field_order)


class NoteForm(TurnForm):
    key = forms.CharField(widget=forms.HiddenInput, max_length=80, initial=fresh_key)
    happened_at = MinuteField(label=lazy("发生时间"), initial=this_minute)
    text = forms.CharField(label=lazy("情况"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        self.fields["unit"] = UnitField(
            user=self.user, perm=Perm.RESPONSE_COMMAND, source="units", label=_("单位"),
            initial=self.response.issuer if may(self.user, Perm.RESPONSE_COMMAND, self.response.issuer) else None,
        )  # fmt: skip


class StandDownForm(TurnForm):
    reason = reason_field()
    conclusion = forms.CharField(
        label=lazy("总结"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=lazy("做了什么，有什么经验和不足；数字由系统在终止时计算并固定"),
    )  # fmt: skip
