"""The paths of the emulation, by version."""

from collections.abc import Iterable

from apptsdk.sandbox.nexhealth import (
    appointments,
    booking,
    hooks,
    kinds,
    patients,
    practices,
    providers,
    reminders,
    slots,
    working_hours,
)
from apptsdk.sandbox.nexhealth.ask import Route
from apptsdk.sandbox.nexhealth.versions import VERSIONS, Version


def _table(routes: Iterable[Route], version: Version) -> dict[str, Route]:
    return {route.path: route for route in routes if version in route.versions}


# Every module has its own; what is not here is unknown to the vendor.
_ALL: tuple[Route, ...] = (
    *appointments.ROUTES,
    *booking.ROUTES,
    *hooks.ROUTES,
    *patients.ROUTES,
    *practices.ROUTES,
    *providers.ROUTES,
    *reminders.ROUTES,
    *slots.ROUTES,
    *kinds.ROUTES,
    *working_hours.ROUTES,
)
ROUTES: dict[Version, dict[str, Route]] = {version: _table(_ALL, version) for version in VERSIONS}
