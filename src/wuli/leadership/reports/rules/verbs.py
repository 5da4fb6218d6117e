"""What the events of this app mean in words."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import Draft, Layout

DRAFT = Group(
    "draft",
    _("表单草稿"),
    {
        "draft.started": Verb(_("开始设计"), _("%(who)s开始设计表单%(what)s")),
        "draft.changed": Verb(_("修改草稿"), _("%(who)s修改了表单草稿%(what)s")),
        "draft.published": Verb(_("启用草稿"), _("%(who)s启用了表单草稿%(what)s")),
        "draft.discarded": Verb(_("放弃草稿"), _("%(who)s放弃了表单草稿%(what)s")),
    },
    model=Draft,
    words={"did": _("做了什么"), "from": _("启用日期"), "origin": _("来源")},
)
LAYOUT = Group(
    "layout",
    _("外报模板"),
    {
        "layout.made": Verb(_("新建外报模板"), _("%(who)s新建了外报模板%(what)s")),
        "layout.changed": Verb(_("修改外报模板"), _("%(who)s修改了外报模板%(what)s")),
        "layout.removed": Verb(_("删除外报模板"), _("%(who)s删除了外报模板%(what)s")),
        "layout.exported": Verb(_("按外报模板导出"), _("%(who)s按外报模板%(what)s导出了%(unit)s的数字")),
    },
    model=Layout,
    words={"day": _("业务日期"), "as_of": _("口径"), "cells": _("单元格"), "columns": _("列"), "digest": _("模板摘要")},
)
GROUPS = (DRAFT, LAYOUT)
