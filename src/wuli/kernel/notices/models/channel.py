from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.base import crypto
from wuli.kernel.orgs.models import Person, Unit


class ChannelQuerySet(models.QuerySet["Channel"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class Channel(models.Model):
    """A way out of the house: a chat group that hears of a unit's subtree, or one person's own address.

    The address holds a secret: it is kept encrypted and never shown again; `hint` is what is shown of it.
    """

    class Privacy:
        sensitive = {"address"}
        personal = {"person"}
        plain = {"id", "name", "hint", "unit", "kinds", "is_active", "created_at", "tested_at", "test_outcome"}

    name = models.CharField(_("名称"), max_length=60, unique=True)
    address = models.BinaryField(_("地址（加密）"))
    hint = models.CharField(_("地址"), max_length=80)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="channels", verbose_name=_("单位")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="channels", verbose_name=_("收件人")
    )
    kinds = models.JSONField(_("种类"), default=list, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    created_at = models.DateTimeField(_("添加时间"))
    tested_at = models.DateTimeField(_("试发时间"), null=True)
    test_outcome = models.CharField(_("试发结果"), max_length=40, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="channel_is_a_units_or_a_persons",
                condition=Q(unit__isnull=True, person__isnull=False) | Q(unit__isnull=False, person__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_group(self) -> bool:
        return self.unit_id is not None

    @property
    def place(self) -> Unit | None:
        """The unit that is told, or the one that runs the person who is."""
        return self.person.unit if self.person else self.unit

    def carries(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    def open_address(self) -> str:
        """The address in full, for sending. Raises crypto.Unreadable."""
        return crypto.decrypt(bytes(self.address))
