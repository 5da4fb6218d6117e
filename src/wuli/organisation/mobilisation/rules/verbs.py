"""What the events of this app mean in words."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import Activity, Campaign, Commitment, Errand, Vanguard

CAMPAIGN = Group(
    "campaign",
    _("党员承诺活动"),
    {
        "campaign.issued": Verb(_("发起承诺"), _("%(who)s以%(unit)s的名义发起了承诺%(what)s")),
        "campaign.reworded": Verb(_("修改承诺文字"), _("%(who)s修改了承诺%(what)s的文字")),
        "campaign.ended": Verb(_("结束承诺"), _("%(who)s结束了承诺%(what)s")),
        "campaign.moved": Verb(_("承诺随党组织合并"), _("承诺%(what)s随党组织合并转到%(unit)s")),
    },
    model=Campaign,
    words={"items": _("承诺事项"), "from": _("开始"), "until": _("结束"), "asks_again": _("请已签的党员重新签")},
)
COMMITMENT = Group(
    "commitment",
    _("党员承诺"),
    {
        "commitment.signed": Verb(_("签承诺"), _("%(who)s签了承诺")),
        "commitment.recorded": Verb(_("代录承诺"), _("%(who)s为%(what)s代录了承诺")),
        "commitment.taken_back": Verb(_("撤回承诺"), _("%(who)s撤回了%(what)s的承诺")),
        "commitment.imported": Verb(_("导入书面承诺"), _("%(who)s导入了%(what)s的书面承诺名单")),
        "commitment.loaded": Verb(_("成批录入承诺"), _("%(who)s成批录入了%(what)s的承诺")),
    },
    model=Commitment,
    words={
        "campaign": _("承诺活动"),
        "people": _("人数"),
        "rows": _("行数"),
        "file": _("文件"),
        "from": _("签署日期"),
        "way": _("方式"),
    },
)
VANGUARD = Group(
    "vanguard",
    _("先锋岗和突击队"),
    {
        "vanguard.proposed": Verb(_("申请设立"), _("%(who)s为%(unit)s申请设立%(what)s")),
        "vanguard.approved": Verb(_("批准设立"), _("%(who)s批准了%(what)s")),
        "vanguard.returned": Verb(_("退回申请"), _("%(who)s退回了%(what)s的申请")),
        "vanguard.amended": Verb(_("修改"), _("%(who)s修改了%(what)s")),
        "vanguard.joined": Verb(_("加入"), _("%(who)s安排人员加入%(what)s")),
        "vanguard.left": Verb(_("退出"), _("%(who)s安排人员退出%(what)s")),
        "vanguard.led": Verb(_("更换负责人"), _("%(who)s更换了%(what)s的负责人")),
        "vanguard.told": Verb(_("填写成效"), _("%(who)s填写了%(what)s的成效")),
        "vanguard.dissolved": Verb(_("撤销先锋岗"), _("%(who)s撤销了%(what)s")),
        "vanguard.loaded": Verb(_("成批录入先锋岗"), _("%(who)s在%(unit)s成批录入了先锋岗和突击队")),
        "vanguard.moved": Verb(_("先锋岗随党组织合并"), _("%(what)s随党组织合并转到%(unit)s")),
    },
    model=Vanguard,
    words={"person": _("人员"), "files": _("附件摘要"), "for": _("日期"), "members": _("成员"), "rows": _("行数")},
)
ACTIVITY = Group(
    "activity",
    _("党日、党课和党员大会"),
    {
        "activity.planned": Verb(_("安排活动"), _("%(who)s在%(unit)s安排了%(what)s")),
        "activity.changed": Verb(_("修改安排"), _("%(who)s修改了%(what)s的安排")),
        "activity.published": Verb(_("发布安排"), _("%(who)s发布了%(what)s")),
        "activity.attended": Verb(_("记录到会"), _("%(who)s记录了%(what)s的到会情况")),
        "activity.held": Verb(_("记录开展情况"), _("%(who)s记录%(what)s已开展")),
        "activity.not_held": Verb(_("记录未开展"), _("%(who)s记录%(what)s未开展")),
        "activity.pictured": Verb(_("上传照片材料"), _("%(who)s为%(what)s上传了照片或材料")),
        "activity.unpictured": Verb(_("删除照片材料"), _("%(who)s删除了%(what)s的照片或材料")),
        "activity.loaded": Verb(_("成批录入党日"), _("%(who)s在%(unit)s成批录入了主题党日")),
        "activity.imported": Verb(_("导入到会名单"), _("%(who)s在%(unit)s导入了党日到会名单")),
        "activity.discarded": Verb(_("放弃党日草稿"), _("%(who)s放弃了草稿%(what)s")),
    },
    model=Activity,
    words={
        "files": _("附件摘要"),
        "present": _("到会"),
        "leave": _("请假"),
        "absent": _("缺席"),
        "hosts": _("参加党组织"),
        "rows": _("行数"),
        "days": _("党日"),
        "file": _("文件"),
    },
)
ERRAND = Group(
    "errand",
    _("党员任务"),
    {"errand.given": Verb(_("交办党员任务"), _("%(who)s以%(unit)s的名义交办了%(what)s"))},
    model=Errand,
    words={"people": _("人数")},
)
PARTICIPATION = Group(
    "participation",
    _("党员参与情况"),
    {"participation.exported": Verb(_("导出参与情况"), _("%(who)s导出了%(unit)s的党员参与情况"))},
    words={"rows": _("行数"), "format": _("文件格式"), "day": _("日期")},
)
RHYTHM = Group(
    "rhythm",
    _("党日要求"),
    {"rhythm.set": Verb(_("调整每月要求"), _("%(who)s调整了每月开展的要求"))},
    words={"times": _("每月次数"), "from": _("生效日期"), "warn_day": _("提醒日"), "close_day": _("更正期限")},
)
GROUPS = (CAMPAIGN, COMMITMENT, VANGUARD, ACTIVITY, ERRAND, PARTICIPATION, RHYTHM)
