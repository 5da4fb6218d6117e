"""Daily reports: the calls of this app, whom they ask, and who is spared."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from wuli.kernel.cascade.models import Call, Exemption, Form, Round, Target
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.unit import Kind, under
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

REPORT = "report"
"""The kind of the calls that this app issues."""


def dailies_for(user: User, perm: Perm = Perm.CALL_ISSUE) -> QuerySet[Call]:
    """Daily reports whose issuer lies where `user` may do `perm`; those going on first."""
    targets = Prefetch("targets", Target.objects.select_related("root").order_by("pk"))
    found = Call.objects.filter(reach(user, perm).units("issuer__path"), kind=REPORT).select_related("issuer", "form")
    return found.prefetch_related(targets).order_by("-status", "-starts_on", "-pk")


def daily_for(user: User, pk: int, perm: Perm = Perm.CALL_ISSUE) -> Call:
    return get_object_or_404(dailies_for(user, perm).select_related("issued_by__person"), pk=pk)


def newest_rounds(calls: Iterable[Call]) -> dict[int, Round]:
    rounds = Round.objects.filter(call__in=list(calls)).order_by("call", "on")
    return {one.call_id: one for one in rounds}


def counted(root: Unit, kinds: Iterable[str], on: date) -> dict[str, int]:
    """How many units of each kind there are at and under `root`, by the tree as it is now, from the top down."""
    rows = Unit.objects.filter(under(root.path), kind__in=list(kinds)).open(on)
    found = dict(rows.values_list("kind").annotate(n=Count("pk")).order_by())
    return {kind: found[kind] for kind in Kind.values if kind in found}


def overlapping(form: Form, root: Unit) -> list[Call]:
    """Calls going on that ask the same form at, above or below `root`."""
    calls = Call.objects.asking().filter(form=form).prefetch_related("targets__root").order_by("pk")
    return [
        call for call in calls if any(root.is_under(one.root) or one.root.is_under(root) for one in call.targets.all())
    ]


def exemptions_of(call: Call) -> QuerySet[Exemption]:
    return call.exemptions.select_related("unit", "by__person", "lifted_by__person").order_by(
        "-until_date", "unit__path", "pk"
    )


def exemption_for(call: Call, pk: int) -> Exemption:
    return get_object_or_404(exemptions_of(call), pk=pk)


def number_of_reports(year: int) -> int:
    return Call.objects.filter(number__startswith=f"RB-{year}-").count()
