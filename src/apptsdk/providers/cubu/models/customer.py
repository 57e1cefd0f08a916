"""Customer records."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from apptsdk.providers.cubu.models.shared import CubuModel


@attrs.frozen(kw_only=True, repr=False)
class FieldData(CubuModel):
    """A field's value as it is shown.

    Attributes:
        display_text: The text to show.
        text: The text.
    """

    display_text: str | None = None
    text: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class CustomerField(CubuModel):
    """One field of a customer's record.

    Attributes:
        field_type_id: The field type's GUID.
        data_type: The kind of its value, such as `Text`.
        field_name: The field's name.
        slug: Its name in URLs and queries, such as `customer-first-name`.
        is_key: Whether customers are told apart by it.
        is_required: Whether every customer has one.
        data: The value as it is shown.
        value: The value; its type depends on `data_type`.
        hash: A digest of the value.
        color_code: A colour, as CSS has it.
        position: Its place in the form.
    """

    shown: ClassVar[tuple[str, ...]] = ("field_type_id", "slug")

    field_type_id: str | None = None
    data_type: str | None = None
    field_name: str | None = None
    slug: str | None = None
    is_key: bool | None = None
    is_required: bool | None = None
    data: FieldData | None = None
    value: object = attrs.field(default=None, hash=False)
    hash: str | None = None
    color_code: str | None = None
    position: int | None = None


@attrs.frozen(kw_only=True, repr=False)
class CustomerRecord(CubuModel):
    """A customer.

    https://docs.cubu.com/guides/s2s-api-guide/customer-management-api

    Attributes:
        record_id: The GUID.
        display_name: The customer's name.
        date_created: When the record was made.
        date_updated: When it was last changed.
        fields: The fields, each with its value.
    """

    shown: ClassVar[tuple[str, ...]] = ("record_id",)

    record_id: str
    display_name: str | None = None
    date_created: dt.datetime | None = None
    date_updated: dt.datetime | None = None
    fields: tuple[CustomerField, ...] | None = None

    @property
    def id(self) -> str:
        """The GUID, as `record_id`."""
        return self.record_id

    @property
    def created_at(self) -> dt.datetime | None:
        """When the record was made, as `date_created`."""
        return self.date_created

    def field(self, name: str) -> CustomerField | None:
        """Find a field.

        Args:
            name: Its GUID, slug or name.

        Returns:
            The field, or None where the record has none of that name.
        """
        wanted = name.lower()
        for found in self.fields or ():
            if wanted in {(known or "").lower() for known in (found.field_type_id, found.slug, found.field_name)}:
                return found
        return None
