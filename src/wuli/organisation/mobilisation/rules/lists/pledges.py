"""Commitments signed on paper or spoken at a meeting: a list of who, and when."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import Line
from wuli.kernel.orgs.rules.duties import Perm
from wuli.kernel.orgs.rules.sheets.layout import REFUSED, UNCHANGED, Column, Layout, Words

from ...models.campaign import Way

ABOUT = "pledges"
RECORDED = "recorded"
WAYS = {
    word: way
    for way, words in {
        Way.PAPER: ("", "书面", "书面签署", "書面", "書面簽署", "paper", "onpaper"),
        Way.SPOKEN: ("口头", "口头承诺", "口頭", "口頭承諾", "spoken", "aloud"),
    }.items()
    for word in words
}
"""What senders write in the column; a blank cell means paper."""

COLUMNS = {
    "number": Column(
        lazy("工号"), ("工号", "人员编号", "工號", "人員編號", "employee number", "staff number", "number"),
        lazy("用来认人；须为签署当天所选党组织的党员"), "100001", needed=True, is_code=True,
    ),
    "name": Column(
        lazy("姓名"), ("姓名", "name"), lazy("与工号核对，写错工号时能发现"), "张三", needed=True, longest=60
    ),
    "signed_on": Column(
        lazy("签署日期"), ("签署日期", "承诺日期", "日期", "簽署日期", "承諾日期", "signed on", "date"),
        lazy("空白时为上传时填的日期；须在承诺开放期间"), "2020-02-03", is_code=True, is_day=True,
    ),
    "way": Column(
        lazy("方式"), ("方式", "method", "way"), lazy("书面或口头，空白为书面"), "书面", is_code=True,
    ),
    "own_words": Column(
        lazy("我的话"), ("我的话", "本人的话", "我的話", "本人的話", "in my own words", "own words"),
        lazy("名单上写有的才填"), longest=200,
    ),
}  # fmt: skip


def rules() -> list[str]:
    return [
        _("按工号认人，姓名一并核对；签署当天是所选党组织的党员才能录入。"),
        _("先检查、再预览，确认后才写入；有问题的行连同原因退回给您，默认全部没有问题才导入。"),
        _("同一名单可以重复导入：已经承诺的不再录，撤回过的不会恢复。"),
    ]


def affected(count: int) -> str:
    return _("将代录 %(count)s 名党员的承诺，请核对后确认") % {"count": f"{count:,}"}


PLEDGES = Layout(
    columns=COLUMNS,
    problems={
        "unknown_member": lazy("没有工号为“%(value)s”的党员，或当天不在所选党组织"),
        "other_name": lazy("姓名“%(value)s”与工号对不上"),
        "twice": lazy("同一工号“%(value)s”在第 %(other)s 行已有"),
        "ahead": lazy("日期“%(value)s”还没有到"),
        "not_going": lazy("承诺在“%(value)s”没有开放"),
        "reworded": lazy("承诺文字已于 %(other)s 修改并请重新签，之前的签署不再录入"),
        "taken_back": lazy("这名党员的承诺已于 %(other)s 撤回；如果又签了，请写新的签署日期"),
        "bad_way": lazy("方式请填“书面”或“口头”：“%(value)s”"),
    },
    notices={},
    outcomes={RECORDED: lazy("代录承诺"), UNCHANGED: lazy("已经承诺"), REFUSED: lazy("不能导入")},
    perm=Perm.PARTY_ORGANISE,
    words=Words(
        sheet=lazy("书面承诺名单"), bring_in=lazy("导入书面承诺"), send=lazy("上传书面承诺名单"),
        none_yet=lazy("还没有导入过书面承诺"), why=lazy("把纸上签的名单录成表格，一次代录。"), look=lazy("看承诺"),
        name=lazy("姓名"), number=lazy("工号"), affected=affected, day=lazy("签署日期"), since=lazy("%(day)s 签署"),
    ),
    rules=rules,
    most_rows=100_000,
    line=Line.PARTY,
    not_ahead=lazy("签署日期不能晚于今天"),
)  # fmt: skip
