"""The vendor's facts, as a table, against our models, inputs, verbs and filters, and against the sandbox's answers."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from props import NOW, props

from apptsdk import Cliniko
from apptsdk.http import Headers, Response
from apptsdk.models import Id, Link, Model, Unset
from apptsdk.operation import Page
from apptsdk.providers.cliniko import models
from apptsdk.providers.cliniko.operations import (
    appointment_types,
    available_times,
    businesses,
    client,
    individual_appointments,
    patients,
    practitioners,
)
from apptsdk.providers.cliniko.recovery import APPOINTMENT_CLUES, PATIENT_CLUES
from apptsdk.sandbox import Sandbox

TABLE = Path(__file__).parent / "cliniko.tsv"
ROWS = [tuple(line.split("\t")) for line in TABLE.read_text().splitlines()]
HEADER, FACTS = ROWS[0], ROWS[1:]
DAY = date(2026, 3, 4)

# What the vendor's types are in ours.
TYPES = {
    str: {"string", "id", "uri", "ipv4", "phone"},
    int: {"integer"},
    bool: {"boolean"},
    datetime: {"date-time"},
    date: {"date"},
    Decimal: {"decimal"},
    Link: {"link"},
    Mapping: {"object"},
}
INPUTS = {
    "POST /individual_appointments": models.IndividualAppointmentCreate,
    "PATCH /individual_appointments/{id}": models.IndividualAppointmentUpdate,
    "POST /patients": models.PatientCreate,
    "PATCH /patients/{id}": models.PatientUpdate,
    "POST /businesses": models.BusinessCreate,
    "PATCH /businesses/{id}": models.BusinessUpdate,
    "POST /appointment_types": models.AppointmentTypeCreate,
    "PATCH /appointment_types/{id}": models.AppointmentTypeUpdate,
}
# Where we say more than the vendor's document does, and why.
NULL_TOO = {
    ("PATCH /individual_appointments/{id}", "ends_at"): "the page says that null computes it anew",
}
NOT_NULL = {
    ("POST /patients", "first_name"): "the vendor refuses a patient without it",
    ("POST /patients", "last_name"): "the vendor refuses a patient without it",
    ("POST /appointment_types", "name"): "the vendor refuses a type without it",
    ("POST /appointment_types", "duration_in_minutes"): "the vendor refuses a type without it",
}
# What we leave out, and why.
LEFT_OUT = {
    ("POST /patients", "country"): "deprecated in the object: country_code says it",
    ("PATCH /patients/{id}", "country"): "deprecated in the object: country_code says it",
}
CANCEL = "PATCH /individual_appointments/{id}/cancel"
OBJECTS = ("AppointmentType", "AvailableTime", "Business", "IndividualAppointment", "Patient", "Practitioner", "User")
HANDLED = {"page": "next links carry it"}


def operations() -> list[Any]:
    """Make one operation of every verb."""
    made: list[Any] = []
    for module in (individual_appointments, patients, businesses, practitioners, appointment_types):
        one = module.resource
        made += [one.list(one.list_query()).page(None), one.get("1", one.get_query())]
        if module in (individual_appointments, patients, businesses, appointment_types):
            known = get_type_hints(one.create_input)
            given = {
                field.name: _sample(known[field.name])
                for field in attrs.fields(one.create_input)
                if field.default is attrs.NOTHING
            }
            made += [one.create(one.create_input(**given)), one.archive("1")]
            name, kind = next(iter(get_type_hints(one.update_input).items()))
            made.append(one.update("1", one.update_input(**{name: _sample(kind)})))
        if module in (patients, businesses):
            made.append(module.unarchive("1"))
    query = practitioners.resource.list_query
    for parent in ({}, {"business_id": "1"}, {"appointment_type_id": "1"}):
        for inactive in (False, True):
            made.append(practitioners.list(query(**parent, inactive=inactive)).page(None))
    made.append(appointment_types.list(appointment_types.resource.list_query(practitioner_id="1")).page(None))
    made += [individual_appointments.cancel("1", reason=30), individual_appointments.conflicts("1"), client.user()]
    made.append(available_times.list("1", "1", "1", from_=DAY, to=DAY).page(None))
    made.append(next(available_times.next("1", "1", "1", from_=DAY, to=DAY).script()))
    return made


def _sample(kind: Any) -> Any:
    return {int: 5, bool: True, datetime: NOW, date: DAY}.get(_bare(kind), "1")


def _bare(kind: Any) -> Any:
    """Take Unset, None and annotations off a type."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        parts = [part for part in get_args(kind) if part not in {Unset, type(None)}]
        return str if set(parts) == {str, int} else _bare(parts[0])
    return kind


