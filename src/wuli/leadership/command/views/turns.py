"""The turns that a commander can give a response: form, action and words of each."""

from django.utils.translation import gettext_lazy as _

from wuli.web.turns import Turn

from ..actions import extents, responses, standing_down
from ..forms.responses import LevelForm, NarrowForm, NoteForm, StandDownForm, WidenForm

TURNS = {
    "level": Turn(
        LevelForm, responses.change_level, _("调整级别和要求"), _("调整"), _("已调整，各单位负责人会收到通知")
    ),
    "widen": Turn(WidenForm, extents.widen, _("扩大范围"), _("扩大"), _("范围已扩大，新纳入单位的负责人会收到通知")),
    "narrow": Turn(
        NarrowForm, extents.narrow, _("缩小范围"), _("移出"),
        _("范围已缩小，移出单位的负责人会收到通知；值班室照常值守，不再需要的请另行停止"), danger=True,
    ),
    "note": Turn(NoteForm, responses.write_note, _("记大事记"), _("记下"), _("已记入大事记")),
    "stand-down": Turn(
        StandDownForm, standing_down.stand_down, _("终止响应"), _("终止响应"), _("响应已终止，总结已生成"), danger=True
    ),
}  # fmt: skip
