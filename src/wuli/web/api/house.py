"""The JSON interface as a whole: one shape of refusals, no unknown parameter, ETags, a complete document."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from . import openapi
from .problems import HANDLERS, on_missing, wrong_method

type View = Callable[..., Any]


class PlainJson(JSONRenderer):
    """Chinese as it is written, not as twice as many escapes."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Api(NinjaAPI):
    """The library's interface without its pages, which load scripts from other hosts.

    `admit(request, needs)` is asked whether the caller may use an operation, before anything of what they sent is
    read: whoever may not does not learn what it takes. It raises what the handlers answer.
    """

    def __init__(self, *, admit: Callable[[HttpRequest, Any], None], **options: Any) -> None:
        super().__init__(openapi_url=None, docs_url=None, renderer=PlainJson(), **options)
        self._admit = admit
        self._documents: dict[str | None, bytes] = {}
        for kind, handler in HANDLERS.items():
            self.add_exception_handler(kind, handler)
        self.add_decorator(only_known_parameters)
        self.add_decorator(note_operation, mode="view")
        self.add_decorator(conditional_page, mode="view")

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """The library's first step once it knows the caller, and its last before it reads what they sent."""
        self._admit(request, needs_of(request.operation))  # type: ignore[attr-defined]
        return super().create_temporal_response(request)

    def operations(self) -> Iterator[Operation]:
        """Every operation of every router, bound to this interface."""
        for bound in self._get_bound_routers():
            for view in bound.path_operations.values():
                yield from view.operations

    def operations_without_need(self) -> list[str]:
        """Operations that do not say what whoever calls them must be allowed to do."""
        return [operation.view_func.__name__ for operation in self.operations() if not needs_of(operation)]

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **where: Any) -> Any:
        document = super().get_openapi_schema(**where)
        return openapi.completed(document, {name_of(operation): needs_of(operation) for operation in self.operations()})

    def document(self) -> bytes:
        """The OpenAPI document in the language of the request, made once for each."""
        language = get_language()
        if language not in self._documents:
            text = json.dumps(self.get_openapi_schema(), cls=DjangoJSONEncoder, ensure_ascii=False)
            self._documents[language] = text.encode()
        return self._documents[language]

    @property
    def urls(self) -> Any:
        patterns, app, namespace = super().urls
        for pattern in patterns:
            assert pattern.callback is not None
            pattern.callback = _door(pattern.callback)
        return [*patterns, path("<path:rest>", _door(_nowhere))], app, namespace


def name_of(operation: Operation) -> str:
    return operation.operation_id or operation.view_func.__name__


def needs_of(operation: Operation) -> Any:
    return getattr(operation.view_func, "needs", None)


def note_operation(run: View) -> View:
    """Write on the request which operation it is for. It must be the first to be wrapped around the operation."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]

    @wraps(run)
    def noted(request: HttpRequest, **where: Any) -> Any:
        request.operation = operation  # type: ignore[attr-defined]
        return run(request, **where)

    return noted


def only_known_parameters(view: View) -> View:
    """Refuse query parameters that the operation does not have, and those given twice.

    The library picks the parameters it knows and drops the rest, so that a misspelt filter would
    silently answer with everything.
    """
    operation: Operation = view._ninja_operation  # type: ignore[attr-defined]
    queries = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    known = {name for model in queries for name in model.__ninja_flatten_map__}

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        wrong = [_fault(name, "extra_forbidden") for name in sorted(set(request.GET) - known)]
        wrong += [_fault(name, "repeated") for name, values in request.GET.lists() if len(values) > 1]
        if wrong:
            raise ValidationError(wrong)
        return view(request, *args, **kwargs)

    return checked


def _fault(name: str, kind: str) -> dict[str, Any]:
    return {"loc": ("query", name), "type": kind}


def _door(view: View) -> View:
    """What comes out is JSON, private to whoever asked, even where no operation answers."""

    @wraps(view, updated=())
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = view(request, *args, **kwargs)
        except Http404 as nothing:
            response = on_missing(request, nothing)
        if response.status_code == 405:
            response = wrong_method(response["Allow"])
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
        return response

    answered.csrf_exempt = True  # type: ignore[attr-defined]  # sessions are checked by the authentication
    answered.needs = ()  # type: ignore[attr-defined]  # each operation says its own, once it is known who calls
    return answered


def _nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404