def _takes_none(kind: Any) -> bool:
    return type(None) in get_args(kind)


def _fits(kind: Any, said: str) -> bool:
    """Tell whether our type can hold the vendor's."""
    kind = _bare(kind)
    if get_origin(kind) in {tuple, Sequence}:
        inner = get_args(kind)[0]
        return said.startswith("array of ") and _fits(inner, said.removeprefix("array of "))
    if get_origin(kind) is Mapping:
        return said == "object"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return said == ("integer" if issubclass(kind, int) else "string")
    if attrs.has(kind):
        return said == "object"
    return said in TYPES[kind]


def _inner(kind: Any) -> Any:
    """Give the class of an object in a field, or of the objects in a list."""
    kind = _bare(kind)
    return get_args(kind)[0] if get_origin(kind) in {tuple, Sequence} else kind


def disagreements(facts: Sequence[tuple[str, ...]]) -> list[str]:
    """List where we and the facts differ."""
    about: dict[str, dict[str, dict[str, tuple[str, str, str]]]] = defaultdict(lambda: defaultdict(dict))
    for kind, where, name, *rest in facts:
        about[kind][where][name] = tuple(rest)
    found = list(_about_objects(about["field"], about["enum"]))
    found += _about_bodies(about["body"], about["enum"])
    found += _about_verbs(about["verb"], about["query"], about["filter"])
    return found


def _about_objects(fields, enums):
    todo = {where: getattr(models, where, None) for where in {*OBJECTS, *fields} if "." not in where}
    seen = set()
    while todo:
        where, model = todo.popitem()
        seen.add(where)
        if model is None or not issubclass(model, Model):
            yield f"{where}: we have no such model"
            continue
        attrs.resolve_types(model)
        ours = {field.name: field for field in attrs.fields(model) if not field.name.startswith("_")}
        for name in ours.keys() ^ fields[where].keys():
            yield f"{where}.{name}: only {'we have' if name in ours else 'the vendor has'} it"
        for name in ours.keys() & fields[where].keys():
            kind, null, why = fields[where][name]
            required = ours[name].default is attrs.NOTHING
            if not _fits(ours[name].type, kind):
                yield f"{where}.{name}: {kind} does not go into {ours[name].type}"
            elif required != bool(why) or (required and null):
                yield f"{where}.{name}: whether it is required differs"
            elif required == _takes_none(ours[name].type):
                yield f"{where}.{name}: None differs"
            if f"{where}.{name}" in fields:
                todo[f"{where}.{name}"] = _inner(ours[name].type)
            yield from _about_values(f"{where}.{name}", ours[name].type, enums)
    for where in fields.keys() - seen:
        yield f"{where}: nobody looked at it"


def _about_values(where, kind, enums):
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        ours = {str(member.value) for member in kind}
        theirs = set(enums.get(where, ()))
        for value in theirs - ours:
            yield f"{where}: we have no name for {value}"


def _about_bodies(bodies, enums):
    todo = dict(INPUTS)
    for where in [where for where in bodies if where not in INPUTS and ".".join(where.split(".")[:-1]) not in bodies]:
        if where != CANCEL:
            yield f"{where}: we send no such body"
    while todo:
        where, given = todo.popitem()
        hints = get_type_hints(given, include_extras=True)
        for name in hints.keys() ^ bodies[where].keys():
            if name not in hints and (where, name) in LEFT_OUT:
                continue
            yield f"{where} {name}: only {'we send' if name in hints else 'the vendor takes'} it"
        for name in hints.keys() & bodies[where].keys():
            yield from _about_argument(where, name, hints[name], bodies[where][name])
            if f"{where}.{name}" in bodies:
                todo[f"{where}.{name}"] = _inner(hints[name])
            yield from _about_values(f"{where}.{name}", hints[name], enums)
    yield from _about_cancel(bodies[CANCEL], enums.get(f"{CANCEL}.cancellation_reason", ()))


def _about_argument(where, name, hint, fact):
    kind, null, _ = fact
    expected = (bool(null) or (where, name) in NULL_TOO) and (where, name) not in NOT_NULL
    if not _fits(hint, kind):
        yield f"{where} {name}: {kind} does not go into {hint}"
    elif kind == "id" and get_args(Id)[0] not in {get_args(part)[0] for part in _parts(hint)}:
        yield f"{where} {name}: it is an id"
    elif "." not in where and _takes_none(hint) != expected:
        yield f"{where} {name}: null differs"


