from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..duties import Perm
from ..sheets.layout import Layout, Words
from .columns import COLUMNS
from .outcomes import OUTCOMES
from .problems import PROBLEMS


def rules() -> list[str]:
    return [
        _("按单位编码认单位：已有的更新，没有的新设，不在文件里的不动。空白的单元格不改原来的内容，填 - 表示清空。"),
        _("上级单位可以在文件里的任何一行，也可以早已设立；两条线可以放在同一文件。"),
        _("先检查、再预览，确认后才写入；有问题的行连同原因退回给您，默认全部没有问题才导入。同一文件可以重复导入。"),
    ]


def affected(count: int) -> str:
    return _("将变更 %(count)s 个单位，请核对后确认") % {"count": f"{count:,}"}


TREE = Layout(
    columns=COLUMNS,
    problems=PROBLEMS,
    notices={},
    outcomes=OUTCOMES,
    perm=Perm.UNIT_CHANGE,
    words=Words(
        sheet=lazy("单位表"), bring_in=lazy("导入单位"), send=lazy("上传单位表"), none_yet=lazy("还没有导入过单位"),
        why=lazy("下载模板填好，或直接上传现有的 Excel、CSV 单位表。"), look=lazy("看组织机构"), name=lazy("名称"),
        number=lazy("单位编码"), affected=affected,
    ),
    rules=rules,
    most_rows=100_000,
    not_ahead=lazy("生效日期不能晚于今天。以后的变更请到那一天再导入，或在单位页逐个安排"),
)  # fmt: skip
