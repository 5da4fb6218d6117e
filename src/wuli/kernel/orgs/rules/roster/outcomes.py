"""What becomes of a line of a roster, and how that is called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..sheets.layout import REFUSED, UNCHANGED

JOINED, MOVED, CHANGED, LEFT = "joined", "moved", "changed", "left"
OUTCOMES: dict[str, Promise] = {
    JOINED: _("新增"), MOVED: _("调动"), CHANGED: _("信息变更"), LEFT: _("离册"), UNCHANGED: _("没有变化"),
    REFUSED: _("不能导入"),
}  # fmt: skip
