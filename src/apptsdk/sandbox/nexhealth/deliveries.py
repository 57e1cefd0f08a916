"""Webhooks on their way: what is sent to whom, how it is signed, and what becomes of it.

https://docs.nexhealth.com/docs/webhooks
"""

import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Literal

import orjson
from attrs import define, field, frozen

from apptsdk.sandbox.agenda import Agenda, Message, Posted
from apptsdk.sandbox.background import on_this_machine
from apptsdk.sandbox.nexhealth.hooks import ENDPOINTS, EVENTS, SUBSCRIPTIONS, Subscription
from apptsdk.sandbox.nexhealth.records import Record
from apptsdk.sandbox.nexhealth.times import iso
from apptsdk.sandbox.nexhealth.versions import Version
from apptsdk.sandbox.nexhealth.world import World

RETRIES: Final = (
    timedelta(seconds=30),
    timedelta(minutes=1.5),
    timedelta(minutes=3.5),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=24),
    timedelta(hours=48),
)
"""When a webhook is sent again, counted from the first time. https://docs.nexhealth.com/reference/webhook-endpoints"""

Data = Callable[[Version], Mapping[str, object]]
"""What an event tells, in the shapes of a version."""
State = Literal["waiting", "delivered", "failed", "stopped", "withheld"]


@frozen(kw_only=True)
class Attempt(Posted):
    """One time that a webhook was sent, and what became of it."""

    at: datetime
    """When it was due, by the sandbox's clock."""
    timestamp: str
    """The header of that name: the sandbox's time when it was sent."""
    signature: str = field(repr=False)


@define(eq=False, kw_only=True)
class Delivery:
    """One event for one subscription."""

    event_name: str
    resource_type: str
    endpoint_id: int
    subscription_id: int
    target_url: str
    """Where it went, or will go if nobody changes the endpoint."""
    first_at: datetime
    body: bytes = field(repr=False)
    """The same in every attempt. Personal data: not in the repr."""
    attempts: list[Attempt] = field(factory=list[Attempt], init=False)
    state: State = field(default="waiting", init=False)
    """`failed` after the last attempt, `stopped` when the endpoint or the subscription was deleted or is not active,
    `withheld` when it would leave this machine."""


def sign(secret_key: str, timestamp: str, body: bytes) -> str:
    """Sign a webhook.

    Args:
        secret_key: the endpoint's.
        timestamp: the header of that name.
        body: the raw body.

    Returns:
        The header `signature`.
    """
    signed = b".".join([timestamp.encode(), b64encode(body)])
    return hmac.new(secret_key.encode(), signed, "sha256").hexdigest()


class Deliveries:
    """The webhooks of a world.

    Args:
        world: whose subscriptions they are for.
        agenda: what carries them out.
    """

    def __init__(self, world: World, agenda: Agenda) -> None:
        self._world = world
        self._agenda = agenda
        self.log: list[Delivery] = []
        self.anywhere = False
        """Whether they may leave this machine."""

    def announce(self, resource: str, event_name: str, institution: Record, data: Data, at: datetime) -> None:
        """Tell the subscribers of an event, as things are now.

        Args:
            resource: the type of the resource.
            event_name: the event, with its outcome if it has one.
            institution: where it happened.
            data: what it tells.
            at: when it happened.
        """
        event = event_name.partition(".")[0]
        wanted = {"resource_type": resource, "event": event, "active": True}
        subscriptions: list[Subscription] = list(self._world.records(SUBSCRIPTIONS, institution.id))
        for subscription in subscriptions:
            endpoint = self._endpoint(subscription.values["webhook_endpoint_id"])
            if endpoint is None or not wanted.items() <= subscription.values.items():
                continue
            said: dict[str, object] = {
                "resource_type": resource,
                "event_name": event_name,
                "event_time": iso(at),
                "subdomain": institution.values["subdomain"],
                "institution_id": institution.id,
                "data": data(subscription.version),
                "delivery_errors": [],
            }
            delivery = Delivery(
                event_name=event_name,
                resource_type=resource,
                endpoint_id=endpoint.id,
                subscription_id=subscription.id,
                target_url=endpoint.values["target_url"],
                first_at=at,
                body=orjson.dumps(said),
            )
            self.log.append(delivery)
            self._agenda.at(at, partial(self._attempt, delivery))

    def _endpoint(self, id_: int) -> Record | None:
        """Find an endpoint that is active."""
        endpoint: Record | None = self._world.find(ENDPOINTS, id_)
        return endpoint if endpoint is not None and endpoint.values["active"] else None

    def _attempt(self, delivery: Delivery, due: datetime) -> None:
        endpoint = self._endpoint(delivery.endpoint_id)
        subscription: Subscription | None = self._world.find(SUBSCRIPTIONS, delivery.subscription_id)
        if endpoint is None or subscription is None or not subscription.values["active"]:
            delivery.state = "stopped"
            return
        delivery.target_url = endpoint.values["target_url"]
        if not self.anywhere and not on_this_machine(delivery.target_url):
            delivery.state = "withheld"
            return
        timestamp = iso(self._agenda.clock.now())
        signature = sign(endpoint.values["secret_key"], timestamp, delivery.body)
        headers = (("content-type", "application/json"), ("timestamp", timestamp), ("signature", signature))

        def done(posted: Posted) -> None:
            attempt = Attempt(
                at=due, timestamp=timestamp, signature=signature, status=posted.status, error=posted.error
            )
            delivery.attempts.append(attempt)
            if attempt.taken:
                delivery.state = "delivered"
            else:
                self._again(delivery)

        self._agenda.post(
            Message(url=delivery.target_url, headers=headers, body=delivery.body, line=endpoint.id, done=done)
        )

    def _again(self, delivery: Delivery) -> None:
        sent_again = len(delivery.attempts) - 1
        if sent_again < len(RETRIES):
            self._agenda.at(delivery.first_at + RETRIES[sent_again], partial(self._attempt, delivery))
            return
        delivery.state = "failed"
        endpoint = self._endpoint(delivery.endpoint_id)
        if endpoint is not None:
            endpoint.values["active"] = False
            endpoint.updated_at = self._world.now()
            self._world.changed(ENDPOINTS, endpoint, "failed")


def check(resource: str, event_name: str) -> None:
    """Refuse an event that no resource has.

    Args:
        resource: the type of the resource.
        event_name: the event, with or without an outcome.

    Raises:
        ValueError: there is no such pair.
    """
    if resource not in EVENTS:
        raise ValueError(f"resource_type must be one of {', '.join(EVENTS)}, not {resource!r}")
    if event_name.partition(".")[0] not in EVENTS[resource]:
        raise ValueError(f"event_name must be one of {', '.join(EVENTS[resource])}, not {event_name!r}")
