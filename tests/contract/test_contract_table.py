"""The table itself, and the tool that writes it from the vendor's document."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from contract_rows import FACTS, HEADER, named

TOOL = Path(__file__).parents[2] / "tools" / "contract.py"


def test_the_table_is_one():
    assert [*HEADER] == ["about", "where", "name", "type", "null", "why"]
    assert {row.about for row in FACTS} == {"body", "enum", "field", "filter", "path", "query", "union", "verb"}
    assert {row.null for row in FACTS} == {"", "null"}
    assert len({row.key for row in FACTS}) == len(FACTS)


def test_the_table_holds_the_whole_scheduling_surface():
    # 79 of the document's 211: 27 of the others are deprecated, and 105 are about something else.
    assert len(named("verb")) == 79


@pytest.fixture
def tool():
    spec = importlib.util.spec_from_file_location("contract_tool", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LINK = {"properties": {"links": {"properties": {"self": {"type": "string", "format": "uri"}}}}}
DOCUMENT = {
    "paths": {
        "/users/{id}": {
            "get": {
                "tags": ["User"],
                "parameters": [
                    {"in": "path", "name": "id", "schema": {"type": "string", "format": "int64"}},
                    {"in": "query", "name": "order", "deprecated": True, "schema": {"type": "string"}},
                    {
                        "in": "query",
                        "name": "q[]",
                        "description": "| Value | Format |\n|---|---|\n| id | [int64](/#numeric) |\n",
                        "schema": {"type": "array", "items": {"type": "string"}},
                    },
                ],
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Either"}}}}
                },
            },
            "patch": {
                "tags": ["User"],
                "requestBody": {
                    "content": {"application/json": {"schema": {"properties": {"age": {"type": "integer"}}}}}
                },
                "responses": {"422": {}, "204": {}},
            },
            "delete": {"tags": ["User"], "deprecated": True, "responses": {"204": {}}},
        },
        "/invoices": {"get": {"tags": ["Invoice"], "responses": {"200": {}}}},
    },
    "components": {
        "schemas": {
            "Either": {"anyOf": [{"$ref": "#/components/schemas/User"}, {"$ref": "#/components/schemas/Robot"}]},
            "User": {
                "properties": {
                    "boss": LINK,
                    "gone": {"type": "string", "deprecated": True},
                    "id": {"type": "string", "format": "int64"},
                    "pets": {"type": "array", "items": {"properties": {"kind": {"enum": ["Cat", None]}}}},
                }
            },
            "Robot": {"properties": {"made": {"type": "string", "format": "date", "nullable": True}}},
        }
    },
}
ROWS = [
    ("verb", "GET /users/{id}", "200", "Either", "", ""),
    ("path", "GET /users/{id}", "id", "id", "", ""),
    ("query", "GET /users/{id}", "q[]", "array of string", "", ""),
    ("filter", "GET /users/{id}", "id", "int64", "", ""),
    ("verb", "PATCH /users/{id}", "204", "nothing", "", ""),
    ("body", "PATCH /users/{id}", "age", "integer", "", ""),
    ("union", "Either", "Robot", "object", "", ""),
    ("union", "Either", "User", "object", "", ""),
    ("field", "Robot", "made", "date", "null", ""),
    ("field", "User", "boss", "link", "", ""),
    ("field", "User", "id", "id", "", "nothing can be named again without it"),
    ("field", "User", "pets", "array of object", "", ""),
    ("field", "User.pets", "kind", "any", "", ""),
    ("enum", "User.pets.kind", "Cat", "any", "", ""),
]


def test_the_tool_extracts_what_is_not_deprecated_and_belongs_to_the_surface(tool):
    assert tool.rows(DOCUMENT) == ROWS


def test_the_tool_tells_a_table_that_is_not_current(tool, tmp_path, monkeypatch, capsys):
    document, table = tmp_path / "document.json", tmp_path / "table.tsv"
    document.write_text(json.dumps(DOCUMENT))

    def run(*more):
        monkeypatch.setattr("sys.argv", ["contract.py", str(document), str(table), *more])
        return tool.main()

    assert run() == 0
    assert table.read_text().splitlines()[1:] == ["\t".join(row) for row in ROWS]
    assert run("--check") == 0
    table.write_text(table.read_text().replace("integer", "string"))
    assert run("--check") == 1
    assert "differs" in capsys.readouterr().err
