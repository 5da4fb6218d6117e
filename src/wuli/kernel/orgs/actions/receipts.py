"""The same write sent twice is done once: retries of programs get the answer that the first one got."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

from ..models import ApiReceipt

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    """What goes back to a program. `again` says that nothing was done this time."""

    status: int
    text: str
    again: bool = False


@transaction.atomic
def answer_once(*, caller: str, key: str, digest: str, do: Callable[[], Answer], at: datetime) -> Answer:
    """Do it and keep the answer; for a request already answered give that answer. Raises Refused.

    The receipt and the work are one transaction: a killed process leaves both or neither. What is refused
    leaves no receipt, so the same key may be used again once the cause is gone.
    """
    receipt, is_new = ApiReceipt.objects.get_or_create(caller=caller, key=key, defaults={"digest": digest, "at": at})
    if not is_new:
        return _answer_again(receipt, digest)
    answer = do()
    ApiReceipt.objects.filter(pk=receipt.pk).update(status=answer.status, answer=answer.text)
    return answer


def forget_old(*, at: datetime) -> int:
    """Delete receipts that are past their day; returns how many."""
    return ApiReceipt.objects.filter(at__lt=at - KEPT).delete()[0]


def _answer_again(receipt: ApiReceipt, digest: str) -> Answer:
    if receipt.digest != digest:
        raise Refused(
            _("这个 Idempotency-Key 已用于另一个请求，请为新的请求换一个"), code="key_reused", field="Idempotency-Key"
        )
    return Answer(receipt.status or 200, receipt.answer, again=True)
