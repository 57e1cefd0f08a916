"""The paths of the emulation and what each of them does."""

from collections.abc import Callable
from functools import partial
from typing import Any

from apptsdk.sandbox.cliniko import cases, computed, diary
from apptsdk.sandbox.cliniko.ask import Ask, Handler
from apptsdk.sandbox.cliniko.handlers import Among, list_, routes
from apptsdk.sandbox.cliniko.resources import (
    ATTENDEES,
    BLOCK_TYPES,
    BOOKINGS,
    BUSINESSES,
    CASES,
    DAILY_AVAILABILITIES,
    PATIENTS,
    PRACTITIONERS,
    TYPES,
    USERS,
    without,
)
from apptsdk.sandbox.cliniko.services import works

_RECORD = ("list", "get", "create", "update", "archive")


def _activity(*, active: bool) -> Among:
    return lambda _: lambda row: row.values["active"] is active


def _of_type(*, active: bool) -> Among:
    def among(ask: Ask) -> Callable[[Any], bool]:
        ids = frozenset(ask.parent("appointment_types").values["practitioner_ids"])
        return lambda row: row.values["active"] is active and str(row.id) in ids

    return among


def _at_business(*, active: bool) -> Among:
    def among(ask: Ask) -> Callable[[Any], bool]:
        business = ask.parent("businesses").id
        return lambda row: row.values["active"] is active and works(ask.world, row.id, business)

    return among


def _by_practitioner(ask: Ask) -> Callable[[Any], bool]:
    id_ = str(ask.parent("practitioners").id)
    return lambda row: id_ in row.values["practitioner_ids"]


def _hours_of(table: str, key: str) -> Among:
    def among(ask: Ask) -> Callable[[Any], bool]:
        id_ = ask.parent(table).id
        return lambda row: row.values[key] == id_

    return among


def _attending(table: str) -> Among:
    def among(ask: Ask) -> Callable[[Any], bool]:
        id_ = ask.parent(table).id
        return lambda row: row.booking == id_

    return among


def _of_case(ask: Ask) -> Callable[[Any], bool]:
    id_ = ask.parent("patient_cases").id
    return lambda row: row.patient_case == id_


def _booked_for_case(ask: Ask) -> Callable[[Any], bool]:
    attendees = ask.world.attendees_of(ask.parent("patient_cases").id)
    ids = frozenset(one.booking for one in attendees if one.live)
    return lambda row: row.id in ids


def _active_cases(ask: Ask) -> Callable[[Any], bool]:
    return cases.active(ask.world, ask.now)


# `#` is an id. What is not here, or with another method, is the vendor's HTML page.
ROUTES: dict[str, Handler] = {
    **diary.ROUTES,
    **computed.ROUTES,
    **routes(TYPES, *_RECORD, "delete"),
    "GET /practitioners/#/appointment_types": partial(list_, resource=TYPES, among=_by_practitioner),
    **routes(BUSINESSES, *_RECORD, "delete", "unarchive"),
    **routes(PATIENTS, *_RECORD, "delete", "unarchive"),
    **routes(PRACTITIONERS, "get"),
    "GET /practitioners": partial(list_, resource=PRACTITIONERS, among=_activity(active=True)),
    "GET /practitioners/inactive": partial(list_, resource=PRACTITIONERS, among=_activity(active=False)),
    "GET /appointment_types/#/practitioners": partial(list_, resource=PRACTITIONERS, among=_of_type(active=True)),
    "GET /appointment_types/#/practitioners/inactive": partial(
        list_, resource=PRACTITIONERS, among=_of_type(active=False)
    ),
    "GET /businesses/#/practitioners": partial(list_, resource=PRACTITIONERS, among=_at_business(active=True)),
    "GET /businesses/#/practitioners/inactive": partial(
        list_, resource=PRACTITIONERS, among=_at_business(active=False)
    ),
    **routes(DAILY_AVAILABILITIES, "list", "get"),
    "GET /businesses/#/daily_availabilities": partial(
        list_, resource=without(DAILY_AVAILABILITIES, "business_id"), among=_hours_of("businesses", "business_id")
    ),
    "GET /practitioners/#/daily_availabilities": partial(
        list_,
        resource=without(DAILY_AVAILABILITIES, "practitioner_id"),
        among=_hours_of("practitioners", "practitioner_id"),
    ),
    **routes(USERS, "list", "get"),
    **routes(BLOCK_TYPES, *_RECORD),
    **routes(CASES, *_RECORD),
    "GET /patient_cases/active": partial(list_, resource=CASES, among=_active_cases),
    # Deprecated, but the links of other records lead here.
    "GET /individual_appointments/#/attendees": partial(
        list_, resource=ATTENDEES, among=_attending("individual_appointments")
    ),
    "GET /group_appointments/#/attendees": partial(list_, resource=ATTENDEES, among=_attending("group_appointments")),
    "GET /patient_cases/#/attendees": partial(list_, resource=without(ATTENDEES, "patient_case_id"), among=_of_case),
    "GET /patient_cases/#/bookings": partial(list_, resource=BOOKINGS, among=_booked_for_case),
}
