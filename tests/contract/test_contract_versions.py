"""What NexHealth's versions do not share: the table of v2, and what is refused where another version takes it."""

from __future__ import annotations

from datetime import date, timedelta
from operator import attrgetter

import pytest
from contract_nexhealth import NexHealthContract, NexHealthV2Contract
from contract_rows import Row, Table
from props import NOW

from apptsdk.errors import UnsupportedError
from apptsdk.providers.nexhealth import NexHealth, NexHealthSettings

WINDOW = {"start": NOW, "end": NOW}
MOVED = {"start_time": NOW, "end_time": NOW + timedelta(hours=1)}
NEEDED = {
    "appointments.list": WINDOW,
    "appointments.update": {"id": 1},
    "available_slots.groups": {"start_date": NOW.date(), "days": 1, "provider_ids": [1]},
    "available_slots.list": {"start_date": NOW.date(), "days": 1, "provider_ids": [1]},
    "patients.create": {
        "provider_id": 1,
        "first_name": "Nora",
        "last_name": "Adeyemi",
        "email": "nora@example.com",
        "date_of_birth": date(1990, 4, 1),
        "phone_number": "3125550199",
    },
    "patients.list": {},
    "working_hours.list": {},
}
GIVEN = {
    "appointments_per_timeslot": {"appointments_per_timeslot": 2},
    "end_time": MOVED,
    "include": {"include": ["procedures"]},
    "label_id": {"label_id": 1},
    "note": {"note": "Made up"},
    "operatory_id": {"operatory_id": 1},
    "patient_id": {"patient_id": 1},
    "patient_ids": {"patient_ids": [1]},
    "return_existing_if_match": {"return_existing_if_match": True},
    "sort": {"sort": ["-updated_at"]},
    "source": {"source": "manual"},
    "start_time": MOVED,
    "working_hour_label_id": {"working_hour_label_id": 1},
    "working_hour_source": {"working_hour_source": "manual"},
}
REFUSED = [
    (contract.api_version, verb, {**NEEDED[verb], **GIVEN[argument]})
    for contract in (NexHealthContract, NexHealthV2Contract)
    for verb, arguments in sorted(contract.lacks.items())
    for argument in sorted(arguments)
]


@pytest.mark.parametrize(("api_version", "verb", "given"), [*REFUSED, ("v2", "working_hour_labels.list", {})])
def test_what_only_another_version_has_is_refused_before_anything_is_sent(api_version, verb, given):
    sent = []
    settings = NexHealthSettings(api_key="made-up", subdomain="made-up", location_id=1, api_version=api_version)
    with NexHealth(settings) as client, pytest.raises(UnsupportedError, match=api_version):
        attrgetter(verb)(client.with_options(on_response=sent.append))(**given)
    assert sent == []


def test_the_table_of_v2_says_for_each_row_where_it_comes_from(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_text("about\twhere\tname\ttype\tnull\twhy\tsource\nquery\tGET /a\tpage\tinteger\t\t\t\n")
    with pytest.raises(AssertionError):
        Table([]).amended(path)


def test_a_table_is_amended_row_by_row_and_by_operations_objects_and_lists(tmp_path):
    table = Table(
        [
            Row("verb", "GET /a", "200", "data: A"),
            Row("body", "GET /a.b", "c", "string"),
            Row("verb", "GET /ab", "200", "data: A"),
            Row("query", "GET /ab", "page", "string"),
            Row("query", "GET /ab", "size", "integer"),
            Row("field", "A", "b", "object"),
            Row("field", "A.b", "c", "string"),
            Row("enum", "A.b.c", "x", "string"),
            Row("field", "AB", "b", "string"),
            Row("enum", "AB.b", "x", "string"),
            Row("enum", "AB.b", "y", "string"),
        ]
    )
    path = tmp_path / "table.tsv"
    lines = [
        ("about", "where", "name", "type", "null", "why", "source"),
        ("-operation", "GET /a", "*", "", "", "", "[doc]"),
        ("-object", "A.b", "*", "", "", "", "[doc]"),
        ("-enum", "AB.b", "*", "", "", "", "[doc]"),
        ("-query", "GET /ab", "size", "", "", "", "[doc]"),
        ("query", "GET /ab", "page", "integer", "", "", "[page]"),
        ("query", "GET /ab", "more", "boolean", "", "", "[page]"),
    ]
    path.write_text("".join("\t".join(line) + "\n" for line in lines))
    assert table.amended(path).facts == (
        Row("verb", "GET /ab", "200", "data: A"),
        Row("field", "A", "b", "object"),
        Row("field", "AB", "b", "string"),
        Row("query", "GET /ab", "page", "integer"),
        Row("query", "GET /ab", "more", "boolean"),
    )
    with pytest.raises(AssertionError):  # there is nothing that it could take away
        Table([]).amended(path)
