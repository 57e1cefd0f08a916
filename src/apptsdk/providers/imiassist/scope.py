"""What a client's settings say about every call: where it is asked, and what the other side calls its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from apptsdk.errors import UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.imiassist.endpoints import Endpoint


@attrs.frozen(kw_only=True)
class Scope:
    """Within what a call is made.

    Args:
        endpoints: Where each operation is asked.
        names: What the other side calls inputs and outputs, by our names, where it differs.
        max_duration_minutes: The longest appointment that is asked for; None where the server alone decides.
    """

    endpoints: Mapping[str, Endpoint]
    names: Mapping[str, str]
    max_duration_minutes: int | None

    def endpoint(self, operation: str) -> Endpoint:
        """Find where an operation is asked.

        Args:
            operation: Its name in the table.

        Returns:
            The endpoint.

        Raises:
            UnsupportedError: The table has none for it.
        """
        found = self.endpoints.get(operation)
        if found is None:
            raise UnsupportedError(
                f"No known node of the vendor's does this, so {operation!r} is off. If what your base_url leads to "
                f'can, say where: endpoints={{"{operation}": {{"method": "GET", '
                '"path": "/appointments/{appointment_id}"}}.',
                provider="imiassist",
                operation=f"imiassist.appointments.{operation}",
            )
        return found
