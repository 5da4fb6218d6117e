from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import User
from ..rules.accounts import why_not_oneself, why_not_plain


class ThreeKindsOfSigns:
    """A password mixes at least three of: capitals, small letters, digits, other signs (GB/T 22239-2019)."""

    def validate(self, password: str, user: User | None = None) -> None:
        if why := why_not_plain(password):
            raise ValidationError(why, code="password_too_plain")

    def get_help_text(self) -> str:
        return _("密码应至少含有大写字母、小写字母、数字、符号中的三种")


class NotOneself:
    def validate(self, password: str, user: User | None = None) -> None:
        if user and (why := why_not_oneself(password, user)):
            raise ValidationError(why, code="password_like_oneself")

    def get_help_text(self) -> str:
        return _("密码不能含有本人的工号、姓名或姓名拼音")


class QuickHasher(PBKDF2PasswordHasher):
    """For temporary passwords only. They are random, so a slow hash adds nothing, and five hundred accounts opened
    at once would take minutes. Used once, they are hashed anew like every other.
    """

    algorithm = "pbkdf2_sha256_quick"
    iterations = 1000

    def verify(self, password: str, encoded: str) -> bool:
        make_password(password)  # takes as long as checking any other: the log-in does not tell accounts never used
        return super().verify(password, encoded)
