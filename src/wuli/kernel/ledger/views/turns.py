"""The turns that people can give an item: form, action and words of each."""

from django.utils.translation import gettext_lazy as _

from wuli.web.turns import Turn

from ..actions import following, items, owners
from ..forms.items import AskForm, ExtendForm, FollowUpForm, HandOverForm, ReasonForm, ReopenForm, TurnForm

TURNS = {
    "follow-up": Turn(FollowUpForm, following.follow_up, _("填写跟进"), _("提交跟进"), _("跟进已记下")),
    "ask": Turn(AskForm, items.ask_to_close, _("申请销号"), _("申请销号"), _("已申请销号，等第二人确认")),
    "confirm": Turn(TurnForm, items.close, _("确认销号"), _("确认销号"), _("已销号")),
    "return": Turn(ReasonForm, items.return_to_owner, _("退回继续办理"), _("退回"), _("已退回责任人")),
    "hand-over": Turn(HandOverForm, owners.hand_over, _("移交他人"), _("移交"), _("已移交")),
    "extend": Turn(ExtendForm, items.extend, _("延长期限"), _("延期"), _("期限已调整")),
    "reopen": Turn(ReopenForm, items.reopen, _("重新打开"), _("重新打开"), _("已重新打开")),
    "withdraw": Turn(ReasonForm, items.withdraw, _("撤销事项"), _("撤销"), _("已撤销"), danger=True),
}
"""By the names that `rules.items.offered` gives."""
