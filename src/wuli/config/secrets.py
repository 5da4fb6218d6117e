"""Keys from the environment, or made once and kept beside the data for a site that sets none."""

import json
import os
import secrets
from pathlib import Path

VARIABLES = {"SECRET_KEY": "WULI_SECRET_KEY", "DATA_KEYS": "WULI_DATA_KEYS", "HASH_KEY": "WULI_HASH_KEY"}


def load(folder: Path) -> dict[str, str]:
    """SECRET_KEY, DATA_KEYS and HASH_KEY. The file is readable by its owner only; losing it loses identity numbers."""
    given = {name: os.environ[variable] for name, variable in VARIABLES.items() if os.environ.get(variable)}
    return given if len(given) == len(VARIABLES) else _kept(folder / "secrets.json", tuple(VARIABLES)) | given


def _kept(file: Path, wanted: tuple[str, ...]) -> dict[str, str]:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept: dict[str, str] = json.loads(file.read_text())
        return kept
    made = {name: secrets.token_urlsafe(48) for name in wanted}
    with os.fdopen(handle, "w") as out:
        json.dump(made, out)
    return made
