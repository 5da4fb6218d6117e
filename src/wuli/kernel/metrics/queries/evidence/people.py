"""Everyone on the roll of a day. In the operations line people lie where their team lay, in the Party line where
their branch did; always by the assignments and the tree of that day, today's too."""

from django.db.models import Q, QuerySet

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models import Assignment, Line, User
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from .placing import line_of, name_on, placed


def on_roll(part: Part) -> QuerySet[Assignment]:
    to = "unit" if line_of(part.path) == Line.OPERATIONS else "branch"
    return placed(Assignment.objects.on(part.on), to, part).annotate(employer_name=name_on(part, "employer"))


def employees(part: Part) -> QuerySet[Assignment]:
    return on_roll(part).filter(employer__isnull=False)


def contractors(part: Part) -> QuerySet[Assignment]:
    return on_roll(part).filter(employer__isnull=True)


def members(part: Part) -> QuerySet[Assignment]:
    return on_roll(part).filter(branch__isnull=False)


def seen(user: User, perm: Perm) -> Q:
    """Of the people of a past day, those with whom `user` may do `perm` today."""
    return reach(user, perm).people("person__")
