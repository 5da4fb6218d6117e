"""A unit's report, a return, an end, and the filters of lists."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.cascade.models import Call
from wuli.kernel.ledger.forms.items import FilesField
from wuli.kernel.orgs.forms.fields import reason_field

from ..actions.reporting import WHOLE, Report
from ..models import Directive, Urgency
from ..queries import copies, directives
from ..rules.colours import STANDINGS

URGENCIES = [("", lazy("不限")), *Urgency.choices]


class ReportForm(forms.Form):
    """How far a unit has come. The button `done` says that all is done, whatever the percentage."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=lambda: uuid4().hex)
    text = forms.CharField(label=lazy("落实情况"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    percent = forms.IntegerField(
        label=lazy("进度（%）"), min_value=0, max_value=WHOLE - 1, required=False, initial=50,
        widget=forms.NumberInput({"inputmode": "numeric"}), help_text=lazy("还在办的，填办到几成"),
    )  # fmt: skip

    def __init__(self, *args: Any, needs_evidence: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("照片、PDF、Office 文档，最多 9 个；上级看得到")
        must = _("报告办结时必须上传")
        self.fields["files"] = FilesField(help_text=f"{must}{_('；')}{told}" if needs_evidence else told)
        self.fields["files"].label = _("佐证")

    def report(self) -> Report:
        said = self.cleaned_data
        percent = WHOLE if "done" in self.data else said["percent"] or 0
        return Report(said["key"], percent, said["text"], said["files"])


class ReasonForm(forms.Form):
    reason = reason_field()


class SupersedeForm(ReasonForm):
    """Which issued directive of the same unit stands in its place."""

    def __init__(self, *args: Any, directive: Directive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Directive.objects.live().filter(call__issuer=directive.call.issuer_id).exclude(pk=directive.pk)
        self.fields["new"] = DirectiveChoice(
            others.select_related("call").order_by("-pk"), label=_("由哪份文件替代"), empty_label=None,
            help_text=_("先签发新文件，再回到这里"),
        )  # fmt: skip
        self.order_fields(["new", "reason"])


class DirectiveChoice(forms.ModelChoiceField[Directive]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.call.number} {obj.call.title}"


class FilterForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = _LOOKS.get(type(field), "form-control")


_LOOKS = {forms.ChoiceField: "form-select", forms.BooleanField: "form-check-input m-0"}


class BoxForm(FilterForm):
    """What both boxes are filtered by."""

    q = forms.CharField(label=lazy("标题或文号"), required=False, max_length=60)
    urgency = forms.ChoiceField(label=lazy("紧急程度"), required=False, choices=URGENCIES)
    below = forms.BooleanField(label=lazy("含下级单位"), required=False)

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data if self.is_valid() else {}
        return {
            "text": said.get("q", "").strip(), "urgency": said.get("urgency", ""), "below": said.get("below", False)
        }  # fmt: skip


class InboxForm(BoxForm):
    field_order = ("q", "show")
    show = forms.ChoiceField(
        label=lazy("状态"), required=False, choices=[("", lazy("待办")), *STANDINGS.items(), ("all", lazy("全部"))]
    )

    def sought(self) -> copies.Sought:
        said = self.said()
        show = self.cleaned_data.get("show", "") or "owing"
        return copies.Sought(standing="" if show == "all" else show, **said)


class SentForm(BoxForm):
    field_order = ("q", "status")
    status = forms.ChoiceField(label=lazy("状态"), required=False, choices=[("", lazy("全部")), *Call.Status.choices])

    def sought(self) -> directives.Sought:
        said = self.said()
        return directives.Sought(status=self.cleaned_data.get("status", ""), **said)
