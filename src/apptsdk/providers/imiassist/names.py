"""What inputs, outputs and credentials are called: the vendor's variables in snake case, which settings can rename.

https://help.webexconnect.io/docs/create-appointments
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

INPUTS: Final = (
    "customer_id",
    "customer_phone",
    "customer_email",
    "customer_first_name",
    "customer_last_name",
    "custom_attributes",
    "team_id",
    "appointment_type",
    "start_time",
    "assignee_email",
    "description",
    "reference_case_id",
    "priority",
    "external_reference_id",
    "title",
    "duration",
)
"""The inputs of an appointment, in the order of the vendor's page."""
CREDENTIALS: Final = ("subdomain", "domain", "api_key", "token")
"""What goes with every request, where it is in the body."""
SIGN_IN: Final = ("user_email", "user_password", "authorization", "access")
"""What an access token is had by, where it goes in the body, and the output that it is."""
PROPOSED: Final[Mapping[str, str]] = {"user_email": "email", "user_password": "password"}
"""What our proposal calls otherwise than we do."""
OUTPUTS: Final = (
    "appointment_id",
    "appointment_uid",
    "participants",
    "response_body",
    "response_status_code",
    "title",
    "start_time",
    "end_time",
    "duration",
    "priority",
    "status",
    "case_id",
    "external_reference_id",
)
"""The outputs: the vendor's, then those that only our proposal has."""
PARTICIPANT: Final = (
    "participant_id",
    "role",
    "first_name",
    "last_name",
    "email",
    "phone",
    "meeting_link",
    "meeting_url",
    "link",
    "url",
    "video_url",
)
"""The members of a participant; the last five are what its link may be called."""
LINKS: Final = PARTICIPANT[-5:]
_TOGETHER: Final = (
    (*INPUTS, *CREDENTIALS),
    (*SIGN_IN, *CREDENTIALS),
    ("appointment_id", *CREDENTIALS),
    ("appointment_uid", *CREDENTIALS),
    OUTPUTS,
    PARTICIPANT,
)
"""What stands in one object: no two of these can have the same name there."""


def check(names: Mapping[str, str], setting: str) -> None:
    """Check what the other side calls them.

    Args:
        names: Its names, by ours.
        setting: The setting's name and its environment variable, for the message.

    Raises:
        ConfigurationError: One of our names is none, or two get the same name.
    """
    known = dict.fromkeys(name for group in _TOGETHER for name in group)
    if unknown := sorted(set(names) - set(known)):
        raise ConfigurationError(
            f"{setting} has no {unknown[0]!r}; our names are {', '.join(known)}.", provider="imiassist"
        )
    for group in _TOGETHER:
        taken: dict[str, str] = {}
        for name in group:
            theirs = {**PROPOSED, **names}.get(name, name)
            if theirs.casefold() in taken:
                raise ConfigurationError(
                    f"{setting} calls both {taken[theirs.casefold()]} and {name} {theirs!r}.", provider="imiassist"
                )
            taken[theirs.casefold()] = name
