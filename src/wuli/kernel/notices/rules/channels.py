from django.utils.translation import gettext as _

from ..models import Channel
from . import kinds


def why_not_add(channel: Channel, *, taken: bool) -> str | None:
    """Why `channel` cannot be opened; `taken`: its name is that of another."""
    if not channel.name:
        return _("请写渠道名称")
    if taken:
        return _("已有名为“%(name)s”的渠道，请换个名称") % {"name": channel.name}
    if (channel.unit is None) == (channel.person is None):
        return _("请选一个单位（群）或一个人，只能选一项")
    unknown = sorted(set(channel.kinds) - {kind.code for kind in kinds.kinds()})
    if unknown:
        return _("没有这种通知：%(kinds)s") % {"kinds": _("、").join(unknown)}
    return _why_not_group(channel) if channel.unit else None


def _why_not_group(channel: Channel) -> str | None:
    private = [str(kinds.label_of(code)) for code in channel.kinds if not kinds.kind_of(code).to_groups]
    return _("这些通知只能发给本人，不能发到群里：%(kinds)s") % {"kinds": _("、").join(private)} if private else None
