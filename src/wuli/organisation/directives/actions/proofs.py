"""Proofs of coverage: taken, set as a paper, exported; each is on record with its digest."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.cascade.queries.board import Node
from wuli.kernel.journal import actions as journal
from wuli.kernel.ledger.actions import evidence
from wuli.kernel.orgs.models import User

from ..models import Directive, Proof
from ..queries.directives import round_of
from ..queries.proof import rows_at
from ..rules import proof as rules
from ..rules.proof import Row

PRINTED, EXPORTED = "directive.proof_taken", "directive.proof_exported"


@transaction.atomic
def take(
    *, directive: Directive, node: Node, by: User, at: datetime, verb: str = PRINTED
) -> tuple[Proof, list[Row]]:  # fmt: skip
    """Write down who took the proof of a node at a moment, with the digest of its rows; returns both."""
    if by.person is None:
        raise Refused(_("这个账号不属于任何人，不能打印证明"))
    of = round_of(directive)
    rows = rows_at(of, node.path, at)
    told = rules.digest(of.call.number, node.unit.code, at, rows)
    proof = Proof.objects.create(
        directive=directive, unit=node.unit, path=node.path, as_of=at, rows=len(rows), digest=told, by=by.person,
        totals=asdict(rules.total(rows)), language=get_language() or "",
    )  # fmt: skip
    changes = {"rows": [None, len(rows)], "digest": [None, told], "as_of": [None, at.isoformat()]}
    journal.record(verb, subject=directive, unit=node.unit, changes=changes, by=by, at=at)
    return proof, rows


def keep_paper(*, proof: Proof, content: bytes) -> None:
    """Put the paper of a proof into the private folder."""
    Proof.objects.filter(pk=proof.pk).update(file=evidence.put(content))
