"""Every verb that the program records can be said in words."""

import ast
import re
from pathlib import Path

import pytest

import wuli
from wuli.kernel.journal.rules import verbs

SOURCE = Path(wuli.__file__).parent
RECORDERS = {"record", "Entry", "note_change", "_note"}
"""Functions whose first argument is a verb."""
VERB = re.compile(r"[a-z_]+\.[a-z_]+")


def recorded():
    """(verb, place) of every verb that stands in the source: given to a recorder, or kept in a table of actions."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree, place = ast.parse(path.read_text()), path.relative_to(SOURCE)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in RECORDERS and node.args:
                yield from _verbs(node.args[0], f"{place}:{node.lineno}")
            if "actions" in place.parts and isinstance(node, ast.Dict):
                for value in node.values:
                    yield from _verbs(value, f"{place}:{node.lineno}")


def _name(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _verbs(node, place):
    """The text itself if it looks like a verb; of one put together, its beginning with a star."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = parts[0].value if isinstance(parts[0], ast.Constant) else None
    if isinstance(text, str) and VERB.fullmatch(text):
        yield text + "*" * (len(parts) > 1), place


def is_known(verb):
    if verb.endswith("*"):
        return any(name.startswith(verb[:-1]) for name in verbs.known())
    return verb in verbs.known()


def test_every_verb_in_the_source_is_registered():
    found = list(recorded())

    assert {"person.unmasked", "unit.opened", "events.trimmed"} <= {verb for verb, _place in found}
    assert [f"{verb} ({place})" for verb, place in found if not is_known(verb)] == []


@pytest.mark.parametrize("group", verbs.groups(), ids=lambda group: group.name)
def test_a_group_has_the_verbs_of_its_name_each_with_a_label_and_a_sentence(group):
    for name, verb in group.verbs.items():
        assert name.startswith(f"{group.name}.")
        assert str(verb.label)
        assert str(verb.sentence) % {"who": "甲", "what": "乙", "unit": "丙"}


def test_labels_are_told_apart():
    labels = [str(verb.label) for verb in verbs.known().values()]

    assert len(set(labels)) == len(labels)


def test_verbs_that_show_personal_data_are_known_as_such():
    assert verbs.looking(many=False) == ["person.unmasked", "person.viewed"]
    assert verbs.looking(many=True) == [
        "metric.people_exported", "metric.people_seen", "roster.exported", "roster.imported",
    ]  # fmt: skip


def test_every_verb_stands_in_the_reference():
    reference = (SOURCE.parents[1] / "docs" / "reference" / "events.md").read_text()

    assert [name for name in verbs.known() if f"| `{name}` |" not in reference] == []
