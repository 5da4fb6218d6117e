from .activity import Activity, Attendance, Host, Rhythm
from .attachment import Attachment
from .campaign import Campaign, Commitment, Wording
from .task import Errand
from .vanguard import Result, Vanguard, VanguardMember

__all__ = [
    "Activity", "Attachment", "Attendance", "Campaign", "Commitment", "Errand", "Host", "Result", "Rhythm", "Vanguard",
    "VanguardMember", "Wording",
]  # fmt: skip
