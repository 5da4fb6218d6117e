from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ...models import Line
from ..duties import Perm
from ..sheets.layout import Layout, Words
from .columns import COLUMNS
from .outcomes import OUTCOMES
from .problems import NOTICES, PROBLEMS


def rules() -> list[str]:
    return [
        _("按工号认人：已有的工号更新，没有的新增。空白的单元格不改原来的内容，填 - 表示清空。"),
        _("先检查、再预览，确认后才写入；有问题的行连同原因退回给您，默认全部没有问题才导入。"),
        _("同一文件可以重复导入，不会重复增加。以 ※ 开头的行是备注，不导入。"),
    ]


def affected(count: int) -> str:
    return _("将更新 %(count)s 人，请核对后确认") % {"count": f"{count:,}"}


ROSTER = Layout(
    columns=COLUMNS,
    problems=PROBLEMS,
    notices=NOTICES,
    outcomes=OUTCOMES,
    perm=Perm.ROSTER_IMPORT,
    words=Words(
        sheet=lazy("花名册"), bring_in=lazy("导入花名册"), send=lazy("上传花名册"), none_yet=lazy("还没有导入过花名册"),
        why=lazy("下载模板填好，或直接上传现有的 Excel、CSV 花名册。"), look=lazy("看花名册"), name=lazy("姓名"),
        number=lazy("工号"), affected=affected,
    ),
    rules=rules,
    most_rows=400_000,
    line=Line.OPERATIONS,
)  # fmt: skip
