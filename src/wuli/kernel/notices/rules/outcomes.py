"""What became of a try to send: a short code that is kept, and its words. Nothing of what others said is kept."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

type Words = str | Promise


class Outcome(StrEnum):
    """The codes; "http:404" and "robot:45009" carry the number that was answered."""

    SENT = ""
    REFUSED = "refused"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    PRIVATE = "private"
    UNREADABLE = "unreadable"
    BUSY = "busy"
    CAP = "cap"
    READ = "read"
    GONE = "gone"
    OFF = "off"


ROBOT = {
    "45009": lazy("发送太频繁"),
    "93000": lazy("机器人已被移出群或地址有误"),
    "130101": lazy("发送太频繁"),
    "300005": lazy("机器人已被移出群或地址有误"),
    "310000": lazy("安全设置不允许（关键词、加签或 IP 不符）"),
    "9499": lazy("发送太频繁或格式不符"),
    "11232": lazy("发送太频繁"),
    "19001": lazy("机器人已被移出群或地址有误"),
    "19021": lazy("安全设置不允许（加签不符）"),
    "19022": lazy("安全设置不允许（IP 不符）"),
    "19024": lazy("安全设置不允许（关键词不符）"),
}
"""What the robots of WeCom (45009, 93000), DingTalk (130101, 300005, 310000) and Feishu (the others) mean."""


def words_of(outcome: str) -> str:
    """The sentence for whoever looks after the channel."""
    sort, _colon, number = outcome.partition(":")
    if sort == "http":
        return _("对方拒绝，HTTP 状态码 %(number)s") % {"number": number}
    if sort == "robot":
        return _("机器人拒绝，错误码 %(number)s") % {"number": number} + _why(number)
    return str(WORDS.get(outcome, outcome))


def _why(number: str) -> str:
    return _("：") + str(ROBOT[number]) if number in ROBOT else ""


WORDS: dict[str, Words] = {
    Outcome.SENT: lazy("对方已接收"),
    Outcome.REFUSED: lazy("对方没有接收"),
    Outcome.TIMEOUT: lazy("对方没有及时回应"),
    Outcome.UNREACHABLE: lazy("连接不上对方"),
    Outcome.PRIVATE: lazy("地址在内网，本站不允许"),
    Outcome.UNREADABLE: lazy("地址无法解密或不再有效，请重新添加渠道"),
    Outcome.BUSY: lazy("该渠道正忙，稍后再发"),
    Outcome.CAP: lazy("超过每人每天的条数，只在页面显示"),
    Outcome.READ: lazy("本人已在页面上看过"),
    Outcome.GONE: lazy("通知已不存在"),
    Outcome.OFF: lazy("渠道已停用"),
}
