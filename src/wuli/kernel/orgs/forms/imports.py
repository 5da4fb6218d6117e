from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today

from ..actions.imports import why_not_from, why_not_size
from ..models import User
from ..rules.layouts import layout_of
from .fields import DayField, UnitField


class FileForm(forms.Form):
    """A file to be checked: nothing is written before it is confirmed."""

    unit_help = lazy("只导入这个单位及其下级的人员，其他行会被退回")

    file = forms.FileField(label=lazy("文件"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))
    on = DayField(label=lazy("生效日期"))

    def __init__(self, *args: Any, user: User, about: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about, self.user = about, user
        self.fields["unit"] = UnitField(
            user=user, perm=layout_of(about).perm, source="units", label=_("单位"), help_text=self.unit_help
        )
        self.fields["on"].initial = today
        self.order_fields(["file", "unit", "on", "whole"])

    def said(self) -> dict[str, Any]:
        """As `receive` takes it."""
        return dict(self.cleaned_data)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if reason := why_not_from(self.about, on, today=today()):
            raise forms.ValidationError(reason)
        return on

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if reason := why_not_size(file.size or 0):
            raise forms.ValidationError(reason)
        return file


class RosterFileForm(FileForm):
    on = DayField(label=lazy("生效日期"), help_text=lazy("调动、离册从这一天起算；以前的日子保持原样"))
    whole = forms.BooleanField(
        label=lazy("这是该单位的完整花名册"), required=False,
        help_text=lazy("勾选后，不在文件里的在册人员自生效日期起离册"),
    )  # fmt: skip


class UnitFileForm(FileForm):
    unit_help = lazy("只导入这个单位及其下级；选集团时，它的党组织线也包括在内")
    on = DayField(label=lazy("生效日期"), help_text=lazy("新设、更名、划转从这一天起算；以前的日子保持原样"))
