from django.db import models
from django.utils.translation import gettext_lazy as _

from wuli.kernel.cascade.models import Form
from wuli.kernel.orgs.models import Unit, User


class Layout(models.Model):
    """Another authority's XLSX template, and where in it the figures of one of our forms go.

    The file lies in its row: it is small, and a backup of the database has it.
    """

    class Privacy:
        personal = {"changed_by"}
        plain = {
            "id", "name", "authority", "owner", "form", "file", "file_name", "sheet", "cells", "columns", "first_row",
            "with_total", "changed_at",
        }  # fmt: skip

    name = models.CharField(_("名称"), max_length=80)
    authority = models.CharField(_("报给谁"), max_length=80)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("归口单位"))
    form = models.ForeignKey(Form, models.PROTECT, related_name="layouts", verbose_name=_("表单"))
    file = models.BinaryField()
    file_name = models.CharField(_("模板文件"), max_length=120)
    sheet = models.CharField(_("工作表"), max_length=31)
    cells = models.JSONField(default=dict)
    """What stands in single cells: {"C5": "field:present"}."""
    columns = models.JSONField(default=dict)
    """What stands in the columns of a line for each unit below: {"B": "unit.name"}."""
    first_row = models.PositiveIntegerField(_("起始行"), null=True)
    with_total = models.BooleanField(_("末行合计"), default=False)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("最近修改"))
    changed_at = models.DateTimeField(_("修改时间"))

    class Meta:
        constraints = [models.UniqueConstraint("owner", "name", name="layout_name_once_an_owner")]

    def __str__(self) -> str:
        return self.name
