"""What an office writes on a directive."""

from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today
from wuli.kernel.ledger.forms.items import FilesField
from wuli.kernel.orgs.forms.fields import DayField, PersonField, UnitField
from wuli.kernel.orgs.models import Kind, Line, Unit, User
from wuli.kernel.orgs.rules.duties import BODIES, Perm

from ..actions.drafting import Paper
from ..models import Asks, Directive, Urgency
from ..queries import standards
from .standards import hours, told

ROOTS = ("root", "root_2", "root_3")
HOURS = ("sign_hours", "soon_hours", "red_hours")


class PaperForm(forms.Form):
    """A directive on paper. Hours that are left empty are those that hold for its urgency where it is issued."""

    title = forms.CharField(label=lazy("标题"), max_length=120)
    text = forms.CharField(
        label=lazy("正文"), max_length=20_000, required=False, widget=forms.Textarea({"rows": 10})
    )  # fmt: skip
    urgency = forms.ChoiceField(label=lazy("紧急程度"), choices=Urgency.choices, initial=Urgency.NORMAL)
    asks = forms.ChoiceField(label=lazy("要求"), choices=Asks.choices, initial=Asks.ACTION)
    due_on = DayField(label=lazy("截止日期"))
    due_clock = forms.TimeField(
        label=lazy("截止时刻"), initial=time(17), widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=lazy("按各单位当地时间"),
    )  # fmt: skip
    reviewed = forms.BooleanField(label=lazy("落实情况逐级审核，由我终审"), required=False, initial=True)
    pass_on = forms.BooleanField(label=lazy("有下级的单位须向下分解"), required=False)
    needs_evidence = forms.BooleanField(label=lazy("办结须附佐证"), required=False)
    kinds = forms.MultipleChoiceField(
        label=lazy("发给哪些单位"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    agency = forms.CharField(
        label=lazy("机关代字"), max_length=20, required=False,
        help_text=lazy("签发时按年连续编号，如 同舟党办发〔2020〕3号"),
    )  # fmt: skip
    number = forms.CharField(
        label=lazy("自编文号"), max_length=40, required=False, help_text=lazy("填写后不再自动编号")
    )
    sign_hours = hours(lazy("几小时内签收"), required=False)
    soon_hours = hours(lazy("截止前几小时变蓝"), required=False)
    red_hours = hours(lazy("逾期几小时变红"), required=False)

    def __init__(self, *args: Any, user: User, issuers: Iterable[int], parent: Directive | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent
        known = Unit.objects.filter(pk__in=list(issuers)).order_by("depth", "path")
        self.fields["issuer"] = forms.ModelChoiceField(known, label=_("发文单位"), empty_label=None)
        self.fields["root"] = UnitField(user=user, perm=Perm.CALL_ISSUE, source="units", label=_("范围"),
                                        help_text=_("含下级单位，两条线都可以"))  # fmt: skip
        for name in ROOTS[1:]:
            self.fields[name] = UnitField(
                user=user, perm=Perm.CALL_ISSUE, source="units", label=_("再加一个范围"), required=False
            )
        self.fields["signer"] = PersonField(
            user=user, perm=Perm.PERSON_VIEW, source="people", label=_("签发人"), required=False,
            help_text=_("以谁的名义印发，可不填"),
        )  # fmt: skip
        self.fields["files"] = FilesField(help_text=_("随文下发，最多 9 个；看得到本通知的人都能打开"))
        if parent:
            self.fields["text"].label = _("补充要求")
            self.fields["text"].help_text = _("上级原文会一字不改地附在前面")
        held = standards.in_force(self.get_initial_for_field(self.fields["issuer"], "issuer"), today())
        for name in HOURS:
            hint = _("不填按紧急程度：%(hours)s") % {"hours": told(held, name.removesuffix("_hours"))}
            self.fields[name].help_text = hint

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "text", "files")]

    def numbering(self) -> list[forms.BoundField]:
        return [self[name] for name in ("issuer", "agency", "number", "signer")]

    def demands(self) -> list[forms.BoundField]:
        names = ("urgency", "asks", "due_on", "due_clock", "reviewed", "needs_evidence", "pass_on")
        return [self[name] for name in names]

    def more_roots(self) -> list[forms.BoundField]:
        return [self[name] for name in ROOTS[1:]]

    def hours(self) -> list[forms.BoundField]:
        return [self[name] for name in HOURS]

    def lines(self) -> list[tuple[Any, list[tuple[str, Any, bool]]]]:
        """The kinds of each line, with whether they are chosen."""
        chosen = set(self["kinds"].value() or ())
        kinds = {line: [kind for kind in Kind if (kind in BODIES) == (line == Line.PARTY)] for line in Line}
        return [(line.label, [(kind.value, kind.label, kind.value in chosen) for kind in kinds[line]]) for line in Line]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kinds = set(said.get("kinds", ()))
        for name in ROOTS:
            root = said.get(name)
            if root and kinds and not kinds & _of_line(root.line):
                self.add_error(name, _("没有勾选%(root)s这条线的单位类型") % {"root": root.name})
        return said

    def paper(self) -> Paper:
        said = self.cleaned_data
        kinds, pace = said["kinds"], standards.paces_at(said["issuer"], today())[Urgency(said["urgency"])]
        roots = [said[name] for name in ROOTS if said.get(name)]
        targets = {root: [kind for kind in kinds if kind in _of_line(root.line)] for root in roots}
        held = {"sign_hours": pace.sign, "soon_hours": pace.soon, "red_hours": pace.red}
        names = (
            "title", "text", "urgency", "asks", "due_on", "due_clock", "reviewed", "pass_on", "needs_evidence",
            "number", "signer", "issuer", "files",
        )  # fmt: skip
        paper: dict[str, Any] = {name: said[name] for name in names}
        paper |= {name: said[name] or held[name] for name in HOURS}
        return Paper(targets=targets, parent=self.parent, prefix=said["agency"].strip(), **paper)


def initial_of(directive: Directive) -> dict[str, Any]:
    """A draft as the form shows it again."""
    call = directive.call
    targets = list(call.targets.select_related("root").order_by("pk"))
    names = ("urgency", "asks", "due_on", "due_clock", "pass_on", "needs_evidence", "signer", *HOURS)
    return {
        "title": call.title, "text": call.text, "issuer": call.issuer, "reviewed": directive.is_reviewed,
        "number": directive.number, "agency": directive.prefix,
        "kinds": sorted({kind for one in targets for kind in one.kinds}),
        **{name: one.root for name, one in zip(ROOTS, targets, strict=False)},
        **{name: getattr(directive, name) for name in names},
    }  # fmt: skip


def proposal(issuer: Unit | None, prefix: str, parent: Directive | None) -> dict[str, Any]:
    """What a new paper proposes: all bodies below in the Party line, else the offices below; due tomorrow at five."""
    party = issuer is not None and issuer.line == Line.PARTY
    kinds = [*BODIES - {Kind.PARTY_GROUP}] if party else [Kind.SEGMENT, Kind.ENTERPRISE]
    proposed: dict[str, Any] = {
        "issuer": issuer, "root": issuer, "agency": prefix, "kinds": [str(kind) for kind in kinds],
        "due_on": today() + timedelta(days=1),
    }  # fmt: skip
    if parent:
        proposed |= {
            "title": parent.call.title, "due_on": parent.due_on, "due_clock": parent.due_clock, "asks": parent.asks,
            "urgency": parent.urgency, "needs_evidence": parent.needs_evidence,
        }  # fmt: skip
    return proposed


def _of_line(line: str) -> frozenset[str]:
    return frozenset(kind.value for kind in Kind if (kind in BODIES) == (line == Line.PARTY))
