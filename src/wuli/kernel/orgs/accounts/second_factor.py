from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today
from wuli.base.crypto import decrypt, encrypt

from ..queries.accounts import admin_kinds_of


class SecondFactorAdapter(DefaultMFAAdapter):
    """One-time passwords (TOTP) and recovery codes. Their secrets are encrypted like identity numbers."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": lazy("动态口令不对。请确认手机时间准确，等下一个口令再试"),
        "cannot_delete_authenticator": lazy("三员账号必须使用双因素验证，不能停用"),
        "cannot_generate_recovery_codes": lazy("请先启用双因素验证，再生成恢复码"),
    }

    def encrypt(self, text: str) -> str:
        return b64encode(encrypt(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(b64decode(encrypted_text))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (settings.ADMIN_SECOND_FACTOR and admin_kinds_of(authenticator.user, today()))
