from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today
from wuli.kernel.orgs.forms.fields import DayField, PersonField, reason_field
from wuli.kernel.orgs.models import Post, User
from wuli.kernel.orgs.rules.duties import Perm

WHOLE_STEP = lazy("%(step)s（整个工序）")


def person_field(user: User, label: str, **more: Any) -> PersonField:
    return PersonField(user=user, perm=Perm.PERSON_VIEW, source="people", label=label, **more)


class Dated(forms.Form):
    """From a day, for a reason."""

    on = DayField(label=lazy("生效日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.fields["reason"] = reason_field()


class KeepersForm(Dated):
    """Keeper and deputy of one grid; whoever is left out stays as they are."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"] = person_field(user, _("网格员"), required=False)
        self.fields["deputy"] = person_field(
            user, _("副网格员"), required=False, help_text=_("网格员不在时顶上。不改动的一项留空")
        )
        self.order_fields(["keeper", "deputy", "on"])


class HandOverForm(Dated):
    """All the grids that someone keeps, to someone else."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = person_field(user, _("移交人"))
        self.fields["to"] = person_field(user, _("接手人"))
        self.order_fields(["person", "to", "on"])


class CutForm(Dated):
    """A cell out of the steps and posts that the unit's people have."""

    part = forms.ChoiceField(label=lazy("工序或岗位"))

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = _parts(posts)
        choices = [(str(at), self._label(*part)) for at, part in enumerate(self.parts)]
        self.fields["part"].choices = [("", _("请选择")), *choices]  # type: ignore[attr-defined]
        self.order_fields(["part", "on"])

    def chosen(self) -> dict[str, Any]:
        step, post = self.parts[int(self.cleaned_data["part"])]
        return {"process_step": step, "post": post, "on": self.cleaned_data["on"],
                "reason": self.cleaned_data["reason"]}  # fmt: skip

    @staticmethod
    def _label(step: str, post: str) -> str:
        if not post:
            return str(WHOLE_STEP) % {"step": step}
        return f"{step} · {post}" if step else post


class EndForm(Dated):
    """Give up a cell, or an instructor."""


def _parts(posts: list[Post]) -> list[tuple[str, str]]:
    """Each step as a whole, then its posts one by one."""
    parts: list[tuple[str, str]] = []
    for step in dict.fromkeys(post.process_step for post in posts):
        parts += [(step, "")] if step else []
        parts += [(step, post.name) for post in posts if post.process_step == step]
    return parts
