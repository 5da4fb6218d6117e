"""What the library leaves out of its OpenAPI document: every answer that an operation can give, and who may call it."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from .problems import Problem

METHODS = ("get", "post", "put", "patch", "delete")
KEY = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[!-~]+$"}


def completed(document: Any, needs: dict[str, Any]) -> Any:
    """`document` with problems, headers and needs filled in. `needs` are by operation id."""
    for place, method, operation in operations(document):
        operation["x-needs"] = said(needs.get(operation["operationId"]))
        for parameter in operation["parameters"]:
            parameter["schema"] = _without_null(parameter["schema"])
            if parameter["in"] == "path":
                parameter.setdefault("description", _("编号") if parameter["name"] != "code" else _("编码"))
        _complete_answers(method, place, operation)
    document["components"]["schemas"] = _used(document["components"]["schemas"] | _problem_schemas(), document["paths"])
    return document


def operations(document: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) in the order of the document."""
    for place, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                yield place, method, methods[method]


def said(needs: Any) -> list[str]:
    """What an operation needs, as words: permissions, or that one is signed in."""
    return [str(need) for need in ([needs] if isinstance(needs, str) else needs or [])]


def _complete_answers(method: str, place: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    for status in _statuses(method, place, "requestBody" in operation):
        answers.setdefault(status, _refusal(status))
    answers[429]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": _("多少秒后再试")}}
    if method == "get":
        answers[200].setdefault("headers", {})["ETag"] = {"schema": {"type": "string"}}
        answers[304] = {"description": _("与 If-None-Match 相同，没有变化")}
        operation["parameters"].append(_header("If-None-Match", _("上次答复的 ETag"), {"type": "string"}))
    else:
        operation["parameters"].append(_header("Idempotency-Key", _("重试时使用同一个值，只会办理一次"), KEY))
    operation["responses"] = {str(status): answers[status] for status in sorted(answers)}


def _statuses(method: str, place: str, has_body: bool) -> Iterable[int]:
    yield from (401, 403, 422, 429)
    if "{" in place:
        yield 404
    if method != "get":
        yield 409
    if has_body:
        yield from (400, 413)


def _refusal(status: int) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": _words(status), "content": {"application/json": {"schema": reference}}}


def _words(status: int) -> str:
    return {
        400: _("请求体不是合法的 JSON"),
        401: _("没有令牌，或令牌无效、过期、已撤销"),
        403: _("没有这项权限"),
        404: _("没有找到，或不在权限范围内"),
        409: _("当前状态不允许"),
        413: _("请求体太大"),
        422: _("参数或内容不合要求"),
        429: _("请求过于频繁"),
    }[status]


def _header(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": False, "description": words, "schema": schema}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is left out, never null: {anyOf: [X, null]} is X."""
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    return {**rest, **kinds[0]}


def _used(schemas: dict[str, Any], paths: Any) -> dict[str, Any]:
    """The schemas that something refers to, without the notes that their classes carry for those who read the code."""
    found: dict[str, Any] = {}
    waiting = _references(paths)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = {word: value for word, value in schemas[name].items() if word != "description"}
            waiting |= _references(found[name])
    return {name: found[name] for name in schemas if name in found}


def _references(part: Any) -> set[str]:
    text = json.dumps(part, cls=DjangoJSONEncoder)
    return set(re.findall(r'"#/components/schemas/([^"]+)"', text))


def _problem_schemas() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}
