from django.http import HttpRequest, HttpResponse

from wuli.kernel.orgs.access import actor, signed_in
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..forms import SentForm
from ..queries import fate
from ..rules import kinds


@signed_in
def deliveries(request: HttpRequest) -> HttpResponse:
    """What became of the notices that I sent, and of those about the units I answer for."""
    form = SentForm(request.GET, user=actor(request))
    valid = form.is_valid()
    asked = {"kind": form.cleaned_data["kind"], "turn": form.cleaned_data["turn"]} if valid else {}
    notices = fate.sent_by(actor(request), under=form.cleaned_data["unit"] if valid else None, **asked)
    page = page_of(fate.with_fate(notices), order=fate.ORDER, cursor=request.GET.get("after", ""), size=50)
    rows = [(notice, kinds.label_of(notice.kind)) for notice in page.rows]
    context = {"form": form, "page": page, "rows": rows, "fate": fate.fate_of(notices)}
    return page_or_part(request, "notices/deliveries.html", "rows", context, status=200 if valid else 422)
