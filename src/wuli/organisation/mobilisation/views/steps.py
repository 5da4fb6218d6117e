"""What all pages with a form have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from wuli.base.errors import Refused
from wuli.web.pages import blame, page_or_part

type Words = str | Promise
type Done = tuple[str, str]
"""The sentence that says what was done, and where to go."""


@dataclass(frozen=True)
class Step:
    """`active` names the entry of the rail; `crumbs` are those above this page."""

    title: Words
    verb: Words
    back: str
    active: str
    crumbs: tuple[tuple[Words, str], ...] = ()
    note: Words = ""
    danger: bool = False


def take(request: HttpRequest, step: Step, form: Form, do: Callable[[dict[str, Any]], Done]) -> HttpResponse:
    """Show the form; once it is filled in rightly, do it and go on."""
    if request.method == "POST" and form.is_valid():
        try:
            sentence, url = do(form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, sentence)
            return redirect(url)
    context = {"step": step, "form": form, "active": step.active, "crumbs": [*step.crumbs, (step.title, "")]}
    return page_or_part(request, "mobilisation/form.html", "form", context, status=422 if form.is_bound else 200)
