"""Setting a proof as a paper: at once if it is short, else by the worker, since a thousand rows take a while."""

from django.tasks import task
from django.utils import translation

from wuli.web.documents import pdf

from .actions import proofs
from .models import Proof
from .queries.directives import round_of
from .queries.proof import rows_at
from .rules import proof as rules

AT_ONCE = 400
"""Rows that are set while somebody waits."""


def set_going(proof: Proof) -> None:
    if proof.rows <= AT_ONCE:
        print_proof.call(proof.pk, translation.get_language())
    else:
        print_proof.enqueue(proof.pk, translation.get_language())


@task
def print_proof(pk: int, language: str | None) -> None:
    proof = Proof.objects.select_related("directive__call__issuer", "directive__signer", "unit", "by").get(pk=pk)
    with translation.override(language):
        proofs.keep_paper(proof=proof, content=pdf("directives/papers/proof.html", _told(proof)))


def _told(proof: Proof) -> dict[str, object]:
    of = round_of(proof.directive)
    rows = rows_at(of, proof.path, proof.as_of)
    note = rules.note(proof.by.name, of.call.number, proof.as_of, proof.digest)
    return {
        "proof": proof, "directive": proof.directive, "rows": rows, "kinds": rules.by_kind(rows), "note": note,
        "total": rules.total(rows), "digest": rules.in_fours(proof.digest),
        "missing": [row for row in rows if row.standing == "unsigned"],
    }  # fmt: skip
