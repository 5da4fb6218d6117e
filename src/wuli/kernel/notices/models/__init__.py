from .channel import Channel
from .delivery import Delivery
from .notice import Notice
from .wishes import Wishes

__all__ = ["Channel", "Delivery", "Notice", "Wishes"]
