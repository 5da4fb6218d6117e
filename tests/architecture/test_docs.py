"""The reference pages know everything that an operator can set, run or grant."""

import re
from runpy import run_path

import pytest
from django.core.management import get_commands, load_command_class

from tests.architecture.source import PROJECT, SOURCE

REFERENCE = PROJECT / "docs" / "reference"
VARIABLE = re.compile(r"\bWULI_[A-Z]+(?:_[A-Z]+)*\b")
COMMANDS = {name: app for name, app in get_commands().items() if str(app).startswith("wuli.")}
OF_DJANGO = {"help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color",
             "skip_checks"}  # fmt: skip


def section(page, title):
    """What stands under this heading, up to the next one of the same rank."""
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def test_every_setting_is_documented_and_no_other():
    read = {name for file in SOURCE.rglob("*.py") for name in VARIABLE.findall(file.read_text())}
    documented = set(VARIABLE.findall((REFERENCE / "settings.md").read_text()))
    assert documented == read


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options(name):
    said = section((REFERENCE / "commands.md").read_text(), f"wuli {name}")
    parser = load_command_class(COMMANDS[name], name).create_parser("wuli", name)
    options = [word for action in parser._actions if action.dest not in OF_DJANGO for word in action.option_strings]

    assert said
    assert [option for option in options if f"`{option}`" not in said] == []


def test_permissions_and_duties_are_documented_as_they_are():
    written_now = run_path(str(PROJECT / "scripts" / "reference.py"))["page"]()
    assert (REFERENCE / "permissions.md").read_text() == written_now, "run `make docs`"


def test_metrics_are_documented_as_they_are():
    written_now = run_path(str(PROJECT / "scripts" / "reference.py"))["metrics_page"]()
    assert (REFERENCE / "metrics.md").read_text() == written_now, "run `make docs`"


@pytest.mark.parametrize("page", sorted((PROJECT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []
