"""The turns that people can give a thing with a page of its own: each a button, a form, an action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.functional import Promise


@dataclass(frozen=True)
class Turn:
    """One turn: the form it asks for, the action that takes what the form gives, and its words."""

    form: Callable[..., Form]
    do: Callable[..., Any]
    title: Promise
    verb: Promise
    done: Promise
    text: Promise | str = ""
    danger: bool = False
