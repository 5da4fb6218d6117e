"""One view and one template for the whole page and for the part of it that htmx asks for."""

from datetime import date
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from wuli.base.clock import today
from wuli.base.errors import Refused


def day_asked(request: HttpRequest) -> date:
    """The day in `?on=`, never later than today; what is no day means today."""
    try:
        return min(date.fromisoformat(request.GET.get("on", "")), today())
    except ValueError:
        return today()


def blame(form: Form, no: Refused) -> None:
    """Put a refusal beside the field that it names, or above the form."""
    form.add_error(no.field if no.field in form.fields else None, str(no))


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece to put into a page that is already there.

    Going back in the browser asks again for the whole page, through htmx too.
    """
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def page_or_part(
    request: HttpRequest, template: str, part: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The whole page, or only its `{% partialdef part %}`. Give a part nothing its reader may not see."""
    name = f"{template}#{part}" if wants_part(request) else template
    answer = render(request, name, context, status=status)
    patch_vary_headers(answer, ["HX-Request", "HX-History-Restore-Request"])
    return answer
