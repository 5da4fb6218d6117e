"""Only actions write to the database: everything else asks them to."""

import ast

import pytest

from tests.architecture.source import SOURCE, module_files

READERS = ("views", "api", "forms", "queries", "rules", "access", "registry", "tasks", "templatetags")
WRITES = {
    "save", "create", "acreate", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "execute",
    "executemany",
}  # fmt: skip
ALLOWED = {
    "wuli/web/api/fields.py: schema.update": "changes the description of a field",
    "wuli/kernel/orgs/queries/units.py: cursor.execute": "reads head counts",
}
"""Where something of these names does not write to the database, and what it does."""


def test_only_actions_write_to_the_database():
    found = [place for file in module_files(*READERS) for place in writes_in(file) if place not in ALLOWED]
    assert found == []


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("unit.save()", True),
        ("Unit.objects.filter(pk=1).update(name='x')", True),
        ("Unit.objects.bulk_create(units)", True),
        ("posting.delete()", True),
        ("cursor.execute('delete from orgs_unit')", True),
        ("known.update(other)", False),
        ("cache.delete('key')", False),
        ("units.close_unit(unit=unit, on=day)", False),
    ],
)
def test_what_counts_as_a_write(code, caught):
    assert is_write(ast.parse(code).body[0].value) == caught


def test_what_is_allowed_is_still_there():
    found = {place for file in module_files(*READERS) for place in writes_in(file)}
    assert ALLOWED.keys() <= found


def writes_in(file):
    """Like `wuli/kernel/orgs/views/units.py: unit.save`."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_write(node):
            yield f"{file.relative_to(SOURCE)}: {ast.unparse(node.func)}"


def is_write(call):
    """`update` and `delete` are also methods of dicts and caches: there they take something, or no keywords."""
    name = call.func.attr
    if name == "update":
        return bool(call.keywords) and not call.args
    if name == "delete":
        return not call.args
    return name in WRITES
