from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from wuli.base.clock import business_date

from ..models import Delivery, Notice

AT_ONCE = 5000


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Remove what was read long ago, and what people who have left never read; returns how many notices.

    Their deliveries go with the last notice. Figures that someone froze from them are not ours and stay.
    """
    before = at - timedelta(days=settings.NOTICE_DAYS)
    read = Notice.objects.filter(read_at__lt=before)
    left = Notice.objects.unread().filter(made_at__lt=before, person__on_roll_until__lte=business_date(at))
    gone = [*read.values_list("pk", flat=True)[:AT_ONCE], *left.values_list("pk", flat=True)[:AT_ONCE]]
    if gone:
        Notice.objects.filter(pk__in=gone).delete()
    Delivery.objects.filter(notices__isnull=True, made_at__lt=before).delete()
    return len(gone)
