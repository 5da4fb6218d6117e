"""Which number of someone who holds a duty a reader is shown."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from wuli.base.masking import mask_phone
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.queries.scope import Scope, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Contact

FEW = 500


class Phones:
    """The numbers of some people as one reader may see them: work phones are public, those of the roster masked."""

    def __init__(self, reader: User, people: Iterable[int]) -> None:
        self._published = published(set(people))
        self._reach: Scope = reach(reader, Perm.PERSON_UNMASK)

    def shown(self, person: Person) -> str:
        """On pages: the work phone, else the roster's number with its middle hidden."""
        return shown(self._published.get(person.pk), person.phone)

    def on_board(self, person: Person) -> str:
        """On boards: the work phone, else the roster's number if the reader may see it; else "", to be written in."""
        if work := self._published.get(person.pk):
            return work
        return person.phone if self.needs_unmasking(person) else ""

    def needs_unmasking(self, person: Person) -> bool:
        """Whether a board would show the reader this person's number of the roster, which is a look at it."""
        return bool(person.pk not in self._published and person.phone and self._reach.reaches(person.path))


def shown(published: str | None, own: str) -> str:
    """The work phone, else the roster's number with its middle hidden."""
    return published or mask_phone(own)


def work_phone(person: str) -> Subquery:
    """The number that the person to whom the field `person` leads has made known."""
    return Subquery(Contact.objects.filter(person=OuterRef(person)).values("phone")[:1])


def published(people: set[int]) -> dict[int, str]:
    """The work phones that some of these people have made known."""
    wanted = sorted(people)
    some = (wanted[start : start + FEW] for start in range(0, len(wanted), FEW))
    return {key: phone for keys in some for key, phone in _of(keys)}


def _of(keys: list[int]) -> Iterable[tuple[int, str]]:
    return Contact.objects.filter(person__in=keys).values_list("person_id", "phone")
