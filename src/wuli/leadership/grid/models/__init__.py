from .board import Board, Contact, DutyText, Instructor
from .cell import Cell, CellKeeper
from .pack import Pack

__all__ = ["Board", "Cell", "CellKeeper", "Contact", "DutyText", "Instructor", "Pack"]
