"""What IMIassist refuses: by the sandbox's own rules, in both shapes, and what it is told to answer."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
from contract_imiassist_giver import START
from contract_refusals import Refused

from apptsdk import NO_RETRY
from apptsdk.errors import APIStatusError
from apptsdk.providers.imiassist import AsyncIMIassist, IMIassist

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from harness import SyncTeller, World

    Story = Callable[[SyncTeller], Awaitable[Any]]

NOBODY = "00000000000000000000ffff"
STATUSES = (429, 500, 503)
AUTHENTICATE, NODE = "Authenticate", "Schedule an Appointment"
BY_ID, BY_UID, BY_REFERENCE = (
    f"Cancel by {name}" for name in ("Appointment ID", "Appointment UID", "External Reference ID")
)


def scheduling(**given: Any) -> Story:
    """Make an appointment."""
    return lambda imiassist: imiassist.call("appointments.schedule", start_time=START, **given)


def cancelling(**given: str) -> Story:
    """Cancel one."""
    return lambda imiassist: imiassist.call("appointments.cancel", **given)


def asking(method: str, path: str, **body: str) -> Story:
    """Ask for something else."""
    return lambda imiassist: imiassist.call("request", method, path, json=body or None)


async def _cancelled_twice(imiassist: SyncTeller) -> None:
    made = await scheduling()(imiassist)
    for _ in range(2):
        await imiassist.call("appointments.cancel", made)


async def _twice(imiassist: SyncTeller) -> None:
    for _ in range(2):
        await scheduling(external_reference_id="PAS-8001")(imiassist)


async def _guest_removed(imiassist: SyncTeller) -> None:
    made = await scheduling()(imiassist)
    path = f"/appointments/{made.appointment_id}/participants/{made.guests[0].participant_id}"
    await asking("DELETE", path)(imiassist)


async def _nobody_removed(imiassist: SyncTeller) -> None:
    made = await scheduling()(imiassist)
    await asking("DELETE", f"/appointments/{made.appointment_id}/participants/{NOBODY}")(imiassist)


STORIES: list[tuple[Story, str]] = [
    (scheduling(custom_attributes={"shoe_size": 44}), NODE),
    (scheduling(duration=121), NODE),
    (scheduling(assignee_email="nobody@example.org"), NODE),
    (scheduling(reference_case_id="NS-9999"), NODE),
    (scheduling(team_id=NOBODY), NODE),
    (_twice, NODE),
    (_cancelled_twice, BY_ID),
    (cancelling(appointment_id=NOBODY), BY_ID),
    (cancelling(appointment_uid="NS-9999-1"), BY_UID),
    (cancelling(external_reference_id="PAS-9999999"), BY_REFERENCE),
]
"""What is refused in both shapes, each with the node."""
OTHERS: list[Story] = [
    _guest_removed,
    _nobody_removed,
    asking("PATCH", f"/contacts/{NOBODY}", first_name="Nora"),
    asking("GET", f"/transactions/{NOBODY}"),
    asking("GET", "/nowhere"),
    asking("PUT", "/appointments"),
]
"""What only the API refuses."""
WEBHOOKS: list[Story] = [asking("POST", "/nowhere", node="schedule"), asking("PUT", "/bookings", node="schedule")]
"""What the webhook of the flow refuses by itself."""


def refusals(world: World, sandbox: Any, settings: Any, *, flow: bool) -> Iterator[Refused]:
    """Have everything refused, one after the other.

    Args:
        world: Which facade.
        sandbox: The other side.
        settings: A client's, in the one shape or the other.
        flow: Whether it is the flow's shape.
    """
    refused = partial(_refused, world, settings)
    for story, node in STORIES:
        yield from refused(story, node)
    for story in () if flow else OTHERS:
        yield from refused(story)
    for story in WEBHOOKS if flow else ():
        yield from refused(story, kind="")
    for status in STATUSES:
        fault = sandbox.fault("status", status=status, path="*", provider="imiassist", times=None)
        yield from refused(cancelling(appointment_id=NOBODY), BY_ID, kind="")
        fault.remove()
    yield from _refused(world, attrs.evolve(settings, token="made-up"), scheduling(), NODE)
    user = {"token": None, "user_email": "integration@northside.example", "user_password": "wrong"}
    yield from _refused(world, attrs.evolve(settings, **user), scheduling(), AUTHENTICATE)
    if flow:
        yield from _refused(world, attrs.evolve(settings, subdomain="nowhere"), scheduling(), NODE)


def _refused(world: World, settings: Any, story: Story, node: str = "", kind: str = "Error") -> Iterator[Refused]:
    client = world.client((IMIassist, AsyncIMIassist), settings, pace=(), retry=NO_RETRY)
    try:
        world.tell(story, client)
    except APIStatusError as error:
        said = json.loads(error.response.content or b"{}")
        # The flow passes on what its node was answered.
        answer = json.loads(said["Response_Body"]) if "Response_Body" in said else said
        yield Refused(str(error.status), error.code or "*", type(error).__name__, kind, answer)
        if node:
            yield Refused(node, "Failure", APIStatusError.__name__)
    else:
        raise AssertionError("nothing was refused")
