"""The paths of the emulation and what each of them does."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any, cast

import orjson
from attrs import frozen

from apptsdk.sandbox.cliniko import available, booking, inputs
from apptsdk.sandbox.cliniko.account import Account
from apptsdk.sandbox.cliniko.inputs import BLANK
from apptsdk.sandbox.cliniko.paging import page
from apptsdk.sandbox.cliniko.records import Appointment, Record, Row
from apptsdk.sandbox.cliniko.refusals import invalid, missing, say, unreadable
from apptsdk.sandbox.cliniko.resources import (
    APPOINTMENTS,
    BUSINESSES,
    DAILY_AVAILABILITIES,
    PATIENTS,
    PRACTITIONERS,
    TYPES,
    USERS,
    Resource,
    without,
)
from apptsdk.sandbox.cliniko.times import LABELS, iso
from apptsdk.sandbox.http import Answer, Call

_NOTHING = Answer(HTTPStatus.NO_CONTENT)
_DAY = 86_400


@frozen
class Ask:
    """A call that was let in, on its way to its handler."""

    account: Account
    call: Call
    ids: tuple[int, ...]
    """From the path, in order."""

    @property
    def body(self) -> Mapping[str, Any]:
        """What was sent; nothing, unless it is said to be JSON.

        Raises:
            Refusal: 400, it is said to be and is not.
        """
        if "json" not in self.call.headers.get("content-type", "").lower() or not self.call.body:
            return {}
        try:
            said = orjson.loads(self.call.body)
        except orjson.JSONDecodeError:
            raise unreadable() from None
        return cast("dict[str, Any]", said) if isinstance(said, dict) else {}

    @property
    def now(self) -> int:
        """The time."""
        return self.account.now()

    def one(self, resource: Resource) -> Any:
        """Find the row that the path names, if nothing hides it.

        Args:
            resource: its resource.

        Raises:
            Refusal: 404, or 400 for a filter.
        """
        return self.account.one(resource, self.ids[-1], self.call.query)

    def shown(self, resource: Resource, row: Row) -> Mapping[str, object]:
        """Show a row as its vendor does.

        Args:
            resource: its resource.
            row: the row.
        """
        return resource.render(row, self.call.base_url, self.account.world)

    def commit(self, action: Any, resource: Resource, rows: Iterable[Row]) -> None:
        """Record that rows were changed.

        Args:
            action: what was done to them.
            resource: their resource.
            rows: all that one call changed.
        """
        self.account.commit(action, resource.name, [(str(row.id), self.shown(resource, row)) for row in rows])


Handler = Callable[[Ask], Answer]


def _list(ask: Ask, *, resource: Resource, among: Callable[[Ask], Callable[[Any], bool]] | None = None) -> Answer:
    keep = among(ask) if among else None
    found = ask.account.search(resource, ask.call, keep)
    return page(ask.call, resource.name, found, partial(ask.shown, resource))


def _get(ask: Ask, *, resource: Resource) -> Answer:
    return say(HTTPStatus.OK, ask.shown(resource, ask.one(resource)))


def _created(ask: Ask, resource: Resource, row: Row) -> Answer:
    # The vendor's Location lacks the version: https://github.com/redguava/cliniko-api (old examples).
    place = f"{ask.call.base_url.rpartition('/')[0]}/{resource.name}/{row.id}"
    return say(HTTPStatus.CREATED, ask.shown(resource, row), (("location", place),))


def _read(ask: Ask, resource: Resource, values: Mapping[str, Any]) -> dict[str, Any]:
    errors: dict[str, str] = {}
    read = inputs.read(ask.body, resource.checks, errors)
    changed = {**values, **read}
    errors |= {name: BLANK for name in resource.needed if not changed.get(name) and name not in errors}
    if errors:
        raise invalid(errors)
    if read.pop("unsubscribe_sms_marketing", None):
        read["accepted_sms_marketing"] = False
    # Where both are sent the label wins: https://docs.api.cliniko.com/guides/time_zone_support
    if read.get("time_zone") and resource is BUSINESSES:
        read["time_zone_identifier"] = LABELS[read["time_zone"]]
    elif read.get("time_zone_identifier"):
        names = {name: label for label, name in LABELS.items()}
        read["time_zone"] = names.get(read["time_zone_identifier"])
    return read


def _offer_at(ask: Ask, read: dict[str, Any], kind: int) -> None:
    # A type's businesses are kept with the businesses.
    wanted = read.pop("business_ids", None)
    if wanted is None:
        return
    for id_, row in ask.account.world.businesses.items():
        offered: list[str] = row.values["appointment_type_ids"]
        others = [other for other in offered if other != str(kind)]
        row.values["appointment_type_ids"] = [*others, str(kind)] if str(id_) in wanted else others


def _create(ask: Ask, *, resource: Resource) -> Answer:
    read, world = _read(ask, resource, resource.new), ask.account.world
    id_ = world.next_id()
    _offer_at(ask, read, id_)
    row = Record(id_, ask.now, ask.now, {**resource.new, **read})
    world.table(resource.name)[id_] = row
    ask.commit("create", resource, [row])
    return _created(ask, resource, row)


def _update(ask: Ask, *, resource: Resource) -> Answer:
    row: Record = ask.one(resource)
    read = _read(ask, resource, row.values)
    _offer_at(ask, read, row.id)
    row.values |= read
    row.updated_at = ask.now
    ask.commit("update", resource, [row])
    return say(HTTPStatus.OK, ask.shown(resource, row))


def _archive(ask: Ask, *, resource: Resource) -> Answer:
    row: Row = ask.one(resource)
    row.archived_at = row.updated_at = ask.now
    ask.commit("archive", resource, [row])
    return _NOTHING


def _unarchive(ask: Ask, *, resource: Resource) -> Answer:
    row: Row | None = ask.account.world.table(resource.name).get(ask.ids[-1])
    if row is None:
        raise missing()
    if row.archived_at is not None:
        row.archived_at, row.updated_at = None, ask.now
        ask.commit("unarchive", resource, [row])
    return say(HTTPStatus.OK, ask.shown(resource, row))


def _book(ask: Ask) -> Answer:
    world = ask.account.world
    rows = booking.create(world, ask.body, ask.now)
    world.book(rows)
    world.patients[rows[0].patient].values["latest_booking_id"] = rows[0].id
    ask.commit("create", APPOINTMENTS, rows)
    return _created(ask, APPOINTMENTS, rows[0])


def _move(ask: Ask) -> Answer:
    world = ask.account.world
    row = booking.update(world, ask.one(APPOINTMENTS), ask.body, ask.now)
    world.book([row])
    ask.commit("update", APPOINTMENTS, [row])
    return say(HTTPStatus.OK, ask.shown(APPOINTMENTS, row))


def _cancel(ask: Ask) -> Answer:
    rows = booking.cancel(ask.account.world, ask.one(APPOINTMENTS), ask.body, ask.now)
    ask.commit("cancel", APPOINTMENTS, rows)
    return _NOTHING


def _conflicts(ask: Ask) -> Answer:
    row: Appointment = ask.one(APPOINTMENTS)
    return say(HTTPStatus.OK, {"conflicts": {"exist": booking.conflicts(ask.account.world, row)}})


def _offer(ask: Ask) -> available.Offer:
    business, practitioner, kind = ask.ids
    return available.offer(ask.account.world, business, practitioner, kind, ask.now)


def _available(ask: Ask) -> Answer:
    found = _offer(ask)
    first, last = available.frame(found, dict(ask.call.query), longest=7)
    times = list(found.times(first, last))
    return page(ask.call, "available_times", times, lambda moment: {"appointment_start": iso(moment)})


def _next_available(ask: Ask) -> Answer:
    found, query = _offer(ask), dict(ask.call.query)
    horizon = ask.account.world.online_bookings.days_ahead
    if query.keys() & {"from", "to"}:
        first, last = available.frame(found, query, longest=100 * 366)
    else:
        first, last = available.days(found.today(), horizon)
    moment = next(found.times(first, last), None)
    said = {} if moment is None else {"appointment_start": iso(moment)}
    return say(HTTPStatus.OK, {**said, "links": {"self": f"{ask.call.base_url}{ask.call.path}"}})


def _me(ask: Ask) -> Answer:
    row = next(iter(ask.account.world.users.values()))
    return say(HTTPStatus.OK, ask.shown(USERS, row))


def _parent(ask: Ask, table: str) -> Any:
    row: Row | None = ask.account.world.table(table).get(ask.ids[0])
    if row is None or row.archived_at is not None:
        raise missing()
    return row


def _activity(*, active: bool) -> Callable[[Ask], Callable[[Any], bool]]:
    return lambda _: lambda row: row.values["active"] is active


def _of_type(*, active: bool) -> Callable[[Ask], Callable[[Any], bool]]:
    def among(ask: Ask) -> Callable[[Any], bool]:
        ids = frozenset(_parent(ask, "appointment_types").values["practitioner_ids"])
        return lambda row: row.values["active"] is active and str(row.id) in ids

    return among


def _at_business(*, active: bool) -> Callable[[Ask], Callable[[Any], bool]]:
    def among(ask: Ask) -> Callable[[Any], bool]:
        business, week = _parent(ask, "businesses").id, ask.account.world.hours
        ids = {id_ for id_, hours in week.items() if any(one.business == business for one in hours)}
        return lambda row: row.values["active"] is active and row.id in ids

    return among


def _by_practitioner(ask: Ask) -> Callable[[Any], bool]:
    id_ = str(_parent(ask, "practitioners").id)
    return lambda row: id_ in row.values["practitioner_ids"]


def _hours_of(table: str, key: str) -> Callable[[Ask], Callable[[Any], bool]]:
    def among(ask: Ask) -> Callable[[Any], bool]:
        id_ = _parent(ask, table).id
        return lambda row: row.values[key] == id_

    return among


def _resource(resource: Resource, *acts: str) -> dict[str, Handler]:
    base = f"/{resource.name}"
    usual: dict[str, dict[str, Handler]] = {
        "read": {
            f"GET {base}": partial(_list, resource=resource),
            f"GET {base}/#": partial(_get, resource=resource),
        },
        "write": {
            f"POST {base}": partial(_create, resource=resource),
            f"PATCH {base}/#": partial(_update, resource=resource),
            f"PUT {base}/#": partial(_update, resource=resource),
        },
        "archive": {
            f"POST {base}/#/archive": partial(_archive, resource=resource),
            f"DELETE {base}/#": partial(_archive, resource=resource),
        },
        "unarchive": {f"POST {base}/#/unarchive": partial(_unarchive, resource=resource)},
    }
    return {path: handler for act in acts for path, handler in usual[act].items()}


_TIMES = "GET /businesses/#/practitioners/#/appointment_types/#"

# `#` is an id. What is not here, or with another method, is the vendor's HTML page.
ROUTES: dict[str, Handler] = {
    **_resource(APPOINTMENTS, "read", "archive"),
    "POST /individual_appointments": _book,
    "PATCH /individual_appointments/#": _move,
    "PUT /individual_appointments/#": _move,
    "PATCH /individual_appointments/#/cancel": _cancel,
    "GET /individual_appointments/#/conflicts": _conflicts,
    **_resource(TYPES, "read", "write", "archive"),
    "GET /practitioners/#/appointment_types": partial(_list, resource=TYPES, among=_by_practitioner),
    **_resource(BUSINESSES, "read", "write", "archive", "unarchive"),
    **_resource(PATIENTS, "read", "write", "archive", "unarchive"),
    **_resource(PRACTITIONERS, "read"),
    "GET /practitioners": partial(_list, resource=PRACTITIONERS, among=_activity(active=True)),
    "GET /practitioners/inactive": partial(_list, resource=PRACTITIONERS, among=_activity(active=False)),
    "GET /appointment_types/#/practitioners": partial(_list, resource=PRACTITIONERS, among=_of_type(active=True)),
    "GET /appointment_types/#/practitioners/inactive": partial(
        _list, resource=PRACTITIONERS, among=_of_type(active=False)
    ),
    "GET /businesses/#/practitioners": partial(_list, resource=PRACTITIONERS, among=_at_business(active=True)),
    "GET /businesses/#/practitioners/inactive": partial(
        _list, resource=PRACTITIONERS, among=_at_business(active=False)
    ),
    f"{_TIMES}/available_times": _available,
    f"{_TIMES}/next_available_time": _next_available,
    **_resource(DAILY_AVAILABILITIES, "read"),
    "GET /businesses/#/daily_availabilities": partial(
        _list, resource=without(DAILY_AVAILABILITIES, "business_id"), among=_hours_of("businesses", "business_id")
    ),
    "GET /practitioners/#/daily_availabilities": partial(
        _list,
        resource=without(DAILY_AVAILABILITIES, "practitioner_id"),
        among=_hours_of("practitioners", "practitioner_id"),
    ),
    **_resource(USERS, "read"),
    "GET /user": _me,
}
