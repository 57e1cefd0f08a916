"""What Book and Queue Up are both told of a matter."""

import re
from collections.abc import Mapping
from typing import Any, Final, cast

from attrs import field, frozen

from apptsdk.sandbox.cubu import refusals
from apptsdk.sandbox.cubu.ask import Ask, guid
from apptsdk.sandbox.cubu.knobs import Knobs
from apptsdk.sandbox.cubu.records import Service, ServiceType
from apptsdk.sandbox.cubu.seed import LANGUAGES

CHANNELS: Final = ("FaceToFace", "Video", "Phone")
REQUIRED: Final = "required"
_PHONES: Final = {"ten_digits": re.compile("[0-9]{10}"), "e164": re.compile(r"\+[1-9][0-9]{6,14}")}
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_KEYS: Final = ("cusotmerRecordId", "customerRecordId")

Errors = dict[str, list[str]]


@frozen(kw_only=True)
class Matter:
    """What a case will be about, once everything of it is right."""

    service_type: ServiceType
    channel: str
    language: str
    customer_id: str | None
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)
    fields: Mapping[str, Any] = field(repr=False)
    tag_ids: tuple[str, ...]


class Reader:
    """Reads a body, and collects what is wrong with it.

    Args:
        ask: the call.
        service: the service that it is about.
    """

    def __init__(self, ask: Ask, service: Service) -> None:
        self.errors: Errors = {}
        """By member; a handler adds its own, too."""
        self.body = ask.body
        self._ask = ask
        self._service = service

    def wrong(self, name: str, why: str) -> None:
        """Note that a member is wrong.

        Args:
            name: its key.
            why: the text.
        """
        self.errors.setdefault(name, []).append(why)

    def flag(self, name: str) -> bool:
        """Read a boolean that is false when it is left out.

        Args:
            name: its key.
        """
        said = self.body.get(name)
        if not isinstance(said, bool | None):
            self.wrong(name, "must be a boolean")
        return said is True

    def text(self, name: str) -> str | None:
        """Read a string; an empty one is as if it were left out.

        Args:
            name: its key.
        """
        said = self.body.get(name)
        if not isinstance(said, str | None):
            self.wrong(name, "must be a string")
            return None
        return said or None

    def customer_id(self) -> str | None:
        """Read who the customer is, under the key that is bound."""
        bound = self._ask.knobs.customer_record_key
        keys = [key for key in (_KEYS if bound == "either" else (bound,)) if self.body.get(key) is not None]
        ids = {key: guid(self.body[key]) for key in keys}
        for key, id_ in ids.items():
            if id_ not in self._ask.world.customers:
                self.wrong(key, "is no customer")
        if len(set(ids.values())) > 1:
            self.wrong(keys[-1], f"differs from {keys[0]}")
        return ids[keys[0]] if keys else None

    def matter(self, language_key: str = "language", contact: Mapping[str, str | None] | None = None) -> Matter:
        """Read everything that Book and Queue Up have in common.

        Args:
            language_key: what the language is called.
            contact: `phone` (as stored) and `email`, where the customer's own are to be used.

        Raises:
            Refusal: 400, with everything that is wrong.
        """
        service, usual = self._service, contact or {}
        service_type = self._service_type()
        channel = self._channel(service_type)
        language = self.text(language_key) or LANGUAGES[0]
        if language not in LANGUAGES:
            self.wrong(language_key, f"must be one of {', '.join(LANGUAGES)}")
        customer = self.customer_id()
        phone, email = self._phone() or usual.get("phone"), self._email() or usual.get("email")
        keys = (self._customer_key(), "contactPhoneNumber", "contactEmail")
        needs = (service.customer_required, service.phone_required, service.email_required)
        for key, needed, given in zip(keys, needs, (customer, phone, email), strict=True):
            if needed and given is None and key not in self.errors:
                self.wrong(key, REQUIRED)
        fields, tag_ids = self._fields(), self._tags()
        if service_type is None or self.errors:
            raise refusals.invalid(self.errors)
        return Matter(
            service_type=service_type,
            channel=channel,
            language=language,
            customer_id=customer,
            phone=phone,
            email=email,
            fields=fields,
            tag_ids=tag_ids,
        )

    def _customer_key(self) -> str:
        bound = self._ask.knobs.customer_record_key
        return _KEYS[0] if bound == "either" else bound

    def _service_type(self) -> ServiceType | None:
        found = find_type(self._ask, self._service, self.body.get("serviceTypeId"))
        if found is None:
            absent = self.body.get("serviceTypeId") is None
            self.wrong("serviceTypeId", REQUIRED if absent else "is no service type of this service")
        return found

    def _channel(self, service_type: ServiceType | None) -> str:
        said = self.body.get("channel")
        if said not in CHANNELS:
            self.wrong("channel", REQUIRED if said is None else f"must be one of {', '.join(CHANNELS)}")
        elif service_type is not None and said not in service_type.channels:
            self.wrong("channel", f"{service_type.name} does not support {said}")
        return str(said)

    def _phone(self) -> str | None:
        said = self.text("contactPhoneNumber")
        if said is not None and not _PHONES[self._ask.knobs.phone_format].fullmatch(said):
            self.wrong("contactPhoneNumber", "is no valid phone number")
        return stored_phone(said, self._ask.knobs)

    def _email(self) -> str | None:
        said = self.text("contactEmail")
        if said is not None and not _EMAIL.fullmatch(said):
            self.wrong("contactEmail", "is no valid email address")
        return said

    def _fields(self) -> dict[str, Any]:
        said = self.body.get("fields")
        if said is None:
            return {}
        if not isinstance(said, dict):
            self.wrong("fields", "must be an object")
            return {}
        values = {guid(key): value for key, value in cast("dict[str, Any]", said).items()}
        for key, value in values.items():
            if key not in self._ask.world.field_types:
                self.wrong("fields", "has the id of no field type")
            if isinstance(value, dict | list):
                self.wrong("fields", "must have plain values")
        return values

    def _tags(self) -> tuple[str, ...]:
        said = self.body.get("tagIds")
        if said is None:
            return ()
        ids = [guid(one) for one in cast("list[object]", said)] if isinstance(said, list) else [""]
        if any(one not in self._ask.world.tags for one in ids):
            self.wrong("tagIds", "must be an array of ids of tags")
        return tuple(dict.fromkeys(ids))


def stored_phone(said: str | None, knobs: Knobs) -> str | None:
    """Write a phone number as a case keeps it: `+1` before ten digits.

    Args:
        said: as it was sent.
        knobs: how numbers are sent.
    """
    return f"+1{said}" if said is not None and knobs.phone_format == "ten_digits" else said


def find_type(ask: Ask, service: Service, said: object) -> ServiceType | None:
    """Find a service type of a service.

    Args:
        ask: the call.
        service: the service.
        said: what may be its id.
    """
    id_ = guid(said)
    return ask.world.service_types[id_] if id_ in service.type_ids else None
