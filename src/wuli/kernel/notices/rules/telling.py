"""What a notice may hold."""

from ..models.notice import LONGEST_KEY, LONGEST_TEXT, LONGEST_URL

CUT = "…"


def why_not_url(url: str) -> str | None:
    """Why `url` is no address inside the site. Told to programmers."""
    inside = not url or (url.startswith("/") and not url.startswith(("//", "/\\")))
    if not inside or "\\" in url or not url.isprintable() or " " in url:
        return f"{url!r} is not an address inside the site"
    return f"the address is longer than {LONGEST_URL}" if len(url) > LONGEST_URL else None


def why_not_key(key: str) -> str | None:
    return None if 0 < len(key) <= LONGEST_KEY else f"a key has 1 to {LONGEST_KEY} signs, not {len(key)}"


def fitted(text: str) -> str:
    """`text` in one line, cut where it would be too long. Raises ValueError if nothing is said."""
    line = " ".join(text.replace("\0", "").split())
    if not line:
        raise ValueError("a notice says something")
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - len(CUT)] + CUT
