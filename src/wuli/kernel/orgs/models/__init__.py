from .account import AccountRequest, ApiReceipt, ApiToken, SignInFailures, User
from .person import Assignment, Person, Post
from .posting import Posting
from .region import Region
from .roster import RosterImport
from .unit import Kind, Line, Placement, PlannedChange, Unit

__all__ = [
    "AccountRequest", "ApiReceipt", "ApiToken", "Assignment", "Kind", "Line", "Person", "Placement", "PlannedChange",
    "Post", "Posting", "Region", "RosterImport", "SignInFailures", "Unit", "User",
]  # fmt: skip
