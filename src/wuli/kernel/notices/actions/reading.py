"""Noting that someone has seen what they were told. The notice itself is the record: reading is no event."""

from datetime import datetime

from wuli.kernel.orgs.models import Person

from ..models import Notice


def read(*, notice: Notice, at: datetime) -> None:
    """Once read stays read: the first moment counts."""
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=at)


def read_all(*, person: Person, at: datetime) -> int:
    """All that had been made by `at`; returns how many were new."""
    return Notice.objects.unread().filter(person=person, made_at__lte=at).update(read_at=at)


def read_here(*, person: Person, url: str, at: datetime) -> int:
    """Those that lead to the page which `person` has just seen; returns how many were new."""
    return Notice.objects.unread().filter(person=person, url=url).update(read_at=at)
