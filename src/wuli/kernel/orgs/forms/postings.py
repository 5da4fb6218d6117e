from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import FOREVER, today

from ..models import User
from ..models.posting import Duty
from ..rules.duties import Perm
from .fields import DayField, PersonField, UnitField


class PostForm(forms.Form):
    duty = forms.ChoiceField(label=lazy("职责"), choices=Duty.choices)
    from_date = DayField(label=lazy("开始日期"))
    until_date = DayField(label=lazy("结束日期"), required=False, help_text=lazy("这一天起不再任职；长期任职留空"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(user=user, perm=Perm.PERSON_VIEW, source="people", label=_("人员"))
        self.fields["unit"] = UnitField(user=user, perm=Perm.POSTING_GRANT, source="units", label=_("单位"))
        self.fields["from_date"].initial = today
        self.order_fields(["person", "duty", "unit"])

    def clean_until_date(self) -> Any:
        return self.cleaned_data["until_date"] or FOREVER


class EndForm(forms.Form):
    on = DayField(label=lazy("结束日期"), help_text=lazy("这一天起不再任职"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class DelegateForm(forms.Form):
    from_date = DayField(label=lazy("开始日期"))
    until_date = DayField(label=lazy("结束日期"), help_text=lazy("这一天起由本人接回"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = PersonField(user=user, perm=Perm.PERSON_VIEW, source="people", label=_("代理人"))
        self.fields["from_date"].initial = today
        self.order_fields(["to"])
