"""Video appointments, and who takes part in them.

https://help.webexconnect.io/docs/create-appointments
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

import attrs

from apptsdk.models import Model, OpenStr


class Priority(OpenStr):
    """How urgent an appointment is; the vendor's default is LOW."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class AppointmentStatus(OpenStr):
    """What has become of an appointment: words of the product's screens, spelt by us.

    No output of the vendor's nodes has it.
    """

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    ESCALATED = "ESCALATED"
    PATIENT_DNA = "PATIENT_DNA"
    """The patient did not attend."""
    CANCELLED = "CANCELLED"


class ParticipantRole(OpenStr):
    """In what capacity somebody takes part."""

    HOST = "host"
    """The clinician, or whoever else the appointment is assigned to."""
    GUEST = "guest"
    """The customer, and whoever joins with them."""


@attrs.frozen(kw_only=True, repr=False)
class Participant(Model):
    """Somebody who takes part. The vendor says only that there are details and a meeting link: the names are ours.

    Attributes:
        participant_id: The id, by which a participant is removed.
        role: Host or guest.
        first_name: The first name.
        last_name: The last name.
        email: The email address.
        phone: The phone number.
        meeting_link: The link by which this participant joins. Whoever has it can join.
        key: The name under which the participant came, where all came as one object.
    """

    shown: ClassVar[tuple[str, ...]] = ("participant_id", "role")

    participant_id: str | None = None
    role: ParticipantRole | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    meeting_link: str | None = None
    key: str | None = None
    _raw: Mapping[str, object] | None = attrs.field(default=None, init=False, eq=False)

    def as_sent(self) -> dict[str, object]:
        """Give the participant exactly as it was sent, with its own names.

        Returns:
            Plain JSON values; empty for an object that was made by hand, or that came as a mere link.
        """
        return dict(self._raw or {})


@attrs.frozen(kw_only=True, repr=False)
class _Outputs(Model):
    """What every node puts out."""

    shown: ClassVar[tuple[str, ...]] = ("appointment_id", "appointment_uid")

    response_body: str
    response_status_code: int
    appointment_id: str | None = None
    appointment_uid: str | None = None
    _raw: Mapping[str, object] | None = attrs.field(default=None, init=False, eq=False)

    def as_sent(self) -> dict[str, object]:
        """Give the answer's object exactly as it was sent, with its own names.

        Returns:
            Plain JSON values; empty for an object that was made by hand.
        """
        return dict(self._raw or {})


@attrs.frozen(kw_only=True, repr=False)
class Appointment(_Outputs):
    """A video appointment.

    https://help.webexconnect.io/docs/create-appointments

    The first five are the vendor's outputs. The rest comes only where the other side answers as our proposal does.

    Attributes:
        appointment_id: The id. It or the uid is always there.
        appointment_uid: The friendly id, such as `DD-45-1`.
        participants: Who takes part, each with the link to join; None where nothing legible came.
        response_body: The body of the answer, as text: the one that a flow's node got, where the flow passes it on.
        response_status_code: Its status.
        title: The title.
        start_time: When it begins.
        end_time: When it ends.
        duration: How long it is, minutes.
        priority: How urgent it is.
        status: What has become of it.
        case_id: The case that it belongs to.
        external_reference_id: The id in the caller's own system: the one that was sent, where the answer has none.
    """

    participants: tuple[Participant, ...] | None = None
    title: str | None = None
    start_time: dt.datetime | None = None
    end_time: dt.datetime | None = None
    duration: int | None = None
    priority: Priority | None = None
    status: AppointmentStatus | None = None
    case_id: str | None = None
    external_reference_id: str | None = None

    _asked: bool = attrs.field(default=False, init=False, eq=False)
    """Whether the shared appointment that holds it says what it was booked with."""

    @property
    def id(self) -> str:
        """The id, or where none came, the uid."""
        return self.appointment_id or self.appointment_uid or ""

    @property
    def host(self) -> Participant | None:
        """The first host; None for an unassigned appointment."""
        return next((one for one in self.participants or () if one.role == ParticipantRole.HOST), None)

    @property
    def guests(self) -> tuple[Participant, ...]:
        """The guests."""
        return tuple(one for one in self.participants or () if one.role == ParticipantRole.GUEST)

    @property
    def join_url(self) -> str | None:
        """The link of the first guest, the customer's own; never a host's."""
        return self.guests[0].meeting_link if self.guests else None


@attrs.frozen(kw_only=True, repr=False)
class CancelledAppointment(_Outputs):
    """What a cancellation answers.

    https://help.webexconnect.io/docs/cancel-appointment

    Attributes:
        appointment_id: The id. It or the uid is always there, unless the cancellation was found to be done already.
        appointment_uid: The friendly id.
        response_body: The body of the answer, as text.
        response_status_code: Its status.
    """
