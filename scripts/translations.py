"""translations.py check: is every word of the pages translated? translations.py update: bring new ones in.

The source of all words is simplified Chinese, in the code and the templates; English and traditional Chinese stand
in src/wuli/locale. The words are drawn in a copy, so that the check changes nothing in the work tree.
"""

import contextlib
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.makemessages import Command as MakeMessages

SOURCE = Path(__file__).resolve().parents[1] / "src" / "wuli"
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "zh_Hant": "nplurals=1; plural=0;"}
NAMED = 60

HEADER = """\
msgid ""
msgstr ""
"Language: %s\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: %s\\n"
"""


def main(what: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(SOURCE, Path(folder) / "wuli", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        draw(copy)
        if what == "update":
            shutil.copytree(copy / "locale", SOURCE / "locale", dirs_exist_ok=True)
            return 0
        problems = [problem for language in PLURALS for problem in problems_of(copy, language)]
    for problem in problems[:NAMED]:
        print(problem)
    if problems:
        print(f"{len(problems)} words are not translated. Run `make translations` and translate them.")
    return 1 if problems else 0


class Collect(MakeMessages):
    """Django's own command, which also knows the short names under which the code imports the functions."""

    xgettext_options = [*MakeMessages.xgettext_options, "--keyword=lazy", "--keyword=say"]
    msgmerge_options = [*MakeMessages.msgmerge_options, "--no-fuzzy-matching"]


def draw(folder: Path) -> None:
    """Let Django collect the words below `folder` into its locale folder, beside the translations there are."""
    for language in PLURALS:
        write_header(folder, language)
    if not settings.configured:
        settings.configure()
    with contextlib.chdir(folder):
        call_command(Collect(), locale=list(PLURALS), no_obsolete=True, no_wrap=True, add_location="file", verbosity=0)
    for language in PLURALS:
        write_header(folder, language)


def write_header(folder: Path, language: str) -> None:
    """Give a catalogue the shortest header that says how to read it: no dates or names, which change for no reason."""
    file = po(folder, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    words = re.split(r"\n\n", file.read_text(encoding="utf-8"), maxsplit=1)[1:] if file.exists() else []
    file.write_text("\n".join([HEADER % (language, PLURALS[language]), *words]), encoding="utf-8")


def po(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def problems_of(folder: Path, language: str) -> Iterator[str]:
    with po(folder, language).open("rb") as file:
        catalog = read_po(file, locale=language)
    for message in catalog:
        if message.id and (why := why_not(message)):
            places = ", ".join(dict.fromkeys(file for file, _line in message.locations)) or "?"
            yield f"{language}: {why}: {message.id!r} ({places})"


def why_not(message: Message) -> str:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(strings):
        return "missing"
    if message.fuzzy:
        return "only guessed (fuzzy)"
    if wrong := message.check():
        return str(wrong[0])
    return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["check"]))
