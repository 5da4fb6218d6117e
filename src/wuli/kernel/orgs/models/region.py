from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A country (ISO 3166-1 alpha-2) or a Chinese division to county level (GB/T 2260)."""

    class Level(models.TextChoices):
        COUNTRY = "country", _("国家或地区")
        PROVINCE = "province", _("省级")
        CITY = "city", _("地级")
        COUNTY = "county", _("县级")

    class Privacy:
        plain = {"code", "name", "name_en", "level", "parent"}

    code = models.CharField(_("代码"), max_length=6, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    level = models.CharField(_("级别"), max_length=8, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("上级"))

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name
