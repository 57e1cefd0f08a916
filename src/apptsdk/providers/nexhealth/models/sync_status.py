"""Whether NexHealth and the EHR are in step."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import attrs

from apptsdk.models import Model, OpenStr
from apptsdk.providers.nexhealth.models.location import LocationBasic


class SyncLight(OpenStr):
    """Whether a service is up, which is green, or down, which is red."""

    GREEN = "green"
    RED = "red"


class EmrType(OpenStr):
    """Where an EHR runs."""

    CLOUD = "cloud"
    ON_PREMISES = "onprem"


@attrs.frozen(kw_only=True, repr=False)
class Emr(Model):
    """A health record system (EHR).

    https://docs.nexhealth.com/reference/getsyncstatus

    Attributes:
        display_name: The name for people.
        id: The id.
        name: The name for programs, such as "dentrix".
        type: Whether it runs at the practice or elsewhere.
    """

    shown: ClassVar[tuple[str, ...]] = ("id", "name")

    display_name: str | None = None
    id: int | None = None
    name: str | None = None
    type: EmrType | None = None


@attrs.frozen(kw_only=True, repr=False)
class SyncStatus(Model):
    """Whether NexHealth can read from and write to an EHR.

    https://docs.nexhealth.com/reference/getsyncstatus

    A practice may switch its server off at night: some hours of red are usual.

    Attributes:
        emr: The EHR.
        institution_id: The institution.
        locations: The locations whose data it holds, in short.
        read_status: Whether reading works.
        read_status_at: When the EHR was last read, UTC.
        sync_source_name: The name of the connection.
        sync_source_type: The kind of the connection.
        write_status: Whether writing works.
        write_status_at: When the EHR was last written to, UTC.
    """

    shown: ClassVar[tuple[str, ...]] = ("institution_id", "read_status", "write_status")

    emr: Emr | None = None
    institution_id: int | None = None
    locations: tuple[LocationBasic, ...] | None = None
    read_status: SyncLight | None = None
    read_status_at: datetime | None = None
    sync_source_name: str | None = None
    sync_source_type: str | None = None
    write_status: SyncLight | None = None
    write_status_at: datetime | None = None
