from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.cascade.models import Form
from wuli.kernel.orgs.models import Unit, User


class Draft(models.Model):
    """A form, or the next version of one, while it is being designed: nobody is asked it yet."""

    class Privacy:
        personal = {"changed_by"}
        plain = {
            "id", "form", "owner", "name", "code", "purpose", "ends_on", "spec", "step", "made_at", "changed_at",
        }  # fmt: skip

    form = models.OneToOneField(Form, models.CASCADE, null=True, related_name="draft", verbose_name=_("表单"))
    """Whose next version this is; none for a form that is not there yet."""
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("归口单位"))
    name = models.CharField(_("名称"), max_length=80)
    code = models.CharField(_("编码"), max_length=40)
    purpose = models.CharField(_("用途"), max_length=200)
    ends_on = models.DateField(_("停用日期"))
    spec = models.JSONField(default=dict)
    step = models.PositiveIntegerField(default=1)
    """Counts the changes: whoever changes a draft says which step they looked at, so that nobody overwrites another."""
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("最近修改"))
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(_("修改时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint("code", name="draft_code_once", condition=Q(form__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.name
