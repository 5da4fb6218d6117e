"""What the events of this app mean in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wuli.kernel.journal.rules.verbs import Group, Verb

WORDS = {"metric": _("指标"), "on": _("业务日期"), "rows": _("行数"), "format": _("文件格式")}
METRIC = Group(
    "metric",
    pgettext_lazy("plural", "指标"),
    {
        "metric.exported": Verb(_("导出指标明细"), _("%(who)s导出了%(unit)s的指标明细")),
        "metric.people_exported": Verb(
            _("导出指标人员名单"), _("%(who)s导出了%(unit)s的指标人员名单"), looks=True, many=True
        ),
        "metric.people_seen": Verb(
            _("打开指标人员名单"), _("%(who)s打开了%(unit)s的指标人员名单"), looks=True, many=True
        ),
    },
    words=WORDS,
)
READING = Group(
    "reading",
    _("读数"),
    {"reading.taken": Verb(_("固定读数"), _("%(unit)s各级的读数已固定"))},
    words=WORDS | {"readings": _("读数个数"), "metrics": _("指标个数"), "source": _("来源")},
)
GROUPS = (METRIC, READING)
