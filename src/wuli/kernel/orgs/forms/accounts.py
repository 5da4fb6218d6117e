"""The library's forms in our words, and our own. The rules they ask are elsewhere."""

from typing import Any

from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import now
from wuli.base.crypto import keyed_hash

from ..actions import signing_in
from ..models import User
from ..queries.accounts import has_had_before, tries_of
from ..rules.accounts import why_locked
from ..rules.duties import Perm
from ..rules.passwords import REMEMBERED
from .fields import UnitField, reason_field

LABELS = {
    "login": lazy("登录名（工号）"), "password": lazy("密码"), "oldpassword": lazy("当前密码"),
    "password1": lazy("新密码"), "password2": lazy("再输一次新密码"), "code": lazy("动态口令"),
}  # fmt: skip

VALID_FOR = 90
"""Seconds in which a one-time password is right, with the clock of a phone half a minute off either way. It is
taken once in that time; the library forgets after 30.
"""


class OurWords:
    """Labels of ours in place of the library's, and no words inside the boxes."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class LogInForm(OurWords, library.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].help_text = ""


class ChangePasswordForm(OurWords, library.ChangePasswordForm):
    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = _(
            "至少 10 位，含大写字母、小写字母、数字、符号中的三种；不能太常见，不能含工号、姓名或拼音，"
            "不能与最近 %(count)d 个密码相同"
        ) % {"count": REMEMBERED}

    def clean_oldpassword(self) -> str:
        """Guesses count like those at the log-in."""
        given: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, given):
            raise get_adapter().validation_error("enter_current_password")
        return given

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        if said.get("password1") and said["password1"] == said.get("oldpassword"):
            self.add_error("password1", _("新密码不能与当前密码相同"))
        elif not self.errors and has_had_before(self.user, said["password1"]):
            self.add_error("password1", _("最近 %(count)d 个密码不能再用，请另选一个") % {"count": REMEMBERED})
        return said


class SamePersonForm(OurWords, library.ReauthenticateForm):
    pass


class OneTimeCode(OurWords):
    """A code of the second factor. Wrong ones count like failed log-ins of the same name."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "autofocus": True}

    def clean_code(self) -> str:
        tries = tries_of(self.user.username)
        if tries.locked_until and tries.is_locked(now()):
            raise ValidationError(why_locked(tries.locked_until), code="locked")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            tries = signing_in.note_failure(name=self.user.username, why="second_factor", at=now())
            if tries.locked_until:
                raise ValidationError(why_locked(tries.locked_until), code="locked") from None
            raise
        if not cache.add(f"one-time-code:{self.user.pk}:{keyed_hash(code)}", True, VALID_FOR):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OneTimeCode, mfa.AuthenticateForm):
    pass


class SamePersonCodeForm(OneTimeCode, mfa.ReauthenticateForm):
    pass


class ActivateForm(OurWords, totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class ReasonForm(forms.Form):
    """Why an account is changed; kept with the event."""

    reason = reason_field()


class OpenManyForm(forms.Form):
    """Whose accounts to open: everyone who holds a duty at or under a unit."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            user=user, perm=Perm.ACCOUNT_MANAGE, source="units", label=_("单位"), help_text=_("含所有下级单位")
        )
