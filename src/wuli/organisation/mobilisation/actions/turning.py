"""What the actions of this app have in common."""

from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm


def person_of(user: User) -> Person:
    """Raises Refused for an account that belongs to nobody."""
    if user.person is None:
        raise Refused(_("这个账号没有对应的在册人员"))
    return user.person


def refuse_stranger(user: User, body: Unit, field: str | None = None) -> None:
    """Raises Refused for someone who does not organise `body`."""
    if not may(user, Perm.PARTY_ORGANISE, body):
        raise Refused(_("您没有组织“%(unit)s”党员的职责") % {"unit": body.name}, code="beyond_reach", field=field)
