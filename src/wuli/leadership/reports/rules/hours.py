"""Clock times as people write them, and the minutes of a business date as calls keep them."""

from collections.abc import Mapping
from datetime import time

from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.orgs.models.unit import Kind

DAY = 24 * 60
LONGEST_CHASE = 2 * DAY
MOST_CHASES = 6

LEVELS: Mapping[Kind, tuple[str, str, str]] = {
    Kind.TEAM: ("08:00", "15:00", "15:30"), Kind.WORKSHOP: ("08:00", "15:30", "16:00"),
    Kind.ENTERPRISE: ("08:00", "16:30", "17:00"), Kind.SEGMENT: ("08:00", "17:30", "18:00"),
    Kind.GROUP: ("08:00", "18:00", "18:30"), Kind.PARTY_BRANCH: ("08:00", "15:00", "15:30"),
    Kind.GENERAL_BRANCH: ("08:00", "15:30", "16:00"), Kind.PARTY_COMMITTEE: ("08:00", "16:30", "17:00"),
    Kind.PARTY_GROUP: ("08:00", "18:00", "18:30"),
}  # fmt: skip
"""Where the hours of a level begin: each has time to look at what comes from below before it is due itself."""


def minutes_of(opens: time, due: time, freeze: time) -> tuple[int, int, int]:
    """Opening, due and freeze as minutes of the business date. A time before the one it follows is on the next day."""
    found = [opens.hour * 60 + opens.minute]
    for moment in (due, freeze):
        minutes = found[-1] // DAY * DAY + moment.hour * 60 + moment.minute
        found.append(minutes if minutes >= found[-1] else minutes + DAY)
    return found[0], found[1], found[2]


def clock_words(minutes: int) -> str:
    """990 → 16:30; past midnight: 次日 09:30."""
    days, rest = divmod(minutes, DAY)
    clock = f"{rest // 60:02}:{rest % 60:02}"
    if days == 0:
        return clock
    return _("次日 %(clock)s") % {"clock": clock} if days == 1 else _("%(n)d 天后 %(clock)s") % {
        "n": days, "clock": clock}  # fmt: skip


def read_chasing(text: str) -> list[int]:
    """ "-60, 0, 30": minutes before (negative) or after the due time. Raises Refused."""
    words = text.replace("，", " ").replace("、", " ").replace(",", " ").replace("−", "-").split()
    try:
        found = sorted({int(word) for word in words})
    except ValueError as wrong:
        raise Refused(_("请写分钟数，用逗号隔开，如 -60, 0, 30"), field="chasing") from wrong
    if len(found) > MOST_CHASES or any(abs(minutes) > LONGEST_CHASE for minutes in found):
        raise Refused(_("最多 %(most)d 次，前后不超过两天") % {"most": MOST_CHASES}, field="chasing")
    return found


def chasing_words(minutes: int) -> str:
    if minutes == 0:
        return _("到点时")
    sentence = _("截止前 %(n)d 分钟") if minutes < 0 else _("过后 %(n)d 分钟")
    return sentence % {"n": abs(minutes)}


def why_not_hours(hours: Mapping[str, tuple[int, int, int]], order: list[str]) -> str | None:
    """`order`: the asked kinds from the bottom up. A level that freezes before one below it would tell less than it."""
    asked = [kind for kind in order if kind in hours]
    for below, above in zip(asked, asked[1:], strict=False):
        if hours[below][2] > hours[above][2]:
            return _("%(above)s比下级%(below)s先定数，汇总会缺数") % {
                "above": Kind(above).label, "below": Kind(below).label}  # fmt: skip
    return None
