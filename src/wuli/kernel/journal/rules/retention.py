from datetime import datetime, timedelta

from wuli.base.clock import business_date, midnight

from ..models import LEAST_DAYS


def kept_from(at: datetime, days: int) -> datetime:
    """Events from before this moment need not be kept any more: the midnight that began the day `days` ago.

    Whole days, so that a journal is trimmed once a day and not with every tick; never fewer than the law asks.
    """
    return midnight(business_date(at) - timedelta(days=max(days, LEAST_DAYS)))
