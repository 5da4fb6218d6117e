from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.journal.rules import verbs
from wuli.kernel.orgs.forms.fields import DayField, UnitField
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import units_where
from wuli.kernel.orgs.rules.duties import Perm

from ..queries.events import Asked

HINTS = {
    "who": lazy("姓名、工号，或“系统”"), "what": lazy("姓名、工号、单位"), "unit": lazy("含下级单位"),
    "origin": lazy("网络地址"),
}  # fmt: skip


def verb_choices() -> Iterator[tuple[Any, Any]]:
    """All verbs under their groups; a group can be chosen as a whole."""
    yield "", _("全部动作")
    for group in verbs.groups():
        every = _("%(group)s：全部") % {"group": group.label}
        yield group.label, [(group.name, every), *((name, verb.label) for name, verb in group.verbs.items())]


class AnyUnitField(UnitField):
    """Also units that are closed by now: what happened there still counts."""

    def rows(self, text: str) -> QuerySet[Unit]:
        return units_where(self.user, self.perm).filter(Q(code=text) | Q(name=text))


class EventsForm(forms.Form):
    """What the auditor looks for."""

    who = forms.CharField(label=lazy("操作人"), required=False, max_length=80)
    verb = forms.ChoiceField(label=lazy("动作"), required=False, choices=verb_choices)
    what = forms.CharField(label=lazy("对象"), required=False, max_length=120)
    since = DayField(label=lazy("自"), required=False)
    until = DayField(label=lazy("至"), required=False)
    origin = forms.CharField(label=lazy("来源"), required=False, max_length=80)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = AnyUnitField(user=user, perm=Perm.EVENT_VIEW, source="units", label=_("单位"), required=False)
        self.fields["unit"] = unit
        self.order_fields(["who", "verb", "what", "unit", "since", "until", "origin"])
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        for name, hint in HINTS.items():
            self.fields[name].widget.attrs["placeholder"] = hint

    def always(self) -> list[forms.BoundField]:
        return [self[name] for name in ("who", "verb", "what")]

    def sometimes(self) -> list[forms.BoundField]:
        """Fields that stand folded away until they are needed."""
        return [self[name] for name in ("unit", "since", "until", "origin")]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("since") and found.get("until") and found["until"] < found["since"]:
            self.add_error("until", _("结束日期应不早于开始日期"))
        return found

    def asked(self) -> Asked:
        return Asked(**{name: value for name, value in self.cleaned_data.items() if value})
