"""The `wuli` command: every operation of the system is a sub-command."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wuli.config.settings")
    execute_from_command_line(["wuli", *(sys.argv[1:] or ["help"])])
