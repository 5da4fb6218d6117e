"""What the events of this app mean in words."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import DutyDesk, HandOver, KeyPerson, LeadingGroup, Level, Response

LEVELS = {str(level): label for level, label in Level.choices}

RESPONSE = Group(
    "response",
    _("应急响应"),
    {
        "response.activated": Verb(_("启动"), _("%(who)s在%(unit)s启动了%(what)s")),
        "response.level_changed": Verb(_("调整级别或要求"), _("%(who)s调整了%(what)s的级别或要求")),
        "response.widened": Verb(_("扩大范围"), _("%(who)s把%(what)s的范围扩大到%(unit)s")),
        "response.narrowed": Verb(_("缩小范围"), _("%(who)s把%(unit)s移出%(what)s的范围")),
        "response.noted": Verb(_("记大事记"), _("%(who)s在%(what)s的大事记里写了一条")),
        "response.exported": Verb(_("导出名单"), _("%(who)s导出了%(what)s的名单")),
        "response.stood_down": Verb(_("终止"), _("%(who)s终止了%(what)s")),
        "response.followed_units": Verb(_("响应范围随单位合并"), _("%(what)s的范围随单位合并转到%(unit)s")),
    },
    model=Response,
    words={
        "extents": _("范围"),
        "told": _("已通知人数"),
        "from_date": _("自"),
        "list": _("名单"),
        "rows": _("行数"),
        "happened_at": _("发生时间"),
    },
    values={"level": LEVELS},
)
GROUP = Group(
    "leading_group",
    _("领导小组"),
    {
        "leading_group.set_up": Verb(_("成立"), _("%(who)s成立了%(unit)s领导小组")),
        "leading_group.appointed": Verb(_("增加成员"), _("%(who)s给%(unit)s领导小组增加了成员")),
        "leading_group.relieved": Verb(_("成员退出"), _("%(who)s让成员退出了%(unit)s领导小组")),
        "leading_group.left": Verb(_("离册退出"), _("成员离册，退出%(unit)s领导小组")),
        "leading_group.divided": Verb(_("设工作组"), _("%(who)s在%(unit)s领导小组设了工作组")),
    },
    model=LeadingGroup,
    words={"person": _("人员"), "role": _("角色"), "working_group": _("工作组")},
)
DESK = Group(
    "duty_desk",
    _("值班室"),
    {
        "duty_desk.opened": Verb(_("开始值守"), _("%(who)s在%(unit)s设了值班室")),
        "duty_desk.amended": Verb(_("更改值班电话"), _("%(who)s更改了%(unit)s的值班电话或地点")),
        "duty_desk.closed": Verb(_("停止值守"), _("%(who)s停止了%(unit)s的值守")),
        "duty_desk.arranged": Verb(_("排班"), _("%(who)s给%(unit)s排了班")),
        "duty_desk.swapped": Verb(_("换班"), _("%(who)s换了%(unit)s的一班")),
        "duty_desk.exported": Verb(_("导出值班表"), _("%(who)s导出了%(unit)s的值班表")),
        "duty_desk.cancelled": Verb(_("取消班次"), _("%(who)s取消了%(unit)s的一班")),
    },
    model=DutyDesk,
    words={
        "person": _("值班人"),
        "people": _("人员"),
        "shifts": _("班数"),
        "hours": _("每班小时"),
        "from": _("自"),
        "until": _("至"),
        "cancelled": _("取消的班数"),
        "rows": _("行数"),
    },
)
HANDOVER = Group(
    "handover",
    _("交接班"),
    {
        "handover.written": Verb(_("交班"), _("%(who)s写了%(unit)s的交班记录")),
        "handover.taken": Verb(_("接班"), _("%(who)s在%(unit)s接班")),
    },
    model=HandOver,
)
KEY_PERSON = Group(
    "key_person",
    _("到岗情况"),
    {
        "key_person.stated": Verb(_("填报到岗"), _("%(who)s填报了%(what)s的到岗情况")),
        "key_person.named": Verb(_("指定关键岗位"), _("%(who)s把%(what)s列为%(unit)s的关键岗位人员")),
        "key_person.followed": Verb(_("随任职调整"), _("%(what)s应到岗的人员随任职和领导小组调整")),
    },
    model=KeyPerson,
    words={"came": _("新增人数"), "went": _("减少人数")},
)
GROUPS = (RESPONSE, GROUP, DESK, HANDOVER, KEY_PERSON)
