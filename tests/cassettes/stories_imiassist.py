"""IMIassist's stories, most of them in two shapes: our proposal of a wire, and a flow's webhook.

No real system is told them: the vendor publishes no wire, so nobody could say what of a recording is a secret. Every
external reference is given, because what the SDK makes up would be another one each time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from stories import Stories
from system_imiassist import IMIASSIST

from apptsdk import RetryPolicy
from apptsdk.providers.imiassist import Priority
from apptsdk.sandbox.imiassist import IMIassist
from apptsdk.sandbox.imiassist.flow import NAMES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from scribe import Scribe

    from apptsdk.sandbox import Sandbox

    Tell = Callable[[Scribe], Awaitable[None]]

STORIES = Stories()
NODES = {
    "authenticate": "authenticate",
    "get_new_token": "new_token",
    "get_existing_token": "existing_token",
    "schedule": "schedule",
    "cancel_by_id": "cancel_id",
    "cancel_by_uid": "cancel_uid",
    "cancel_by_external_reference": "cancel_reference",
}
FLOW: Mapping[str, Any] = {
    "api_prefix": "/flows/northside",
    "endpoints": {
        operation: {"method": "POST", "path": "/bookings", "body": {"node": node}} for operation, node in NODES.items()
    },
    "field_names": NAMES,
    "credentials_in_body": True,
}
"""What of the settings makes the same client fit the flow."""
READING = {"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}
SIGNING_IN: Mapping[str, Any] = {"api_key": None, "token": None}
"""As somebody who has no token yet."""
NOBODY_SIGNS_IN: Mapping[str, Any] = {"user_email": None, "user_password": None}
NOBODY = "00000000000000000000ffff"
"""Nothing has this id."""
HOST, ANOTHER_HOST = "dr.lee@example.org", "sam.otter@example.org"
TEAM = "5d1f0c6be1a9c40f3b7d2a02"
ANA: Mapping[str, Any] = {
    "customer_id": "NHSID_77",
    "customer_phone": "+447700900177",
    "customer_email": "ana.testperson@example.org",
    "customer_first_name": "Ána",
    "customer_last_name": "Testperson",
    "custom_attributes": {"age": 41, "interpreter": True, "gender": "female"},
}
APPOINTMENTS, CANCEL, BOOKINGS = "*/appointments", "*/cancel", "*/bookings"


def story(
    *, given: Mapping[str, Any] | None = None, prepare: Callable[[Sandbox], object] | None = None, **options: Any
) -> Callable[[Tell], Tell]:
    """Make a function a story about our proposal."""

    def prepared(sandbox: Sandbox) -> None:
        company = sandbox.emulator(IMIassist).world.companies["northside"]
        company.user_email = str(IMIASSIST.settings.user_email)
        company.user_password = str(IMIASSIST.settings.user_password)
        if prepare is not None:
            prepare(sandbox)

    added: Callable[[Tell], Tell] = STORIES.add(writes=True, live=False, given=given or {}, prepare=prepared, **options)
    return added


def flow_story(*, given: Mapping[str, Any] | None = None, **options: Any) -> Callable[[Tell], Tell]:
    """Make a function a story about the flow."""
    return story(given={**FLOW, **(given or {})}, **options)


def knobs(**values: Any) -> Callable[[Sandbox], None]:
    """Turn knobs of the emulation before a story."""

    def prepare(sandbox: Sandbox) -> None:
        vendor = sandbox.emulator(IMIassist)
        for name, value in values.items():
            setattr(vendor, name, value)

    return prepare


def fault(**options: Any) -> Callable[[Sandbox], object]:
    """Let something go wrong once."""
    return lambda sandbox: sandbox.fault("status", provider="imiassist", **options)


def revoked(sandbox: Sandbox) -> None:
    """Have no token that is good."""
    sandbox.emulator(IMIassist).revoke()


def renewed(sandbox: Sandbox) -> None:
    """Have another token than the client's."""
    sandbox.emulator(IMIassist).renew()


def another_password(sandbox: Sandbox) -> None:
    """Have another password than the client's."""
    sandbox.emulator(IMIassist).world.companies["northside"].user_password = "changed-no-secret"


def start(s: Scribe) -> datetime:
    """Give a time that is a week ahead, to the millisecond."""
    return s.now + timedelta(days=7, milliseconds=250)


async def scheduled(s: Scribe, reference: str, **given: Any) -> Any:
    """Schedule an appointment for somebody."""
    about = {"customer_phone": ANA["customer_phone"], "assignee_email": HOST, **given}
    return await s.call("appointments.schedule", start_time=start(s), external_reference_id=reference, **about)


# --- what there is ---------------------------------------------------------------------------------------------------


