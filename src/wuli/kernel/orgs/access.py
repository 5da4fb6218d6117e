"""Who may open a door. Every view carries its `needs`; a test finds the ones that do not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest

from .models import Unit, User
from .queries.scope import first_unit, may, units_where
from .rules.duties import Perm

type View = Callable[..., Any]

SIGNED_IN = "signed_in"
OPEN = "open"


class NotAllowed(Http404):
    """Someone may do none of `perms` anywhere. To a person the page is not there; a program is told which it lacks."""

    def __init__(self, perms: tuple[Perm, ...]) -> None:
        super().__init__()
        self.perms = perms


def needs(*perms: Perm) -> Callable[[View], View]:
    """Let through whoever may do one of `perms` somewhere. Others get the answer of a page that is not there.

    Where exactly they may do it is the business of the query that fetches the object.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not any(may(actor(request), perm) for perm in perms):
                raise NotAllowed(perms)
            return view(request, *args, **kwargs)

        guarded.needs = perms  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Let through everybody with an account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.needs = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def actor(request: HttpRequest) -> User:
    """Whoever asks, once a guard has let them through."""
    assert isinstance(request.user, User)
    return request.user


SCOPE_COOKIE = "scope"


def chosen_unit(request: HttpRequest) -> Unit | None:
    """The unit whose figures are being looked at: the one picked, if still within reach, else the first of one's own.

    Remembered on the request, since the shell and the page both ask.
    """
    if not hasattr(request, "_chosen_unit"):
        request._chosen_unit = _picked(request) or first_unit(actor(request))  # type: ignore[attr-defined]
    unit: Unit | None = request._chosen_unit  # type: ignore[attr-defined]
    return unit


def _picked(request: HttpRequest) -> Unit | None:
    pk = request.COOKIES.get(SCOPE_COOKIE, "")
    return units_where(actor(request), Perm.UNIT_VIEW).filter(pk=int(pk)).first() if pk.isdecimal() else None
