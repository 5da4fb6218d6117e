"""Who is looking, and at whose figures: what the shell of every page shows of them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from .access import actor, chosen_unit
from .queries.accounts import place_and_duty


def who(request: HttpRequest) -> dict[str, Any]:
    """`me` and `scope` for the top bar; nothing for someone not signed in."""
    if not request.user.is_authenticated:
        return {}
    user, unit = actor(request), chosen_unit(request)
    return {
        "me": {
            "name": str(user),
            "detail": place_and_duty(user),
            "initial": str(user)[:1],
            "url": reverse("orgs:me"),
        },
        "scope": unit and {"label": unit.name, "detail": unit.get_kind_display(), "url": reverse("orgs:scope")},
    }
