"""The webhook of a flow in front of the API: one path, other names, credentials in the body, always a 200.

It stands for what a customer builds in Webex Connect around the vendor's nodes. It runs the API's own handlers, and
only reshapes what goes in and what comes out.
"""

from collections.abc import Mapping
from http import HTTPMethod, HTTPStatus
from typing import Any, Final, cast
from urllib.parse import quote

import orjson
from attrs import evolve, frozen

from apptsdk.sandbox.http import Answer, Call, say
from apptsdk.sandbox.imiassist.appointments import INPUTS
from apptsdk.sandbox.imiassist.knobs import Knobs

PREFIX: Final = "/flows/northside"
BOOKINGS: Final = "/bookings"
"""Its only path, below the prefix."""
NODE: Final = "node"
"""The member that says which node is meant."""
_INPUTS: Final = {
    "subdomain": "company",
    "domain": "companyDomain",
    "api_key": "key",
    "token": "secret",
    "authorization": "passport",
    "user_email": "mailbox",
    "user_password": "passphrase",
    "customer_id": "guestRef",
    "customer_phone": "guestPhone",
    "customer_email": "guestMail",
    "customer_first_name": "firstName",
    "customer_last_name": "lastName",
    "custom_attributes": "extras",
    "team_id": "teamRef",
    "appointment_type": "kind",
    "start_time": "startAt",
    "assignee_email": "hostMail",
    "description": "text",
    "reference_case_id": "caseRef",
    "priority": "urgency",
    "external_reference_id": "crmRef",
    "title": "heading",
    "duration": "minutes",
    "appointment_id": "Appointment_Id",
    "appointment_uid": "Appointment_Uid",
}
_PARTICIPANT: Final = {
    "participant_id": "personRef",
    "first_name": "givenName",
    "last_name": "familyName",
    "email": "inbox",
    "phone": "dial",
}
NAMES: Final = {**_INPUTS, **_PARTICIPANT}
"""Our names, and what the flow calls them."""
_SIGN_IN: Final = {"user_email": "email", "user_password": "password"}
_OURS: Final = {theirs: _SIGN_IN.get(ours, ours) for ours, theirs in _INPUTS.items()}
_SHOWN: Final = {**_PARTICIPANT, "meeting_link": "video_url"}
_COMPANY: Final = ("subdomain", "domain")
_SECRETS: Final = ("api_key", "token")
_AUTHORIZATION: Final = "authorization"
_OUTPUTS: Final = {
    "appointment_id": "Appointment_ID",
    "appointment_uid": "APPOINTMENT_uid",
    "refresh": "REFRESH",
    "access": "ACCESS",
    "api_key": "KEY",
    "token": "Secret",
}
"""What the API answers, and the output in which the flow gives it."""


@frozen
class Node:
    """A node, and the call that it makes."""

    method: str
    path: str
    """Below the API's prefix; it may name an input."""
    inputs: tuple[str, ...] = ()
    credentials: tuple[str, ...] = (*_COMPANY, *_SECRETS)


NODES: Final = {
    "authenticate": Node("POST", "/auth/login", ("email", "password"), _COMPANY),
    "new_token": Node("POST", "/auth/token", (), (*_COMPANY, _AUTHORIZATION)),
    "existing_token": Node("GET", "/auth/token", (), (*_COMPANY, _AUTHORIZATION)),
    "schedule": Node("POST", "/appointments", tuple(INPUTS)),
    "cancel_id": Node("POST", "/appointments/{appointment_id}/cancel", ("appointment_id",)),
    "cancel_uid": Node("POST", "/appointments/uid/{appointment_uid}/cancel", ("appointment_uid",)),
    "cancel_reference": Node(
        "POST", "/appointments/external/{external_reference_id}/cancel", ("external_reference_id",)
    ),
}
"""By the constant in the body."""


class Unfit(Exception):  # noqa: N818 - it is an answer, not an accident
    """The webhook itself refuses the call.

    Args:
        status: of HTTP.
        why: the text.
    """

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.answer = say(status, {"message": why})


def read(call: Call, knobs: Knobs) -> tuple[Node, dict[str, Any]]:
    """Read what came to the webhook.

    Args:
        call: the call.
        knobs: whether unknown members are refused, and who has the credentials.

    Returns:
        The node, and what was said under our own names.

    Raises:
        Unfit: the path is another, or the body is not for this flow.
    """
    if call.path != PREFIX + BOOKINGS:
        raise Unfit(HTTPStatus.NOT_FOUND, "No flow listens here.")
    if call.method != HTTPMethod.POST:
        raise Unfit(HTTPStatus.METHOD_NOT_ALLOWED, "A flow is started with POST.")
    if call.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Unfit(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The content type must be application/json.")
    try:
        parsed = orjson.loads(call.body)
    except orjson.JSONDecodeError:
        parsed = None
    if not isinstance(parsed, dict):
        raise Unfit(HTTPStatus.BAD_REQUEST, "The body must be a JSON object.")
    body = cast("dict[str, Any]", parsed)
    node = NODES.get(str(body.pop(NODE, "")))
    if node is None:
        raise Unfit(HTTPStatus.BAD_REQUEST, f"There is no such {NODE}.")
    heard = {*node.inputs, *(() if knobs.flow_keeps_credentials else node.credentials)}
    unknown = sorted(name for name in body if _OURS.get(name) not in heard)
    if unknown and knobs.unknown_members == "refuse":
        raise Unfit(HTTPStatus.BAD_REQUEST, f"The flow does not know {', '.join(unknown)}.")
    return node, {_OURS[name]: value for name, value in body.items() if _OURS.get(name) in heard}


def behind(call: Call, prefix: str, node: Node, said: Mapping[str, Any], knobs: Knobs) -> Call:
    """Make the API's call that a node stands for.

    Args:
        call: as it came to the webhook.
        prefix: the API's.
        node: the node.
        said: under our own names, with the credentials.
        knobs: where the API has its credentials.
    """
    path = node.path
    body = {name: said[name] for name in node.inputs if name in said}
    for name in tuple(body):
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", quote(str(body.pop(name)), safe=""))
    headers = {"content-type": "application/json"}
    if _AUTHORIZATION in node.credentials:
        headers[knobs.access_header.lower()] = f"{knobs.access_scheme} {said.get(_AUTHORIZATION)}".strip()
    elif node.credentials != _COMPANY:
        headers[knobs.token_header.lower()] = f"{knobs.token_scheme} {said.get('token')}".strip()
        headers[knobs.api_key_header.lower()] = str(said.get("api_key"))
    return evolve(call, method=node.method, path=prefix + path, query=(), headers=headers, body=orjson.dumps(body))


def outputs(answer: Answer, knobs: Knobs) -> Answer:
    """Give what the API answered as the outputs of a node.

    Args:
        answer: the API's.
        knobs: whether its body is one of them.

    Returns:
        Always a 200.
    """
    said = cast("dict[str, Any]", orjson.loads(answer.body))
    raw = answer.body.decode() if knobs.flow_passes_body else ""
    if answer.status >= HTTPStatus.BAD_REQUEST:
        return say(HTTPStatus.OK, {"Response_Status_Code": str(answer.status), "Response_Body": raw})
    given: dict[str, object] = {output: said[name] for name, output in _OUTPUTS.items() if name in said}
    if "participants" in said:
        people = cast("list[dict[str, Any]]", said["participants"])
        named = [{_SHOWN.get(key, key): value for key, value in one.items()} for one in people]
        given["Participants"] = orjson.dumps(named).decode()
    return say(HTTPStatus.OK, {**given, "Response_Body": raw, "response_STATUS_code": str(answer.status)})
