"""The OpenAPI document laid out for reading: sections of operations, each with what goes in and what comes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import openapi


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    words: str
    required: bool
    place: str = ""
    """path, query or header; empty in a body or an answer."""
    sensitivity: str = ""


@dataclass(frozen=True)
class Operation:
    key: str
    method: str
    path: str
    title: str
    words: str
    needs: list[str]
    parameters: list[Field]
    body: list[Field]
    answer: list[Field]
    statuses: list[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    title: str
    operations: list[Operation]


def sections_of(document: Any) -> list[Section]:
    sections: dict[str, list[Operation]] = {}
    for path, method, said in openapi.operations(document):
        title = str(said["tags"][0]) if said.get("tags") else ""
        sections.setdefault(title, []).append(_operation(path, method, said, document["components"]["schemas"]))
    return [Section(title, found) for title, found in sections.items()]


def _operation(path: str, method: str, said: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    good: dict[str, Any] = next((answer for status, answer in said["responses"].items() if status.startswith("2")), {})
    return Operation(
        key=said["operationId"], method=method.upper(), path=path, title=str(said["summary"]),
        words=str(said.get("description", "")), needs=said["x-needs"],
        parameters=[_parameter(one, schemas) for one in said["parameters"]],
        body=list(_fields(_schema(said.get("requestBody", {})), schemas)),
        answer=list(_fields(_schema(good), schemas)),
        statuses=[(status, str(answer["description"])) for status, answer in said["responses"].items()],
    )  # fmt: skip


def _schema(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = content.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _parameter(said: dict[str, Any], schemas: dict[str, Any]) -> Field:
    words = str(said.get("description") or said["schema"].get("description", ""))
    return Field(said["name"], _kind(said["schema"], schemas), words, said["required"], said["in"])


def _fields(
    schema: dict[str, Any], schemas: dict[str, Any], before: str = "", known: set[str] | None = None
) -> Iterator[Field]:
    """The fields of an object; where an object of a name first stands in it, or a list of them, its fields too."""
    known = set() if known is None else known
    schema = _resolved(schema, schemas)
    required = schema.get("required", [])
    for name, value in schema.get("properties", {}).items():
        kind, words = _kind(value, schemas), str(value.get("description", ""))
        yield Field(before + name, kind, words, name in required, sensitivity=value.get("x-sensitivity", ""))
        inner, step = _one_of(value)
        if (named := inner.get("$ref")) and named not in known:
            known.add(named)
            yield from _fields(inner, schemas, f"{before}{name}{step}.", known)


def _one_of(value: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """What a value is where it is there, or each of its rows, and how the way to it is written."""
    there = [one for one in value.get("anyOf", [value]) if one != {"type": "null"}]
    found = there[0] if len(there) == 1 else value
    if found.get("type") == "array":
        return found["items"], "[]"
    return found.get("allOf", [found])[0], ""


def _kind(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """string, date, "a, b or null", UnitRef …"""
    if "anyOf" in schema:
        return " | ".join(_kind(one, schemas) for one in schema["anyOf"])
    if "allOf" in schema:
        return _kind(schema["allOf"][0], schemas)
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if schema.get("type") == "array":
        return f"{_kind(schema['items'], schemas)}[]"
    return str(schema.get("format") or schema.get("type", ""))


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        found: dict[str, Any] = schemas[str(schema["$ref"]).rsplit("/", 1)[-1]]
        return found
    return schema