async def with_everything(s: Scribe) -> None:
    """Give every input of the page."""
    await s.call(
        "appointments.schedule",
        **ANA,
        start_time=start(s),
        team_id=TEAM,
        appointment_type="Follow-up",
        assignee_email=HOST,
        description="Two lines\nabout “nothing” 🙂",
        reference_case_id="NS-1",
        priority=Priority.HIGH,
        external_reference_id="PAS-7001",
        title="A made-up appointment",
        duration=timedelta(minutes=45),
    )


@story()
async def scheduled_with_everything(s: Scribe) -> None:
    await with_everything(s)


@flow_story()
async def flow_scheduled_with_everything(s: Scribe) -> None:
    await with_everything(s)


async def unassigned(s: Scribe) -> None:
    """Give only the start: nobody is assigned, and nobody is named."""
    await s.call("appointments.schedule", start_time=start(s), external_reference_id="PAS-7002")


@story()
async def scheduled_unassigned(s: Scribe) -> None:
    await unassigned(s)


@flow_story()
async def flow_scheduled_unassigned(s: Scribe) -> None:
    await unassigned(s)


async def in_every_way(s: Scribe) -> None:
    """Cancel what was scheduled, by each of its names; and once more."""
    made = await scheduled(s, "PAS-7003")
    await s.call("appointments.cancel", made)
    await s.refused("appointments.cancel", appointment_id=made.appointment_id)
    made = await scheduled(s, "PAS-7004")
    await s.call("appointments.cancel", appointment_uid=made.appointment_uid)
    await scheduled(s, "PAS-7005")
    await s.call("appointments.cancel", external_reference_id="PAS-7005")


@story()
async def cancelled_in_every_way(s: Scribe) -> None:
    await in_every_way(s)


@flow_story()
async def flow_cancelled_in_every_way(s: Scribe) -> None:
    await in_every_way(s)


@story(given={"endpoints": READING})
async def appointments_read(s: Scribe) -> None:
    """Switch on what no node of the vendor's can do."""
    made = await scheduled(s, "PAS-7006")
    await s.call("appointments.get", made.appointment_id)
    await s.list("request_pages", f"/appointments/{made.appointment_id}", "participants")
    await s.refused("appointments.get", NOBODY)


@story(prepare=knobs(participants_as="object", wrapped_in="data"))
async def participants_as_an_object(s: Scribe) -> None:
    await scheduled(s, "PAS-7007")


@story(prepare=knobs(participants_as="text", wrapped_in="result"))
async def participants_as_a_text(s: Scribe) -> None:
    await scheduled(s, "PAS-7008")


@flow_story(prepare=knobs(flow_passes_body=False))
async def flow_without_a_body(s: Scribe) -> None:
    made = await scheduled(s, "PAS-7009")
    await s.call("appointments.cancel", made)


@flow_story(
    given={**SIGNING_IN, **NOBODY_SIGNS_IN, "credentials_in_body": False, "without_credentials": True},
    prepare=knobs(flow_keeps_credentials=True),
)
async def flow_with_its_own_credentials(s: Scribe) -> None:
    await scheduled(s, "PAS-7010")


@story()
async def anything_else(s: Scribe) -> None:
    """Ask the vendor's other nodes."""
    made = await scheduled(s, "PAS-7011")
    path = f"/appointments/{made.appointment_id}/participants"
    added = await s.call("request", "POST", path, json={"role": "host", "email": ANOTHER_HOST})
    await s.call("request", "DELETE", f"{path}/{added.json()['participant_id']}")


@story()
async def contacts_write(s: Scribe) -> None:
    person = {"first_name": "Bo", "last_name": "Testperson", "phone": "+447700900178"}
    contact = (await s.call("request", "POST", "/contacts", json=person)).json()["contact_id"]
    await s.call("request", "PATCH", f"/contacts/{contact}", json={"email": "bo.testperson@example.org"})
    await s.call("request", "DELETE", f"/contacts/{contact}")


@story()
async def reports_write(s: Scribe) -> None:
    report = await s.call("request", "POST", "/reports/usage", json={"start_time": "2026-01-01T00:00:00.000Z"})
    await s.call("request", "GET", f"/transactions/{report.json()['transaction_id']}")


@flow_story()
async def flow_anything_else(s: Scribe) -> None:
    """Ask a node by hand: subdomain, domain, key and token are added."""
    made = await scheduled(s, "PAS-7012")
    body = {"node": "cancel_uid", "Appointment_Uid": made.appointment_uid}
    await s.call("request", "POST", "/bookings", json=body)


# --- how a token is had ----------------------------------------------------------------------------------------------


@story(given=SIGNING_IN)
async def signed_in(s: Scribe) -> None:
    """Two calls, and one token for them."""
    made = await scheduled(s, "PAS-7013")
    await s.call("appointments.cancel", made)


@flow_story(given=SIGNING_IN)
async def flow_signed_in(s: Scribe) -> None:
    made = await scheduled(s, "PAS-7014")
    await s.call("appointments.cancel", made)


