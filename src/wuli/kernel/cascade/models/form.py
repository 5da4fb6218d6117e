import hashlib
import json
from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Unit


class Form(models.Model):
    """What is asked, over time: its versions hold the fields. Nothing is asked without an owner, a purpose, an end."""

    class Privacy:
        plain = {"id", "code", "name", "owner", "purpose", "ends_on"}

    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("归口单位"))
    purpose = models.CharField(_("用途"), max_length=200)
    ends_on = models.DateField(_("停用日期"))

    def __str__(self) -> str:
        return self.name


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    def on(self, day: date) -> Self:
        """The versions that had begun by `day`, the newest first."""
        return self.filter(from_date__lte=day).order_by("-from_date", "-number")


class FormVersion(models.Model):
    """The fields of a form from one business date on; `spec` is read by `rules.form.read`."""

    class Privacy:
        plain = {"id", "form", "number", "from_date", "spec", "digest"}

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版本"))
    from_date = models.DateField(_("启用日期"))
    spec = models.JSONField()
    digest = models.CharField(max_length=64, editable=False)
    """SHA-256 of `spec`: what was read of one that says the same need not be read again."""

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("form", "number", name="formversion_number_once"),
            models.UniqueConstraint("form", "from_date", name="formversion_one_start_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"

    def save(self, **options: Any) -> None:
        self.digest = digest_of(self.spec)
        fields = options.get("update_fields")
        super().save(**options | ({"update_fields": {*fields, "digest"}} if fields and "spec" in fields else {}))


def digest_of(spec: Any) -> str:
    return hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()
