"""The library's pages for the second factor. What they change is written down with it, or neither is."""

from typing import Any

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpResponse

from wuli.base.clock import now

from ..access import actor
from ..accounts.entrance import mark
from ..actions import signing_in


class Activate(ActivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        signing_in.note_change("account.second_factor_added", user=actor(self.request), at=now())
        mark(self.request, actor(self.request), sure=True, at=now())
        return answer


class Deactivate(DeactivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        signing_in.note_change("account.second_factor_removed", user=actor(self.request), at=now())
        return answer


class RenewCodes(GenerateRecoveryCodesView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        signing_in.note_change("account.recovery_codes_renewed", user=actor(self.request), at=now())
        return answer


activate, deactivate, renew_codes = Activate.as_view(), Deactivate.as_view(), RenewCodes.as_view()
