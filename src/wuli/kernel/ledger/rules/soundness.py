"""What the state of the chain means, as the first sentence of the auditor's page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.journal.models import Chain
from wuli.kernel.journal.queries import Fault

LATE = timedelta(minutes=10)
"""The tick seals every minute; what waits longer than this shows that it does not run."""

FAULTS = {
    Fault.MISSING: lazy("这里的日志被删除"),
    Fault.CHANGED: lazy("这里的日志被改动或调换"),
    Fault.ADDED: lazy("这里混入了没有经过封存的日志"),
    Fault.ENDS: lazy("链的两端与本系统的签名不符"),
}


@dataclass(frozen=True)
class Judgement:
    tone: str
    """The page's band: done, late, miss."""
    sentence: str
    detail: str


def judgement(chain: Chain, *, waiting: int, oldest_waiting: datetime | None, at: datetime) -> Judgement:
    """What an auditor must know first. The worst is said first."""
    detail = _detail(chain, waiting)
    if chain.broken_position is not None:
        fault = FAULTS[Fault(chain.broken_reason)]
        said = _("审计链在第 %(place)s 条断裂：%(fault)s") % {"place": f"{chain.broken_position:,}", "fault": fault}
        return Judgement("miss", said, detail)
    if oldest_waiting and at - oldest_waiting > LATE:
        said = _("有 %(count)s 条日志没有按时封存，请检查定时任务") % {"count": f"{waiting:,}"}
        return Judgement("late", said, detail)
    if chain.sealed_at is None:
        return Judgement("late", _("还没有封存过日志"), detail)
    numbers = {"count": f"{chain.length:,}", "sealed": _time(chain.sealed_at)}
    if chain.checked_at is None:
        return Judgement("late", _("已封存 %(count)s 条，最近封存 %(sealed)s，尚未核验") % numbers, detail)
    return Judgement("done", _("链条完整：已封存 %(count)s 条，最近封存 %(sealed)s") % numbers, detail)


def _detail(chain: Chain, waiting: int) -> str:
    said = [_("待封存 %(count)s 条") % {"count": f"{waiting:,}"}]
    if chain.checked_at:
        place = {"time": _time(chain.checked_at), "place": f"{chain.checked_position:,}"}
        said.insert(0, _("最近核验 %(time)s，核验至第 %(place)s 条") % place)
    if chain.start_position:
        said.append(_("最早的 %(count)s 条已按保存期限清理") % {"count": f"{chain.start_position:,}"})
    return " · ".join(said)


def _time(at: datetime) -> str:
    return date_format(localtime(at), "Y-m-d H:i")
