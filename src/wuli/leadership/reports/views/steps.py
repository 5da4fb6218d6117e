"""What is edited in a draft, by its name in the address: `about`, `section+`, `section:1`, `field+0`, `field:key`, …"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import User

from ..actions.drafts import Step
from ..forms.design import AboutForm, CheckForm, FieldForm, SectionForm
from ..models import Draft
from ..rules import editing


@dataclass(frozen=True)
class Editor:
    """A form, and once it is valid the step it means, with its words for the journal."""

    what: str
    title: str
    form: Any
    step: Callable[[Any], Step] | None = None
    told: Callable[[Any], str] = lambda form: ""


def editor_for(draft: Draft, what: str, user: User, sent: QueryDict | None = None) -> Editor | None:
    """None if nothing is edited. Raises Http404 for what is not in the draft (any more)."""
    if not what:
        return None
    for mark, make in (("section", _section), ("field", _field), ("check", _check)):
        if what.startswith((f"{mark}+", f"{mark}:")):
            which = what.removeprefix(mark)
            return make(draft, what, which[1:], sent, new=which.startswith("+"))
    if what == "about" and not draft.form_id:
        initial = {name: getattr(draft, name) for name in ("owner", "name", "code", "purpose", "ends_on")}
        return Editor(what, _("基本信息"), AboutForm(sent, user=user, initial=initial))
    raise Http404


def _section(draft: Draft, what: str, which: str, sent: QueryDict | None, *, new: bool) -> Editor:
    number = None if new else _number(which, draft.spec["sections"])
    held = draft.spec["sections"][number] if number is not None else {}
    form = SectionForm(sent, initial={**held, "step": draft.step})
    title = _("添加一节") if new else _("节名")
    return Editor(
        what, title, form, lambda form: lambda spec: editing.with_section(spec, form.words(), number),
        lambda form: _("节：%(name)s") % {"name": form.cleaned_data["title"]},
    )  # fmt: skip


def _field(draft: Draft, what: str, which: str, sent: QueryDict | None, *, new: bool) -> Editor:
    held = None if new else editing.fields_of(draft.spec).get(which)
    if new:
        initial: dict[str, Any] = {"section": _number(which, draft.spec["sections"]), "required": True}
    elif held is None:
        raise Http404
    else:
        initial = FieldForm.initial_of(held, editing.place_of(draft.spec, which)[0])
    form = FieldForm(sent, spec=draft.spec, held=held, initial={**initial, "step": draft.step})
    key = "" if new else which
    return Editor(
        what, _("添加字段") if new else _("修改字段"), form,
        lambda form: lambda spec: editing.with_field(
            spec, form.field(), section=form.cleaned_data["section"], key=key
        ),
        lambda form: _("字段：%(name)s") % {"name": form.cleaned_data["label"]},
    )  # fmt: skip


def _check(draft: Draft, what: str, which: str, sent: QueryDict | None, *, new: bool) -> Editor:
    checks = draft.spec.get("checks", [])
    number = None if new else _number(which, checks)
    held = checks[number] if number is not None else {}
    form: forms.Form = CheckForm(sent, spec=draft.spec, initial={**held, "step": draft.step})
    return Editor(
        what, _("添加核对关系") if new else _("修改核对关系"), form,
        lambda form: lambda spec: editing.with_check(spec, form.check(), number),
        lambda form: _("核对：%(name)s") % {"name": form.cleaned_data["text"]},
    )  # fmt: skip


def _number(which: str, rows: list[Any]) -> int:
    if not which.isdecimal() or int(which) >= len(rows):
        raise Http404
    return int(which)
