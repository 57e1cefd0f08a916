"""Where we or the sandbox say something else in v2 than what is known of it, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from contract_nexhealth_terms import TABLE as TABLE_OF_V3
from contract_nexhealth_terms import TERMS as TERMS_OF_V3
from contract_rows import Key, keys

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = TABLE_OF_V3.amended(Path(__file__).parent / "nexhealth_v2.tsv")
_KEYS = TABLE.by_key.keys()
_LISTED = "PatientsResponses_ListAll.patients"
_APPT = "AppointmentResponse.appt"
_SIZE = "the vendor's default of five is not ours"
_NUMBER = "the first page has a number too"

# What never has a value in the sandbox: what the page shows of online bookings and of procedures, and what no patient
# of the sandbox has. Each is what it is elsewhere in v3.
_ELSEWHERE = {_APPT: "Appointment", _LISTED: "PatientDetailed"}
_NOTHING = {
    _APPT: "booking_details procedures",
    f"{_APPT}.booking_details": "booked_via_nexhealth_generated_link booked_via_one_click campaign_id campaign_medium "
    "campaign_type",
    f"{_APPT}.patient": "guarantor_id middle_name",
    f"{_APPT}.procedures": "appointment_id body_site code end_date fee id name patient_id provider_id start_date "
    "status",
    f"{_APPT}.procedures.body_site": "surface tooth",
    f"{_APPT}.procedures.fee": "amount currency",
    _LISTED: "adjustments appointments charges insurance_coverages payments",
    f"{_LISTED}.appointments": "confirmed end_time id location_id provider_id provider_name start_time",
}


def _unseen() -> Iterator[tuple[Key, tuple[str, bool]]]:
    for key in keys("field", _NOTHING):
        ours, theirs = next(place for place in _ELSEWHERE.items() if key.where.startswith(place[0]))
        row = TABLE_OF_V3.by_key[key._replace(where=theirs + key.where.removeprefix(ours))]
        yield key, (row.type, bool(row.null))
    yield Key("field", f"{_APPT}.patient", "unsubscribe_sms"), ("boolean", False)


TERMS = attrs.evolve(
    TERMS_OF_V3,
    not_offered={},
    always={
        **{key: why for key, why in TERMS_OF_V3.always.items() if key in _KEYS},
        **{row.key: _SIZE for row in TABLE.named("query") if row.name == "per_page"},
        **{row.key: _NUMBER for row in TABLE.named("query") if row.name == "page"},
    },
    of_others=keys(
        "body",
        {
            "PATCH /appointments/{id}.appt": "end_time note operatory_id start_time",
        },
    ),
    partial=frozenset(place for place in TERMS_OF_V3.partial if place in TABLE.places)
    | {
        "Availability",
        "Availability.appointment_types",
        "AvailabilityBasic",
        "PatientDetailed.procedures",
        f"{_APPT}.patient",
        f"{_APPT}.procedures",
        _LISTED,
        f"{_LISTED}.appointments",
        f"{_LISTED}.procedures",
        f"{_LISTED}.upcoming_appts",
    },
    rare=frozenset(key for key in TERMS_OF_V3.rare if key in _KEYS)
    | keys(
        "field",
        {
            "Availability": "appointment_types",
            _LISTED: "address adjustments charges insurance_coverages payments procedures upcoming_appts",
        },
    ),
    null_seen={
        **{key: why for key, why in TERMS_OF_V3.null_seen.items() if key in _KEYS},
        Key("field", "Appointment", "patient"): "a block is nobody's",
    },
    undeclared={
        **TERMS_OF_V3.undeclared,
        Key("field", "PatientDetailed", "provider_id"): "the list's object has it",
        **dict.fromkeys(
            keys(
                "field",
                {f"{_APPT}.patient": "billing_type chart_id location_ids preferred_language preferred_locale"},
            ),
            "the patients of v2 have it, and the page's example is older",
        ),
    },
    never_null=frozenset(key for key in TERMS_OF_V3.never_null if key in _KEYS)
    - {Key("field", "Appointment", "patient_id")}
    | keys(
        "field",
        {
            _APPT: "patient_id",
            f"{_APPT}.patient": "email foreign_id last_sync_time",
            "Availability": "days location_id operatory_id provider_id",
            "AvailabilityBasic": "days location_id operatory_id provider_id",
            _LISTED: "foreign_id last_sync_time",
            f"{_LISTED}.procedures": "appointment_id code end_date location_id name patient_id provider_id start_date "
            "status",
        },
    ),
    unseen={
        **{key: said for key, said in TERMS_OF_V3.unseen.items() if key in _KEYS},
        **dict(_unseen()),
    },
)
