"""What a client's settings say about every call: the version, the practice, the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from apptsdk import urls
from apptsdk.errors import ConfigurationError
from apptsdk.models import UNSET, Unset
from apptsdk.providers.nexhealth.wire import identifier

if TYPE_CHECKING:
    from apptsdk.models import Id
    from apptsdk.providers.nexhealth.versions import Version
    from apptsdk.urls import Pairs

_HOW: Final = "give it in NexHealthSettings ({variable}), or client.with_options({name}=...)"


@attrs.frozen(kw_only=True)
class Scope:
    """Within what a call is made.

    Args:
        version: The version of the API.
        base_url: Where it lives.
        subdomain: The practice.
        location_id: The office that is meant where a call names none.
        check_location: Whether the office's own settings are looked at before a booking.
    """

    version: Version
    base_url: str
    subdomain: str | None = None
    location_id: int | None = None
    check_location: bool = True

    def practice(self, *, required: bool = True) -> Pairs:
        """Give the query's part that names the practice.

        Args:
            required: Whether the call is none without it.

        Returns:
            Names and values.

        Raises:
            ConfigurationError: It is required and not set.
        """
        if self.subdomain is not None:
            return (("subdomain", self.subdomain),)
        if required:
            how = _HOW.format(variable="NEXHEALTH_SUBDOMAIN", name="subdomain")
            raise ConfigurationError(f"This call needs the practice's subdomain: {how}.", provider="nexhealth")
        return ()

    def location(self, given: Id | Unset | None = UNSET) -> int | None:
        """Decide which office is meant.

        Args:
            given: What the caller said: UNSET for the client's, None for none.

        Returns:
            Its id, or None.

        Raises:
            TypeError: It is neither a str nor an int.
            ValueError: It is no id.
        """
        if isinstance(given, Unset):
            return self.location_id
        return None if given is None else identifier(given, "location_id")

    def office(self, given: Id | Unset | None = UNSET) -> Pairs:
        """Give the query's part that names the office, for a call that is none without it.

        Args:
            given: What the caller said.

        Returns:
            Names and values.

        Raises:
            ConfigurationError: There is none.
        """
        found = self.location(given)
        if found is None:
            how = _HOW.format(variable="NEXHEALTH_LOCATION_ID", name="location_id")
            raise ConfigurationError(f"This call needs location_id: give it, or {how}.", provider="nexhealth")
        return (("location_id", str(found)),)

    def path(self, resource: str, *rest: str) -> str:
        """Give the path of a resource in this version."""
        return urls.path(self.version.path(resource), *rest)
