"""What was sent to one's units, and what they have sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from wuli.base.clock import now
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..forms.turns import InboxForm, SentForm
from ..queries import copies, coverage, directives
from ..queries.coverage import Progress
from ..rules.slips import slip_of

SHOWN = 20


@needs(Perm.CALL_VIEW)
def inbox(request: HttpRequest) -> HttpResponse:
    """收文: what one's units must still do first, by when it is due; or all of it, the newest first."""
    form, at = InboxForm(request.GET), now()
    sought = form.sought()
    order = ("due_at", "pk") if sought.standing == "owing" else ("-pk",)
    found = copies.received_by(actor(request), sought)
    page = page_of(found, order=order, cursor=request.GET.get("after", ""), size=SHOWN)
    rows = [(slot, slip_of(slot, at)) for slot in page.rows]
    return _list(request, "inbox", {"form": form, "page": page, "rows": rows, "sought": sought})


@needs(Perm.CALL_ISSUE)
def outbox(request: HttpRequest) -> HttpResponse:
    """发文: what one's units have written and sent, with how far each has come."""
    form, at = SentForm(request.GET), now()
    found = directives.sent_by(actor(request), form.sought())
    page = page_of(found, order=directives.ORDER, cursor=request.GET.get("after", ""), size=SHOWN)
    come = coverage.of_many([one.call_id for one in page.rows if not one.is_draft], at)
    rows = [(one, come.get(one.call_id, Progress())) for one in page.rows]
    return _list(request, "sent", {"form": form, "page": page, "rows": rows})


def _list(request: HttpRequest, box: str, context: dict[str, Any]) -> HttpResponse:
    context |= {"box": box, "may_issue": may(actor(request), Perm.CALL_ISSUE)}
    return page_or_part(request, f"directives/{box}.html", "rows", context)
