from .duty import DutyDesk, HandOver, Shift, Turn
from .group import LeadingGroup, Member, WorkingGroup
from .presence import KeyPerson, Presence, Statement
from .response import Extent, Level, LevelChange, Note, Response
from .summary import SummaryRow

__all__ = [
    "DutyDesk", "Extent", "HandOver", "KeyPerson", "LeadingGroup", "Level", "LevelChange", "Member", "Note", "Presence",
    "Response", "Shift", "Statement", "SummaryRow", "Turn", "WorkingGroup",
]  # fmt: skip
