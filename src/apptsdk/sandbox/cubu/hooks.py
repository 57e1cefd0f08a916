"""What the organization's own server is asked before a booking, and told after it.

What is told is posted; what is asked is a function here.
https://docs.cubu.com/guides/technical-guide/webhooks/webhooks-reference/service-webhooks
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, cast

from attrs import evolve

from apptsdk.sandbox.agenda import Agenda
from apptsdk.sandbox.cubu import refusals, rendering
from apptsdk.sandbox.cubu.ask import guid
from apptsdk.sandbox.cubu.deliveries import Algorithm, Deliveries, Delivery, Encoding, Webhook
from apptsdk.sandbox.cubu.knobs import Knobs
from apptsdk.sandbox.cubu.records import Appointment, Case
from apptsdk.sandbox.cubu.world import World

_TIMES: Final = ("date", "cuIndex", "start", "timeLocal", "timeUtc", "timeZoneId", "duration")


class Hooks:
    """The organization's hooks.

    Args:
        world: where bookings are made.
        knobs: where the function is that is asked before a booking.
        agenda: what posts the webhooks.
    """

    def __init__(self, world: World, knobs: Knobs, agenda: Agenda) -> None:
        self._world = world
        self._knobs = knobs
        self._deliveries = Deliveries(agenda)

    def webhook(
        self,
        url: str | None,
        *,
        key: str | None = None,
        encoding: Encoding = "base64",
        algorithm: Algorithm = "sha256",
    ) -> None:
        """Say whom to tell of what happens from now on, instead of whomever it was before.

        Each call is a POST to `[url]/service/actions/afterBookAppointment` or `.../afterQueueUp`.

        Args:
            url: the base of the URLs, such as `http://127.0.0.1:8000/cubu`; None for nobody.
            key: signs the calls; None for no authorization.
            encoding: of the signature: `base64` or `hex`.
            algorithm: of the HMAC: `sha1`, `sha256`, `sha384` or `sha512`.

        Raises:
            ValueError: one of them cannot be.
        """
        said = None if url is None else Webhook(url=url, key=key, encoding=encoding, algorithm=algorithm)
        self._deliveries.webhook = said

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """The webhooks, in the order of what they tell."""
        return tuple(self._deliveries.log)

    @property
    def deliver_anywhere(self) -> bool:
        """Whether webhooks may leave this machine; can be changed."""
        return self._deliveries.anywhere

    @deliver_anywhere.setter
    def deliver_anywhere(self, anywhere: bool) -> None:
        self._deliveries.anywhere = anywhere

    def before_book(self, case: Case) -> Case:
        """Let the organization change a booking or refuse it.

        Args:
            case: as it would be booked.

        Returns:
            As it is to be booked.

        Raises:
            Refusal: the organization does not want it.
            ValueError: what the function gives cannot be.
        """
        if self._knobs.before_book is None:
            return case
        changes = dict(self._knobs.before_book(self._booking(case)) or {})
        if "cancel" in changes:
            raise refusals.conflict(refusals.HOOK_REFUSED, str(changes["cancel"]), HTTPStatus.BAD_REQUEST)
        for name, value in changes.items():
            if name not in _CHANGES:
                raise ValueError(f"before_book may give {', '.join(_CHANGES)} or cancel, not {name!r}")
            case = _CHANGES[name](self._world, case, value)
        if case.channel not in case.service_type.channels:
            raise ValueError(f"before_book: {case.service_type.name} does not support {case.channel}")
        return case

    def after_book(self, case: Case) -> None:
        """Tell of a booking.

        Args:
            case: as it was booked.
        """
        self._deliveries.tell("afterBookAppointment", case.id, self._booking(case))

    def after_queue_up(self, case: Case) -> None:
        """Tell of a walk-in.

        Args:
            case: as it waits.
        """
        said = {
            **self._case(case),
            "useCustomerContactInfo": case.uses_customer_contact,
            "contactPhoneNumber": case.phone,
            "contactEmail": case.email,
            "lockedByUserId": None,
        }
        self._deliveries.tell("afterQueueUp", case.id, said)

    def _booking(self, case: Case) -> dict[str, Any]:
        return {**self._case(case), "appointment": _times(case)}

    def _case(self, case: Case) -> dict[str, Any]:
        return {
            "caseId": case.id,
            "parentCaseId": None,
            "referenceDate": case.reference_date,
            "unitId": case.service.unit.id,
            "serviceId": case.service.id,
            "serviceCategoryId": case.service.category.id,
            "serviceTypeId": case.service_type.id,
            "status": case.status,
            "channel": case.channel,
            "language": case.language,
            "ticket": rendering.ticket(case, self._knobs),
            "fields": dict(case.fields),
            "tagIds": list(case.tag_ids),
            "customerRecordId": case.customer_id,
            "triggeredByUserId": None,
            "triggeredByUserEmail": None,
        }


def _times(case: Case) -> dict[str, object]:
    due, shown = cast("Appointment", case.appointment), cast("Mapping[str, object]", rendering.appointment(case))
    return {**{name: shown[name] for name in _TIMES}, "preventSelfCheckIn": due.prevent_self_check_in}


def _known(table: Mapping[str, object], name: str, value: object) -> str:
    """Read the id of something that there is."""
    if guid(value) not in table:
        raise ValueError(f"before_book: {name} is not known: {value!r}")
    return guid(value)


def _service_type(world: World, case: Case, value: object) -> Case:
    found = {id_: world.service_types[id_] for id_ in case.service.type_ids}
    service_type = found[_known(found, "serviceTypeId", value)]
    appointment = case.appointment and evolve(case.appointment, duration=service_type.duration)
    return evolve(case, service_type=service_type, appointment=appointment)


def _channel(_: World, case: Case, value: str) -> Case:
    return evolve(case, channel=value)


def _fields(world: World, case: Case, value: Mapping[str, object]) -> Case:
    fields = {_known(world.field_types, "a field", id_): said for id_, said in value.items()}
    return evolve(case, fields={**case.fields, **fields})


def _tag_ids(world: World, case: Case, value: Sequence[object]) -> Case:
    return evolve(case, tag_ids=tuple(_known(world.tags, "a tag", one) for one in value))


def _customer(world: World, case: Case, value: object) -> Case:
    id_ = None if value is None else _known(world.customers, "customerRecordId", value)
    return evolve(case, customer_id=id_)


_CHANGES: Final[Mapping[str, Callable[[World, Case, Any], Case]]] = {
    "serviceTypeId": _service_type,
    "channel": _channel,
    "fields": _fields,
    "tagIds": _tag_ids,
    "customerRecordId": _customer,
}
