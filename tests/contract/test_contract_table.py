"""The table itself, and the tool that writes it from the vendor's document."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from contracts import CONTRACTS, NAMES

NONE = {"imiassist": {"query"}, "imiassist_flow": {"path", "query"}}
"""What a vendor's wire has none of."""
TOOLS = Path(__file__).parents[2] / "tools"


@pytest.mark.parametrize("contract", CONTRACTS, ids=NAMES)
def test_the_table_is_one(contract):
    facts = contract.table.facts
    assert {row.about for row in facts} >= {"body", "enum", "field", "path", "query", "verb"} - NONE.get(
        contract.name, set()
    )
    known = {"body", "enum", "error", "field", "filter", "header", "outcome", "path", "query", "union", "verb"}
    assert {row.about for row in facts} <= known
    assert {row.null for row in facts} == {"", "null"}
    assert len(contract.table.by_key) == len(facts)


# Cliniko: 79 of the document's 211; 27 of the others are deprecated, and 105 are about something else.
# NexHealth: 48 of the document's 88; v2 has other names for six of them, and none for the labels of working hours.
# Cubu: ten of its pages, for agents and back offices are left out; two more forms to cancel, the token, three webhooks.
# IMIassist: all nodes that are known, the login and a guess of ours; the flow has those that our verbs ask.
@pytest.mark.parametrize(("contract", "operations"), [*zip(CONTRACTS, (79, 48, 47, 16, 17, 7), strict=True)], ids=NAMES)
def test_the_table_holds_the_whole_surface(contract, operations):
    assert len(contract.table.operations) == operations


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.setattr("sys.path", [str(TOOLS), *sys.path])  # where it finds its neighbour
    spec = importlib.util.spec_from_file_location("contract_tool", TOOLS / "contract.py")
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
    assert tool.rows(DOCUMENT, tool.SURFACES["cliniko"]) == ROWS


ENVELOPE = {"code": {}, "description": {}, "error": {}, "data": {"$ref": "#/components/schemas/API_V2_Entities_Dog"}}
DOCUMENT_OF_ENVELOPES = {
    "paths": {
        "/dogs": {
            "get": {
                "tags": ["Providers"],
                "parameters": [
                    {"in": "header", "name": "Version", "required": True, "schema": {"type": "string"}},
                    {
                        "in": "query",
                        "name": "include[]",
                        "schema": {"type": "array", "items": {"type": "string", "enum": ["tail", "nose"]}},
                    },
                    {"in": "query", "name": "yard", "required": True, "schema": {"type": "integer", "format": "int32"}},
                ],
                "responses": {"200": {"content": {"x": {"schema": {"$ref": "#/components/schemas/Dogs"}}}}},
            },
            "post": {
                "tags": ["Providers"],
                "requestBody": {
                    "content": {
                        "x": {
                            "schema": {
                                "required": ["dog"],
                                "properties": {
                                    "dog": {
                                        "type": "object",
                                        "required": ["name"],
                                        "properties": {
                                            "name": {"type": "string"},
                                            "days": {"type": "array", "items": {"type": "string", "enum": ["", "Mon"]}},
                                        },
                                    }
                                },
                            }
                        }
                    }
                },
                "responses": {
                    "201": {"content": {"x": {"schema": {"properties": ENVELOPE | {"count": {}}}}}},
                    "200": {"content": {"x": {"schema": {"properties": ENVELOPE}}}},
                },
            },
        },
    },
    "components": {
        "schemas": {
            "Dogs": {"properties": ENVELOPE | {"data": {"items": ENVELOPE["data"]}, "page_info": {}}},
            "API_V2_Entities_Dog": {
                "required": ["id"],
                "properties": {
                    "charges": {"type": "array", "items": {"properties": {"fee": {"type": "string"}}}},
                    "home": {"$ref": "#/components/schemas/API_Entities_Location"},
                    "id": {"type": "integer", "format": "int64"},
                },
            },
            "API_Entities_Location": {"properties": {"id": {"type": "integer", "nullable": True}}},
        }
    },
}
ROWS_OF_ENVELOPES = [
    ("verb", "GET /dogs", "200", "data: array of Dog; page_info", "", ""),
    ("query", "GET /dogs", "include[]", "array of string", "", ""),
    ("enum", "GET /dogs.include[]", "nose", "array of string", "", ""),
    ("enum", "GET /dogs.include[]", "tail", "array of string", "", ""),
    ("query", "GET /dogs", "yard", "integer", "", "the vendor demands it"),
    ("verb", "POST /dogs", "200", "data: Dog", "", ""),
    ("verb", "POST /dogs", "201", "data: Dog", "", ""),
    ("body", "POST /dogs", "dog", "object", "", "the vendor demands it"),
    ("body", "POST /dogs.dog", "days", "array of string", "", ""),
    ("enum", "POST /dogs.dog.days", "Mon", "array of string", "", ""),
    ("body", "POST /dogs.dog", "name", "string", "", "the vendor demands it"),
    ("field", "Dog", "charges", "array of object", "", ""),
    ("field", "Dog", "home", "object", "", ""),
    ("field", "Dog.home", "id", "integer", "null", "nothing can be named again without it"),
    ("field", "Dog", "id", "integer", "", ""),
]


def test_the_tool_looks_into_envelopes_and_says_what_is_demanded(tool):
    assert tool.rows(DOCUMENT_OF_ENVELOPES, tool.SURFACES["nexhealth"]) == ROWS_OF_ENVELOPES


def test_the_tool_tells_two_objects_of_one_name(tool):
    document = json.loads(json.dumps(DOCUMENT_OF_ENVELOPES))
    other = "API_V3_Entities_Dog"
    document["components"]["schemas"][other] = {"properties": {}}
    document["paths"]["/dogs"]["post"]["responses"]["201"]["content"]["x"]["schema"]["properties"]["data"] = {
        "$ref": f"#/components/schemas/{other}"
    }
    with pytest.raises(ValueError, match="Two objects are called Dog"):
        tool.rows(document, tool.SURFACES["nexhealth"])


def test_the_tool_tells_a_table_that_is_not_current(tool, tmp_path, monkeypatch, capsys):
    document, table = tmp_path / "document.json", tmp_path / "cliniko.tsv"
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
