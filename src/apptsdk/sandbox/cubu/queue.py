"""Queue Up: a walk-in gets a ticket and waits.

https://docs.cubu.com/guides/s2s-api-guide/case-management-api/queue-up
"""

from http import HTTPStatus
from typing import Final

from apptsdk.sandbox.cubu import rendering
from apptsdk.sandbox.cubu.ask import Ask, Route
from apptsdk.sandbox.cubu.inputs import Reader, stored_phone
from apptsdk.sandbox.cubu.knobs import CASES, Knobs
from apptsdk.sandbox.cubu.records import Case, Service
from apptsdk.sandbox.cubu.world import World
from apptsdk.sandbox.http import Answer, say

_WAITING: Final = "Waiting"
_SLUGS: Final = {"phone": "customer-phone", "email": "customer-email"}


def routes(_: Knobs) -> tuple[Route, ...]:
    """Give the route of this resource."""
    return (Route("POST /services/{serviceId}/cases", CASES, queue_up),)


def queue_up(ask: Ask) -> Answer:
    """Let somebody wait who has no appointment.

    Args:
        ask: the call.
    """
    service = ask.service()
    read = Reader(ask, service)
    own = read.flag("useCustomerContactInfo")
    customer = Reader(ask, service).customer_id() if own else None
    if own and customer is None:
        read.wrong("useCustomerContactInfo", "needs a customer")
    matter = read.matter("locale", _contact(ask, customer))
    world = ask.world
    opened = world.stamp()
    case = Case(
        id=world.guid(),
        service=service,
        service_type=matter.service_type,
        channel=matter.channel,
        language=matter.language,
        status=_WAITING,
        status_date=opened,
        opened=opened,
        reference_date=opened,
        ticket=world.ticket(service),
        entry_mode="WalkIn",
        customer_id=matter.customer_id,
        phone=matter.phone,
        email=matter.email,
        fields=matter.fields,
        tag_ids=matter.tag_ids,
        queue_timestamp=opened,
        uses_customer_contact=own,
    )
    world.keep_case("create", case, rendering.case(world, case, ask.knobs))
    world.after_queue_up(case)
    return say(HTTPStatus.CREATED, rendering.opened(ask, case, _position(world, service)))


def _position(world: World, service: Service) -> int:
    """Count who waits in the service's inbox; the last of them is whoever has just come."""
    waiting = (one for one in world.cases.values() if one.status == _WAITING)
    return sum(one.service.inbox.id == service.inbox.id for one in waiting)


def _contact(ask: Ask, customer_id: str | None) -> dict[str, str | None]:
    """Find where a customer can be reached, as the customer's record has it."""
    customer = ask.world.customers.get(customer_id or "")
    if customer is None:
        return {}
    ids = {one.slug: one.id for one in ask.world.field_types.values() if one.table == "customers"}
    said = {name: customer.values.get(ids[slug]) for name, slug in _SLUGS.items()}
    phone = said["phone"]
    return {**said, "phone": phone if (phone or "").startswith("+") else stored_phone(phone, ask.knobs)}
