from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.forms.fields import DayField, PersonField, UnitField, reason_field
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Cadence, Item, Status
from ..queries.items import Asked
from ..rules import kinds
from ..rules.clockwork import LABELS
from ..rules.evidence import ACCEPT

WHOSE = [("", lazy("全部")), ("mine", lazy("我负责的")), ("waiting", lazy("等我确认的"))]
STATES = [("", lazy("未销号")), *Status.choices, ("all", lazy("全部状态"))]
COLOURS = [("", lazy("不限期限")), ("overdue", lazy("逾期、缺跟进或久未确认")), *LABELS.items()]


def kind_choices() -> Iterator[tuple[str, Any]]:
    yield "", _("全部类别")
    for kind in kinds.kinds():
        yield kind.code, kind.label


def hand_kinds() -> list[tuple[str, Any]]:
    return [(kind.code, kind.label) for kind in kinds.kinds() if kind.by_hand]


class FilterForm(forms.Form):
    """Which items to list."""

    q = forms.CharField(label=lazy("事项或责任人"), required=False, max_length=60)
    whose = forms.ChoiceField(label=lazy("谁的"), required=False, choices=WHOSE)
    colour = forms.ChoiceField(label=lazy("期限"), required=False, choices=COLOURS)
    status = forms.ChoiceField(label=lazy("状态"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=lazy("类别"), required=False, choices=kind_choices)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            user=user, perm=Perm.ITEM_VIEW, source="units", label=_("单位"), required=False
        )  # fmt: skip
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        self.fields["unit"].widget.attrs["placeholder"] = _("含下级单位")

    def always(self) -> list[forms.BoundField]:
        return [self[name] for name in ("q", "whose", "colour")]

    def sometimes(self) -> list[forms.BoundField]:
        """Fields that stand folded away until they are needed."""
        return [self[name] for name in ("status", "unit", "kind")]

    def asked(self) -> Asked:
        said = self.cleaned_data
        colour, status = said["colour"], said["status"] or ("" if said["whose"] == "waiting" else "active")
        return Asked(
            mine=said["whose"] == "mine", waiting=said["whose"] == "waiting", overdue=colour == "overdue",
            colour="" if colour == "overdue" else colour, unit=said["unit"], kind=said["kind"],
            status="" if status == "all" else status, text=said["q"],
        )  # fmt: skip

    @property
    def is_narrow(self) -> bool:
        return any(self.data.get(name) for name in ("status", "unit", "kind"))


def fresh_key() -> str:
    return uuid4().hex


class KeyForm(forms.Form):
    """A form that does its work once, however often it is sent."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80, initial=fresh_key)


class OpenForm(KeyForm):
    """Something to be finished, by whom, where, by when."""

    title = forms.CharField(label=lazy("事项"), max_length=120)
    text = forms.CharField(
        label=lazy("要求"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("做到什么程度算办结，要什么佐证"),
    )  # fmt: skip
    due_on = DayField(label=lazy("期限"), required=False, help_text=lazy("按该单位当地日期，当天结束前办结"))
    cadence = forms.ChoiceField(label=lazy("跟进"), choices=Cadence.choices, help_text=lazy("到时没有跟进即逐级升级"))
    kind = forms.ChoiceField(label=lazy("类别"), choices=hand_kinds)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user=user, perm=Perm.ITEM_OPEN, source="units", label=_("单位"))
        self.fields["owner"] = PersonField(user=user, perm=Perm.PERSON_VIEW, source="people", label=_("责任人"))
        if len(hand_kinds()) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = hand_kinds()[0][0]
        self.order_fields(["title", "text", "unit", "owner", "due_on", "cadence"])


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy("照片、PDF、Office 文档，最多 9 个；只有看得到本事项的人能打开"))
        widget = FilesInput(attrs={"accept": ACCEPT})
        super().__init__(label=lazy("附件"), required=False, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


def words_field(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class FollowUpForm(KeyForm):
    text = words_field(lazy("情况"))
    for_date = DayField(label=lazy("跟进日期"))

    def __init__(self, *args: Any, item: Item, user: User, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["for_date"].initial = today
        self.fields["files"] = FilesField()


class AskForm(KeyForm):
    text = words_field(lazy("办结情况"), help_text=lazy("做了什么，结果怎样，供第二人核对"))
    evidence = FilesField()

    def __init__(self, *args: Any, item: Item, user: User, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class TurnForm(forms.Form):
    """Nothing to fill in: only to be confirmed."""

    def __init__(self, *args: Any, item: Item, user: User, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class ReasonForm(TurnForm):
    reason = reason_field()


class ReopenForm(ReasonForm):
    due_on = DayField(label=lazy("新的期限"), required=False, help_text=lazy("不填则保持原来的期限"))


class HandOverForm(ReasonForm):
    def __init__(self, *args: Any, item: Item, user: User, **kwargs: Any) -> None:
        super().__init__(*args, item=item, user=user, **kwargs)
        self.fields["to"] = PersonField(user=user, perm=Perm.PERSON_VIEW, source="people", label=_("接办人"))
        self.order_fields(["to", "reason"])


class ExtendForm(ReasonForm):
    due_on = DayField(label=lazy("新的期限"))
    field_order = ["due_on", "reason"]
