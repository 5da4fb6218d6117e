from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .channel import Channel
from .notice import Notice


class Status(models.TextChoices):
    WAITING = "waiting", _("待发")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已送达")
    FAILED = "failed", _("未成功，将重试")
    GIVEN_UP = "given_up", _("未能送达")
    SPARED = "spared", _("不必外发")


OPEN = (Status.WAITING, Status.SENDING, Status.FAILED)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def due(self, at: datetime) -> Self:
        """What is to be sent by now; also what somebody set out to send and never reported on."""
        return self.open().filter(next_at__lte=at, channel__is_active=True)


class Delivery(models.Model):
    """One message to one channel: one notice for a person's own, all notices of a turn and minute for a group."""

    Status = Status

    class Privacy:
        plain = {
            "id", "channel", "notices", "kind", "batch", "made_at", "status", "attempts", "next_at", "sent_at",
            "outcome",
        }  # fmt: skip

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="deliveries", db_index=False)
    notices = models.ManyToManyField(Notice, related_name="deliveries")
    kind = models.CharField(_("种类"), max_length=40)
    batch = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("时间"))
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_at = models.DateTimeField(_("下次发送"), null=True)
    sent_at = models.DateTimeField(_("送达时间"), null=True)
    outcome = models.CharField(_("结果"), max_length=40, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("next_at", name="delivery_due", condition=Q(status__in=OPEN)),
            models.Index("channel", "kind", "made_at", name="delivery_channel"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="delivery_gathers_in_one_place", fields=["channel", "batch"], condition=Q(status="waiting")
            ),
            models.CheckConstraint(
                name="delivery_open_means_next",
                condition=Q(status__in=OPEN, next_at__isnull=False) | (~Q(status__in=OPEN) & Q(next_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="delivery_sent_means_when",
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_status_display()}"
