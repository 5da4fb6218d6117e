"""What reporting costs, shown with the numbers behind it."""

from django.http import HttpRequest, HttpResponse

from wuli.base.clock import today
from wuli.kernel.orgs.access import needs
from wuli.kernel.orgs.models.unit import Kind
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import page_or_part

from ..queries import burdens as queries
from ..rules import burden


@needs(Perm.FORM_DESIGN)
def burden_page(request: HttpRequest) -> HttpResponse:
    """Minutes a day of whoever answers for a unit, and questions that two forms ask of the same people.

    Counts only, of all reports whoever issued them: a reporter answers them all.
    """
    calls = queries.calls_asking(today())
    asked = queries.burdens(calls, today())
    twins = queries.twins_of(calls, today())
    context = {
        "asked": [(Kind(one.kind).label, one) for one in asked], "hours": sum(one.hours_a_day for one in asked),
        "by_kind": [(Kind(kind).label, minutes) for kind, minutes in queries.minutes_by_kind(asked).items()],
        "twins": [(one, [Kind(kind).label for kind in one.kinds]) for one in twins], "typed": burden.TYPED_SECONDS,
        "prefilled": burden.PREFILLED_SECONDS, "timed": any(one.is_timed for one in asked),
        "fewest": burden.FEWEST_TIMED, "calls": len(calls),
    }  # fmt: skip
    return page_or_part(request, "reports/burden.html", "body", context)