def _about_cancel(fields, reasons):
    cancel = individual_appointments.cancel("1", reason=30, note="x").body
    sent = {(name, type(value), name == "cancellation_note") for name, value in cancel.items()}
    takes = {(name, JSON.get(kind), bool(null)) for name, (kind, null, _) in fields.items()}
    for name, *_ in sent ^ takes:
        yield f"{CANCEL} {name}: differs"
    taken = {str(int(reason)) for reason in models.CancellationReason} - {"31"}
    if set(reasons) != taken:
        yield f"{CANCEL}: the reasons differ"


def _parts(kind):
    return [part for part in ([kind] if get_origin(kind) is Annotated else get_args(kind)) if get_args(part)]


def _about_verbs(verbs, queries, filters):
    patterns = {}
    for where in verbs:
        method, path = where.split(" ")
        patterns[where] = (method, re.compile(re.sub(r"\\{\w+\\}", "1", re.escape(path))))
    used = set()
    for operation in operations():
        named = [
            where
            for where, (method, pattern) in patterns.items()
            if method == operation.method and pattern.fullmatch(operation.path)
        ]
        if len(named) != 1:
            yield f"{operation.name}: {operation.method} {operation.path} is no operation of the vendor's"
            continue
        (where,) = named
        used.add(where)
        for name, _ in operation.query:
            if name not in queries[where]:
                yield f"{operation.name}: the vendor takes no {name}"
        ((status, (answer, *_)),) = verbs[where].items()
        if not _reads(operation, int(status), answer):
            yield f"{operation.name}: does not read {answer}"
    for where in verbs.keys() - used:
        yield f"{where}: we have no such verb"
    asked = {"q[]", "sort", "per_page", "from", "to", *HANDLED}
    for where, names in queries.items():
        for name in names.keys() - asked:
            yield f"{where}: we never ask for {name}"
    yield from _about_filters(filters)


def _about_filters(filters):
    wanted = {"GET /individual_appointments": APPOINTMENT_CLUES, "GET /patients": PATIENT_CLUES}
    for module in (individual_appointments, patients, businesses, appointment_types):
        one = module.resource
        for kind, where in ((one.list_query, f"GET /{one.name}"), (one.get_query, f"GET /{one.name}/{{id}}")):
            asked = [name for name in attrs.fields_dict(kind) if name.startswith("include_")]
            stamps = [f"{name.removeprefix('include_')}_at" for name in asked]
            wanted[where] = (*wanted.get(where, ()), *stamps)
    for where, names in wanted.items():
        for name in names:
            if name not in filters[where]:
                yield f"{where}: {name} is not filterable"


def _reads(operation, status, answer):
    """Tell whether an operation reads what the vendor answers."""
    many, _, kind = answer.rpartition("array of ")
    model = getattr(models, kind, None)
    one = {} if model is None else {name: _json(model, name) for name in _required(model)}
    if many:
        key = many.removesuffix(": ")
        body: Any = {key: [one], "total_entries": 1, "links": {}}
    else:
        body = {"conflicts": {"exist": True}} if answer == "conflicts" else one
    if answer.startswith("appointment_start"):
        body, model = {"appointment_start": "2026-03-04T00:00:00Z"}, models.AvailableTime
    content = b"" if answer == "nothing" else json.dumps(body).encode()
    try:
        value = operation.read(Response(status, Headers(), content))
    except Exception:  # noqa: BLE001 - whatever it is, it was not read
        return False
    if many:
        return isinstance(value, Page) and isinstance(value.items[0], model)
    if answer == "conflicts":
        return value is True
    return value is None if answer == "nothing" else model is not None and type(value) is model


def _required(model):
    return [field.name for field in attrs.fields(model) if field.default is attrs.NOTHING]


def _json(model, name):
    kind = get_type_hints(model)[name]
    return {int: 5, datetime: "2026-03-04T00:00:00Z"}.get(kind, "1")


# --- the tests -------------------------------------------------------------------------------------------------------


def test_the_table_is_one():
    assert HEADER == ("about", "where", "name", "type", "null", "why")
    assert {len(row) for row in FACTS} == {6}
    assert {row[0] for row in FACTS} == {"verb", "query", "filter", "body", "field", "enum"}
    assert len(set(FACTS)) == len(FACTS) > 500


def test_we_and_the_vendor_agree():
    assert disagreements(FACTS) == []


