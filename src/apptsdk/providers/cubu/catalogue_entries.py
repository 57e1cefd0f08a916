"""The entries of a catalogue: services, service types, field types and tags, each with its GUID and a name."""

from __future__ import annotations

from datetime import timedelta  # noqa: TC003 - attrs may resolve it at run time
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import attrs

from apptsdk.providers.cubu.ids import is_guid
from apptsdk.providers.cubu.models.shared import Channel
from apptsdk.shapes import is_iterable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def as_tuple(value: object) -> object:
    """Make a tuple of a list.

    Args:
        value: The list.

    Returns:
        A tuple; what is no list stays as it is, and the catalogue says so.
    """
    return tuple(value) if is_iterable(value) and not isinstance(value, str) else value


def _small(value: str) -> str:
    return value.lower() if is_guid(value) else value


def _channels(value: Iterable[Channel | str]) -> tuple[Channel, ...]:
    if isinstance(value, str) or not is_iterable(value):
        return cast("tuple[Channel, ...]", value)  # the catalogue says so
    return tuple([Channel(one) if isinstance(one, str) else cast("Channel", one) for one in value])


@attrs.frozen(kw_only=True)
class CatalogueService:
    """A service, and the time zone in which its calendars tell the time.

    Args:
        id: Its GUID.
        name: What you call it.
        time_zone: An IANA name, or a Windows name with the extra `cubu`; the settings' zone by default.
    """

    id: str = attrs.field(converter=_small)
    name: str
    time_zone: str | None = None


@attrs.frozen(kw_only=True)
class CatalogueServiceType:
    """A service type.

    Args:
        id: Its GUID.
        name: What you call it.
        duration: How long an appointment takes: whole minutes, at most a day. In a file, a number of minutes.
        channels: The channels that it supports; empty where that is not known.
    """

    id: str = attrs.field(converter=_small)
    name: str
    duration: timedelta | None = None
    channels: tuple[Channel, ...] = attrs.field(default=(), converter=_channels)


@attrs.frozen(kw_only=True)
class CatalogueFieldType:
    """A field type, of customers or of cases.

    Args:
        id: Its GUID.
        name: What you call it.
        slug: What Cubu calls it in a search for a customer: `"customer-first-name"`, for instance.
    """

    id: str = attrs.field(converter=_small)
    name: str
    slug: str | None = None


@attrs.frozen(kw_only=True)
class CatalogueTag:
    """A tag.

    Args:
        id: Its GUID.
        name: What you call it.
    """

    id: str = attrs.field(converter=_small)
    name: str


Entry: TypeAlias = CatalogueService | CatalogueServiceType | CatalogueFieldType | CatalogueTag
"""What stands in a table."""

KINDS: Final[Mapping[str, type[Entry]]] = {
    "services": CatalogueService,
    "service_types": CatalogueServiceType,
    "field_types": CatalogueFieldType,
    "tags": CatalogueTag,
}
"""The tables of a catalogue."""
OTHERS: Final = ("languages", "customer_key")
"""The other keys of a catalogue."""
