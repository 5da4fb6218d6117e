from .call import Call, Exemption, Target
from .form import Form, FormVersion
from .reply import Reply, Review
from .round import Figure, Round, Slot

__all__ = ["Call", "Exemption", "Figure", "Form", "FormVersion", "Reply", "Review", "Round", "Slot", "Target"]
