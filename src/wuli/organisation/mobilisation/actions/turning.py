"""What the actions of this app have in common."""

from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm


def refuse_stranger(user: User, body: Unit, field: str | None = None) -> None:
    """Raises Refused for someone who does not organise `body`."""
    if not may(user, Perm.PARTY_ORGANISE, body):
        raise Refused(_("您没有组织“%(unit)s”党员的职责") % {"unit": body.name}, code="beyond_reach", field=field)
