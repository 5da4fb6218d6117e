from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST = "0" * 64
"""What stands before the first event."""


class ChainManager(models.Manager["Chain"]):
    def current(self) -> "Chain":
        """The chain as it is; a new one before anything was sealed."""
        return self.filter(pk=Chain.THE_ONE).first() or Chain()

    def locked(self) -> "Chain":
        """The chain, held until the transaction ends: one seals or trims at a time."""
        chain, _made = self.select_for_update().get_or_create(pk=Chain.THE_ONE)
        return chain


class Chain(models.Model):
    """Between which two ends the kept events hang together, and what the last check of them found.

    Both ends are signed: whoever writes into the database without the site's key can move neither.
    """

    class Privacy:
        plain = {
            "id", "start_position", "start_digest", "head_position", "head_digest", "signature", "sealed_at",
            "trimmed_at", "check_asked_at", "checked_at", "checked_position", "broken_position", "broken_reason",
        }  # fmt: skip

    THE_ONE = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    start_position = models.BigIntegerField(_("起点位置"), default=0)
    start_digest = models.CharField(_("起点摘要"), max_length=64, default=FIRST)
    head_position = models.BigIntegerField(_("末端位置"), default=0)
    head_digest = models.CharField(_("末端摘要"), max_length=64, default=FIRST)
    signature = models.CharField(_("签名"), max_length=32, blank=True)
    sealed_at = models.DateTimeField(_("最近封存"), null=True)
    trimmed_at = models.DateTimeField(_("最近清理"), null=True)
    check_asked_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(_("最近核验"), null=True)
    checked_position = models.BigIntegerField(_("核验至"), default=0)
    broken_position = models.BigIntegerField(_("断裂位置"), null=True)
    broken_reason = models.CharField(_("断裂原因"), max_length=12, blank=True)

    objects = ChainManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="chain_is_one_row", condition=models.Q(id=1)),
            models.CheckConstraint(
                name="chain_starts_before_it_ends", condition=models.Q(start_position__lte=models.F("head_position"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_position}–{self.head_position}"

    @property
    def length(self) -> int:
        return self.head_position - self.start_position