COUNTED = [row for row in FACTS if row[0] in {"verb", "body", "field"} and row[1:3] not in LEFT_OUT]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(COUNTED), st.sampled_from(["drop", "rename", "type", "why"]))
def test_a_changed_fact_turns_it_red(row, how):
    about, where, name, kind, null, why = row
    other = {
        "drop": [],
        "rename": [(about, where + "x" if about == "verb" else where, name + "x" * (about != "verb"), kind, null, why)],
        "type": [(about, where, name, "any", null, why)],
        "why": [(about, where, name, kind, null, "" if why else "because")],
    }[how]
    if how == "why" and about != "field":
        return
    facts = [fact for fact in FACTS if fact is not row] + other
    assert disagreements(facts)


@pytest.mark.parametrize("value", ["10", "20", "30", "40", "50", "60"])
def test_a_reason_that_the_vendor_no_longer_takes_turns_it_red(value):
    facts = [row for row in FACTS if row[:3] != ("enum", f"{CANCEL}.cancellation_reason", value)]
    assert len(facts) == len(FACTS) - 1
    assert disagreements(facts) == [f"{CANCEL}: the reasons differ"]


def test_a_new_value_and_a_filter_that_is_gone_turn_it_red():
    new = ("enum", "Patient.reminder_type", "Pigeon", "string", "", "")
    assert disagreements([*FACTS, new]) == ["Patient.reminder_type: we have no name for Pigeon"]
    gone = [row for row in FACTS if row[:3] != ("filter", "GET /individual_appointments", "cancelled_at")]
    assert disagreements(gone) == ["GET /individual_appointments: cancelled_at is not filterable"]


# --- the sandbox -----------------------------------------------------------------------------------------------------

JSON = {
    "string": str,
    "id": str,
    "uri": str,
    "ipv4": str,
    "phone": str,
    "date-time": str,
    "date": str,
    "decimal": str,
    "integer": int,
    "boolean": bool,
    "object": dict,
    "link": dict,
}
PATTERNS = {
    "id": r"[0-9]{1,19}",
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "date": r"\d{4}-\d\d-\d\d",
    "decimal": r"\d+(\.\d+)?",
}
# The vendor's document declares these deprecated, and its real answers carry them.
LEGACY = {"Patient.gender", "Patient.country"}


def strays(where: str, value: Mapping[str, Any], fields: Mapping[str, Mapping[str, tuple[str, ...]]]) -> list[str]:
    """List where an object of the sandbox's is not what the vendor says."""
    found = []
    for name, item in value.items():
        place = f"{where}.{name}"
        if name not in fields[where]:
            found += [] if place in LEGACY else [f"{place}: the vendor has no such field"]
            continue
        kind, null, _ = fields[where][name]
        if item is None:
            found += [] if null else [f"{place}: null"]
            continue
        many, kind = kind.startswith("array of "), kind.removeprefix("array of ")
        for one in item if many else [item]:
            if type(one) is not JSON[kind] or not re.fullmatch(PATTERNS.get(kind, r"(?s).*"), str(one)):
                found.append(f"{place}: {one!r} is no {kind}")
            elif kind == "link" and not str(one.get("links", one).get("self")).startswith("http"):
                found.append(f"{place}: {one!r} is no link")
            elif kind == "object" and place in fields:
                found += strays(place, one, fields)
    return found


def test_the_sandbox_answers_as_the_vendor_says():
    fields: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for about, where, name, *rest in FACTS:
        if about == "field":
            fields[where][name] = tuple(rest)
    found: set[str] = set()
    with Sandbox(now=NOW, appointments=60, rate_limit=None) as sandbox, Cliniko(sandbox.cliniko, pace=()) as cliniko:
        patient = cliniko.patients.create(first_name="Ada", last_name="Park")
        cliniko.individual_appointments.create(**{**props().ids, "patient_id": patient.id}, starts_at=NOW)
        window = {"from_": NOW.date().replace(day=4), "to": NOW.date().replace(day=8)}
        lists: dict[str, Any] = {
            "IndividualAppointment": cliniko.individual_appointments.list(
                include_cancelled=True, include_archived=True
            ),
            "Patient": cliniko.patients.list(include_archived=True),
            "Business": cliniko.businesses.list(include_archived=True),
            "Practitioner": cliniko.practitioners.list(),
            "AppointmentType": cliniko.appointment_types.list(include_archived=True),
            "AvailableTime": cliniko.available_times.list(*props().triple, **window),
            "User": [cliniko.user()],
        }
        for kind, rows in lists.items():
            sent: set[str] = set()
            count = 0
            for row in rows:
                found.update(strays(kind, row.as_sent(), fields))
                sent |= row.as_sent().keys()
                count += 1
            assert count, kind
            optional = {name for name, (type_, *_) in fields[kind].items() if type_ == "link"}
            found |= {f"{kind}.{name}: never sent" for name in fields[kind].keys() - sent - optional}
    assert sorted(found) == []
