"""Extract the facts that a provider's module relies on from the vendor's OpenAPI document, as a small table.

    python tools/contract.py cliniko-openapi.yaml tests/contract/cliniko.tsv
    python tools/contract.py nexhealth-openapi.json tests/contract/nexhealth.tsv

A line is a fact: what it is about (`verb`, `path`, `query`, `filter`, `body`, `field`, `enum`, `union`), where, the
name, the type, whether null is declared, and why: for parameters and fields of bodies, that the vendor demands them;
for fields that our models require although the vendor promises nothing, the reason. Deprecated operations, parameters
and fields are left out. What is taken out of which document, `contract_surfaces.py` says, by the table's name.
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

from contract_surfaces import SURFACES, Surface

HEADER: Final = ("about", "where", "name", "type", "null", "why")
DEMANDED: Final = "the vendor demands it"
_VERBS: Final = ("get", "post", "put", "patch", "delete")
_FILTER: Final = re.compile(r"^\| *([a-z_]+) *\| *\[([a-z0-9-]+)\]", re.MULTILINE)
_TOLD: Final = frozenset({"code", "description", "error"})
"""What an envelope says of the call."""

# The document is JSON from outside: any value may stand anywhere.
Node = Mapping[str, Any]
Row = tuple[str, str, str, str, str, str]


class Document:
    """A vendor's OpenAPI document.

    Args:
        root: Its content.
        surface: What of it is ours.
    """

    def __init__(self, root: Node, surface: Surface) -> None:
        self._root = root
        self._surface = surface
        self._named: dict[str, Node] = {}

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
        named = self._short(node)
        node = self.resolved(node)
        for name, field in sorted(node.get("properties", {}).items()):
            inner = self.resolved(field)
            if inner.get("deprecated") or field.get("deprecated"):
                continue
            kind = self.type_of(field)
            null = "null" if inner.get("nullable") or field.get("nullable") else ""
            yield about, where, name, kind, null, self._why(about, (where, named), name, node)
            yield from self._values(where, name, field)
            if name in self._surface.closed:
                continue
            if kind == "object":
                yield from self.fields(about, f"{where}.{name}", field)
            elif kind == "array of object":
                yield from self.fields(about, f"{where}.{name}", inner["items"])

    def _why(self, about: str, owners: Iterable[str], name: str, node: Node) -> str:
        if about == "body":
            return DEMANDED if name in node.get("required", ()) else ""
        return next((why for owner in owners if (why := self._surface.required.get((owner, name)))), "")

    def _values(self, where: str, name: str, node: Node) -> Iterator[Row]:
        inner = self.resolved(node)
        if inner.get("type") == "array":
            inner = self.resolved(inner["items"])
        if len(inner.get("enum", ())) <= self._surface.most_values:
            for value in sorted(value for value in inner.get("enum", ()) if value not in {None, ""}):
                yield "enum", f"{where}.{name}", str(value), self.type_of(node), "", ""

    def operations(self) -> Iterator[Row]:
        """Give the operations: their parameters, filters and bodies."""
        for path, item in sorted(self._root["paths"].items()):
            for verb in _VERBS:
                operation = item.get(verb)
                if operation is None or operation.get("deprecated"):
                    continue
                if self._surface.tags.isdisjoint(operation.get("tags", ())):
                    continue
                where = f"{verb.upper()} {path}"
                for success, response in sorted(operation["responses"].items()):
                    if success.startswith("2"):
                        yield "verb", where, success, self._answer(response), "", ""
                yield from self._parameters(where, operation.get("parameters", ()))
                if "requestBody" in operation:
                    yield from self.fields("body", where, _schema(self.resolved(operation["requestBody"])))

    def _answer(self, response: Node) -> str:
        schema = _schema(self.resolved(response))
        fields = self.resolved(schema).get("properties", {})
        if fields.keys() >= {*_TOLD, "data"}:
            many = "items" in fields["data"]
            data = self._name(fields["data"].get("items", fields["data"]))
            # A number of objects is declared beside single ones too.
            rest = sorted(fields.keys() - {*_TOLD, "data"}) if many else ()
            return "; ".join([f"data: array of {data}" if many else f"data: {data}", *rest])
        if "$ref" in schema:
            return self._name(schema)
        for name, field in fields.items():
            if "items" in field:
                return f"{name}: array of {self._name(field['items'])}"
        return "; ".join(sorted(fields)) or "nothing"

    def _name(self, node: Node) -> str:
        if "$ref" not in node:
            return "object"
        name = self._short(node)
        if self._named.setdefault(name, node)["$ref"] != node["$ref"]:
            raise ValueError(f"Two objects are called {name}.")
        return name

    def _short(self, node: Node) -> str:
        return re.sub(f"^{self._surface.prefix}", "", str(node.get("$ref", "")).rpartition("/")[2])

    def _parameters(self, where: str, parameters: Any) -> Iterator[Row]:
        for parameter in sorted(map(self.resolved, parameters), key=lambda one: str(one["name"])):
            if parameter["in"] == "header" or parameter.get("deprecated"):
                continue
            place, name, schema = parameter["in"], parameter["name"], parameter["schema"]
            why = DEMANDED if parameter.get("required") and place == "query" else ""
            yield place, where, name, self.type_of(schema), "", why
            if place == "query":
                yield from self._values(where, name, schema)
            for one, kind in sorted(_FILTER.findall(str(parameter.get("description", "")))):
                yield "filter", where, one, kind, "", ""

    def objects(self) -> Iterator[Row]:
        """Give the fields of the objects that operations answer with, and of those that a union may be."""
        todo = sorted(self._named, reverse=True)
        while todo:
            name = todo.pop()
            node, known = self._named[name], {*self._named}
            kinds = sorted(self._name(kind) for kind in self.resolved(node).get("anyOf", ()))
            yield from (("union", name, kind, "object", "", "") for kind in kinds)
            todo += sorted({*kinds} - known, reverse=True)
            yield from self.fields("field", name, node)


def _schema(body: Node) -> Node:
    for content in body.get("content", {}).values():
        schema: Node = content.get("schema", {})
        return schema
    return {}


def rows(root: Node, surface: Surface) -> list[Row]:
    """Extract the facts.

    Args:
        root: The document's content.
        surface: What of it is ours.

    Returns:
        The facts, in order.
    """
    document = Document(root, surface)
    return [*document.operations(), *document.objects()]  # in this order: answers name the objects


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
    parser.add_argument("table", type=Path, help=f"called {' or '.join(f'{name}.tsv' for name in SURFACES)}")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the table differs")
    given = parser.parse_args()
    table = "".join("\t".join(row) + "\n" for row in (HEADER, *rows(load(given.document), SURFACES[given.table.stem])))
    if not given.check:
        given.table.write_text(table)
        return 0
    if given.table.read_text() == table:
        return 0
    print(f"{given.table} differs from {given.document}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
