"""What one person keeps, of what another may take from them."""

from datetime import date

from wuli.kernel.orgs.models import Person, Posting, User
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import CellKeeper
from .holders import KEEPERS


def kept_by(person: Person, on: date, *, granted_by: User) -> tuple[list[Posting], list[CellKeeper]]:
    """The grids and cells that `person` keeps on that day or later, where `granted_by` may appoint others."""
    scope = reach(granted_by, Perm.POSTING_GRANT)
    held = Posting.objects.filter(
        scope.units("unit__path"), person=person, duty__in=KEEPERS, until_date__gt=on, stands_in_for=None
    )
    inner = CellKeeper.objects.filter(scope.units("cell__unit__path"), person=person, until_date__gt=on)
    return (
        list(held.select_related("unit").order_by("unit__path", "pk")),
        list(inner.select_related("cell__unit").order_by("cell__unit__path", "pk")),
    )
