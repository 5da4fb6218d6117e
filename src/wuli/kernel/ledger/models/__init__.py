from .followup import Evidence, FollowUp, Handover
from .item import Cadence, Item, Status

__all__ = ["Cadence", "Evidence", "FollowUp", "Handover", "Item", "Status"]
