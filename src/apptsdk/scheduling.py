"""The portable verbs as types: what every client can do, and what not every provider can.

Code that works with any provider takes a `Scheduler`, or an `AsyncScheduler`.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, Never, Protocol, TypeAlias

from typing_extensions import TypeVar

from apptsdk.errors import ApptError
from apptsdk.shared import Appointment, AppointmentRef, Slot, SlotRef

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from apptsdk.models import BookingAttempt
    from apptsdk.shared import (
        Cancellation,
        CancelReason,
        Channel,
        Customer,
        Hosts,
        Locations,
        Services,
    )
    from apptsdk.transport import AsyncPager, Pager

SN_co = TypeVar("SN_co", covariant=True, default=object)
AN_co = TypeVar("AN_co", covariant=True, default=object)
B_contra = TypeVar("B_contra", contravariant=True, default=Never)

AnySlot: TypeAlias = Slot[object] | SlotRef | str
"""A slot, what names it, or that as text."""
AnyAppointment: TypeAlias = Appointment[object] | AppointmentRef | str
"""An appointment, what names it, or that as text."""
Minutes: TypeAlias = timedelta | int
"""A duration: a timedelta of whole minutes, or minutes."""
ATTEMPTS: Final = 5
"""How many slots `book_first_available` tries, where nobody says."""


class AmbiguousCustomerError(ApptError):
    """Several of the provider's customers could be the one who is meant: pass one with its id.

    Attributes:
        candidates: The customers.
    """

    def __init__(
        self,
        message: str,
        *,
        candidates: Sequence[Customer] = (),
        provider: str | None = None,
        operation: str | None = None,
    ) -> None:
        super().__init__(message, provider=provider, operation=operation)
        self.candidates = tuple(candidates)


class Capability(Enum):
    """What a provider can do, with the settings that it has."""

    FIND_SLOTS = "find_slots"
    """Lists the times that can be booked."""
    GET = "get"
    """Reads an appointment again."""
    LIST = "list"
    """Lists appointments."""
    LIST_CANCELLED = "list_cancelled"
    """Lists the cancelled ones, too."""
    MOVE_IN_PLACE = "move_in_place"
    """Moves an appointment, which stays the same."""
    REBOOK = "rebook"
    """Moves an appointment by booking another, and cancelling the old one afterwards."""
    REFERENCE = "reference"
    """Keeps the caller's own reference."""
    NOTES = "notes"
    """Keeps notes."""
    CHANNEL = "channel"
    """Is told how the customer is met."""
    NOTIFY = "notify"
    """Is told whether to write to the customer."""
    CANCEL_REASON = "cancel_reason"
    """Keeps the reason of a cancellation."""


class Scheduler(Protocol[SN_co, AN_co, B_contra]):
    """What every sync client can do, whoever the provider is: `Cliniko`, `NexHealth`, `Cubu`, `IMIassist`, `Client`.

    Code that takes a `Scheduler` passes no `options=`; `Scheduler[AvailableTime, IndividualAppointment,
    ClinikoBooking]` is Cliniko's.
    """

    def find_slots(
        self,
        *,
        start: datetime,
        end: datetime,
        service: Services | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
    ) -> Pager[Slot[SN_co]]:
        """Find times that can be booked."""
        ...

    def book(
        self,
        slot: AnySlot,
        customer: Customer,
        *,
        notes: str | None = None,
        channel: Channel | None = None,
        reference: str | None = None,
        notify: bool | None = None,
        check_conflicts: bool = True,
        options: B_contra | None = None,
    ) -> Appointment[AN_co]:
        """Book a slot, once."""
        ...

    def get_appointment(self, appointment: AnyAppointment) -> Appointment[AN_co]:
        """Read an appointment again."""
        ...

    def resolve_booking(self, attempt: BookingAttempt) -> Appointment[AN_co] | None:
        """Ask what became of a booking whose answer was lost."""
        ...

    def list_appointments(
        self,
        *,
        start: datetime,
        end: datetime,
        customer: Customer | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        include_cancelled: bool = False,
    ) -> Pager[Appointment[AN_co]]:
        """List appointments."""
        ...

    def cancel(
        self, appointment: AnyAppointment, *, reason: CancelReason | None = None, note: str | None = None
    ) -> Cancellation:
        """Cancel an appointment."""
        ...

    def reschedule(
        self,
        appointment: AnyAppointment,
        slot: AnySlot,
        *,
        notify: bool | None = None,
        options: B_contra | None = None,
    ) -> Appointment[AN_co]:
        """Move an appointment."""
        ...

    def book_first_available(
        self,
        customer: Customer,
        *,
        start: datetime,
        end: datetime,
        service: Services,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
        attempts: int = ATTEMPTS,
        notes: str | None = None,
        channel: Channel | None = None,
        reference: str | None = None,
        notify: bool | None = None,
        check_conflicts: bool = True,
        options: B_contra | None = None,
    ) -> Appointment[AN_co]:
        """Book the first slot that is free."""
        ...


class AsyncScheduler(Protocol[SN_co, AN_co, B_contra]):
    """What every async client can do, whoever the provider is."""

    def find_slots(
        self,
        *,
        start: datetime,
        end: datetime,
        service: Services | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
    ) -> AsyncPager[Slot[SN_co]]:
        """Find times that can be booked."""
        ...

    async def book(
        self,
        slot: AnySlot,
        customer: Customer,
        *,
        notes: str | None = None,
        channel: Channel | None = None,
        reference: str | None = None,
        notify: bool | None = None,
        check_conflicts: bool = True,
        options: B_contra | None = None,
    ) -> Appointment[AN_co]:
        """Book a slot, once."""
        ...

    async def get_appointment(self, appointment: AnyAppointment) -> Appointment[AN_co]:
        """Read an appointment again."""
        ...

    async def resolve_booking(self, attempt: BookingAttempt) -> Appointment[AN_co] | None:
        """Ask what became of a booking whose answer was lost."""
        ...

    def list_appointments(
        self,
        *,
        start: datetime,
        end: datetime,
        customer: Customer | None = None,
        host: Hosts | None = None,
        location: Locations | None = None,
        include_cancelled: bool = False,
    ) -> AsyncPager[Appointment[AN_co]]:
        """List appointments."""
        ...

    async def cancel(
        self, appointment: AnyAppointment, *, reason: CancelReason | None = None, note: str | None = None
    ) -> Cancellation:
        """Cancel an appointment."""
        ...

    async def reschedule(
        self,
        appointment: AnyAppointment,
        slot: AnySlot,
        *,
        notify: bool | None = None,
        options: B_contra | None = None,
    ) -> Appointment[AN_co]:
        """Move an appointment."""
        ...

    async def book_first_available(
        self,
        customer: Customer,
        *,
        start: datetime,
        end: datetime,
        service: Services,
        host: Hosts | None = None,
        location: Locations | None = None,
        duration: Minutes | None = None,
        attempts: int = ATTEMPTS,
        notes: str | None = None,
        channel: Channel | None = None,
        reference: str | None = None,
        notify: bool | None = None,
        check_conflicts: bool = True,
        options: B_contra | None = None,
    ) -> Appointment[AN_co]:
        """Book the first slot that is free."""
        ...
