from .draft import Draft
from .layout import Layout

__all__ = ["Draft", "Layout"]
