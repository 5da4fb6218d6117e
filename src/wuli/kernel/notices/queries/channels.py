"""The ways out of the house, for those who look after them."""

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Channel, Delivery
from ..models.delivery import OPEN, Status


def channels_for(user: User) -> QuerySet[Channel]:
    """All channels, for whoever may open them anywhere: they reach the whole group. Otherwise none."""
    if not may(user, Perm.CHANNEL_MANAGE):
        return Channel.objects.none()
    counted = {
        "sent": Count("deliveries", filter=Q(deliveries__status=Status.SENT)),
        "waiting": Count("deliveries", filter=Q(deliveries__status__in=OPEN)),
        "given_up": Count("deliveries", filter=Q(deliveries__status=Status.GIVEN_UP)),
        "last_sent_at": Max("deliveries__sent_at"),
    }
    return Channel.objects.select_related("unit", "person").annotate(**counted).order_by("-is_active", "name", "pk")


def channel_for(user: User, pk: int) -> Channel:
    if not may(user, Perm.CHANNEL_MANAGE):
        raise Http404
    return get_object_or_404(Channel.objects.select_related("unit", "person__unit"), pk=pk)


def own_channels(user: User) -> QuerySet[Channel]:
    return Channel.objects.active().filter(person=user.person_id or 0).order_by("name", "pk")


def failing(user: User) -> list[tuple[Channel, int]]:
    """Active channels that lost messages and have taken none made since, and how many they lost."""
    if not may(user, Perm.CHANNEL_MANAGE):
        return []
    taken = Delivery.objects.filter(
        channel=OuterRef("channel"), sent_at__isnull=False, made_at__gte=OuterRef("made_at")
    )
    lost = Delivery.objects.filter(~Exists(taken), status=Status.GIVEN_UP, channel__is_active=True)
    counts = dict(lost.values_list("channel").annotate(Count("pk")).order_by())
    return [(channel, counts[channel.pk]) for channel in Channel.objects.filter(pk__in=counts).order_by("name", "pk")]
