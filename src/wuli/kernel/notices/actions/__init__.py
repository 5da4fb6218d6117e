"""Everything that is written about notices. Other apps need only `notify`."""

from .telling import notify

__all__ = ["notify"]
