"""What differs between the versions of NexHealth's API, as data.

https://docs.nexhealth.com/docs/api-versions
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from apptsdk.errors import ConfigurationError, UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE: Final = "application/vnd.Nexhealth+json;version=2"
"""What selects v2. Answers of operations that v3 leaves as they were have this type too."""


@attrs.frozen(kw_only=True)
class Version:
    """One version of the API: how it is selected, and where it is otherwise.

    Args:
        name: Its name, such as `"v3.0.0"`.
        header: What the header `Nex-Api-Version` says; None where it is not sent.
        numbered: Whether lists are paged by number (and counted), and not by cursor.
        per_page: How many rows a page holds unless the caller says so.
        most: How many rows a page may hold.
        paths: The path's first word, where it is another than the resource's name.
        wrappers: The key around a request's body, where it is another.
        lacks: Resources, and parameters of lists and updates as `resource.parameter`, that it does not have, and what
            there is instead, if anything.
        needs: Parameters as `resource.parameter` that it demands.
    """

    name: str
    header: str | None = None
    numbered: bool = False
    per_page: int = 200
    most: int = 1000
    paths: Mapping[str, str] = attrs.field(factory=dict[str, str])
    wrappers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    lacks: Mapping[str, str] = attrs.field(factory=dict[str, str])
    needs: frozenset[str] = frozenset()

    @property
    def headers(self) -> Mapping[str, str]:
        """What selects it. Without either header every path is a 404."""
        chosen = {"Accept": MEDIA_TYPE}
        return chosen if self.header is None else {**chosen, "Nex-Api-Version": self.header}

    def path(self, resource: str) -> str:
        """Give the first word of a resource's path."""
        return self.paths.get(resource, resource)

    def wrapper(self, name: str) -> str:
        """Give the key around a request's body."""
        return self.wrappers.get(name, name)

    def check(self, name: str, operation: str) -> None:
        """Refuse what this version does not have.

        Args:
            name: A resource, or `resource.parameter`.
            operation: Who asks.

        Raises:
            UnsupportedError: It is not there.
        """
        if name in self.lacks:
            resource, _, parameter = name.partition(".")
            what = f"{parameter} for {resource}" if parameter else resource
            instead = self.lacks[name]
            raise UnsupportedError(
                f"Version {self.name} of NexHealth's API has no {what}{instead and f': {instead}'}. "
                "api_version in the settings chooses the version.",
                provider="nexhealth",
                operation=operation,
            )


_ANEW: Final = "book anew, then cancel"
_GET: Final = "use get(id, include=[...])"
V2: Final = Version(
    name="v2",
    numbered=True,
    per_page=100,
    most=300,
    paths={"available_slots": "appointment_slots", "working_hours": "availabilities"},
    wrappers={"working_hour": "availability"},
    lacks={
        "appointments.end_time": _ANEW,
        "appointments.note": "",
        "appointments.operatory_id": _ANEW,
        "appointments.patient_ids": "use patient_id",
        "appointments.sort": "",
        "appointments.start_time": _ANEW,
        "available_slots.appointments_per_timeslot": "",
        "available_slots.working_hour_label_id": "",
        "available_slots.working_hour_source": "",
        "patients.return_existing_if_match": "look for the patient first",
        "working_hour_labels": "",
        "working_hours.label_id": "",
        "working_hours.source": "",
    },
    needs=frozenset({"available_slots.provider_ids"}),
)
V3: Final = Version(
    name="v3.0.0",
    header="v3.0.0",
    lacks={"appointments.include": _GET, "appointments.patient_id": "use patient_ids=[...]", "patients.include": _GET},
)

_NAME: Final = re.compile(r"v2|v[2-9]\.[0-9]+\.[0-9]+|v20[0-9]{6}")
_KNOWN: Final = frozenset({"v3.0.0", "v20240412"})


def version(name: str) -> Version:
    """Find a version by its name. One that is not known is taken for a third one, and is asked whatever it is asked.

    Args:
        name: `"v3.0.0"`, its synonym `"v20240412"`, `"v3.1.0"`, `"v2"`.

    Returns:
        The version.

    Raises:
        ConfigurationError: That is no version's name.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ConfigurationError(
            'api_version (NEXHEALTH_API_VERSION) must be a version\'s whole name, such as "v3.0.0" or "v2".',
            provider="nexhealth",
        )
    if name == "v2" or name.startswith("v2."):
        return attrs.evolve(V2, name=name)
    return attrs.evolve(V3, name=name, header=name, lacks=V3.lacks if name in _KNOWN else {})
