"""Whole rosters: checked, shown, then applied as a whole or not at all."""

from .loading import COLUMNS, load

__all__ = ["COLUMNS", "load"]
