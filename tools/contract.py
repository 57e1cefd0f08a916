"""Extract the facts that a provider's module relies on from the vendor's OpenAPI document, as a small table.

    python tools/contract.py cliniko-openapi.yaml tests/contract/cliniko.tsv

A line is a fact: what it is about (`verb`, `query`, `filter`, `body`, `field`, `enum`), where, the name, the type,
whether null is declared, and, for fields that our models require although the vendor promises nothing, why.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

HEADER: Final = ("about", "where", "name", "type", "null", "why")
TAGS: Final = frozenset(
    {
        "Appointment Type",
        "Available Time",
        "Business",
        "Individual Appointment",
        "Patient",
        "Practitioner",
    }
)
EXTRA: Final = frozenset({("get", "/user")})
OBJECTS: Final = (
    "AppointmentType",
    "AvailableTime",
    "Business",
    "IndividualAppointment",
    "Patient",
    "Practitioner",
    "User",
)
REQUIRED: Final = {
    ("AppointmentType", "duration_in_minutes"): "available times are starts only: without it none has an end",
    ("AppointmentType", "id"): "nothing can be named again without it",
    ("AppointmentType", "name"): "it is what people choose by",
    ("AvailableTime", "appointment_start"): "it is all there is",
    ("Business", "id"): "nothing can be named again without it",
    ("IndividualAppointment", "ends_at"): "an appointment without its times cannot be shown, moved or found again",
    ("IndividualAppointment", "id"): "nothing can be named again without it",
    ("IndividualAppointment", "starts_at"): "an appointment without its times cannot be shown, moved or found again",
    ("Patient", "id"): "nothing can be named again without it",
    ("Patient.patient_phone_numbers", "number"): "a phone number without a number is none",
    ("Practitioner", "id"): "nothing can be named again without it",
    ("User", "id"): "nothing can be named again without it",
    ("User.phone_numbers", "number"): "a phone number without a number is none",
}
_MOST_VALUES: Final = 20
_VERBS: Final = ("get", "post", "put", "patch", "delete")
_FILTER: Final = re.compile(r"^\| *([a-z_]+) *\| *\[([a-z0-9-]+)\]", re.MULTILINE)

# The document is JSON from outside: any value may stand anywhere.
Node = Mapping[str, Any]
Row = tuple[str, str, str, str, str, str]


class Document:
    """A vendor's OpenAPI document.

    Args:
        root: Its content.
    """

    def __init__(self, root: Node) -> None:
        self._root = root

    def resolved(self, node: Node) -> Node:
        """Follow a reference."""
        while "$ref" in node:
            target: Any = self._root
            for part in str(node["$ref"]).removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def type_of(self, node: Node) -> str:
        """Name a type: `id`, `date-time`, `link`, `array of id`, `object`, ..."""
        node = self.resolved(node)
        fields = node.get("properties", {})
        if set(fields) == {"self"}:
            return "link"
        if set(fields) == {"links"}:
            return self.type_of(fields["links"])
        kind = str(node.get("type", "object" if fields else "any"))
        if kind == "array":
            return f"array of {self.type_of(node.get('items', {}))}"
        form = str(node.get("format", ""))
        if kind == "string" and form:
            return {"int64": "id"}.get(form, form)
        return kind

    def fields(self, about: str, where: str, node: Node) -> Iterator[Row]:
        """Give the fields of an object, and of objects in it; deprecated ones are left out."""
        for name, field in sorted(self.resolved(node).get("properties", {}).items()):
            inner = self.resolved(field)
            if inner.get("deprecated") or field.get("deprecated"):
                continue
            kind = self.type_of(field)
            null = "null" if inner.get("nullable") or field.get("nullable") else ""
            yield about, where, name, kind, null, REQUIRED.get((where, name), "")
            for value in sorted(value for value in inner.get("enum", ()) if value not in {None, ""}):
                if len(inner["enum"]) <= _MOST_VALUES:  # more than these are the names of time zones
                    yield "enum", f"{where}.{name}", str(value), kind, "", ""
            if kind == "object" and name != "custom_fields":
                yield from self.fields(about, f"{where}.{name}", field)
            elif kind == "array of object":
                yield from self.fields(about, f"{where}.{name}", inner["items"])

    def operations(self) -> Iterator[Row]:
        """Give the operations: their parameters, filters and bodies."""
        for path, item in sorted(self._root["paths"].items()):
            for verb in _VERBS:
                operation = item.get(verb)
                if operation is None or operation.get("deprecated"):
                    continue
                if TAGS.isdisjoint(operation.get("tags", ())) and (verb, path) not in EXTRA:
                    continue
                where = f"{verb.upper()} {path}"
                success = min(code for code in operation["responses"] if code.startswith("2"))
                yield "verb", where, success, self._answer(operation["responses"][success]), "", ""
                yield from self._parameters(where, operation.get("parameters", ()))
                if "requestBody" in operation:
                    yield from self.fields("body", where, _schema(self.resolved(operation["requestBody"])))

    def _answer(self, response: Node) -> str:
        schema = _schema(self.resolved(response))
        if "$ref" in schema:
            return str(schema["$ref"]).rpartition("/")[2]
        for name, field in schema.get("properties", {}).items():
            if "items" in field:
                return f"{name}: array of {str(field['items'].get('$ref', 'object')).rpartition('/')[2]}"
        return "; ".join(sorted(schema.get("properties", {}))) or "nothing"

    def _parameters(self, where: str, parameters: Any) -> Iterator[Row]:
        for parameter in sorted(map(self.resolved, parameters), key=lambda one: str(one["name"])):
            if parameter["in"] != "query" or parameter.get("deprecated"):
                continue
            yield "query", where, parameter["name"], self.type_of(parameter["schema"]), "", ""
            for name, kind in sorted(_FILTER.findall(str(parameter.get("description", "")))):
                yield "filter", where, name, kind, "", ""

    def objects(self) -> Iterator[Row]:
        """Give the fields of the objects."""
        for name in OBJECTS:
            yield from self.fields("field", name, self._root["components"]["schemas"][name])


def _schema(body: Node) -> Node:
    for content in body.get("content", {}).values():
        schema: Node = content.get("schema", {})
        return schema
    return {}


def rows(root: Node) -> list[Row]:
    """Extract the facts.

    Args:
        root: The document's content.

    Returns:
        The facts, in order.
    """
    document = Document(root)
    return [*document.operations(), *document.objects()]


def load(path: Path) -> Node:
    """Read a document, as JSON or (with PyYAML, which is asked for nowhere else) as YAML.

    Args:
        path: Where it lies.

    Returns:
        Its content.
    """
    text = path.read_text()
    if path.suffix == ".json":
        content: Node = json.loads(text)
        return content
    yaml: Any = importlib.import_module("yaml")  # a module that mypy has no types for
    parsed: Node = yaml.safe_load(text)
    return parsed


def main() -> int:
    """Write the table, or tell whether it is current."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("document", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the table differs")
    given = parser.parse_args()
    table = "".join("\t".join(row) + "\n" for row in (HEADER, *rows(load(given.document))))
    if not given.check:
        given.table.write_text(table)
        return 0
    if given.table.read_text() == table:
        return 0
    print(f"{given.table} differs from {given.document}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
