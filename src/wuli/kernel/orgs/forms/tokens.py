from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from ..models import User
from ..queries.tokens import own_perms
from ..rules.tokens import LONGEST


class TokenForm(forms.Form):
    """What a program is to be let in for: the part of one's own permissions that it needs, and how long."""

    name = forms.CharField(label=lazy("用途"), max_length=60, help_text=lazy("写明给哪个系统用，以便日后识别"))
    perms = forms.MultipleChoiceField(
        label=lazy("权限"), widget=forms.CheckboxSelectMultiple,
        help_text=lazy("只勾选用得到的；职责结束，令牌的权限随之结束"),
    )  # fmt: skip
    days = forms.IntegerField(
        label=lazy("有效期（天）"), min_value=1, max_value=LONGEST, initial=90,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["perms"].choices = [(perm.value, perm.label) for perm in own_perms(user)]  # type: ignore[attr-defined]
