"""What becomes of a line of a list of units, and how that is called; of several the first that fits."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..sheets.layout import REFUSED, UNCHANGED

OPENED, CLOSED, MOVED, RENAMED, AMENDED = "opened", "closed", "moved", "renamed", "amended"
OUTCOMES: dict[str, Promise] = {
    OPENED: _("新设"), CLOSED: _("关闭"), MOVED: _("划转"), RENAMED: _("更名"), AMENDED: _("登记信息变更"),
    UNCHANGED: _("没有变化"), REFUSED: _("不能导入"),
}  # fmt: skip
