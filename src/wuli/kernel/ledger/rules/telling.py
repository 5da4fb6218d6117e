"""An event as a person reads it: a sentence, and what changed as a small table."""

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wuli.kernel.journal.models import Event
from wuli.kernel.journal.rules import verbs
from wuli.kernel.orgs.models import Unit

NOTHING = "—"


@dataclass(frozen=True)
class Change:
    """One field of what changed, in words."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        told = self.after if self.before == NOTHING else f"{self.before} → {self.after}"
        return _("：").join((self.label, told))


@dataclass(frozen=True)
class Line:
    """An event with the names behind its numbers."""

    event: Event
    unit: Unit | None
    actor_code: str
    """What to ask for to see everything this actor did; likewise the subject."""
    subject_code: str

    @property
    def sentence(self) -> SafeString:
        return sentence(self.event, self.unit.name if self.unit else "")

    @property
    def label(self) -> str:
        return label_of(self.event.verb)

    @property
    def changes(self) -> list[Change]:
        return changes(self.event)

    @property
    def detail(self) -> str:
        """Why, and what changed, in a line."""
        told = [str(one) for one in self.changes if (one.before, one.after) != (NOTHING, NOTHING)]
        return _("；").join([self.event.reason, *told] if self.event.reason else told)


def sentence(event: Event, unit: str = "", *, what: str = "") -> SafeString:
    """What happened, names in bold. `what` takes the subject's place: "you" for the person concerned."""
    names = {"who": who(event), "what": what or event.subject_name or _("（未知）"), "unit": unit or _("（无单位）")}
    meaning = verbs.meaning_of(event.verb)
    pattern = str(meaning.sentence) if meaning else f"%(who)s {event.verb} %(what)s"
    bold = {name: format_html("<b>{}</b>", value) for name, value in names.items()}
    return mark_safe(conditional_escape(pattern) % bold)  # both halves are escaped


def plain(sentence: str) -> str:
    """A sentence without its marks, for files and programs."""
    return unescape(strip_tags(sentence)) if isinstance(sentence, SafeString) else sentence


def who(event: Event) -> str:
    return event.actor_name or _("系统")


def label_of(verb: str) -> str:
    """The word for a verb, or for a whole group of them."""
    meaning, group = verbs.meaning_of(verb), verbs.group_of(verb)
    return str(meaning.label if meaning else group.label if group and group.name == verb else verb)


def changes(event: Event) -> list[Change]:
    group = verbs.group_of(event.verb)
    return [_change(group, name, pair) for name, pair in event.changes.items()]


def seen(event: Event) -> str:
    """Which value of a person someone uncovered; empty if none."""
    group, pair = verbs.group_of(event.verb), event.changes.get("field")
    return _change(group, "field", pair).after if pair else ""


def _change(group: verbs.Group | None, name: str, pair: Any) -> Change:
    before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
    return Change(_word(group, name), _shown(group, name, before), _shown(group, name, after))


def _shown(group: verbs.Group | None, name: str, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return _("、").join(_shown(group, name, one) for one in value)
    if isinstance(value, dict):
        return _("，").join(f"{_word(group, key)} {_shown(group, key, inner)}" for key, inner in value.items())
    return str(group.word_of(name, value) if group else value)


def _word(group: verbs.Group | None, name: str) -> str:
    return str(group.word_for(name)) if group else name
