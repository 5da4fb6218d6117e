from .account import AccountRequest, ApiReceipt, ApiToken, FormerPassword, SignInFailures, User
from .calendar import CalendarException
from .feed import CalendarFeed
from .file_import import About, FileImport
from .person import Assignment, Person, Post
from .posting import Posting
from .region import Region
from .unit import Kind, Line, Placement, PlannedChange, Unit

__all__ = [
    "About", "AccountRequest", "ApiReceipt", "ApiToken", "Assignment", "CalendarException", "CalendarFeed",
    "FileImport", "FormerPassword", "Kind", "Line", "Person", "Placement", "PlannedChange", "Post", "Posting", "Region",
    "SignInFailures", "Unit", "User",
]  # fmt: skip
