"""Patients: found, made, and shown with what they include.

https://docs.nexhealth.com/reference/getpatients and .../postpatients
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from http import HTTPStatus
from operator import attrgetter
from typing import Any

from apptsdk.sandbox.nexhealth import inputs, refusals, rendering
from apptsdk.sandbox.nexhealth.ask import Ask, one, route
from apptsdk.sandbox.nexhealth.inputs import Field
from apptsdk.sandbox.nexhealth.paging import BY_CHANGE, order, page
from apptsdk.sandbox.nexhealth.records import Appointment, Record
from apptsdk.sandbox.nexhealth.refusals import Reply

GENDERS = ("Female", "Male", "Other")
_EMAIL = re.compile(r"[^@\s]+@(?:[-a-z0-9]+\.)+[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"[2-9][0-9]{2}[2-9][0-9]{6}")
_PHONE_LENGTH = 10
_PRIVACY = ("authorization", "privacy", "consent")
_OLDEST = 130
_BY_ID = attrgetter("id")
_YEAR = timedelta(days=365)
_PHONES = ("phone_number", "cell_phone_number", "home_phone_number", "work_phone_number", "custom_contact_number")
_TEXTS = (
    "street_address",
    "address_line_1",
    "address_line_2",
    "city",
    "state",
    "zip_code",
    "insurance_name",
    "ssn",
    "race",
)

_BIO = {
    "date_of_birth": Field(inputs.day, needed=True),
    **{name: Field(inputs.text(), needed=name == "phone_number") for name in _PHONES},
    "gender": Field(inputs.one_of(*GENDERS)),
    "weight": Field(inputs.whole),
    "height": Field(inputs.whole),
    **{name: Field(inputs.text()) for name in _TEXTS},
}
_PERSON = {
    "first_name": Field(inputs.text(), needed=True),
    "last_name": Field(inputs.text(), needed=True),
    "email": Field(inputs.text(), needed=True),
    "bio": Field(inputs.things(_BIO), needed=True),
}


def born(ask: Ask, day: str) -> list[str]:
    """Look at a date of birth.

    Args:
        ask: the call.
        day: the date.

    Returns:
        What is wrong with it.
    """
    today = ask.now.date()
    found = date.fromisoformat(day)
    return [] if found <= today and found.year >= today.year - _OLDEST else ["User date of birth is invalid"]


def keep_patient(ask: Ask, values: dict[str, Any], provider: int | None, *, guarantor: int | None = None) -> Record:
    """Make a patient who is in NexHealth only, until an appointment takes them along.

    Args:
        ask: the call.
        values: names, email and `bio`.
        provider: whose patient.
        guarantor: the patient who pays.

    Returns:
        The patient.
    """
    now = ask.now
    usual = {
        "middle_name": None,
        "inactive": False,
        "guarantor_id": guarantor,
        "billing_type": None,
        "chart_id": None,
        "preferred_language": None,
        "preferred_locale": None,
        "location_ids": [ask.at.id],
        "provider_id": provider,
        "hipaa": {**dict.fromkeys(_PRIVACY, False), **dict.fromkeys(f"{name}_date" for name in _PRIVACY)},
    }
    bio = {**values["bio"], "new_patient": True, "non_patient": False}
    row = Record(
        id=ask.world.next_id("patients"),
        institution=ask.institution,
        created_at=now,
        updated_at=now,
        values={**usual, **values, "bio": bio},
    )
    ask.world.changed("patients", row, "create")
    return row


def create(ask: Ask) -> Reply:
    """Make a patient, or find the one who is there already.

    Args:
        ask: the call.

    Raises:
        Refusal: 400 or 404.
    """
    provider = inputs.read(ask.wrapped("provider"), {"provider_id": Field(inputs.whole, needed=True)})["provider_id"]
    said = inputs.read(ask.wrapped("patient"), _PERSON)
    wanted = inputs.read(ask.body, {"return_existing_if_match": Field(inputs.truth)})
    if ask.world.find("providers", provider, ask.institution) is None:
        raise refusals.missing()
    bio = {name: value for name, value in said["bio"].items() if value is not None}
    for name in _PHONES:
        if name in bio:
            bio[name] = bio[name][:_PHONE_LENGTH]
    errors = [] if _EMAIL.fullmatch(said["email"]) else ["User email is invalid"]
    errors += born(ask, bio["date_of_birth"])
    errors += (
        []
        if all(_PHONE.fullmatch(bio[name]) for name in _PHONES if bio.get(name))
        else ["User phone number is invalid"]
    )
    if errors:
        raise refusals.bad(*errors)
    found = _same(ask, {**said, "bio": bio})
    if found is None:
        bio.setdefault("gender", GENDERS[0])
        made = keep_patient(ask, {**said, "bio": bio}, provider)
        return one({"user": ask.shown("patients", made)}, HTTPStatus.CREATED)
    # v2 does not know the parameter.
    if ask.version == "v2" or not wanted.get("return_existing_if_match"):
        raise refusals.bad(f"Patient already exists with id {found.id}")
    return one({"user": ask.shown("patients", found)})


def _same(ask: Ask, said: dict[str, Any]) -> Record | None:
    def marks(values: dict[str, Any]) -> tuple[str, str, str, str]:
        bio = values["bio"]
        names = (values["first_name"].lower(), values["last_name"].lower())
        return (*names, bio["date_of_birth"], bio.get("phone_number", ""))

    wanted = marks(said)
    rows = ask.world.records("patients", ask.institution)
    return next((row for row in rows if marks(row.values) == wanted), None)


Test = Callable[[Record], bool]

# Every filter but email and phone number narrows; those two widen each other.
_FILTERS: dict[str, Callable[[Record, Any], bool]] = {
    "name": lambda row, name: all(word in _full_name(row) for word in name.lower().split()),
    "date_of_birth": lambda row, day: row.values["bio"]["date_of_birth"] == day.isoformat(),
    "inactive": lambda row, inactive: row.values["inactive"] is inactive,
    "non_patient": lambda row, other: row.values["bio"]["non_patient"] is other,
    "forms_syncable": lambda row, wanted: row.written or not wanted,
    "foreign_id": lambda row, id_: row.foreign_id == id_,
}
_EITHER: dict[str, Callable[[Record, Any], bool]] = {
    "email": lambda row, email: (row.values["email"] or "").lower() == email.lower(),
    "phone_number": lambda row, number: number in {row.values["bio"].get(name) for name in _PHONES},
}


def _tests(ask: Ask) -> list[Test]:
    said = {name: ask.query[name] for name in (*_FILTERS, *_EITHER) if ask.query[name] is not None}
    since = ask.query.moment("updated_since", ask.zone)

    def passes(row: Record) -> bool:
        either = [_EITHER[name](row, said[name]) for name in _EITHER if name in said]
        narrow = all(_FILTERS[name](row, said[name]) for name in _FILTERS if name in said)
        return narrow and (not either or any(either)) and (since is None or row.updated_at >= since)

    return [_nearby(ask), _known_or_coming(ask, ask.now), passes]


def _full_name(row: Record) -> str:
    names = (row.values["first_name"], row.values["middle_name"] or "", row.values["last_name"])
    return " ".join(names).lower()


def _nearby(ask: Ask) -> Test:
    places = {ask.at.id}
    if not ask.query["location_strict"]:
        rows = ask.world.records("locations", ask.institution)
        places |= {row.id for row in rows if row.foreign_id_type == ask.at.foreign_id_type}
    return lambda row: not places.isdisjoint(row.values["location_ids"])


def _known_or_coming(ask: Ask, now: datetime) -> Test:
    """Leave out new patients without an appointment ahead."""
    wanted: bool | None = ask.query["new_patient"]
    rows = ask.world.records("appointments", ask.institution)
    coming = {id_ for row in rows if row.live and row.starts_at >= now for id_ in (row.patient, row.dependent)}

    def passes(row: Record) -> bool:
        new: bool = row.values["bio"]["new_patient"]
        return wanted in {None, new} and (not new or row.id in coming)

    return passes


def list_(ask: Ask) -> Reply:
    """List patients.

    Args:
        ask: the call.
    """
    tests = _tests(ask)
    found = [row for row in ask.world.records("patients", ask.institution) if all(test(row) for test in tests)]
    rows = order(found, ask.query["sort"], {"id": _BY_ID, **BY_CHANGE}, _BY_ID)
    if ask.version == "v2":
        return page(ask, rows, partial(_shown, ask), lambda shown: {"patients": shown})
    return page(ask, rows, rendering.patient)


def get(ask: Ask) -> Reply:
    """Give a patient.

    Args:
        ask: the call.
    """
    row: Record = ask.one("patients")
    shown = _shown(ask, row)
    if ask.version == "v3":
        del shown["preferred_locale"]
        shown["hipaa"] = row.values["hipaa"]
    return one(shown)


def _shown(ask: Ask, row: Record) -> dict[str, Any]:
    included = {name: INCLUDES[name](ask, row) for name in ask.query["include[]"]}
    basic = rendering.patient_basic(ask.world, row)
    return {**basic, "provider_id": row.values["provider_id"], **included}


def _appointments(ask: Ask, row: Record) -> list[Appointment]:
    rows = (one for one in ask.world.records("appointments", row.institution) if one.patient == row.id and one.live)
    return sorted(rows, key=lambda one: one.starts_at)


def _upcoming(ask: Ask, row: Record) -> list[dict[str, Any]]:
    now = ask.now
    rows = [one for one in _appointments(ask, row) if now <= one.starts_at <= now + _YEAR]
    return [rendering.appointment_basic(ask.world, one) for one in rows]


def _last(ask: Ask, row: Record) -> dict[str, Any] | None:
    rows = [one for one in _appointments(ask, row) if one.checkin_at is not None and one.starts_at < ask.now]
    return rendering.appointment_basic(ask.world, rows[-1]) if rows else None


def _person(kind: str, name: str) -> Callable[[Ask, Record], dict[str, Any] | None]:
    def show(ask: Ask, row: Record) -> dict[str, Any] | None:
        found: Record | None = ask.world.find(kind, row.values[name])
        return rendering.user(found) if found else None

    return show


def _children(ask: Ask, row: Record) -> list[dict[str, Any]]:
    rows = ask.world.records("patients", row.institution)
    return [rendering.user(one) for one in rows if one.values["guarantor_id"] == row.id]


def _procedures(ask: Ask, row: Record) -> list[dict[str, Any]]:
    rows = ask.world.records("procedures", row.institution)
    plans = {"treatment_plan_ids": list[int]()} if ask.version == "v3" else {}
    return [{**rendering.procedure(ask.world, one), **plans} for one in rows if one.values["patient_id"] == row.id]


def _alerts(ask: Ask, row: Record) -> list[dict[str, Any]]:
    rows = ask.world.records("patient_alerts", row.institution)
    return [
        rendering.patient_alert(ask.world, one)
        for one in rows
        if one.values["patient_id"] == row.id and one.values["disabled_at"] is None
    ]


def _address(ask: Ask, row: Record) -> dict[str, Any]:  # noqa: ARG001 - all of them are called alike
    names = {
        "line_1": "address_line_1",
        "line_2": "address_line_2",
        "postal_code": "zip_code",
        "city": "city",
        "region": "state",
    }
    return {ours: row.values["bio"].get(theirs) for ours, theirs in names.items()}


def _nothing(ask: Ask, row: Record) -> list[dict[str, Any]]:  # noqa: ARG001 - all of them are called alike
    return []


INCLUDES: dict[str, Callable[[Ask, Record], Any]] = {
    "upcoming_appts": _upcoming,
    "last_visited_appointment": _last,
    "children": _children,
    "guarantor": _person("patients", "guarantor_id"),
    "procedures": _procedures,
    "insurance_coverages": _nothing,
    "adjustments": _nothing,
    "charges": _nothing,
    "payments": _nothing,
    "patient_alerts": _alerts,
    "address": _address,
    "provider": _person("providers", "provider_id"),
}

_INCLUDE = f"include[]:{'|'.join(INCLUDES)}"
_LIST = (
    "subdomain! location_id!:int sort=id name email phone_number date_of_birth:date inactive:bool foreign_id"
    " updated_since:moment new_patient:bool non_patient:bool forms_syncable:bool location_strict:bool=false"
)
ROUTES = (
    route("GET /patients", list_, _LIST, versions=("v3",), paged=True),
    route("GET /patients", list_, f"{_LIST} {_INCLUDE}", versions=("v2",), paged=True),
    route("POST /patients", create, "subdomain! location_id!:int"),
    route("GET /patients/#", get, f"subdomain! {_INCLUDE}"),
)
