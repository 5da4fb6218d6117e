"""wuli verify: prove that nothing was written past the actions."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from wuli.config.exits import FAILED
from wuli.kernel.journal import queries as journal
from wuli.kernel.orgs.queries import soundness

TELL_EVERY = 1000


class Command(BaseCommand):
    help = "Check the chain of events link by link, and that tree, roll and their histories agree. Ends with 1 if not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", metavar="DIGEST", help="a digest noted earlier, from the log or a backup: it must be in the chain"
        )

    def handle(self, *, head: str | None, **options: Any) -> None:
        problems = [problem for problem in (self._chain_problem(), self._head_problem(head)) if problem]
        problems += [_fault_sentence(fault) for fault in soundness.faults(self._tell_rule)]
        if problems:
            raise CommandError("\n".join(problems), returncode=FAILED)
        self.stdout.write(_("单位、人员和各自的沿革彼此相符"))

    def _chain_problem(self) -> str:
        position, _digest = journal.head()
        with tqdm(total=position, desc=_("核验审计链"), unit=_("条"), disable=not sys.stderr.isatty()) as bar:

            def tell(done: int) -> None:
                if done % TELL_EVERY == 0:
                    bar.update(TELL_EVERY)

            verdict = journal.verify_chain(tell)
        if not verdict.holds:
            return _("审计链在第 %(position)d 条断开（%(reason)s），此前各条完好") % {
                "position": verdict.broken, "reason": verdict.reason}  # fmt: skip
        self.stdout.write(
            _("审计链完好：已封存 %(sealed)d 条，待封存 %(unsealed)d 条，末端 %(head)s")
            % {"sealed": verdict.sealed, "unsealed": verdict.unsealed, "head": verdict.head}
        )
        return ""

    def _head_problem(self, digest: str | None) -> str:
        if digest and not journal.has_link(digest):
            return _("审计链中没有摘要 %(digest)s：其后的日志被截去或改写，或它已按保存期限清理") % {"digest": digest}
        return ""

    def _tell_rule(self, sentence: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(sentence)


def _fault_sentence(fault: soundness.Fault) -> str:
    return _("不成立：%(rule)s（%(count)d 处，编号 %(rows)s）") % {
        "rule": fault.sentence, "count": fault.count, "rows": _("、").join(map(str, fault.rows))}  # fmt: skip
