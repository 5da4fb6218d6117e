from .followup import Discarded, Evidence, FollowUp, Handover, KeptFile
from .item import Cadence, Item, Status

__all__ = ["Cadence", "Discarded", "Evidence", "FollowUp", "Handover", "Item", "KeptFile", "Status"]
