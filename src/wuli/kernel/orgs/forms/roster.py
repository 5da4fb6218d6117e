from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today

from ..actions.roster_imports import why_not_size
from ..models import User
from ..rules.duties import Perm
from .fields import DayField, UnitField


class RosterFileForm(forms.Form):
    """A roster to be checked: nothing is written before it is confirmed."""

    file = forms.FileField(label=lazy("文件"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))
    on = DayField(label=lazy("生效日期"), help_text=lazy("调动、离册从这一天起算；以前的日子保持原样"))
    whole = forms.BooleanField(
        label=lazy("这是该单位的完整花名册"), required=False,
        help_text=lazy("勾选后，不在文件里的在册人员自生效日期起离册"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            user=user, perm=Perm.ROSTER_IMPORT, source="units", label=_("单位"),
            help_text=_("只导入这个单位及其下级的人员，其他行会被退回"),
        )  # fmt: skip
        self.fields["on"].initial = today
        self.order_fields(["file", "unit", "on", "whole"])

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if reason := why_not_size(file.size or 0):
            raise forms.ValidationError(reason)
        return file


class RosterExportForm(forms.Form):
    """Whom to put into a file, and how much of their numbers."""

    SHAPES = (("xlsx", "Excel (.xlsx)"), ("csv", "CSV"))

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
