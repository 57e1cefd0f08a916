"""What is not kept but worked out: available times, services, settings, and whose key it is."""

from functools import partial
from http import HTTPStatus

from apptsdk.sandbox.cliniko import available, services, settings
from apptsdk.sandbox.cliniko.account import texts
from apptsdk.sandbox.cliniko.ask import Ask, Handler
from apptsdk.sandbox.cliniko.filters import read_filters
from apptsdk.sandbox.cliniko.paging import page
from apptsdk.sandbox.cliniko.refusals import forbidden
from apptsdk.sandbox.cliniko.resources import USERS
from apptsdk.sandbox.cliniko.times import iso
from apptsdk.sandbox.http import Answer, say


def _offer(ask: Ask) -> available.Offer:
    business, practitioner, kind = ask.ids
    return available.offer(ask.world, business, practitioner, kind, ask.now)


def _available(ask: Ask) -> Answer:
    found = _offer(ask)
    first, last = available.frame(found, dict(ask.call.query), longest=7)
    times = list(found.times(first, last))
    return page(ask.call, "available_times", times, lambda moment: {"appointment_start": iso(moment)})


def _next_available(ask: Ask) -> Answer:
    found, query = _offer(ask), dict(ask.call.query)
    if query.keys() & {"from", "to"}:
        first, last = available.frame(found, query, longest=100 * 366)
    else:
        first, last = available.days(found.today(), ask.world.online_bookings.days_ahead)
    moment = next(found.times(first, last), None)
    said = {} if moment is None else {"appointment_start": iso(moment)}
    return say(HTTPStatus.OK, {**said, "links": {"self": f"{ask.call.base_url}{ask.call.path}"}})


def _me(ask: Ask) -> Answer:
    return ask.changed(USERS, ask.world.user)


def _services(ask: Ask) -> Answer:
    business = ask.parent("businesses").id if ask.ids else None
    read_filters(texts(ask.call.query), {}, ask.world.zone)
    found = services.services(ask.world, business)
    return page(ask.call, "services", found, partial(services.service, url=ask.call.base_url))


def _settings(ask: Ask) -> Answer:
    if ask.world.user.values["role"] not in settings.VIEWERS:
        raise forbidden()
    return say(HTTPStatus.OK, settings.settings(ask.world))


def _public_settings(ask: Ask) -> Answer:
    return say(HTTPStatus.OK, settings.public_settings(ask.world))


_TIMES = "GET /businesses/#/practitioners/#/appointment_types/#"

ROUTES: dict[str, Handler] = {
    f"{_TIMES}/available_times": _available,
    f"{_TIMES}/next_available_time": _next_available,
    "GET /user": _me,
    "GET /services": _services,
    "GET /businesses/#/services": _services,
    "GET /settings": _settings,
    "GET /settings/public": _public_settings,
}
