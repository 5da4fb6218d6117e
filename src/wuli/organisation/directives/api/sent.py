"""What programs ask and send."""

from typing import Literal

from wuli.kernel.cascade.models import Call
from wuli.web.api.fields import Flag, Id, Input, Text, given, noted
from wuli.web.api.paging import Paging
from wuli.web.api.words import words as _

from ..actions.reporting import WHOLE
from ..models import Directive, Urgency
from ..rules.colours import Standing
from .schemas import STANDING

Show = Literal["all", "unsigned", "undone", "late", "reviewing", "returned", "exempt"]
SHOWN = _("all 全部，unsigned 未签收，undone 未办结，late 逾期，reviewing 待审核，returned 退回待改，exempt 免办")


class Sought(Paging):
    q: Text = noted(_("标题或文号含有"), "", max_length=60)
    urgency: Urgency | None = given(Directive, "urgency", None)
    below: Flag = noted(_("连同下级单位的"), False)


class SentFilters(Sought):
    status: Call.Status | None = given(Call, "status", None)


class ReceivedFilters(Sought):
    owing: Flag = noted(_("只要还要签收或办理的，先截止的在前"), False)
    standing: Standing | None = noted(STANDING, None)


class CopyFilters(Paging):
    unit: Id | None = noted(_("只要这个单位及其下级的；默认为发文单位的，或权限范围内最大的一块"), None)
    show: Show = noted(SHOWN, "all")


class ReportIn(Input):
    """How far a unit has come. `key` is the sender's: the same key again is the same report."""

    key: Text = noted(_("发送方自定的唯一标识"), min_length=1, max_length=64)
    percent: int = noted(_("进度（%）；100 即报告办结"), ge=0, le=WHOLE)
    text: Text = noted(_("落实情况（个人信息）"), min_length=1, max_length=4000)


class SendBackIn(Input):
    reason: Text = noted(_("退回的原因"), min_length=1, max_length=200)
