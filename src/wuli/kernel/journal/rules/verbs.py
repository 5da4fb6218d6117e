"""What verbs mean in words. Each app registers its own; a test finds verbs that were forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Field, Model
from django.utils.functional import Promise

type Words = str | Promise


@dataclass(frozen=True)
class Verb:
    """`label` names it in lists; `sentence` says what happened, with %(who)s, %(what)s (the subject) and %(unit)s."""

    label: Words
    sentence: Words
    looks: bool = False
    """Whether whoever did it saw or took personal data."""
    many: bool = False
    """Whether it touched many people of its unit at once, whom it does not name."""


@dataclass(frozen=True)
class Group:
    """Verbs about one kind of thing, and the words for the fields that their events name."""

    name: str
    label: Words
    verbs: Mapping[str, Verb]
    model: type[Model] | None = None
    words: Mapping[str, Words] = field(default_factory=dict)
    values: Mapping[str, Mapping[Any, Words]] = field(default_factory=dict)
    """For a field, the words for what it may hold, where the model does not know them."""

    def word_for(self, name: str) -> Words:
        """What people call the field: our own word, else the model's, else its bare name."""
        column = self._column(name)
        return self.words.get(name) or (column.verbose_name if column is not None else name)

    def word_of(self, name: str, value: Any) -> Any:
        """What people call that value of the field, where it is one of a list."""
        column = self._column(name)
        known = self.values.get(name) or (dict(column.flatchoices) if column is not None else {})
        return known.get(value, value) if isinstance(value, str) else value

    def _column(self, name: str) -> "Field[Any, Any] | None":
        columns = self.model._meta.fields if self.model else ()
        return next((column for column in columns if column.name == name), None)


_groups: dict[str, Group] = {}


def register(group: Group) -> None:
    """Make the verbs of one kind of thing known: those whose names begin with the group's and a dot."""
    _groups[group.name] = group


def groups() -> list[Group]:
    return list(_groups.values())


def group_of(verb: str) -> Group | None:
    return _groups.get(verb.partition(".")[0])


def meaning_of(verb: str) -> Verb | None:
    group = group_of(verb)
    return group.verbs.get(verb) if group else None


def known() -> dict[str, Verb]:
    return {name: verb for group in _groups.values() for name, verb in group.verbs.items()}


def looking(*, many: bool) -> list[str]:
    """The verbs of those who saw personal data: of one person, or of many at once."""
    return sorted(name for name, verb in known().items() if verb.looks and verb.many == many)
