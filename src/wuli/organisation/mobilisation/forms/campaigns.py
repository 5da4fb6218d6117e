"""What an organiser says to issue, reword, end a campaign; what a member adds when signing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.forms.fields import DayField, UnitField, reason_field
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.rules.duties import Perm

from ..models.campaign import Way
from ..rules.campaigns import FOUR_LEADS

WAYS = [(way.value, way.label) for way in (Way.PAPER, Way.SPOKEN)]


class ItemsField(forms.CharField):
    """One item a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", lazy("承诺事项"))
        kwargs.setdefault("help_text", lazy("每行一项"))
        super().__init__(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class IssueForm(forms.Form):
    title = forms.CharField(label=lazy("标题"), max_length=120)
    items = ItemsField(initial=FOUR_LEADS)
    text = forms.CharField(label=lazy("说明"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))
    from_date = DayField(label=lazy("开始日期"))
    last_day = DayField(label=lazy("最后一天"), required=False, help_text=lazy("不填则一直开放，到人工结束"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = UnitField(
            user=user, perm=Perm.PARTY_ORGANISE, source="units", label=_("发起党组织"),
            help_text=_("它和下级的每个党支部的党员都会收到"),
        )  # fmt: skip
        self.order_fields(["title", "body", "items", "text", "from_date", "last_day"])


class RewordForm(forms.Form):
    items = ItemsField()
    asks_again = forms.BooleanField(
        label=lazy("请已签的党员重新签"), required=False, help_text=lazy("不勾选则已签的继续有效，各自保留签时的文字")
    )
    reason = reason_field()


class EndForm(forms.Form):
    reason = reason_field()


class SignForm(forms.Form):
    own_words = forms.CharField(
        label=lazy("我的话"), required=False, max_length=200, help_text=lazy("可以不写"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class RecordForm(forms.Form):
    """For members without an account: whom, and how they committed themselves."""

    way = forms.ChoiceField(label=lazy("方式"), choices=WAYS)
    person = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, people: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["person"]
        chosen.choices = [(pk, pk) for pk in people]
        chosen.error_messages = {
            "required": _("请先选择党员"),
            "invalid_choice": _("名单已有变化，请重新选择"),
        }
