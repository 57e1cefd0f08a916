"""Webhooks on their way: where they go, how they are authorized, and what becomes of each.

https://docs.cubu.com/guides/technical-guide/webhooks/webhooks-configuration
"""

import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final, Literal, get_args

import orjson
from attrs import Attribute, define, field, frozen, validators

from apptsdk.sandbox.agenda import Agenda, Message, Posted
from apptsdk.sandbox.background import leads_somewhere, on_this_machine
from apptsdk.sandbox.http import JSON

Action = Literal["afterBookAppointment", "afterQueueUp"]
"""What the organization's server is told of."""
Encoding = Literal["base64", "hex"]
Algorithm = Literal["sha1", "sha256", "sha384", "sha512"]
State = Literal["waiting", "delivered", "failed", "withheld"]

_ENCODERS: Final[Mapping[Encoding, Callable[[bytes], str]]] = {
    "base64": lambda mac: b64encode(mac).decode(),
    "hex": bytes.hex,
}


def _base_url(_: object, attribute: "Attribute[str]", value: str) -> None:
    if not leads_somewhere(value) or "?" in value or "#" in value:
        raise ValueError(f"{attribute.name} must be like https://hooks.example.com/cubu, not {value!r}")


def _key(_: object, attribute: "Attribute[str | None]", value: str | None) -> None:
    if value == "":
        raise ValueError(f"{attribute.name} must not be empty; None is for no authorization")


@frozen(kw_only=True)
class Webhook:
    """Where the organization's server is, and how it knows that it is Cubu who calls."""

    url: str = field(validator=_base_url)
    """The base of all its URLs."""
    key: str | None = field(default=None, repr=False, validator=_key)
    """None for calls without authorization."""
    encoding: Encoding = field(default="base64", validator=validators.in_(get_args(Encoding)))
    algorithm: Algorithm = field(default="sha256", validator=validators.in_(get_args(Algorithm)))

    def at(self, action: Action) -> str:
        """Give the URL of an action.

        Args:
            action: the action.
        """
        return f"{self.url.rstrip('/')}/service/actions/{action}"

    def authorization(self, body: bytes) -> str | None:
        """Sign a body.

        Args:
            body: as it is posted.

        Returns:
            The header `Authorization`; None for none.
        """
        if self.key is None:
            return None
        return f"HMAC {_ENCODERS[self.encoding](hmac.digest(self.key.encode(), body, self.algorithm))}"


@define(eq=False, kw_only=True)
class Delivery:
    """One call of the organization's server."""

    action: Action
    case_id: str
    url: str
    at: datetime
    """When it happened of which it tells, by the sandbox's clock."""
    body: bytes = field(repr=False)
    """Personal data: not in the repr."""
    authorization: str | None = field(repr=False)
    """The header of that name; None if there is none."""
    posted: Posted | None = field(default=None, init=False)
    """What became of it; None while it is on its way, and if it never leaves."""
    state: State = field(default="waiting", init=False)
    """`delivered` is any 2xx, `failed` anything else, `withheld` what would leave this machine."""


class Deliveries:
    """The webhooks of an organization.

    Args:
        agenda: what posts them.
    """

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        self.webhook: Webhook | None = None
        """Where they go; None for nowhere."""
        self.anywhere = False
        """Whether they may leave this machine."""
        self.log: list[Delivery] = []

    def tell(self, action: Action, case_id: str, said: Mapping[str, object]) -> None:
        """Tell the organization's server of something, in the background.

        Args:
            action: what happened.
            case_id: to which case.
            said: the body.
        """
        if self.webhook is None:
            return
        body = orjson.dumps(said)
        delivery = Delivery(
            action=action,
            case_id=case_id,
            url=self.webhook.at(action),
            at=self._agenda.clock.now(),
            body=body,
            authorization=self.webhook.authorization(body),
        )
        self.log.append(delivery)
        if not self.anywhere and not on_this_machine(delivery.url):
            delivery.state = "withheld"
            return
        headers = (("content-type", JSON), *_authorized(delivery))
        self._agenda.post(
            Message(url=delivery.url, headers=headers, body=body, line=self.webhook.url, done=partial(_done, delivery))
        )


def _authorized(delivery: Delivery) -> tuple[tuple[str, str], ...]:
    return () if delivery.authorization is None else (("authorization", delivery.authorization),)


def _done(delivery: Delivery, posted: Posted) -> None:
    delivery.posted = posted
    delivery.state = "delivered" if posted.taken else "failed"
