"""The proof of coverage on paper: of what, counted by level, who has not signed, then every unit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuli.web.listings import Column, Listing

from ..models import Directive, Proof
from ..rules import proof as rules
from ..rules.colours import Standing
from ..rules.proof import Row, Signature, Tally


def paper_of(proof: Proof, rows: Sequence[Row]) -> bytes:
    directive = proof.directive
    number = directive.call.number
    paper = Listing(_("覆盖证明"), rules.note(proof.by.name, number, proof.as_of, proof.digest))
    paper.heading(_("覆盖证明"))
    paper.about(f"{number}《{directive.call.title}》")
    said = {"unit": proof.unit.name, "when": _moment(proof.as_of, "%Y-%m-%d %H:%M:%S"), "who": proof.by.name}
    paper.about(_("范围：%(unit)s　截至 %(when)s　打印人 %(who)s") % said)
    _of_what(paper, directive)
    _by_level(paper, directive, rows)
    _unsigned(paper, [row.name for row in rows if row.standing == Standing.UNSIGNED])
    _each_unit(paper, directive, rows)
    paper.paragraph(f"SHA-256 {rules.in_fours(proof.digest)}", 8.5)
    return paper.pdf()


def _of_what(paper: Listing, directive: Directive) -> None:
    call = directive.call
    assert call.issued_at
    said = {"issuer": call.issuer.name, "day": _moment(call.issued_at, "%Y-%m-%d %H:%M")}
    signer = _("签发人 %(name)s") % {"name": directive.signer.name} if directive.signer else ""
    paper.gap(5)
    paper.paragraph(
        "　".join(filter(None, (_("%(issuer)s，%(day)s 印发") % said, signer))), 9.5, face="bold", quoted=True
    )
    paper.paragraph(call.text, 9.5, quoted=True)


def _by_level(paper: Listing, directive: Directive, rows: Sequence[Row]) -> None:
    paper.section(_("按层级"))
    names = [_("下发"), _("签收"), _("迟签"), _("未签收")]
    names += [_("办结"), _("迟办"), _("未办结")] if directive.asks_action else []
    counted = [*rules.by_kind(rows), (_("合计"), rules.total(rows))]
    paper.table(
        [Column(_("层级"), 16), *(Column(name, 12, is_number=True) for name in (*names, _("免办")))],
        ([label, *(str(n) for n in _counts(directive, tally))] for label, tally in counted),
    )


def _counts(directive: Directive, of: Tally) -> Iterable[int]:
    acted = [of.done, of.done_late, of.undone] if directive.asks_action else []
    return [of.issued, of.received, of.received_late, of.missing, *acted, of.exempt]


def _unsigned(paper: Listing, names: Sequence[str]) -> None:
    if names:
        told = ngettext("未签收的 %(n)s 个单位", "未签收的 %(n)s 个单位", len(names)) % {"n": len(names)}
        paper.section(told)
        paper.paragraph(_("、").join(names))


def _each_unit(paper: Listing, directive: Directive, rows: Iterable[Row]) -> None:
    paper.section(_("逐个单位"))
    columns = [Column(_("单位"), 25), Column(_("上级"), 29), Column(_("签收"), 19)]
    if directive.asks_action:
        columns += [Column(_("办结"), 19), Column(_("佐证"), 8, is_number=True)]
    paper.table(columns, (list(_cells(directive, row)) for row in rows), size=7.5)


def _cells(directive: Directive, row: Row) -> Iterator[str]:
    yield row.name
    yield row.above
    yield _signed(row.received) or row.state
    if directive.asks_action:
        yield _signed(row.done) or row.state
        yield str(len(row.evidence) or "")


def _signed(one: Signature | None) -> str:
    if one is None:
        return ""
    who = f"{one.name}{_('（代）')}" if one.proxy else one.name
    return " ".join(filter(None, (who, _moment(one.at, "%m-%d %H:%M"), _("迟") if one.late else "")))


def _moment(at: datetime, shape: str) -> str:
    return f"{localtime(at):{shape}}"
