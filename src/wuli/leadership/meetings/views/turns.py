"""The turns that people can give a meeting: form, action and words of each."""

from django.utils.translation import gettext_lazy as _

from wuli.web.turns import Turn

from ..actions import meetings as actions
from ..forms.meetings import AddendumForm, AppointForm, ConfirmForm, GuestForm, MoveForm, ReasonForm, TurnForm

TURNS = {
    "open": Turn(
        TurnForm, actions.open_meeting, _("开会"), _("开会"), _("会议开始，可以点名、记录"),
        _("开会后材料和参会名单不再变动。"),
    ),
    "hand-in": Turn(
        TurnForm, actions.hand_in, _("提交纪要"), _("提交纪要"), _("纪要已提交，等主持人确认"),
        _("提交后不能再改，主持人可以退回。"),
    ),
    "confirm": Turn(
        ConfirmForm, actions.confirm, _("确认纪要"), _("确认纪要"), _("纪要已确认，并发给参会和缺席人员"),
        _("确认后纪要不能再改，只能写补充说明；全体参会和缺席人员都会收到。"),
    ),
    "return": Turn(
        ReasonForm, actions.return_minutes, _("退回纪要"), _("退回"), _("纪要已退回"),
        _("退回后可以继续修改，再次提交。"),
    ),
    "move": Turn(
        MoveForm, actions.move, _("改时间地点"), _("改期"), _("已改期，并通知参会人员"),
        _("只改这一次，例会的安排不变。"),
    ),
    "guest": Turn(GuestForm, actions.ask_guests, _("增加参会人"), _("邀请"), _("已邀请"), _("只请这一次。")),
    "appoint": Turn(
        AppointForm, actions.appoint, _("更换主持人或记录人"), _("更换"), _("已更换"), _("只换这一次。")
    ),
    "cancel": Turn(
        ReasonForm, actions.cancel, _("取消会议"), _("取消会议"), _("会议已取消，并通知参会人员"),
        _("取消的会议仍计入应开会议，原因可查。"), danger=True,
    ),
    "addendum": Turn(
        AddendumForm, actions.add, _("补充说明"), _("补充说明"), _("补充说明已附在纪要后"),
        _("纪要原文不变，补充说明附在后面并发给全体。"),
    ),
}  # fmt: skip
"""By the names that `rules.states.offered` gives."""
