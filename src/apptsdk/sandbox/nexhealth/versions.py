"""Which version of the API a call speaks."""

from collections.abc import Mapping
from typing import Literal

Version = Literal["v2", "v3"]
VERSIONS: tuple[Version, ...] = ("v2", "v3")

# What v3.1.0 does not redefine is v3.0.0; of what it redefines nothing is emulated.
_NAMES: dict[str, Version] = {"v2": "v2", "v3.0.0": "v3", "v20240412": "v3", "v3.1.0": "v3"}
_MEDIA = "application/vnd.nexhealth+json"
BELOW = "API version 'v2' is below the minimum allowed"


def version(headers: Mapping[str, str]) -> Version | None:
    """Find the version that a call asks for.

    Args:
        headers: names in lower case.

    Returns:
        The version, None if there is none or it is unknown; `Nex-Api-Version` wins over `Accept`.
    """
    named = headers.get("nex-api-version")
    if named is not None:
        return _NAMES.get(named.strip().lower())
    accepts = (one.replace(" ", "").lower() for one in headers.get("accept", "").split(","))
    return "v2" if f"{_MEDIA};version=2" in accepts else None
