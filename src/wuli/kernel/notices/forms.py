from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today
from wuli.kernel.orgs.forms.fields import PersonField, UnitField
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.rules.duties import Perm

from .rules import kinds
from .rules.addresses import LONGEST


class AnyUnitField(UnitField):
    """Whoever opens channels does so for both lines of the whole group."""

    def rows(self, text: str) -> QuerySet[Unit]:
        return Unit.objects.open(today()).filter(Q(code=text) | Q(name=text))


class NumberField(PersonField):
    """Someone on the roll by their employee number: who opens channels need not be able to look people up."""

    def rows(self, text: str) -> QuerySet[Person]:
        return Person.objects.on_roll(today()).filter(number=text)


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.code, str(kind.label)) for kind in kinds.kinds()]


def mutable_choices() -> list[tuple[str, str]]:
    return [(kind.code, str(kind.label)) for kind in kinds.kinds() if not kind.urgent]


SECRET = {"autocomplete": "off", "spellcheck": "false"}


class ChannelForm(forms.Form):
    """A new way out. The address is typed once and never shown again."""

    name = forms.CharField(label=lazy("名称"), max_length=60, help_text=lazy("例如：集团指挥部企业微信群"))
    address = forms.CharField(
        label=lazy("地址"), max_length=LONGEST, widget=forms.TextInput(attrs=SECRET),
        help_text=lazy("群机器人的 Webhook 地址，或 Apprise 格式的地址；保存后加密，不再显示"),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=lazy("只发这些通知"), required=False, choices=kind_choices, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("都不选就是全部；发到群里的只有适合群发的种类"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = AnyUnitField(
            user=user, perm=Perm.CHANNEL_MANAGE, source="units", label=_("群：哪个单位"), required=False
        )
        unit.help_text = _("发到群里：这个单位和下级单位的通知")
        person = NumberField(user=user, perm=Perm.CHANNEL_MANAGE, source="", label=_("个人：工号"), required=False)
        person.help_text = _("发给一个人：此人收到的通知；单位和个人只填一项")
        self.fields |= {"unit": unit, "person": person}
        self.order_fields(["name", "address", "unit", "person", "kinds"])


class WishesForm(forms.Form):
    quiet_from = forms.TimeField(label=lazy("免打扰自"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    quiet_until = forms.TimeField(
        label=lazy("免打扰至"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=lazy("按您所在单位的时区；这段时间只外发紧急通知，其余等到早上。两个时间相同就是不设。"),
    )  # fmt: skip
    muted = forms.MultipleChoiceField(
        label=lazy("只在页面上看，不外发"), required=False, choices=mutable_choices, widget=forms.CheckboxSelectMultiple
    )


class SentForm(forms.Form):
    """Which of the notices sent: of one kind, one turn, one unit and below."""

    kind = forms.ChoiceField(label=lazy("种类"), required=False)
    turn = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("全部种类")), *kind_choices()]  # type: ignore[attr-defined]
        self.fields["unit"] = UnitField(user=user, perm=Perm.UNIT_VIEW, source="units", label=_("单位"), required=False)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        self.fields["unit"].widget.attrs["placeholder"] = _("单位，含下级")
