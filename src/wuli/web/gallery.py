"""What the gallery page shows: made-up figures in every component, the usual and the awkward."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .paging import Page

LONG = _("名称特别特别长的一个车间，用来看看换行和省略")
KINDS = [("repair", _("检修")), ("drill", _("演练")), ("other", _("其他"))]


class SampleForm(forms.Form):
    """One field of each kind; the page shows it both fresh and refused."""

    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("不超过 40 个字，写全称。"))
    day = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    number = forms.IntegerField(label=_("数量"), required=False, min_value=0)
    kind = forms.ChoiceField(label=_("类别"), choices=KINDS)
    how = forms.ChoiceField(label=_("方式"), choices=KINDS, widget=forms.RadioSelect, help_text=_("选一项。"))
    reason = forms.CharField(label=_("原因"), widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(label=_("附件"), required=False)
    sure = forms.BooleanField(label=_("我已核对"), required=True)


def sample(request: HttpRequest) -> dict[str, Any]:
    refused = SampleForm({"bad-day": "", "bad-number": "-1", "bad-kind": "repair"}, prefix="bad")
    refused.add_error(None, _("这一天已经冻结，不能再改。"))
    messages.success(request, _("已保存"))
    messages.warning(request, _("3 行没有导入，原因写在下载的文件里"))
    messages.error(request, _("没有保存：别人刚刚改过同一条，请核对后再提交"))
    return {
        "form": SampleForm(), "refused": refused, "page": Page(rows(), "next", "previous", 6), "figures": figures(),
        "actions": [
            {"label": _("查看名单"), "url": "#rows", "icon": "list"},
            {"label": _("催办 17 项"), "url": "#rows", "icon": "send", "primary": True},
        ],
        "crumbs": [(_("台账"), "#"), (_("二月"), "#"), (_("部件总览"), "")],
        "steps": [_("选文件"), _("核对"), _("导入"), _("完成")],
        "notices": {"count": 5, "url": "#messages"},
        "scope": {"label": _("第一分部"), "detail": _("全部下级"), "url": "#"},
        "me": {"name": _("周岚"), "detail": _("办公室 · 值班长"), "initial": "周", "url": "#"},
    }  # fmt: skip


def figures() -> list[dict[str, Any]]:
    return [
        {"label": _("应报"), "value": 548, "unit": _("户"), "url": "#rows"},
        {"label": _("已答复"), "value": 531, "unit": _("户"), "detail": _("占 96.9%"), "url": "#rows"},
        {"label": _("未答复"), "value": 17, "unit": _("户"), "bad": _("新增 6"), "url": "#rows"},
        {"label": _("零报告"), "value": 0, "unit": _("户"), "good": _("较昨日 −1"), "url": "#rows"},
        {"label": _("在册"), "value": 170239, "unit": _("人"), "url": "#rows"},
        {"label": _("库存"), "value": None, "detail": _("没有数据")},
    ]  # fmt: skip


def rows() -> list[dict[str, Any]]:
    return [
        {"level": 0, "path": "/a/", "name": _("第一分部"), "below": 2, "done": 68, "all": 74, "days": 3},
        {"level": 1, "path": "/a/1/", "name": _("一车间"), "mark": "miss", "tag": _("未读"), "days": 3},
        {"level": 1, "path": "/a/2/", "name": _("二车间"), "mark": "late", "tag": _("已读未报"), "days": 1},
        {"level": 0, "path": "/b/", "name": _("第二分部"), "below": 1, "done": 38, "all": 38, "days": 0},
        {"level": 1, "path": "/b/1/", "name": LONG, "mark": "ok", "tag": _("已报"), "days": 0},
    ]  # fmt: skip
