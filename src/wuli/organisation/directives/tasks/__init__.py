"""Setting a proof as a paper: while somebody waits, but for the very longest, which are left to the worker."""

from django.tasks import task
from django.utils import translation

from ..actions import proofs
from ..models import Proof
from ..queries.directives import round_of
from ..queries.proof import rows_at
from .paper import paper_of

AT_ONCE = 1000
"""Rows that are set while somebody waits: some two seconds, as few rows take too: the fonts do."""


def set_going(proof: Proof) -> None:
    if proof.rows <= AT_ONCE:
        print_proof.call(proof.pk, translation.get_language())
    else:
        print_proof.enqueue(proof.pk, translation.get_language())


@task
def print_proof(pk: int, language: str | None) -> None:
    proof = Proof.objects.select_related("directive__call__issuer", "directive__signer", "unit", "by").get(pk=pk)
    rows = rows_at(round_of(proof.directive), proof.path, proof.as_of)
    with translation.override(language):
        proofs.keep_paper(proof=proof, content=paper_of(proof, rows))
