"""What a test can turn: the emulation's decisions where the vendor's pages are silent or of two minds."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final, Literal

from attrs import Attribute, define, field, validators

APPOINTMENTS: Final = "Appointments Manager"
CUSTOMERS: Final = "Customers Manager"
CASES: Final = "Case Manager"
AGENTS: Final = "Agent Impersonator"
ROLES: Final = (APPOINTMENTS, CUSTOMERS, CASES, AGENTS)
"""What a registered application can be allowed."""

CancelForm = Literal["delete", "action", "case_action"]
CustomerRecordKey = Literal["either", "cusotmerRecordId", "customerRecordId"]
_FORMS: Final[frozenset[CancelForm]] = frozenset({"delete", "action", "case_action"})
_CLIENT_ERRORS = range(400, 500)


def _customers_path(_: object, attribute: "Attribute[str]", value: str) -> None:
    if not value.startswith("/") or value.count("{customerRecordId}") != 1 or value.count("{") != 1:
        raise ValueError(f"{attribute.name} must be like /customers/{{customerRecordId}}, not {value!r}")


@define(kw_only=True, eq=False)
class Knobs:
    """Each stands for something that the vendor does not say; any can be set at any time."""

    token_life: timedelta = timedelta(hours=1)
    """How long a new token is good, by the sandbox's clock."""
    scope: str = "{clientId}/.default"
    """What a token has to be asked for; `{clientId}` is the application's own."""
    customer_record_key: CustomerRecordKey = field(
        default="either", validator=validators.in_(("either", "cusotmerRecordId", "customerRecordId"))
    )
    """Which key of a booking names the customer; another is silently ignored."""
    cancel_forms: frozenset[CancelForm] = field(
        default=_FORMS, converter=frozenset, validator=validators.deep_iterable(validators.in_(_FORMS))
    )
    """In which forms an appointment can be cancelled."""
    customer_path: str = field(default="/customers/{customerRecordId}", validator=_customers_path)
    """Where a customer record is, below the application."""
    phone_format: Literal["ten_digits", "e164"] = field(
        default="ten_digits", validator=validators.in_(("ten_digits", "e164"))
    )
    """How a phone number has to be written."""
    taken_status: int = field(default=409, validator=validators.in_(_CLIENT_ERRORS))
    """The status when a time is not vacant."""
    missing_status: int = field(
        default=HTTPStatus.NOT_FOUND, validator=validators.in_((HTTPStatus.NOT_FOUND, HTTPStatus.NO_CONTENT))
    )
    """The status when a query finds no customer."""
    ticket_numbers_as_text: bool = False
    """Whether the number of a ticket is a string."""
    answer_has_appointment: bool = False
    """Whether the answer to a booking has an `appointment`; without it, it is as Queue Up's."""
    before_book: Callable[[dict[str, Any]], Mapping[str, Any] | None] | None = None
    """The organization's own hook: is given the body, gives None, changes, or `{"cancel": "why"}`.
    It must not call the sandbox, which waits for it."""
