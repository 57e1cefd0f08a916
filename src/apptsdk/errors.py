"""Everything this package raises on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apptsdk.http import Response
    from apptsdk.models import BookingAttempt
    from apptsdk.shared import Customer

E = TypeVar("E", bound="ApptError")

MAX_MESSAGE: Final = 500
"""The longest text, in characters, that a message takes over from a provider."""


class ApptError(Exception):
    """The root of every error of this package.

    Args:
        message: What happened, in one or two sentences.
        provider: The provider's name, such as `"cliniko"`, where one was involved.
        operation: The operation's name, such as `"cliniko.patients.create"`.
    """

    def __init__(self, message: str, *, provider: str | None = None, operation: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.provider = provider
        self.operation = operation

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments: rebuilt from the attributes, so that errors cross process boundaries.
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(kind: type[E], args: tuple[object, ...], state: dict[str, object]) -> E:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(ApptError):
    """Settings are missing or wrong; the message says which, and the environment variable."""


class UnsupportedError(ApptError):
    """This provider cannot do that; the message says what it can."""


class ClosedError(ApptError, RuntimeError):
    """A client was used after it was closed."""


class NoResultError(ApptError, LookupError):
    """There is no first result; `first(default=None)` gives None instead."""


class RequestNotSentError(ApptError):
    """The request never left: nothing happened at the provider, and asking again is safe."""


class NoAnswerError(ApptError):
    """A read was sent and no whole answer came. Nothing was changed by it: ask again."""


class OutcomeUnknownError(ApptError):
    """The call may have taken effect, and nobody could say whether it did.

    Do not simply repeat a booking. `error.attempt.resolve(client)` asks the provider again, now or in another process.

    Attributes:
        attempt: What was tried; goes to JSON and back.
        candidates: What was found at the provider, where more than one object could be the one.
    """

    def __init__(
        self,
        message: str,
        *,
        attempt: BookingAttempt,
        candidates: Sequence[object] = (),
        provider: str | None = None,
        operation: str | None = None,
    ) -> None:
        super().__init__(message, provider=provider, operation=operation)
        self.attempt = attempt
        self.candidates = tuple(candidates)


class NotCancelledError(ApptError):
    """A move ended half way: the new appointment is booked, and the old one could not be cancelled.

    Or a booking that had to give way to an earlier one could not be cancelled, or an appointment that had to give way
    after a move could not be moved back: then it is the new one, as it was written, and `old` the other.

    The cause is the error that cancelling it, or moving it back, led to. Both appointments may stand now.

    Attributes:
        new: The new appointment: the provider's own object, or from a portable verb an `Appointment`.
        old: What names the old one.
    """

    def __init__(
        self, message: str, *, new: object, old: object, provider: str | None = None, operation: str | None = None
    ) -> None:
        super().__init__(message, provider=provider, operation=operation)
        self.new = new
        self.old = old


class SlotUnavailableError(ApptError):
    """The time is taken, or outside what the provider accepts.

    Attributes:
        response: The provider's answer, or None where the SDK found out by itself.
        customer: Whom it was to be booked for, with the provider's id: a `Customer`, where one was found or made
            before the time was refused. Book another time for this one, and nobody is looked for or made again.
    """

    def __init__(
        self,
        message: str,
        *,
        response: Response | None = None,
        customer: Customer | None = None,
        provider: str | None = None,
        operation: str | None = None,
    ) -> None:
        super().__init__(message, provider=provider, operation=operation)
        self.response = response
        self.customer = customer


class ResponseUnreadableError(ApptError):
    """An answer came and does not decode.

    Attributes:
        paths: Where it does not, such as `individual_appointments[3].starts_at: not an ISO 8601 date-time`.
        response: The answer. Its body holds whatever the provider sent, so it is no part of the message.
    """

    def __init__(
        self,
        message: str,
        *,
        paths: Sequence[str] = (),
        response: Response | None = None,
        provider: str | None = None,
        operation: str | None = None,
    ) -> None:
        super().__init__(message, provider=provider, operation=operation)
        self.paths = tuple(paths)
        self.response = response

    @property
    def request_id(self) -> str | None:
        """The provider's own number for the exchange."""
        return self.response.request_id if self.response else None


class SignatureError(ApptError):
    """A webhook's request does not prove that it comes from the provider: do not act on it, and answer 401.

    The message says why: which header is missing, that the signature is wrong, or that the request is too old. It holds
    neither the secret nor anything of the body.
    """


class ProviderWarning(UserWarning):
    """A provider did what was asked, and remarks on it: it ignored a parameter, for instance."""


class APIStatusError(ApptError):
    """The provider answered, and the answer is an error.

    Attributes:
        status: The HTTP status code.
        code: The provider's own code for it, where it has one.
        request_id: The provider's own number for the exchange.
        retry_after: Seconds after which the provider wants to be asked again, where it says so.
        fields: What is wrong with which field, where the provider says so.
        response: The whole answer.
    """

    def __init__(
        self,
        message: str,
        *,
        response: Response,
        code: str | None = None,
        fields: Mapping[str, str] | None = None,
        retry_after: float | None = None,
        provider: str | None = None,
        operation: str | None = None,
    ) -> None:
        super().__init__(message, provider=provider, operation=operation)
        self.response = response
        self.status = response.status
        self.code = code
        self.fields = dict(fields or {})
        self.retry_after = retry_after

    @property
    def request_id(self) -> str | None:
        """The provider's own number for the exchange."""
        return self.response.request_id


class BadRequestError(APIStatusError):
    """400: the provider did not understand the request, a misspelt filter for instance."""


class ValidationError(APIStatusError):
    """400 or 422: the provider understood the request and refuses its content; see `fields`."""


class AuthenticationError(APIStatusError):
    """401: the credentials are missing, wrong or expired and could not be renewed."""


class PermissionDeniedError(APIStatusError):
    """403: the credentials are right and may not do this."""


class NotFoundError(APIStatusError):
    """404: there is no such object, or it is hidden (archived, cancelled, another account's)."""


class ConflictError(APIStatusError):
    """409: the request contradicts the provider's state."""


class RateLimitError(APIStatusError):
    """429: too many requests; `retry_after` says when to come back."""


class ServerError(APIStatusError):
    """5xx: the provider failed."""


_BY_STATUS: Final[Mapping[int, type[APIStatusError]]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: ValidationError,
    429: RateLimitError,
}
_SERVER_ERRORS: Final = 500


def status_error(status: int, *, invalid: bool = False) -> type[APIStatusError]:
    """Name the error class of a status.

    Args:
        status: The HTTP status code.
        invalid: Whether the provider blames fields of the request.

    Returns:
        The class to raise.
    """
    if invalid and status == 400:  # noqa: PLR2004 - HTTP's own number
        return ValidationError
    if status >= _SERVER_ERRORS:
        return ServerError
    return _BY_STATUS.get(status, APIStatusError)
