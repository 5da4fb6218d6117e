from .group import LeadingGroup, Member, WorkingGroup
from .response import Extent, Level, LevelChange, Note, Response

__all__ = ["Extent", "LeadingGroup", "Level", "LevelChange", "Member", "Note", "Response", "WorkingGroup"]
