from .chain import FIRST, Chain
from .event import LEAST_DAYS, SAID, Event, WrittenOnce
from .guards import Guard

__all__ = ["FIRST", "LEAST_DAYS", "SAID", "Chain", "Event", "Guard", "WrittenOnce"]
