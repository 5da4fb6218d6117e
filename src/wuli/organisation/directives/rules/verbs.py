"""What the events of this app mean in words. Drafting, issuing, revoking and superseding are the call's events."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.cascade.models import Slot
from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import Directive, Standard

COPY = Group(
    "copy",
    _("收文"),
    {
        "copy.signed": Verb(_("签收"), _("%(who)s为%(unit)s签收了文件")),
        "copy.progressed": Verb(_("报告进度"), _("%(who)s报告了%(unit)s的落实进度")),
        "copy.escalated": Verb(_("超期升级"), _("%(unit)s超期未办，已报上级")),
    },
    model=Slot,
    words={"late": _("迟签"), "proxy": _("代签"), "percent": _("进度"), "files": _("附件摘要"), "owed": _("欠办")},
)  # fmt: skip
DIRECTIVE = Group(
    "directive",
    _("通知"),
    {
        "directive.passed_on": Verb(_("分解"), _("%(who)s把上级文件分解为%(what)s")),
        "directive.proof_taken": Verb(_("打印覆盖证明"), _("%(who)s打印了%(what)s的覆盖证明")),
        "directive.proof_exported": Verb(_("导出覆盖证明"), _("%(who)s导出了%(what)s的覆盖证明")),
    },
    model=Directive,
    words={"parent": _("上级文件"), "rows": _("单位数"), "digest": _("校验码"), "as_of": _("截至")},
)  # fmt: skip
STANDARD = Group(
    "standard",
    _("时限标准"),
    {"standard.laid_down": Verb(_("规定时限"), _("%(who)s规定了%(unit)s的收文时限"))},
    model=Standard,
    words={
        "urgency": _("紧急程度"), "from": _("自"), "sign_hours": _("签收时限（小时）"),
        "soon_hours": _("提前几小时变蓝"), "red_hours": _("超过几小时变红"),
    },
)  # fmt: skip
GROUPS = (DIRECTIVE, COPY, STANDARD)
