"""Every copy under a node as it stood at a moment, now or long past: receipts, replies and reviews by their moments."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from wuli.kernel.cascade.models import Call, Reply, Review, Round
from wuli.kernel.orgs.models import Placement, User
from wuli.kernel.orgs.models.unit import way_to
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Directive, Evidence, Proof, Receipt
from ..rules import proof as rules
from ..rules.colours import Standing
from ..rules.proof import Row, Signature
from .coverage import under_node
from .directives import round_of


@dataclass(frozen=True)
class Done:
    """A report of completion as it stood: by whom, when, and what was said of it above."""

    signature: Signature
    verdict: str


@dataclass(frozen=True)
class Check:
    """What became of a printed proof: whether its rows are still what was printed, and how many have moved on."""

    proof: Proof
    is_same: bool
    moved_on: int


def rows_at(of: Round, path: str, at: datetime) -> list[Row]:
    """The copies under `path`, in tree order, as they stood at `at`."""
    names = _names(of, path)
    receipts, reports, evidence = _receipts(of, path, at), _reports(of, path, at), _evidence(of, path, at)
    slots = under_node(of, path).filter(made_at__lte=at).order_by("path")
    columns = ("pk", "unit", "unit__code", "unit__name", "kind", "path", "exempt_at")
    rows = []
    for pk, unit, code, name, kind, place, exempt_at in slots.values_list(*columns):
        exempt, report = bool(exempt_at and exempt_at <= at), reports.get(pk)
        judged = of.call.route != Call.Route.STRAIGHT and unit != of.call.issuer_id
        standing = _standing(exempt, pk in receipts, report, judged)
        chain = tuple(names[step] for step in way_to(place)[:-1] if step in names)
        done = report.signature if report and standing == Standing.DONE else None
        files = tuple(evidence.get(pk, ()))
        rows.append(Row(code, names.get(place, name), kind, chain, standing, receipts.get(pk), done, files))
    return rows


def check(proof: Proof, at: datetime) -> Check:
    """Count the rows of a proof again, as they stood when it was taken and as they stand now."""
    of = round_of(proof.directive)
    then, now = rows_at(of, proof.path, proof.as_of), rows_at(of, proof.path, at)
    told = rules.digest(of.call.number, proof.unit.code, proof.as_of, then)
    before = {row.code: row.line for row in then}
    return Check(proof, told == proof.digest, sum(before.get(row.code) != row.line for row in now))


def proofs_for(user: User) -> QuerySet[Proof]:
    """Proofs of the units that `user` may watch, whoever took them."""
    seen = reach(user, Perm.CALL_VIEW).units("unit__path")
    return Proof.objects.filter(seen).select_related("directive__call__issuer", "unit", "by").order_by("-as_of", "-pk")


def proof_for(user: User, pk: int) -> Proof:
    return get_object_or_404(proofs_for(user), pk=pk)


def found_by(user: User, directive: Directive, digest: str) -> Proof | None:
    return proofs_for(user).filter(directive=directive, digest__startswith=digest).first() if digest else None


def _standing(exempt: bool, signed: bool, report: Done | None, judged: bool) -> Standing:
    if exempt:
        return Standing.EXEMPT
    if report is None:
        return Standing.WORKING if signed else Standing.UNSIGNED
    if not judged or report.verdict == Review.Verdict.ACCEPTED:
        return Standing.DONE
    return Standing.RETURNED if report.verdict == Review.Verdict.RETURNED else Standing.REVIEWING


def _names(of: Round, path: str) -> dict[str, str]:
    """What the units at, above and below the node were called that day, by their paths; above, from the issuer down."""
    placed = Placement.objects.on(of.on)
    below = dict(placed.under(path).values_list("path", "name"))
    above = placed.filter(path__in=way_to(path)).values_list("path", "name")
    return dict(above) | below


def _receipts(of: Round, path: str, at: datetime) -> dict[int, Signature]:
    rows = Receipt.objects.filter(slot__in=under_node(of, path), at__lte=at).order_by("pk")
    columns = ("slot", "by__name", "by__number", "at", "late", "proxy")
    return {slot: Signature(*rest) for slot, *rest in rows.values_list(*columns)}


def _reports(of: Round, path: str, at: datetime) -> dict[int, Done]:
    """The newest report of each copy by then. It is late if the first one was."""
    replies = Reply.objects.filter(slot__in=under_node(of, path), at__lte=at).order_by("slot", "number")
    verdicts = _verdicts(of, path, at)
    columns = ("pk", "slot", "slot__due_at", "by__person__name", "by__person__number", "at", "proxy")
    found: dict[int, Done] = {}
    for pk, slot, due, name, number, when, proxy in replies.values_list(*columns):
        late = found[slot].signature.late if slot in found else when > due
        found[slot] = Done(Signature(name or "", number or "", when, late, proxy), verdicts.get(pk, ""))
    return found


def _verdicts(of: Round, path: str, at: datetime) -> dict[int, str]:
    said = Review.objects.filter(reply__slot__in=under_node(of, path), at__lte=at).order_by("at", "pk")
    return dict(said.values_list("reply", "verdict"))


def _evidence(of: Round, path: str, at: datetime) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows: Any = Evidence.objects.filter(step__slot__in=under_node(of, path), step__at__lte=at)
    for slot, digest in rows.order_by("pk").values_list("step__slot", "digest"):
        found[slot].append(digest)
    return found
