"""What the events of meetings mean in words."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import Meeting, Series

SERIES = Group(
    "series",
    _("例会"),
    {
        "series.begun": Verb(_("设立例会"), _("%(who)s在%(unit)s设立了%(what)s")),
        "series.changed": Verb(_("调整例会"), _("%(who)s调整了%(what)s")),
        "series.seated": Verb(_("增减参会人"), _("%(who)s调整了%(what)s的参会人")),
        "series.agenda_set": Verb(_("修改议程"), _("%(who)s修改了%(what)s的议程")),
        "series.ended": Verb(_("结束例会"), _("%(who)s结束了%(what)s")),
    },
    model=Series,
    words={"seats": _("参会人"), "points": _("议程"), "dropped": _("重排的会议")},
)
MEETING = Group(
    "meeting",
    _("会议"),
    {
        "meeting.planned": Verb(_("排定会议"), _("排定了%(what)s")),
        "meeting.called": Verb(_("加开会议"), _("%(who)s在%(unit)s加开了%(what)s")),
        "meeting.moved": Verb(_("会议改期"), _("%(who)s调整了%(what)s的时间地点")),
        "meeting.cancelled": Verb(_("取消会议"), _("%(who)s取消了%(what)s")),
        "meeting.appointed": Verb(_("更换主持或记录"), _("%(who)s更换了%(what)s的主持人或记录人")),
        "meeting.invited": Verb(_("增加参会人"), _("%(who)s请人参加%(what)s")),
        "meeting.packed": Verb(_("会议材料取数"), _("%(what)s的会议材料已取数")),
        "meeting.opened": Verb(_("开会"), _("%(who)s开始了%(what)s")),
        "meeting.attended": Verb(_("点名"), _("%(who)s记录了%(what)s的到会情况")),
        "meeting.minuted": Verb(_("记录纪要"), _("%(who)s记录了%(what)s的纪要")),
        "meeting.minutes_apart": Verb(_("纪要另存"), _("%(who)s的文字与%(what)s较新的纪要不同，已另存")),
        "meeting.minutes_joined": Verb(_("合并纪要"), _("%(who)s处理了%(what)s另存的文字")),
        "meeting.decided": Verb(_("会议决定"), _("%(who)s记下了%(what)s的一项决定")),
        "meeting.undecided": Verb(_("撤回决定"), _("%(who)s撤回了%(what)s的一项决定")),
        "meeting.handed_in": Verb(_("提交纪要"), _("%(who)s提交了%(what)s的纪要")),
        "meeting.returned": Verb(_("退回纪要"), _("%(who)s退回了%(what)s的纪要")),
        "meeting.closed": Verb(_("确认纪要"), _("%(who)s确认了%(what)s的纪要")),
        "meeting.added": Verb(_("补充说明"), _("%(who)s对%(what)s的纪要作了补充说明")),
        "meeting.paper_taken": Verb(_("下载会议文件"), _("%(who)s下载了%(what)s的文件")),
    },
    model=Meeting,
    words={
        "point": _("议题"), "people": _("人员"), "figures": _("数字个数"), "digest": _("摘要"), "owner": _("责任人"),
        "due_on": _("期限"), "item": _("督办事项"), "paper": _("文件"), "own": _("主持人自行记录"),
    },
)  # fmt: skip
GROUPS = (SERIES, MEETING)
