from .burden import burden_page
from .dailies import daily_detail, daily_end, daily_exempt, daily_lift, daily_list, daily_new
from .designs import form_amend, form_detail, form_list, form_start, form_version
from .drafts import draft_discard, draft_edit, draft_page, draft_publish, draft_turn
from .layouts import (
    layout_detail,
    layout_download,
    layout_file,
    layout_list,
    layout_map,
    layout_new,
    layout_original,
    layout_remove,
)

__all__ = [
    "burden_page", "daily_detail", "daily_end", "daily_exempt", "daily_lift", "daily_list", "daily_new",
    "draft_discard", "draft_edit", "draft_page", "draft_publish", "draft_turn", "form_amend", "form_detail",
    "form_list", "form_start", "form_version", "layout_detail", "layout_download", "layout_file", "layout_list",
    "layout_map", "layout_new", "layout_original", "layout_remove",
]  # fmt: skip
