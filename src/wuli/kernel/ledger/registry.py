"""What this app adds to the house: the auditor's entry of the rail."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import navigation


def register() -> None:
    navigation.register(
        navigation.Entry(
            "events",
            lazy("审计日志"),
            "ledger:events",
            "history",
            "manage",
            order=90,
            visible=_may_audit,
            under=("ledger:event",),
        )  # fmt: skip
    )


def _may_audit(request: HttpRequest) -> bool:
    return may(actor(request), Perm.EVENT_VIEW)
