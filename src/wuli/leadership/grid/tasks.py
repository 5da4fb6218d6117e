"""Boards set in type: a few while one waits, hundreds by the worker, in the language of whoever asked."""

from collections.abc import Sequence
from datetime import datetime

from django.tasks import task
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wuli.base.clock import business_date, now
from wuli.base.errors import Refused
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import documents

from .actions import boards, packs
from .models import Pack
from .queries.boards import grids_below, notices
from .rules.boards import Notice


def set_in_type(made: Sequence[Notice], *, size: str, by: User, at: datetime) -> bytes:
    """One sheet of paper for each board. Raises Refused where the system lacks the libraries."""
    said = {"who": str(by), "at": date_format(localtime(at), "Y-m-d H:i")}
    note = _("%(who)s 于 %(at)s 印制") % said
    context = {"notices": made, "size": size, "note": note, "day": business_date(at)}
    return documents.pdf("grid/boards_paper.html", context)


@task
def make_pack(pk: int, language: str | None) -> None:
    pack = Pack.objects.select_related("unit").filter(pk=pk, status=Pack.Status.MAKING).first()
    if pack is None:
        return
    by, at = User.objects.select_related("person__branch").get(pk=pack.by_id), now()
    with translation.override(language):
        try:
            if not may(by, Perm.POSTING_VIEW, pack.unit):
                raise Refused(_("您已不能查看%(unit)s的任职") % {"unit": pack.unit.name})
            below = grids_below(pack.unit, business_date(at), pack.kinds.split(","))
            made = notices(below, business_date(at), reader=by, printing=True)
            boards.note_print(unit=pack.unit, notices=made, size=pack.size, by=by, at=at)
            content = set_in_type(made, size=pack.size, by=by, at=at)
        except Refused as no:
            packs.fail(pack=pack, reason=str(no), at=now())
        else:
            packs.finish(pack=pack, content=content, at=now())


def set_going(pack: Pack) -> None:
    make_pack.enqueue(pack.pk, translation.get_language())
