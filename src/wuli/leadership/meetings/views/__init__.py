"""Pages of series and meetings."""

from .calendars import meeting_ics, series_ics
from .meetings import meeting_detail, meeting_list, meeting_paper, meeting_turn, pack_make
from .minutes import aside_settle, decision_new, decision_take_back, minute_save, roll_call
from .series import (
    agenda_edit,
    extra_new,
    seat_remove,
    series_change,
    series_detail,
    series_end,
    series_list,
    series_new,
)

__all__ = [
    "agenda_edit", "aside_settle", "decision_new", "decision_take_back", "extra_new", "meeting_detail", "meeting_ics",
    "meeting_list", "meeting_paper", "meeting_turn", "minute_save", "pack_make", "roll_call", "seat_remove",
    "series_change", "series_detail", "series_end", "series_ics", "series_list", "series_new",
]  # fmt: skip
