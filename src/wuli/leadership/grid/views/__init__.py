from .boards import board, board_edit, board_paper, pack_detail, pack_file, pack_new
from .cells import cell_cut, cell_detail, cell_end, cell_keepers, instructor_end, instructor_new
from .grid import cell_list, export, find, grid
from .keepers import hand_over, keepers

__all__ = [
    "board", "board_edit", "board_paper", "cell_cut", "cell_detail", "cell_end", "cell_keepers", "cell_list", "export",
    "find", "grid", "hand_over", "instructor_end", "instructor_new", "keepers", "pack_detail", "pack_file", "pack_new",
]  # fmt: skip
