from .directive import Asks, Attachment, Directive, Series, Urgency
from .doing import Escalation, Evidence, Opening, Owed, Receipt, Step
from .proof import Proof
from .standard import Standard

__all__ = [
    "Asks", "Attachment", "Directive", "Escalation", "Evidence", "Opening", "Owed", "Proof", "Receipt", "Series",
    "Standard", "Step", "Urgency",
]  # fmt: skip
