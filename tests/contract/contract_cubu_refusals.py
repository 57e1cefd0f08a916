"""What Cubu refuses: by its published codes, which the sandbox is told to answer, and by the sandbox's own."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
from contract_cubu_giver import DAY
from contract_refusals import Refused

from apptsdk import NO_RETRY
from apptsdk.errors import ApptError
from apptsdk.providers.cubu import AsyncCubu, Cubu
from apptsdk.sandbox.cubu import Cubu as Emulation
from apptsdk.sandbox.cubu.seed import FIRST_NAME, FRONT_DESK, LAST_NAME, NATIONAL_ID, QUESTION

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from harness import SyncTeller, World

    from apptsdk.sandbox import Sandbox

    Story = Callable[[SyncTeller], Awaitable[Any]]

PUBLISHED = (1001, 1002, 1004, 1010, 1011, 3301)
"""The codes that the vendor's pages name, all with 409: of agents, whom only `request()` reaches."""
STATUSES = (400, 401, 403, 404, 409, 429, 500, 503)
NOBODY = "00000000-0000-4000-8000-000000000000"
TOKEN = "/*/oauth2/v2.0/token"
INVALID_REQUEST = {"error": "invalid_request", "error_description": "AADSTS900144: made up"}


def refusals(world: World, sandbox: Sandbox) -> Iterator[Refused]:
    """Have everything refused, one after the other.

    Args:
        world: Which facade.
        sandbox: The other side.
    """
    refused = partial(_refused, world, sandbox.cubu)
    answered = [
        *((409, {"errorCode": code, "message": "made up"}, _clock_in) for code in PUBLISHED),
        *((status, None, _workspaces) for status in STATUSES),
    ]
    for status, body, story in answered:
        fault = sandbox.fault("status", status=status, body=body, path="*/agents/*", times=None)
        yield refused(story)
        fault.remove()
    yield from _own(world, sandbox)
    fault = sandbox.fault("status", status=400, body=INVALID_REQUEST, path=TOKEN, times=None)
    yield _of_token(refused(_calendars), kind="")
    fault.remove()
    for given in ({"client_secret": "wrong"}, {"client_id": NOBODY}, {"scope": "wrong"}):
        yield _of_token(_refused(world, attrs.evolve(sandbox.cubu, **given), _calendars))


def _own(world: World, sandbox: Sandbox) -> Iterator[Refused]:
    """Have the sandbox refuse what it refuses by itself."""
    kind, settings, emulation = "Error", sandbox.cubu, sandbox.emulator(Emulation)
    case_action = attrs.evolve(settings, cancel_method="POST", cancel_path="/cases/{caseId}/actions/cancel")
    yield _refused(world, settings, _twice, kind)
    yield _refused(world, settings, _at_night, kind)
    yield _refused(world, case_action, _cancelled_twice, kind)
    yield _refused(world, settings, _resolved(emulation), kind)
    yield _refused(world, attrs.evolve(settings, cancel_method="PUT"), _cancelled, kind)
    yield _refused(world, settings, _half, kind)
    yield _refused(world, settings, _unknown, kind)
    yield _refused(world, settings, _same_key, kind)
    yield _refused(world, attrs.evolve(settings, **emulation.register()), _calendars, kind)
    emulation.before_book = lambda body: {"cancel": f"not {body['channel']}"}
    yield _refused(world, settings, _once, kind)
    emulation.before_book = None


def _refused(world: World, settings: Any, story: Story, kind: str = "") -> Refused:
    client = world.client((Cubu, AsyncCubu), settings, pace=(), retry=NO_RETRY)
    try:
        world.tell(story, client)
    except ApptError as error:
        response: Any = getattr(error, "response", None)
        answer = json.loads(response.content) if response.content else None
        # A time that is not to be had is an error of ours, whose cause is the vendor's.
        code = getattr(error if hasattr(error, "code") else error.__cause__, "code", None)
        return Refused(str(response.status), code or "*", type(error).__name__, kind, answer)
    raise AssertionError("nothing was refused")


def _of_token(one: Refused, kind: str = "TokenError") -> Refused:
    return attrs.evolve(one, where=f"{one.where} of the token", kind=kind)


async def _clock_in(cubu: SyncTeller) -> None:
    await cubu.call("request", "POST", f"/agents/{NOBODY}/actions/clockIn", json={})


async def _workspaces(cubu: SyncTeller) -> None:
    await cubu.call("request", "GET", f"/agents/{NOBODY}/workspaces")


async def _calendars(cubu: SyncTeller) -> None:
    await cubu.collect(cubu.list("calendars.list", FRONT_DESK, DAY))


async def _book(cubu: SyncTeller, start: int) -> Any:
    calendar = await cubu.first(cubu.list("calendars.list", FRONT_DESK, DAY))
    return await cubu.call("appointments.book", calendar, service_type_id=QUESTION, channel="Phone", start=start)


async def _once(cubu: SyncTeller) -> None:
    await _book(cubu, 600)


async def _twice(cubu: SyncTeller) -> None:
    await _book(cubu, 540)
    await _book(cubu, 540)


async def _at_night(cubu: SyncTeller) -> None:
    await _book(cubu, 60)


async def _cancelled(cubu: SyncTeller) -> None:
    await cubu.call("appointments.cancel", await _book(cubu, 660))


async def _cancelled_twice(cubu: SyncTeller) -> None:
    booking = await _book(cubu, 720)
    await cubu.call("appointments.cancel", booking)
    await cubu.call("appointments.cancel", booking)


def _resolved(emulation: Emulation) -> Story:
    """Cancel what is long over."""
    kept = next(case for case in emulation.world.cases.values() if case.appointment and case.closed)
    calendar = kept.appointment.calendar

    async def story(cubu: SyncTeller) -> None:
        reference = f"{calendar.service.id}/{calendar.date}/{calendar.cu_index}/{kept.id}"
        await cubu.call("appointments.cancel", reference)

    return story


async def _half(cubu: SyncTeller) -> None:
    await cubu.call("customers.create", fields={FIRST_NAME: "Nora"})


async def _unknown(cubu: SyncTeller) -> None:
    await cubu.call("customers.get", NOBODY)


async def _same_key(cubu: SyncTeller) -> None:
    for _ in range(2):
        fields = {FIRST_NAME: "Nora", LAST_NAME: "Adeyemi", NATIONAL_ID: "812345678"}
        await cubu.call("customers.create", fields=fields)
