from .meeting import Attendance, Meeting
from .minutes import Addendum, Aside, Decision, Minute
from .pack import Pack
from .series import Seat, Series

__all__ = ["Addendum", "Aside", "Attendance", "Decision", "Meeting", "Minute", "Pack", "Seat", "Series"]
