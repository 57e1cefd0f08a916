"""What a body may say: a check for every field that can be written, and the texts of the refusals."""

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apptsdk.sandbox.cliniko.times import LABELS, read_date

# A check returns the value to keep, or raises a WrongError with the vendor's text. Bodies are JSON: any value may come.
Check = Callable[[Any], Any]
BLANK = "can’t be blank"  # noqa: RUF001 - the vendor writes U+2019
NO_NUMBER = "is not a number"
NOT_LISTED = "is not included in the list"
INVALID = "is invalid"
UNKNOWN = "must exist"
INT64_MAX = (1 << 63) - 1

_EMAIL = re.compile(r"[A-Z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Z0-9.-]+\.[A-Z]{2,63}", re.IGNORECASE)
_COLOR = re.compile(r"#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})")
_DVA = re.compile(r"[NVQSWT]([A-Z ][0-9]{1,6}|[A-Z]{2}[0-9]{1,5}|[A-Z]{3}[0-9]{1,4})[A-Z]?")
_ID = re.compile(r"[0-9]{1,19}")
_PRONOUNS = ("accusative", "nominative", "predicative_possessive", "pronominal_possessive", "reflexive")
_PHONE_TYPES = ("Mobile", "Home", "Work", "Fax", "Other")


class WrongError(ValueError):
    """A value that is refused; the text is the vendor's."""


def read_id(value: object) -> int | None:
    """Read an id from a body or a path.

    Args:
        value: digits, or an integer.

    Returns:
        The id, None if it is none.
    """
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _ID.fullmatch(text):
        return None
    return id_ if (id_ := int(text)) <= INT64_MAX else None


def text(*, longest: int | None = None, pattern: re.Pattern[str] | None = None) -> Check:
    """Make a check for text; numbers become text, as in Rails.

    Args:
        longest: the most characters.
        pattern: what the whole of it must match, unless it is empty.
    """

    def check(value: Any) -> str:
        if isinstance(value, (dict, list)):
            raise WrongError(INVALID)
        said = str(value)
        if longest is not None and len(said) > longest:
            raise WrongError(f"is too long (maximum is {longest} characters)")
        if pattern is not None and said and not pattern.fullmatch(said):
            raise WrongError(INVALID)
        return said

    return check


def number(above: int, below: int) -> Check:
    """Make a check for a whole number.

    Args:
        above: it must be greater.
        below: it must be less.
    """

    def check(value: Any) -> int:
        if (whole := _whole(value)) <= above:
            raise WrongError(f"must be greater than {above}")
        if whole >= below:
            raise WrongError(f"must be less than {below}")
        return whole

    return check


def between(least: int, most: int) -> Check:
    """Make a check for a whole number whose bounds may be reached.

    Args:
        least: the least that it may be.
        most: the most.
    """

    def check(value: Any) -> int:
        if (whole := _whole(value)) < least:
            raise WrongError(f"must be greater than or equal to {least}")
        if whole > most:
            raise WrongError(f"must be less than or equal to {most}")
        return whole

    return check


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,18}", str(value)):
        raise WrongError(NO_NUMBER)
    return int(value)


def one_of(allowed: Collection[Any]) -> Check:
    """Make a check for a choice.

    Args:
        allowed: what may be chosen.
    """

    def check(value: Any) -> Any:
        if isinstance(value, bool) or value not in allowed:
            raise WrongError(NOT_LISTED)
        return value

    return check


def truth(value: Any) -> bool:
    """Check a boolean."""
    if not isinstance(value, bool):
        raise WrongError(NOT_LISTED)
    return value


def money(*, more: bool = False) -> Check:
    """Make a check for a decimal; it is shown as text.

    Args:
        more: whether it must be more than nothing.
    """

    def check(value: Any) -> str:
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            raise WrongError(NO_NUMBER) from None
        if isinstance(value, bool) or not amount.is_finite():
            raise WrongError(NO_NUMBER)
        if more and amount <= 0:
            raise WrongError("must be greater than 0")
        if amount < 0:
            raise WrongError("must be greater than or equal to 0")
        if amount >= 4_000_000_000:  # noqa: PLR2004 - the vendor's bound
            raise WrongError("must be less than 4000000000")
        return f"{amount:f}"

    return check


def day(value: Any) -> str:
    """Check a date."""
    if not isinstance(value, str) or read_date(value) is None:
        raise WrongError(INVALID)
    return value


def ids(value: Any) -> list[str]:
    """Check a list of ids."""
    read = [read_id(one) for one in _list(value)]
    if None in read:
        raise WrongError(INVALID)
    return [str(one) for one in read]


def reference(value: Any) -> int:
    """Check the id of something that is not emulated."""
    id_ = read_id(value)
    if id_ is None:
        raise WrongError(INVALID)
    return id_


def phones(value: Any) -> list[dict[str, str]]:
    """Check a patient's phone numbers; they replace the ones before."""
    found: list[dict[str, str]] = []
    for one in _list(value):
        said = _dict(one)
        if not said.get("number"):
            raise WrongError(BLANK)
        phone_type = said.get("phone_type", "Mobile")
        if phone_type not in _PHONE_TYPES:
            raise WrongError(NOT_LISTED)
        found.append(phone(str(said["number"]), phone_type))
    return found


def phone(number: str, phone_type: str) -> dict[str, str]:
    """Show a phone number as the vendor does.

    Args:
        number: as it was written.
        phone_type: one of the vendor's words.
    """
    digits = re.sub(r"[^0-9]", "", number)
    return {
        "number": number,
        "normalized_number": re.sub(r"^0", "61", digits),
        "phone_type": phone_type,
    }