@story(given=SIGNING_IN, prepare=revoked)
async def signed_in_for_a_new_token(s: Scribe) -> None:
    await scheduled(s, "PAS-7015")


@flow_story(given=SIGNING_IN, prepare=revoked)
async def flow_signed_in_for_a_new_token(s: Scribe) -> None:
    await scheduled(s, "PAS-7016")


@story(prepare=renewed)
async def token_renewed(s: Scribe) -> None:
    """Show a token that is spent, and get the one that is not."""
    await scheduled(s, "PAS-7017")


@flow_story(prepare=renewed)
async def flow_token_renewed(s: Scribe) -> None:
    await scheduled(s, "PAS-7018")


# --- when an answer is lost ------------------------------------------------------------------------------------------


async def nobody_knows(s: Scribe) -> None:
    """Lose the answer: nobody can look it up, and its reference undoes it."""
    about = {"start_time": start(s), "external_reference_id": "PAS-7019"}
    await s.refused("appointments.schedule", **about)
    await s.refused("resolve", s.attempts[-1])
    await s.call("appointments.cancel", external_reference_id="PAS-7019")


@story(prepare=fault(path=APPOINTMENTS, commit=True))
async def lost_and_scheduled(s: Scribe) -> None:
    await nobody_knows(s)


@flow_story(prepare=fault(path=BOOKINGS, commit=True))
async def flow_lost_and_scheduled(s: Scribe) -> None:
    await nobody_knows(s)


async def cancelled_all_the_same(s: Scribe) -> None:
    """Lose the answer to a cancellation, and be told that it is done."""
    made = await scheduled(s, "PAS-7020")
    await s.call("appointments.cancel", made)


@story(prepare=fault(path=CANCEL, commit=True), retry=RetryPolicy())
async def lost_and_cancelled(s: Scribe) -> None:
    await cancelled_all_the_same(s)


ACKNOWLEDGED = {"message": "The flow was started."}


@flow_story(prepare=fault(path=BOOKINGS, status=HTTPStatus.ACCEPTED, body=ACKNOWLEDGED))
async def flow_only_acknowledged(s: Scribe) -> None:
    """Call a webhook that does not wait for its nodes."""
    await s.refused("appointments.schedule", start_time=start(s), external_reference_id="PAS-7021")


# --- how it says no --------------------------------------------------------------------------------------------------


async def refused(s: Scribe) -> None:
    """Give what no server takes: what is wrong is named."""

    async def no(**given: Any) -> None:
        reference = given.pop("external_reference_id", "PAS-7022")
        await s.refused("appointments.schedule", start_time=start(s), external_reference_id=reference, **given)

    await no(custom_attributes={"shoe_size": 44}, appointment_type="Haircut")
    await no(duration=121)
    await no(team_id=NOBODY)
    await no(assignee_email="nobody@example.org")
    await no(reference_case_id="NS-9999")
    await no(external_reference_id="PAS-0001")
    await s.refused("appointments.cancel", appointment_id=NOBODY)
    await s.refused("appointments.cancel", appointment_uid="NS-9999-1")
    await s.refused("appointments.cancel", external_reference_id="PAS-9999")


@story()
async def refused_inputs(s: Scribe) -> None:
    await refused(s)


@flow_story()
async def flow_refused_inputs(s: Scribe) -> None:
    await refused(s)


async def cannot(s: Scribe) -> None:
    """Try to schedule, and be refused."""
    await s.refused("appointments.schedule", start_time=start(s), external_reference_id="PAS-7023")


@story(given={"token": "wrong-token-no-secret", **NOBODY_SIGNS_IN})
async def refused_token(s: Scribe) -> None:
    await cannot(s)


@flow_story(given={"token": "wrong-token-no-secret", **NOBODY_SIGNS_IN})
async def flow_refused_token(s: Scribe) -> None:
    await cannot(s)


@story(given=SIGNING_IN, prepare=another_password)
async def refused_password(s: Scribe) -> None:
    await cannot(s)


@flow_story(given=SIGNING_IN, prepare=another_password)
async def flow_refused_password(s: Scribe) -> None:
    await cannot(s)


@story(given={"api_prefix": "/api/v2"})
async def refused_path(s: Scribe) -> None:
    await cannot(s)


@flow_story(given={"api_prefix": "/flows/southside"})
async def flow_refused_path(s: Scribe) -> None:
    await cannot(s)


TOO_MANY = {"status": HTTPStatus.TOO_MANY_REQUESTS, "headers": {"retry-after": "9"}, "body": b""}


@story(prepare=fault(path=APPOINTMENTS, **TOO_MANY))
async def too_many(s: Scribe) -> None:
    await cannot(s)


@story(prepare=fault(path=APPOINTMENTS, **TOO_MANY), retry=RetryPolicy())
async def too_many_waited_for(s: Scribe) -> None:
    await scheduled(s, "PAS-7024")
