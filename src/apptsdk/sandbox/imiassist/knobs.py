"""What a test can turn: the emulation's decisions, all ours, because no wire format of this vendor is public."""

from datetime import timedelta
from typing import Literal

from attrs import define, field, validators


@define(kw_only=True, eq=False)
class Knobs:
    """Each stands for something that the vendor does not say; any can be set at any time."""

    token_life: timedelta | None = None
    """How long a new token is good, by the sandbox's clock; None for ever."""
    access_life: timedelta = timedelta(minutes=15)
    """How long a new ACCESS is good."""
    existing_gives_spent: bool = False
    """Whether the call for the existing token gives one that is good no more; without it, that is a 404."""
    api_key_header: str = "X-Api-Key"
    """Where the API key is."""
    token_header: str = "Authorization"  # noqa: S105 - a header's name
    """Where the token is."""
    token_scheme: str = "Token"  # noqa: S105 - a scheme
    """What stands before the token; nothing if it is empty."""
    access_header: str = "Authorization"
    """Where ACCESS is."""
    access_scheme: str = "Bearer"
    """What stands before ACCESS; nothing if it is empty."""
    unknown_members: Literal["refuse", "ignore"] = field(
        default="refuse", validator=validators.in_(("refuse", "ignore"))
    )
    """What is done with JSON members that nobody knows."""
    participants_as: Literal["list", "object", "text"] = field(
        default="list", validator=validators.in_(("list", "object", "text"))
    )
    """How the API gives `participants`: a list, an object (`host1`, `guest1`), or the list as JSON in a string."""
    wrapped_in: Literal["data", "result", "appointment"] | None = field(
        default=None, validator=validators.optional(validators.in_(("data", "result", "appointment")))
    )
    """The member in which the API's answers about appointments are wrapped; None for no wrapping."""
    report_after: timedelta = timedelta(minutes=1)
    """How long a usage report takes."""
    flow_passes_body: bool = True
    """Whether the flow gives what the API answered as `Response_Body`; without it, its other outputs are all there is.
    """
    flow_keeps_credentials: bool = False
    """Whether the flow has an API key and a token of its own, and takes none."""