def pronouns(value: Any) -> dict[str, Any]:
    """Check a patient's pronouns: five words or none."""
    said = _dict(value)
    if any(not said.get(name) for name in _PRONOUNS):
        raise WrongError(BLANK)
    return {name: said[name] for name in _PRONOUNS}


def anything(value: Any) -> dict[str, Any]:
    """Check an object whose inside is not looked at."""
    return dict(_dict(value))


def zone_label(value: Any) -> str:
    """Check a time zone's label."""
    if value not in LABELS:
        raise WrongError(NOT_LISTED)
    return str(value)


def zone_name(value: Any) -> str:
    """Check a time zone's IANA name."""
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongError(NOT_LISTED) from None


def _list(value: Any) -> list[object]:
    if not isinstance(value, list):
        raise WrongError(INVALID)
    return cast("list[object]", value)


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WrongError(INVALID)
    return cast("dict[str, Any]", value)


_LINE = text(longest=255)
_TEXT = text()
_LONG_TEXT = text(longest=5000)

# What the body of each resource may say (the vendor's document, request bodies); anything else is ignored.
TYPE = {
    "add_deposit_to_account_credit": truth,
    "appointment_confirmation_template_ids": ids,
    "appointment_follow_up_template_ids": ids,
    "appointment_reminder_template_ids": ids,
    "billable_item_id": reference,
    "business_ids": ids,
    "category": _TEXT,
    "color": text(pattern=_COLOR),
    "deposit_price": money(),
    "description": _TEXT,
    "duration_in_minutes": number(0, 1440),
    "max_attendees": number(0, 100),
    "name": _LINE,
    "online_bookings_lead_time_hours": one_of((0, 1, 2, 4, 12, 18, 24, 48, 72, 168, 336, 504, 672)),
    "online_payments_mode": one_of(("deposit_required", "optional", "required")),
    "practitioner_ids": ids,
    "product_id": reference,
    "show_in_online_bookings": truth,
    "telehealth_enabled": truth,
    "treatment_note_template_id": reference,
}
BUSINESS = {
    "additional_information": _LONG_TEXT,
    "additional_invoice_information": _LONG_TEXT,
    "address_1": _TEXT,
    "address_2": _TEXT,
    "appointment_reminders_enabled": truth,
    "appointment_type_ids": ids,
    "business_name": _TEXT,
    "business_registration_name": _TEXT,
    "business_registration_value": _TEXT,
    "city": _TEXT,
    "contact_information": _TEXT,
    "country_code": _TEXT,
    "display_name": _TEXT,
    "email_reply_to": _TEXT,
    "post_code": _TEXT,
    "show_in_online_bookings": truth,
    "state": _TEXT,
    "time_zone": zone_label,
    "time_zone_identifier": zone_name,
    "website_address": _TEXT,
}
PATIENT = {
    "accepted_email_marketing": truth,
    "accepted_privacy_policy": truth,
    "address_1": _LINE,
    "address_2": _LINE,
    "address_3": _LINE,
    "appointment_notes": _TEXT,
    "city": _LINE,
    "concession_type_id": reference,
    "country": _TEXT,
    "country_code": _TEXT,
    "custom_fields": anything,
    "date_of_birth": day,
    "dva_card_number": text(pattern=_DVA),
    "email": text(longest=255, pattern=_EMAIL),
    "emergency_contact": _LINE,
    "first_name": _LINE,
    "gender_identity": _TEXT,
    "invoice_default_to": _TEXT,
    "invoice_email": text(pattern=_EMAIL),
    "invoice_extra_information": _TEXT,
    "last_name": _LINE,
    "medicare": _LINE,
    "medicare_reference_number": _LINE,
    "notes": _TEXT,
    "occupation": _LINE,
    "old_reference_id": _LINE,
    "patient_phone_numbers": phones,
    "post_code": _TEXT,
    "preferred_first_name": _LINE,
    "pronouns": pronouns,
    "receives_cancellation_emails": truth,
    "receives_confirmation_emails": truth,
    "referral_source": _LINE,
    "referring_doctor_id": reference,
    "reminder_type": one_of(("None", "SMS", "Email", "SMS & Email")),
    "sex": _TEXT,
    "state": _TEXT,
    "time_zone": _TEXT,
    "title": _LINE,
    "unsubscribe_sms_marketing": truth,
}
CASE = {
    "attendee_ids": ids,
    "closed": truth,
    "contact_id": reference,
    "expiry_date": day,
    "include_cancelled_attendees": truth,
    "include_dna_attendees": truth,
    "issue_date": day,
    "max_invoiceable_amount": money(more=True),
    "max_sessions": between(1, 200),
    "name": _TEXT,
    "notes": _TEXT,
    "patient_attachment_ids": ids,
    "patient_id": read_id,
    "referral": truth,
    "referral_type": one_of(("dva", "medicare")),
}
BLOCK_TYPE = {"color": text(pattern=_COLOR), "duration_in_minutes": number(0, 1440), "name": _LINE}


_NULL: dict[Check, Any] = {ids: [], phones: []}


def read(body: Mapping[str, Any], checks: Mapping[str, Check], errors: dict[str, str]) -> dict[str, Any]:
    """Read the fields of a body that can be written.

    Args:
        body: what was sent.
        checks: a check for each of them.
        errors: where the vendor's texts go.

    Returns:
        What passed; null passes everywhere, and empties a list.
    """
    values: dict[str, Any] = {}
    for name, check in checks.items():
        if name not in body:
            continue
        try:
            values[name] = _NULL.get(check) if body[name] is None else check(body[name])
        except WrongError as wrong:
            errors[name] = str(wrong)
    return values
