from .answers import answer_ask_again, answer_exempt, answer_list, answer_return, answer_slot
from .board import round_board, round_chase, round_figures, round_list
from .places import round_places, round_places_file
from .review import review_accept, review_list
from .timeliness import round_timeliness
from .wall import round_wall

__all__ = [
    "answer_ask_again", "answer_exempt", "answer_list", "answer_return", "answer_slot", "review_accept", "review_list",
    "round_board", "round_chase", "round_figures", "round_list", "round_places",
    "round_places_file", "round_timeliness", "round_wall",
]  # fmt: skip
