"""A typed Python SDK for appointment systems: Cliniko, NexHealth, Cubu and IMIassist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk._lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.client import AsyncClient, Client
    from apptsdk.errors import (
        APIStatusError,
        ApptError,
        AuthenticationError,
        BadRequestError,
        ClosedError,
        ConfigurationError,
        ConflictError,
        NoAnswerError,
        NoResultError,
        NotCancelledError,
        NotFoundError,
        OutcomeUnknownError,
        PermissionDeniedError,
        ProviderWarning,
        RateLimitError,
        RequestNotSentError,
        ResponseUnreadableError,
        ServerError,
        SignatureError,
        SlotUnavailableError,
        UnsupportedError,
        ValidationError,
    )
    from apptsdk.http import Response
    from apptsdk.models import UNSET, BookingAttempt, Link, Unset, attempt_of
    from apptsdk.operation import Page
    from apptsdk.options import Timeout
    from apptsdk.pacing import Quota
    from apptsdk.providers.cliniko.facade.client import AsyncCliniko, Cliniko
    from apptsdk.providers.cliniko.scheduling import ClinikoBooking
    from apptsdk.providers.cliniko.settings import ClinikoSettings
    from apptsdk.providers.cubu.facade.client import AsyncCubu, Cubu
    from apptsdk.providers.cubu.scheduling import CubuBooking
    from apptsdk.providers.cubu.settings import CubuSettings
    from apptsdk.providers.imiassist.facade.client import AsyncIMIassist, IMIassist
    from apptsdk.providers.imiassist.scheduling import IMIassistBooking
    from apptsdk.providers.imiassist.settings import IMIassistSettings
    from apptsdk.providers.nexhealth.errors import NotWrittenError
    from apptsdk.providers.nexhealth.facade.client import AsyncNexHealth, NexHealth
    from apptsdk.providers.nexhealth.scheduling import NexHealthBooking
    from apptsdk.providers.nexhealth.settings import NexHealthSettings
    from apptsdk.retry import NO_RETRY, RetryPolicy
    from apptsdk.scheduling import AmbiguousCustomerError, AsyncScheduler, Capability, Scheduler
    from apptsdk.shared import (
        Appointment,
        AppointmentRef,
        AppointmentStatus,
        Cancellation,
        CancelReason,
        Channel,
        Customer,
        Host,
        Location,
        Service,
        Slot,
        SlotRef,
    )
    from apptsdk.tokens import FileTokenStore, MemoryTokenStore, Token, TokenStore
    from apptsdk.transport import AsyncPager, Pager

__version__ = "0.1.0"

__all__ = [
    "NO_RETRY",
    "UNSET",
    "APIStatusError",
    "AmbiguousCustomerError",
    "Appointment",
    "AppointmentRef",
    "AppointmentStatus",
    "ApptError",
    "AsyncClient",
    "AsyncCliniko",
    "AsyncCubu",
    "AsyncIMIassist",
    "AsyncNexHealth",
    "AsyncPager",
    "AsyncScheduler",
    "AuthenticationError",
    "BadRequestError",
    "BookingAttempt",
    "CancelReason",
    "Cancellation",
    "Capability",
    "Channel",
    "Client",
    "Cliniko",
    "ClinikoBooking",
    "ClinikoSettings",
    "ClosedError",
    "ConfigurationError",
    "ConflictError",
    "Cubu",
    "CubuBooking",
    "CubuSettings",
    "Customer",
    "FileTokenStore",
    "Host",
    "IMIassist",
    "IMIassistBooking",
    "IMIassistSettings",
    "Link",
    "Location",
    "MemoryTokenStore",
    "NexHealth",
    "NexHealthBooking",
    "NexHealthSettings",
    "NoAnswerError",
    "NoResultError",
    "NotCancelledError",
    "NotFoundError",
    "NotWrittenError",
    "OutcomeUnknownError",
    "Page",
    "Pager",
    "PermissionDeniedError",
    "ProviderWarning",
    "Quota",
    "RateLimitError",
    "RequestNotSentError",
    "Response",
    "ResponseUnreadableError",
    "RetryPolicy",
    "Scheduler",
    "ServerError",
    "Service",
    "SignatureError",
    "Slot",
    "SlotRef",
    "SlotUnavailableError",
    "Timeout",
    "Token",
    "TokenStore",
    "Unset",
    "UnsupportedError",
    "ValidationError",
    "attempt_of",
]

_BY_MODULE: Final[Mapping[str, tuple[str, ...]]] = {
    "client": ("AsyncClient", "Client"),
    "errors": (
        "APIStatusError",
        "ApptError",
        "AuthenticationError",
        "BadRequestError",
        "ClosedError",
        "ConfigurationError",
        "ConflictError",
        "NoAnswerError",
        "NoResultError",
        "NotCancelledError",
        "NotFoundError",
        "OutcomeUnknownError",
        "PermissionDeniedError",
        "ProviderWarning",
        "RateLimitError",
        "RequestNotSentError",
        "ResponseUnreadableError",
        "ServerError",
        "SignatureError",
        "SlotUnavailableError",
        "UnsupportedError",
        "ValidationError",
    ),
    "http": ("Response",),
    "models": ("UNSET", "BookingAttempt", "Link", "Unset", "attempt_of"),
    "operation": ("Page",),
    "options": ("Timeout",),
    "pacing": ("Quota",),
    "providers.cliniko.facade.client": ("AsyncCliniko", "Cliniko"),
    "providers.cliniko.scheduling": ("ClinikoBooking",),
    "providers.cliniko.settings": ("ClinikoSettings",),
    "providers.cubu.facade.client": ("AsyncCubu", "Cubu"),
    "providers.cubu.scheduling": ("CubuBooking",),
    "providers.cubu.settings": ("CubuSettings",),
    "providers.imiassist.facade.client": ("AsyncIMIassist", "IMIassist"),
    "providers.imiassist.scheduling": ("IMIassistBooking",),
    "providers.imiassist.settings": ("IMIassistSettings",),
    "providers.nexhealth.errors": ("NotWrittenError",),
    "providers.nexhealth.facade.client": ("AsyncNexHealth", "NexHealth"),
    "providers.nexhealth.scheduling": ("NexHealthBooking",),
    "providers.nexhealth.settings": ("NexHealthSettings",),
    "retry": ("NO_RETRY", "RetryPolicy"),
    "scheduling": ("AmbiguousCustomerError", "AsyncScheduler", "Capability", "Scheduler"),
    "shared": (
        "Appointment",
        "AppointmentRef",
        "AppointmentStatus",
        "CancelReason",
        "Cancellation",
        "Channel",
        "Customer",
        "Host",
        "Location",
        "Service",
        "Slot",
        "SlotRef",
    ),
    "tokens": ("FileTokenStore", "MemoryTokenStore", "Token", "TokenStore"),
    "transport": ("AsyncPager", "Pager"),
}
__getattr__, __dir__ = lazy(
    __name__, {name: f"apptsdk.{module}" for module, names in _BY_MODULE.items() for name in names}
)
