"""What the events of this app mean in words: every verb that an action records stands here."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import AccountRequest, ApiToken, CalendarException, Person, Posting, Unit, User

DAYS = {"from": _("生效日期"), "until": _("结束日期")}

PERSON = Group(
    "person",
    _("人员"),
    {
        "person.viewed": Verb(_("查看档案"), _("%(who)s查看了%(what)s的档案"), looks=True),
        "person.unmasked": Verb(_("查看完整号码"), _("%(who)s查看了%(what)s的完整号码"), looks=True),
        "person.joined": Verb(_("入册"), _("%(who)s把%(what)s编入花名册")),
        "person.moved": Verb(_("调动"), _("%(who)s调动了%(what)s")),
        "person.amended": Verb(_("更正资料"), _("%(who)s更正了%(what)s的资料")),
        "person.left": Verb(_("离册"), _("%(who)s把%(what)s移出花名册")),
    },
    model=Person,
    words=DAYS | {"identity": _("身份证号"), "process_step": _("工序"), "field": _("查看内容")},
    values={"field": {"phone": _("手机"), "identity": _("身份证号")}},
)
ROSTER = Group(
    "roster",
    _("花名册"),
    {
        "roster.received": Verb(_("上传花名册"), _("%(who)s上传了%(unit)s的花名册")),
        "roster.refused": Verb(_("花名册未能读取"), _("%(unit)s的花名册未能导入")),
        "roster.cancelled": Verb(_("取消导入"), _("%(who)s取消了%(unit)s的花名册导入")),
        "roster.imported": Verb(_("导入花名册"), _("%(who)s导入了%(unit)s的花名册"), looks=True, many=True),
        "roster.exported": Verb(_("导出花名册"), _("%(who)s导出了%(unit)s的花名册"), looks=True, many=True),
    },
    words={
        "changed": _("更正"), "counts": _("行数"), "digest": _("文件摘要"), "file": _("文件"), "filters": _("筛选条件"),
        "format": _("文件格式"), "joined": _("新增"), "left": _("离册"), "moved": _("调动"), "people": _("人数"),
        "read": _("读取"), "refused": _("有问题"), "rows": _("行数"), "unchanged": _("没有变化"),
    },
)  # fmt: skip
UNIT = Group(
    "unit",
    pgettext_lazy("plural", "单位"),
    {
        "unit.opened": Verb(_("设立单位"), _("%(who)s设立了%(what)s")),
        "unit.amended": Verb(_("更正单位资料"), _("%(who)s更正了%(what)s的资料")),
        "unit.renamed": Verb(_("更名"), _("%(who)s为%(what)s更名")),
        "unit.moved": Verb(_("划转"), _("%(who)s划转了%(what)s")),
        "unit.merged": Verb(_("合并"), _("%(who)s把%(what)s并入%(unit)s")),
        "unit.closed": Verb(_("关闭单位"), _("%(who)s关闭了%(what)s")),
        "unit.change_planned": Verb(_("安排变更"), _("%(who)s为%(what)s安排了变更")),
        "unit.change_cancelled": Verb(_("取消变更"), _("%(who)s取消了%(what)s的变更安排")),
        "unit.imported": Verb(_("导入单位"), _("%(who)s导入了%(what)s的单位表")),
        "unit.exported": Verb(_("导出单位"), _("%(who)s导出了%(what)s的单位表")),
    },
    model=Unit,
    words=DAYS | {
        "people": _("人数"), "rows": _("行数"), "file": _("文件"), "format": _("文件格式"), "units": _("单位数"),
        "opened": _("新设"), "closed": _("关闭"), "moved": _("划转"), "renamed": _("更名"),
        "amended": _("登记信息变更"), "unchanged": _("没有变化"), "refused": _("不能导入"),
    },
)  # fmt: skip
POSTING = Group(
    "posting",
    pgettext_lazy("plural", "职责"),
    {
        "posting.given": Verb(_("任命"), _("%(who)s在%(unit)s任命了%(what)s")),
        "posting.ended": Verb(_("免除职责"), _("%(who)s免去%(what)s在%(unit)s的职责")),
        "posting.delegated": Verb(_("委托代理"), _("%(who)s委托%(what)s在%(unit)s代理职责")),
    },
    model=Posting,
    words=DAYS,
)
ACCOUNT = Group(
    "account",
    _("账号与登录"),
    {
        "account.signed_in": Verb(_("登录"), _("%(what)s登录")),
        "account.signed_out": Verb(_("退出登录"), _("%(what)s退出登录")),
        "account.signed_out_elsewhere": Verb(_("退出其他登录"), _("%(who)s退出了自己在别处的登录")),
        "account.sign_in_failed": Verb(_("登录失败"), _("登录失败：%(what)s")),
        "account.locked": Verb(_("账号锁定"), _("多次登录失败，账号锁定：%(what)s")),
        "account.unlocked": Verb(_("解除锁定"), _("%(who)s解除了%(what)s的账号锁定")),
        "account.opened": Verb(_("开通账号"), _("%(who)s为%(what)s开通账号")),
        "account.switched_on": Verb(_("启用账号"), _("%(who)s启用了%(what)s的账号")),
        "account.switched_off": Verb(_("停用账号"), _("%(who)s停用了%(what)s的账号")),
        "account.password_changed": Verb(_("修改密码"), _("%(who)s修改了自己的密码")),
        "account.password_reset": Verb(_("重置密码"), _("%(who)s重置了%(what)s的密码")),
        "account.second_factor_added": Verb(_("启用双因素验证"), _("%(who)s启用了双因素验证")),
        "account.second_factor_removed": Verb(_("停用双因素验证"), _("%(who)s停用了%(what)s的双因素验证")),
        "account.recovery_codes_renewed": Verb(_("更换恢复码"), _("%(who)s更换了恢复码")),
        "account.linked": Verb(_("关联企业登录"), _("%(what)s的账号关联了企业登录")),
        "account.unlinked": Verb(_("解除企业登录"), _("%(what)s的账号解除了企业登录")),
        "account.change_asked": Verb(_("申请变更管理员账号"), _("%(who)s申请变更%(what)s的账号，待复核")),
        "account.change_confirmed": Verb(_("复核通过"), _("%(who)s复核通过了%(what)s的账号变更")),
        "account.change_declined": Verb(_("复核不通过"), _("%(who)s没有通过%(what)s的账号变更")),
    },
    model=User,
    words={
        "name": _("登录名"), "why": _("原因"), "how": _("方式"), "until": _("锁定至"), "provider": _("企业登录"),
        "sessions": _("其他登录数"), "verb": _("变更事项"), "number": _("工号"),
    },
    values={
        "how": {
            "password": _("密码"), "password+totp": _("密码和动态口令"), "password+recovery_codes": _("密码和恢复码"),
        },
        "why": {
            "password": _("密码不对"), "second_factor": _("动态口令不对"), "closed": _("账号已停用或不在册"),
            "asked": _("本人退出"), "idle": _("长时间没有操作"), "too_long": _("登录满时限"),
            "changed": _("密码已更改"), "elsewhere": _("在别处退出"), "weak": _("需要双因素验证"),
            "expired": _("临时密码已过期"),
        },
        "verb": dict(AccountRequest.Verb.choices),
    },
)  # fmt: skip
TOKEN = Group(
    "token",
    _("接口令牌"),
    {
        "token.created": Verb(_("创建令牌"), _("%(who)s创建了令牌%(what)s")),
        "token.revoked": Verb(_("撤销令牌"), _("%(who)s撤销了令牌%(what)s")),
    },
    model=ApiToken,
)
REGIONS = Group(
    "regions",
    _("地区"),
    {"regions.loaded": Verb(_("更新地区列表"), _("%(who)s更新了地区列表"))},
    words={"new": _("新增"), "changed": _("更新"), "kept": _("文件中已没有")},
)
CALENDAR = Group(
    "calendar",
    _("工作日历"),
    {
        "calendar.declared": Verb(_("登记日历调整"), _("%(who)s登记了日历调整：%(what)s")),
        "calendar.lifted": Verb(_("撤销日历调整"), _("%(who)s撤销了日历调整：%(what)s")),
    },
    model=CalendarException,
    words=DAYS,
)
FEED = Group(
    "feed",
    _("日程订阅"),
    {
        "feed.made": Verb(_("生成订阅地址"), _("%(who)s生成了日程订阅地址")),
        "feed.renewed": Verb(_("更换订阅地址"), _("%(who)s更换了日程订阅地址")),
        "feed.revoked": Verb(_("停用订阅地址"), _("%(who)s停用了日程订阅地址")),
    },
)
GROUPS = (PERSON, ROSTER, UNIT, POSTING, ACCOUNT, TOKEN, REGIONS, CALENDAR, FEED)
