"""What every change of a response in force has in common: it is locked, and somebody entitled asks for it."""

from wuli.base.errors import refuse
from wuli.kernel.orgs.models import Person, User

from ..models import Response
from ..queries.responses import commanded
from ..rules import responses as rules


def held(response: Response) -> Response:
    """The response as it is now, held until the transaction ends."""
    return Response.objects.select_for_update(of=("self",)).select_related("issuer__serves").get(pk=response.pk)


def held_for(response: Response, by: User) -> Response:
    """Held, for whoever commands it. Raises Refused."""
    response = held(response)
    refuse(rules.why_not_act(response, may=commanded(by, response.issuer)))
    return response


def person_or_none(by: User | None) -> Person | None:
    return by.person if by else None
