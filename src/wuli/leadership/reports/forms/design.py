"""What a designer types: a form's name, a section, a field, a check, the day from which it is asked."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.cascade.models import Form
from wuli.kernel.cascade.rules.form import LARGEST, NUMBERS, Type
from wuli.kernel.cascade.rules.sources import known
from wuli.kernel.orgs.forms.fields import DayField, UnitField
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.models.unit import Kind
from wuli.kernel.orgs.rules.duties import Perm

from ..actions.drafts import About
from ..models import Draft
from ..rules import editing
from ..rules.comparison import SIGNS, TYPES

KEY = r"[a-z][a-z0-9_]{0,29}"
TRANSLATED = lazy("不填则各语言都显示中文")
NOTHING: tuple[Any, ...] = ("", None, [], False)


class AboutForm(forms.Form):
    """What a form is, before anybody is asked: who owns it, what for, until when."""

    name = forms.CharField(label=lazy("名称"), max_length=80)
    code = forms.RegexField(
        rf"^{KEY}$", label=lazy("编码"), max_length=30, help_text=lazy("小写英文字母、数字、下划线；启用后不能改"),
    )  # fmt: skip
    purpose = forms.CharField(
        label=lazy("用途"), max_length=200, widget=forms.Textarea({"rows": 2}),
        help_text=lazy("填报人看得到：为什么问，问来做什么"),
    )  # fmt: skip
    ends_on = DayField(label=lazy("停用日期"), help_text=lazy("到这一天不再填报；快到期时会提醒归口单位延期"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = UnitField(user=user, perm=Perm.FORM_DESIGN, source="units", label=_("归口单位"))
        self.order_fields(["name", "code", "owner", "purpose", "ends_on"])

    def about(self) -> About:
        return About(**self.cleaned_data)


class AmendForm(forms.Form):
    """A form in force: another name, another end."""

    name = forms.CharField(label=lazy("名称"), max_length=80)
    purpose = forms.CharField(label=lazy("用途"), max_length=200, widget=forms.Textarea({"rows": 2}))
    ends_on = DayField(label=lazy("停用日期"), help_text=lazy("到这一天不再填报"))

    @staticmethod
    def initial_of(form: Form) -> dict[str, Any]:
        return {"name": form.name, "purpose": form.purpose, "ends_on": form.ends_on}


class StepForm(forms.Form):
    """One step of designing; `step` says which state of the draft its sender looked at."""

    step = forms.IntegerField(widget=forms.HiddenInput)


class SectionForm(StepForm):
    title = forms.CharField(label=lazy("节名"), max_length=40)
    title_en = forms.CharField(label=lazy("英文节名"), max_length=80, required=False, help_text=TRANSLATED)
    title_zh_hant = forms.CharField(label=lazy("繁体节名"), max_length=40, required=False)

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in _filled(self.cleaned_data, "title")}


class FieldForm(StepForm):
    """One question. What it says in other languages, and what few fields need, stands folded away."""

    label = forms.CharField(label=lazy("名称"), max_length=60)
    type = forms.ChoiceField(label=lazy("类型"), choices=list(TYPES.items()))
    unit = forms.CharField(label=lazy("计量单位"), max_length=12, required=False)
    section = forms.TypedChoiceField(label=lazy("所在节"), coerce=int)
    choices = forms.CharField(
        label=lazy("选项"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=lazy("单选才填，一行一个"),
    )  # fmt: skip
    source = forms.ChoiceField(
        label=lazy("台账"), required=False, help_text=lazy("台账知道的数由它填好；填报人改动要写原因"),
    )  # fmt: skip
    required = forms.BooleanField(label=lazy("必填（空白不算零）"), required=False)
    matter = forms.BooleanField(label=lazy("要报告的情况（有一个不为零，就不是零报告）"), required=False)
    kinds = forms.MultipleChoiceField(
        label=lazy("向哪类单位问"), required=False, choices=Kind.choices, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("都不选就是全部"),
    )  # fmt: skip
    help = forms.CharField(label=lazy("填写说明"), max_length=200, required=False)
    purpose = forms.CharField(label=lazy("收集用途"), max_length=200, required=False)
    least = forms.CharField(
        label=lazy("最小值"), max_length=20, required=False, help_text=lazy("不填为 0；可以为负的要写，如 -50")
    )  # fmt: skip
    most = forms.CharField(label=lazy("最大值"), max_length=20, required=False)
    alone = forms.BooleanField(label=lazy("不逐级汇总（天数、百分比）"), required=False)
    key = forms.RegexField(
        rf"^{KEY}$", label=lazy("编码"), max_length=30, required=False,
        help_text=lazy("不填则取名称的拼音；定下后不能改"),
    )  # fmt: skip
    label_en = forms.CharField(label=lazy("英文名称"), max_length=120, required=False, help_text=TRANSLATED)
    label_zh_hant = forms.CharField(label=lazy("繁体名称"), max_length=60, required=False)
    unit_en = forms.CharField(label=lazy("英文计量单位"), max_length=20, required=False)
    unit_zh_hant = forms.CharField(label=lazy("繁体计量单位"), max_length=12, required=False)
    help_en = forms.CharField(label=lazy("英文填写说明"), max_length=400, required=False)
    help_zh_hant = forms.CharField(label=lazy("繁体填写说明"), max_length=200, required=False)

    ALWAYS = ("label", "type", "unit", "required", "matter", "source", "choices", "section")
    SELDOM = ("kinds", "help", "purpose", "least", "most", "alone", "key")
    WORDS = ("label_en", "label_zh_hant", "unit_en", "unit_zh_hant", "help_en", "help_zh_hant")

    def __init__(self, *args: Any, spec: Mapping[str, Any], held: Mapping[str, Any] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.held, self.spec = held, spec
        sections: Any = self.fields["section"]
        sections.choices = [(number, section["title"]) for number, section in enumerate(spec["sections"])]
        sources: Any = self.fields["source"]
        sources.choices = source_choices(held.get("source", "") if held else "")
        if held:
            del self.fields["key"]

    def always(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ALWAYS]

    def seldom(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SELDOM if name in self.fields]

    def words(self) -> list[forms.BoundField]:
        return [self[name] for name in self.WORDS]

    @property
    def seldom_filled(self) -> bool:
        return any(self[name].errors or self.initial.get(name) for name in self.SELDOM if name in self.fields)

    def clean_choices(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["choices"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean_least(self) -> str:
        return _number(self.cleaned_data["least"])

    def clean_most(self) -> str:
        return _number(self.cleaned_data["most"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and (wrong := editing.why_not_field(self.field())):
            self.add_error(*wrong)
        return said

    def field(self) -> dict[str, Any]:
        """The field as a spec holds it: what is not said is left out."""
        said = self.cleaned_data
        names = {"step", "section", "alone", "key"}
        found = {name: value for name, value in said.items() if name not in names and value not in NOTHING}
        if said["alone"] and said["type"] in NUMBERS:
            found["adds"] = False
        if said["type"] != Type.CHOICE:
            found.pop("choices", None)
        taken = editing.fields_of(self.spec)
        found["key"] = self.held["key"] if self.held else said.get("key") or editing.key_for(said["label"], taken)
        return found

    @staticmethod
    def initial_of(field: Mapping[str, Any], section: int) -> dict[str, Any]:
        shown = {**field, "section": section, "alone": not field.get("adds", True)}
        return shown | {"choices": "\n".join(field.get("choices", ()))}


class CheckForm(StepForm):
    """Between number fields: the sum of some must stand in a relation to the sum of others."""

    left = forms.MultipleChoiceField(label=lazy("这些字段之和"), widget=forms.CheckboxSelectMultiple)
    op = forms.ChoiceField(label=lazy("应当"), choices=list(SIGNS.items()))
    right = forms.MultipleChoiceField(label=lazy("那些字段之和"), widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(label=lazy("不符时的提示"), max_length=120)
    text_en = forms.CharField(label=lazy("英文提示"), max_length=240, required=False, help_text=TRANSLATED)
    text_zh_hant = forms.CharField(label=lazy("繁体提示"), max_length=120, required=False)

    def __init__(self, *args: Any, spec: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(key, one["label"]) for key, one in editing.fields_of(spec).items() if one["type"] in NUMBERS]
        for side in ("left", "right"):
            field: Any = self.fields[side]
            field.choices = numbers

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if set(said.get("left", ())) & set(said.get("right", ())):
            self.add_error("right", _("同一个字段不能两边都有"))
        return said

    def check(self) -> dict[str, Any]:
        said = self.cleaned_data
        words = {name: said[name] for name in _filled(said, "text")}
        return {"left": said["left"], "op": said["op"], "right": said["right"], **words}


class PublishForm(StepForm):
    from_date = DayField(label=lazy("从哪个业务日期起启用"))

    def __init__(self, *args: Any, draft: Draft, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if draft.form_id:
            tomorrow = today + timedelta(days=1)
            self.fields["from_date"].help_text = _("最早 %(day)s；之前的填报仍按旧版") % {"day": tomorrow}
            self.fields["from_date"].initial = tomorrow
            self.fields["from_date"].widget.attrs["min"] = tomorrow.isoformat()
        else:
            self.fields["from_date"].initial = today


def source_choices(held: str) -> list[tuple[str, str]]:
    """The registers there are; one that is bound and not there yet stays chosen."""
    found = [("", "—"), *((code, str(source.label)) for code, source in sorted(known().items()))]
    if held and held not in known():
        found.append((held, _("%(source)s（还没有启用）") % {"source": held}))
    return found


def _filled(said: Mapping[str, Any], name: str) -> list[str]:
    return [one for one in (name, f"{name}_en", f"{name}_zh_hant") if said.get(one)]


def _number(text: str) -> str:
    """A bound as a spec holds it: a text, "" for none."""
    if not text.strip():
        return ""
    try:
        number = Decimal(text.strip().replace("−", "-"))
    except InvalidOperation as wrong:
        raise forms.ValidationError(_("请写数字")) from wrong
    if not number.is_finite() or abs(number) > LARGEST:
        raise forms.ValidationError(_("请写数字"))
    return f"{number:f}"
