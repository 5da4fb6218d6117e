"""One meeting, or the coming ones of a series, as a file for calendars."""

from django.http import HttpRequest, HttpResponse

from wuli.base.clock import now
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.calendars import calendar_file

from ..queries import meetings
from ..queries import series as queries
from ..registry.appointments import appointment_of

AHEAD = 60


@signed_in
def meeting_ics(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meetings.meeting_for(actor(request), pk)
    return calendar_file(f"{meeting.title} {meeting.on}", [appointment_of(meeting)])


@needs(Perm.MEETING_ARRANGE)
def series_ics(request: HttpRequest, pk: int) -> HttpResponse:
    series = queries.one_for(actor(request), pk)
    coming = meetings.calendar_of(series, now())[:AHEAD]
    return calendar_file(series.title, [appointment_of(meeting) for meeting in coming])
