"""What several of NexHealth's objects share: where inputs go, how far a write is, and prices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import ClassVar, Final

import attrs

from apptsdk.models import Model

_NOT_WRITTEN: Final = "nex"


class WriteState(Enum):
    """How far a record is on its way into the practice's health record system (EHR).

    The vendor accepts a record at once and writes it later, or never; nothing but the record's foreign id tells.
    """

    PENDING = "pending"
    """NexHealth holds it, and nothing says that the EHR has it."""
    WRITTEN = "written"
    """It has an id in the EHR."""
    UNKNOWN = "unknown"
    """The vendor did not send what would tell."""


def write_state_of(
    foreign_id: str | None, foreign_id_type: str | None, last_sync_time: datetime | None, *, told: bool
) -> WriteState:
    """Tell how far a record is from what points into the EHR.

    Args:
        foreign_id: The record's id in the EHR; None or blank where it has none yet.
        foreign_id_type: Which EHR that is; `nex` while only NexHealth has the record.
        last_sync_time: When the two last agreed; counts where the others leave it open.
        told: Whether the vendor sent either of the first two.

    Returns:
        The state.
    """
    if told and (not foreign_id or foreign_id_type == _NOT_WRITTEN):
        return WriteState.PENDING
    written = (foreign_id and foreign_id_type) or last_sync_time is not None
    return WriteState.WRITTEN if written else WriteState.UNKNOWN


@attrs.frozen(kw_only=True)
class Input:
    """What is sent to make or change something, and where each field of it goes."""

    within: ClassVar[str] = ""
    """The key of the body under which fields go; empty for the body itself."""
    placed: ClassVar[Mapping[str, str]] = {}
    """Where fields go that go elsewhere: a dotted path from the body's top, or `?name` for the query."""


@attrs.frozen(kw_only=True, repr=False)
class Price(Model):
    """An amount of money.

    https://docs.nexhealth.com/reference/getproceduresid

    Attributes:
        amount: The amount, in whole units of the currency: dollars, not cents.
        currency: The currency, ISO 4217.
    """

    shown: ClassVar[tuple[str, ...]] = ("amount", "currency")

    amount: Decimal | None = None
    currency: str | None = None
