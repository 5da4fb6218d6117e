from .followup import Evidence, FollowUp, Handover, KeptFile
from .item import Cadence, Item, Status

__all__ = ["Cadence", "Evidence", "FollowUp", "Handover", "Item", "KeptFile", "Status"]
