"""What is said of a vanguard: when it is asked for, decided, manned, ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext, pgettext_lazy

from wuli.kernel.ledger.forms.items import FilesField, KeyForm
from wuli.kernel.orgs.forms.fields import DayField
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Vanguard
from .fields import ServedUnitField, body_field, member_field

STATES = [("", lazy("全部状态")), *Vanguard.Status.choices]
SORTS = [("", lazy("全部类型")), *Vanguard.Sort.choices]


class ProposeForm(forms.Form):
    sort = forms.ChoiceField(label=lazy("类型"), choices=Vanguard.Sort.choices)
    name = forms.CharField(label=lazy("名称"), max_length=80)
    location = forms.CharField(
        label=lazy("岗位或区域"), max_length=80, required=False, help_text=lazy("如“东门测温岗”“3 号宿舍楼”")
    )
    purpose = forms.CharField(
        label=pgettext_lazy("vanguard", "任务"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    flag = forms.ChoiceField(label=lazy("旗、牌"), choices=Vanguard.Flag.choices)
    from_date = DayField(label=lazy("自"))
    last_day = DayField(label=lazy("最后一天"), required=False, help_text=lazy("不填则到撤销为止"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = body_field(user, help_text=_("由它的上级党组织审批"))
        self.fields["unit"] = ServedUnitField(
            user=user, perm=Perm.PARTY_ORGANISE, source="units", label=_("所在单位"),
            help_text=_("生产经营线的企业、车间或班组，填名称或编码"),
        )  # fmt: skip
        self.fields["leader"] = member_field(user, pgettext("vanguard", "负责人"))
        self.order_fields(
            ["sort", "name", "body", "unit", "location", "purpose", "leader", "flag", "from_date", "last_day"]
        )  # fmt: skip

    @staticmethod
    def of(vanguard: Vanguard, leader: Any) -> dict[str, Any]:
        same = ("sort", "name", "body", "unit", "location", "purpose", "flag", "from_date")
        until = vanguard.until_date
        last = None if until.year == 9999 else type(until).fromordinal(until.toordinal() - 1)
        return {name: getattr(vanguard, name) for name in same} | {"leader": leader, "last_day": last}


class DecideForm(forms.Form):
    opinion = forms.CharField(
        label=lazy("审批意见"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReturnForm(forms.Form):
    opinion = forms.CharField(label=lazy("退回的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class PersonForm(forms.Form):
    def __init__(self, *args: Any, user: User, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = member_field(user, label)


class NothingForm(forms.Form):
    """Nothing to fill in: only to be confirmed."""


class TellForm(KeyForm):
    text = forms.CharField(label=lazy("成效"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    on_date = DayField(label=lazy("日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(
            help_text=_("照片、PDF、Office 文档，最多 9 个；照片里有人，只给本组织和上级看")
        )


class DissolveForm(forms.Form):
    note = forms.CharField(
        label=lazy("撤销说明"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("任务完成得怎样，为什么撤销"),
    )
