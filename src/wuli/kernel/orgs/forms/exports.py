from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..models import User
from ..rules.duties import Perm
from .fields import UnitField

SHAPES = (("xlsx", "Excel (.xlsx)"), ("csv", "CSV"))


class UnitExportForm(forms.Form):
    """Which part of the tree to put into a file."""

    shape = forms.ChoiceField(label=lazy("格式"), choices=SHAPES, initial="xlsx", widget=forms.RadioSelect)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user=user, perm=Perm.UNIT_VIEW, source="units", label=_("单位"))
        self.order_fields(["unit", "shape"])


class RosterExportForm(forms.Form):
    """Whom to put into a file, and how much of their numbers."""

    q = forms.CharField(
        label=lazy("姓名、拼音或工号"), max_length=40, required=False, help_text=lazy("空白为全部在册人员")
    )
    shape = forms.ChoiceField(label=lazy("格式"), choices=SHAPES, initial="xlsx", widget=forms.RadioSelect)
    unmask = forms.BooleanField(label=lazy("含完整的手机和身份证号"), required=False)
    reason = forms.CharField(
        label=lazy("原因"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("要完整号码时必填，记入审计日志；被导出的人会看到有人导出过"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, may_unmask: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user=user, perm=Perm.ROSTER_EXPORT, source="units", label=_("单位"))
        if not may_unmask:
            del self.fields["unmask"], self.fields["reason"]
        self.order_fields(["unit", "q", "shape"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("unmask") and len(said.get("reason", "").strip()) < 4:
            self.add_error("reason", _("请写明导出完整号码的原因"))
        return said
