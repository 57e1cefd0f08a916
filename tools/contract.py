"""Extract the facts that a provider's module relies on from the vendor's OpenAPI document, as a small table.

    python tools/contract.py cliniko-openapi.yaml tests/contract/cliniko.tsv

A line is a fact: what it is about (`verb`, `path`, `query`, `filter`, `body`, `field`, `enum`, `union`), where, the
name, the type, whether null is declared, and, for fields that our models require although the vendor promises nothing,
why. Deprecated operations, parameters and fields are left out.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

HEADER: Final = ("about", "where", "name", "type", "null", "why")
TAGS: Final = frozenset(
    {
        "Appointment Type",
        "Attendee",
        "Availability Block",
        "Available Time",
        "Booking",
        "Business",
        "Daily Availability",
        "Group Appointment",
        "Individual Appointment",
        "Patient",
        "Patient Case",
        "Practitioner",
        "Public Settings",
        "Service",
        "Settings",
        "Unavailable Block",
        "Unavailable Block Type",
        "User",
    }
)
"""The scheduling surface. Finance, clinical notes, stock and messages are left to `request()`."""
CUSTOM: Final = frozenset({"custom_fields", "patient_custom_fields_definition"})
"""Objects whose inside each account defines for itself."""
_NAMED: Final = "nothing can be named again without it"
_TIMES: Final = "an entry of a calendar without its times cannot be shown, moved or found again"
_CHOSEN: Final = "it is what people choose by"
_NUMBER: Final = "a phone number without a number is none"
_HOURS: Final = "hours without a beginning and an end are none"
_OFFER: Final = "a service is which type is offered where, and has no id"
REQUIRED: Final = {
    ("AppointmentType", "duration_in_minutes"): "available times are starts only: without it none has an end",
    ("AppointmentType", "id"): _NAMED,
    ("AppointmentType", "name"): _CHOSEN,
    ("Attendee", "id"): _NAMED,
    ("AvailabilityBlock", "ends_at"): _TIMES,
    ("AvailabilityBlock", "id"): _NAMED,
    ("AvailabilityBlock", "starts_at"): _TIMES,
    ("AvailableTime", "appointment_start"): "it is all there is",
    ("Business", "id"): _NAMED,
    ("DailyAvailability", "id"): _NAMED,
    ("DailyAvailability.availabilities", "ends_at"): _HOURS,
    ("DailyAvailability.availabilities", "starts_at"): _HOURS,
    ("GroupAppointment", "ends_at"): _TIMES,
    ("GroupAppointment", "id"): _NAMED,
    ("GroupAppointment", "starts_at"): _TIMES,
    ("IndividualAppointment", "ends_at"): _TIMES,
    ("IndividualAppointment", "id"): _NAMED,
    ("IndividualAppointment", "starts_at"): _TIMES,
    ("Patient", "id"): _NAMED,
    ("Patient.patient_phone_numbers", "number"): _NUMBER,
    ("PatientCase", "id"): _NAMED,
    ("Practitioner", "id"): _NAMED,
    ("Service", "appointment_type"): _OFFER,
    ("Service", "business"): _OFFER,
    ("UnavailableBlock", "ends_at"): _TIMES,
    ("UnavailableBlock", "id"): _NAMED,
    ("UnavailableBlock", "starts_at"): _TIMES,
    ("UnavailableBlockType", "id"): _NAMED,
    ("UnavailableBlockType", "name"): _CHOSEN,
    ("User", "id"): _NAMED,
    ("User.phone_numbers", "number"): _NUMBER,
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
            if kind == "object" and name not in CUSTOM:
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
                if TAGS.isdisjoint(operation.get("tags", ())):
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
            if parameter["in"] == "header" or parameter.get("deprecated"):
                continue
            yield parameter["in"], where, parameter["name"], self.type_of(parameter["schema"]), "", ""
            for name, kind in sorted(_FILTER.findall(str(parameter.get("description", "")))):
                yield "filter", where, name, kind, "", ""

    def objects(self, names: Iterable[str]) -> Iterator[Row]:
        """Give the fields of the objects that operations answer with, and of those that a union may be."""
        todo, known = sorted(names, reverse=True), self._root["components"]["schemas"]
        while todo:
            name = todo.pop()
            kinds = [str(kind["$ref"]).rpartition("/")[2] for kind in known[name].get("anyOf", ())]
            for kind in sorted(kinds):
                yield "union", name, kind, "object", "", ""
            todo += sorted({*kinds} - {*names}, reverse=True)
            yield from self.fields("field", name, known[name])


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
    operations = list(document.operations())
    answers = {answer.rpartition("array of ")[2] for about, _, _, answer, *_ in operations if about == "verb"}
    return [*operations, *document.objects(answers & root["components"]["schemas"].keys())]


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
