"""What an organization's GUIDs mean: Cubu has no endpoint that lists services, service types, fields or tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import attrs

from apptsdk.providers.cubu.catalogue_checks import find, known, problems, read, refuse
from apptsdk.providers.cubu.catalogue_entries import (
    KINDS,
    CatalogueFieldType,
    CatalogueService,
    CatalogueServiceType,
    CatalogueTag,
    as_tuple,
)
from apptsdk.providers.cubu.ids import guid, is_guid

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from apptsdk.providers.cubu.catalogue_entries import Entry

__all__ = ["Catalogue", "CatalogueFieldType", "CatalogueService", "CatalogueServiceType", "CatalogueTag"]


@attrs.frozen(kw_only=True, repr=False)
class Catalogue:
    """Your organization's services, service types, field types and tags, and the names by which your code calls them.

    Cubu's GUIDs stand in its admin tools and nowhere else. Write them down once, in a TOML file, and pass
    `Catalogue.load(path)`, or the path alone, to the settings. Every table and every other key may be left out:

    ```toml
    languages = ["en-US", "he-IL"]
    customer_key = "National id"                     # the field type by which customers are found; it needs a slug

    [[services]]
    id = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10"
    name = "Front desk"
    time_zone = "Asia/Jerusalem"

    [[service_types]]
    id = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a901"
    name = "Passport renewal"
    duration = 10                                    # minutes
    channels = ["FaceToFace", "Video"]

    [[field_types]]
    id = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3302"
    name = "National id"
    slug = "customer-national-id"

    [[tags]]
    id = "e7b3c6d1-52f4-4f0b-8f7d-1a2b3c4d5e6f"
    name = "VIP"
    ```

    Names are told apart without regard to case. A catalogue never changes.

    Args:
        services: The services.
        service_types: The service types.
        field_types: The field types of customers and cases.
        tags: The tags.
        languages: The organization's languages, such as `"en-US"`.
        customer_key: The field type that is the customers' key: its GUID, name or slug.

    Raises:
        ConfigurationError: Something in it is wrong; the message lists what.
    """

    services: tuple[CatalogueService, ...] = ()
    service_types: tuple[CatalogueServiceType, ...] = ()
    field_types: tuple[CatalogueFieldType, ...] = ()
    tags: tuple[CatalogueTag, ...] = ()
    languages: tuple[str, ...] = ()
    customer_key: str | None = None

    def __attrs_post_init__(self) -> None:
        for name in (*KINDS, "languages"):
            object.__setattr__(self, name, as_tuple(getattr(self, name)))
        refuse([*problems(attrs.asdict(self, recurse=False))], "The catalogue")

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read a catalogue from a TOML file, such as the one above.

        Args:
            path: The file.

        Returns:
            The catalogue.

        Raises:
            ConfigurationError: The file is not there, is no TOML, or something in it is wrong; the message lists what.
        """
        given, found = read(path)
        refuse([*found, *problems(given)], f"The catalogue {path}")
        return cls(**given)

    @property
    def key_field(self) -> CatalogueFieldType | None:
        """The field type that is the customers' key, or None where none is named."""
        return None if self.customer_key is None else find(self.field_types, self.customer_key)

    def service_id(self, value: str, argument: str) -> str:
        """Give the GUID of a service.

        Args:
            value: Its GUID, known or not, or its name in any case.
            argument: The argument's name, for the message.

        Returns:
            The GUID in small letters.

        Raises:
            TypeError: It is no str.
            ValueError: It is neither.
        """
        return _id(self.services, value, argument, "services")

    def service_type_id(self, value: str, argument: str) -> str:
        """Give the GUID of a service type.

        Args:
            value: Its GUID, known or not, or its name in any case.
            argument: The argument's name, for the message.

        Returns:
            The GUID in small letters.

        Raises:
            TypeError: It is no str.
            ValueError: It is neither.
        """
        return _id(self.service_types, value, argument, "service types")

    def field_type_id(self, value: str, argument: str) -> str:
        """Give the GUID of a field type.

        Args:
            value: Its GUID, known or not, or its name or slug in any case.
            argument: The argument's name, for the message.

        Returns:
            The GUID in small letters.

        Raises:
            TypeError: It is no str.
            ValueError: It is neither.
        """
        return _id(self.field_types, value, argument, "field types")

    def tag_id(self, value: str, argument: str) -> str:
        """Give the GUID of a tag.

        Args:
            value: Its GUID, known or not, or its name in any case.
            argument: The argument's name, for the message.

        Returns:
            The GUID in small letters.

        Raises:
            TypeError: It is no str.
            ValueError: It is neither.
        """
        return _id(self.tags, value, argument, "tags")

    def find_service(self, id: str) -> CatalogueService | None:  # noqa: A002 - the field's own name
        """Find a service.

        Args:
            id: Its GUID.

        Returns:
            The service, or None where the catalogue does not have it.
        """
        return next((one for one in self.services if one.id == id.lower()), None)

    def find_service_type(self, id: str) -> CatalogueServiceType | None:  # noqa: A002 - the field's own name
        """Find a service type.

        Args:
            id: Its GUID.

        Returns:
            The service type, or None where the catalogue does not have it.
        """
        return next((one for one in self.service_types if one.id == id.lower()), None)

    def __repr__(self) -> str:
        counts = " ".join(f"{name}={len(getattr(self, name))}" for name in (*KINDS, "languages"))
        return f"<Catalogue {counts}>"


def _id(entries: Sequence[Entry], value: str, argument: str, what: str) -> str:
    if not isinstance(value, str) or is_guid(value):
        return guid(value, argument)
    found = find(entries, value)
    if found is not None:
        return found.id
    hint = "" if entries else "; catalogue in CubuSettings (CUBU_CATALOGUE) gives GUIDs a name"
    raise ValueError(
        f"{argument} is neither a GUID such as 5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10 nor a name: "
        f"{known(entries, what)}{hint}."
    )
