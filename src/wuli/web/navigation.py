"""The rail and the phone's tabs: apps register their entries, each person sees their own.

The markup is made once for each set of visible entries, active entry and language, and kept; a request only
asks who may see what, and fills in the counts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .marks import icon_html

COUNT = "\x00"
"""Stands in kept markup, twice around an entry's key, where its count goes."""
KEPT = 500
TABS = 4
"""The fifth opens the whole rail."""


@dataclass(frozen=True)
class Entry:
    """One line of the rail. `url` is the name of a page without arguments.

    The entry lights up on that page and on all below its address, also on pages whose names begin with a word of
    `under` ("orgs:person").
    """

    key: str
    label: str | Promise
    url: str
    icon: str
    group: str
    order: int = 0
    visible: Callable[[HttpRequest], bool] = lambda request: True
    count: Callable[[HttpRequest], int] | None = None
    tab: bool = False
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    key: str
    label: str | Promise
    order: int


_entries: dict[str, Entry] = {}
_groups: dict[str, Group] = {"": Group("", "", 0)}
_sorted: list[Entry] = []
_kept: dict[tuple[object, ...], list[str]] = {}


def register(*entries: Entry) -> None:
    _entries.update({entry.key: entry for entry in entries})
    forget()


def register_group(key: str, label: str | Promise, order: int) -> None:
    _groups[key] = Group(key, label, order)
    forget()


def forget() -> None:
    """Drop what was made from the entries as they were."""
    _sorted.clear()
    _kept.clear()


def entries() -> list[Entry]:
    if not _sorted:
        _sorted.extend(sorted(_entries.values(), key=lambda entry: (_group(entry).order, entry.order, entry.key)))
    return _sorted


def visible_entries(request: HttpRequest) -> tuple[Entry, ...]:
    """What the asker may open, asked once a request. Nobody signed in: nothing."""
    if not hasattr(request, "_visible_entries"):
        user = getattr(request, "user", None)
        known = entries() if user is not None and user.is_authenticated else []
        request._visible_entries = tuple(entry for entry in known if entry.visible(request))  # type: ignore[attr-defined]
    found: tuple[Entry, ...] = request._visible_entries  # type: ignore[attr-defined]
    return found


def groups(request: HttpRequest) -> list[tuple[Group, list[Entry]]]:
    return _grouped(visible_entries(request))


def active_key(request: HttpRequest) -> str:
    """The entry of this page: by the page's name, then by `under`, then by the longest address it lies below."""
    match, found = request.resolver_match, visible_entries(request)
    name = match.view_name if match else ""
    for entry in found:
        if name == entry.url:
            return entry.key
    for entry in found:
        if name and entry.under and name.startswith(entry.under):
            return entry.key
    above = [(reverse(entry.url), entry.key) for entry in found]
    above = [(path, key) for path, key in above if path != get_script_prefix() and request.path.startswith(path)]
    return max(above, default=("", ""))[1]


def rail_html(request: HttpRequest, active: str | None = None) -> SafeString:
    return _filled(request, "rail", active, _rail)


def tabs_html(request: HttpRequest, active: str | None = None) -> SafeString:
    return _filled(request, "tabs", active, _tabs)


def _filled(
    request: HttpRequest, kind: str, active: str | None, make: Callable[[tuple[Entry, ...], str], SafeString]
) -> SafeString:
    shown = visible_entries(request)
    on = active or active_key(request)
    place = (kind, get_language(), get_script_prefix(), on, tuple(entry.key for entry in shown))
    if (pieces := _kept.get(place)) is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        pieces = _kept[place] = make(shown, on).split(COUNT)
    counts = _counts(request, shown)
    # Every second piece is a key: text, key, text, key, text.
    return mark_safe("".join(counts.get(piece, "") if odd % 2 else piece for odd, piece in enumerate(pieces)))


def _counts(request: HttpRequest, shown: tuple[Entry, ...]) -> dict[str, str]:
    """Asked once a request for rail and tabs together. Zero is not shown: there is nothing to do."""
    if not hasattr(request, "_entry_counts"):
        numbers = {entry.key: entry.count(request) for entry in shown if entry.count}
        request._entry_counts = {key: f"{number:,}" if number else "" for key, number in numbers.items()}  # type: ignore[attr-defined]
    found: dict[str, str] = request._entry_counts  # type: ignore[attr-defined]
    return found


def _rail(shown: tuple[Entry, ...], on: str) -> SafeString:
    html = SafeString("")
    for group, members in _grouped(shown):
        if group.label:
            html += format_html('<div class="grp">{}</div>', group.label)
        for entry in members:
            html += _link(entry, entry.key == on, format_html('<span class="cut">{}</span>', entry.label))
    return html


def _tabs(shown: tuple[Entry, ...], on: str) -> SafeString:
    html = SafeString("")
    for entry in sorted((entry for entry in shown if entry.tab), key=lambda entry: entry.order)[:TABS]:
        html += _link(entry, entry.key == on, format_html('<span class="cut">{}</span>', entry.label))
    return html


def _link(entry: Entry, on: bool, label: SafeString) -> SafeString:
    current = mark_safe(' class="on" aria-current="page"') if on else ""
    count = format_html('<span class="n num">{0}{1}{0}</span>', COUNT, entry.key) if entry.count else ""
    return format_html(
        '<a href="{}" title="{}"{}>{}{}{}</a>',
        reverse(entry.url),
        entry.label,
        current,
        icon_html(entry.icon),
        label,
        count,
    )


def _group(entry: Entry) -> Group:
    return _groups.get(entry.group) or Group(entry.group, entry.group, 1000)


def _grouped(shown: tuple[Entry, ...]) -> list[tuple[Group, list[Entry]]]:
    by_key: dict[str, tuple[Group, list[Entry]]] = {}
    for entry in shown:
        by_key.setdefault(entry.group, (_group(entry), []))[1].append(entry)
    return list(by_key.values())
