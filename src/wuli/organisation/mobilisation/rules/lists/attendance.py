"""Who was at the theme days of which branches, from sheets that were signed on paper."""

import re
from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import Line
from wuli.kernel.orgs.rules.duties import Perm
from wuli.kernel.orgs.rules.sheets.layout import REFUSED, UNCHANGED, Column, Layout, Words

from ...models.activity import Presence

ABOUT = "attendance"
MARKED, CORRECTED = "marked", "corrected"
PRESENCES = {
    word: presence
    for presence, words in {
        Presence.PRESENT: ("", "到会", "到會", "出席", "参加", "參加", "present", "√"),
        Presence.LEAVE: ("请假", "請假", "leave", "onleave"),
        Presence.ABSENT: ("缺席", "未到", "absent"),
    }.items()
    for word in words
}
"""What senders write in the column; a blank cell means that they were there, as a signature does."""
CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::00)?$")

COLUMNS = {
    "branch": Column(
        lazy("党支部"),
        ("党支部", "党支部编码", "支部", "黨支部", "黨支部編碼", "party branch", "branch", "branch code"),
        lazy("编码或名称"), "P-W1-A", needed=True, longest=80,
    ),
    "held_on": Column(
        lazy("日期"), ("日期", "开展日期", "開展日期", "date", "held on"), lazy("党日那一天"), "2020-02-20",
        needed=True, is_code=True, is_day=True,
    ),
    "title": Column(
        lazy("主题"), ("主题", "主題", "theme", "topic", "title"),
        lazy("系统里还没有这次党日，或同一天有几次时填写"), "重温入党誓词", longest=120,
    ),
    "since": Column(
        lazy("开始时间"), ("开始时间", "開始時間", "start", "starts at", "start time"),
        lazy("系统里还没有这次党日时填写"), "14:30", is_code=True,
    ),
    "until": Column(
        lazy("结束时间"), ("结束时间", "結束時間", "end", "ends at", "end time"),
        lazy("系统里还没有这次党日时填写"), "16:30", is_code=True,
    ),
    "place": Column(lazy("地点"), ("地点", "地點", "place"), lazy("可以不填"), "会议室", longest=80),
    "number": Column(
        lazy("工号"), ("工号", "人员编号", "工號", "人員編號", "employee number", "staff number", "number"),
        lazy("用来认人；须为当天这个支部的党员"), "100001", needed=True, is_code=True,
    ),
    "name": Column(
        lazy("姓名"), ("姓名", "name"), lazy("与工号核对，写错工号时能发现"), "张三", needed=True, longest=60
    ),
    "presence": Column(
        lazy("到会情况"), ("到会情况", "到会", "到會情況", "attendance", "presence"),
        lazy("到会、请假或缺席，空白为到会"), "到会", is_code=True,
    ),
    "reason": Column(
        lazy("原因"), ("原因", "请假原因", "請假原因", "reason"), lazy("请假的写明原因"), longest=100
    ),
}  # fmt: skip


def rules() -> list[str]:
    return [
        _("一行是一名党员一次党日。系统里已有的党日按党支部和日期认；没有的，写明主题和时间就会补建为已开展。"),
        _("不在名单里的党员，原来的记录不动。"),
        _("先检查、再预览，确认后才写入；有问题的行连同原因退回给您。同一名单可以重复导入，不会重复记录。"),
    ]


def affected(count: int) -> str:
    return _("将记录 %(count)s 人次的到会情况，请核对后确认") % {"count": f"{count:,}"}


def clock_of(text: str) -> time | None:
    found = CLOCK.match(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


ATTENDANCE = Layout(
    columns=COLUMNS,
    problems={
        "unknown_branch": lazy("没有名称或编码为“%(value)s”的党支部，或它不在所选党组织"),
        "many_branches": lazy("有几个党支部叫“%(value)s”，请改填编码"),
        "unknown_member": lazy("没有工号为“%(value)s”的党员，或当天不在这个支部"),
        "other_name": lazy("姓名“%(value)s”与工号对不上"),
        "twice": lazy("同一工号“%(value)s”在第 %(other)s 行已记过这次党日"),
        "ahead": lazy("日期“%(value)s”还没有到"),
        "no_activity": lazy("系统里没有这次党日，请写明主题、开始时间和结束时间"),
        "which": lazy("这一天有几次党日，请写明是哪个主题"),
        "not_held": lazy("“%(other)s”已记为未开展，请先更正"),
        "closed_month": lazy("这个月的记录已经截止，请在上传时写明更正原因"),
        "bad_clock": lazy("不是时间：“%(value)s”。请写成 14:30"),
        "ends_early": lazy("结束时间应晚于开始时间"),
        "disagrees": lazy("与第 %(other)s 行写的同一次党日不一致：“%(value)s”"),
        "bad_presence": lazy("请填“到会”“请假”或“缺席”：“%(value)s”"),
        "why": lazy("请假的党员请写明原因"),
    },
    notices={"new_activity": lazy("系统里没有这次党日，将补建为已开展：%(value)s")},
    outcomes={
        MARKED: lazy("记录到会"), CORRECTED: lazy("更正到会"), UNCHANGED: lazy("没有变化"), REFUSED: lazy("不能导入"),
    },
    perm=Perm.PARTY_ORGANISE,
    words=Words(
        sheet=lazy("党日到会名单"), bring_in=lazy("导入党日到会名单"), send=lazy("上传党日到会名单"),
        none_yet=lazy("还没有导入过到会名单"), why=lazy("把签到表录成表格，几个支部、几次党日可以放在一起。"),
        look=lazy("看党日"), name=lazy("姓名"), number=lazy("工号"), affected=affected, day=lazy("上传日期"),
        since=lazy("%(day)s 上传"),
    ),
    rules=rules,
    most_rows=100_000,
    line=Line.PARTY,
    not_ahead=lazy("日期不能晚于今天"),
)  # fmt: skip
