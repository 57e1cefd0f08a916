"""What several of Cliniko's objects share: reasons, states, and rules by which something repeats."""

from __future__ import annotations

from typing import ClassVar

import attrs

from apptsdk.models import Model, OpenInt, OpenStr


class CancellationReason(OpenInt):
    """Why an appointment was cancelled."""

    FEELING_BETTER = 10
    CONDITION_WORSE = 20
    SICK = 30
    COVID_19 = 31  # read only: the vendor no longer takes it
    AWAY = 40
    OTHER = 50
    WORK = 60


class InvoiceStatus(OpenInt):
    """How far an appointment's invoice is."""

    OPEN = 10
    PAID = 20
    CLOSED = 30
    OPEN_CREDIT = 40


class TreatmentNoteStatus(OpenInt):
    """How far an appointment's treatment note is."""

    DRAFT = 10
    FINAL = 90


class RepeatType(OpenStr):
    """How often something in the calendar repeats."""

    DAILY = "Daily"
    WEEKLY = "Weekly"
    MONTHLY = "Monthly"


@attrs.frozen(kw_only=True, repr=False)
class RepeatRule(Model):
    """The rule by which something in the calendar repeats.

    Attributes:
        repeat_type: Daily, weekly or monthly; None where it does not repeat.
        number_of_repeats: How many further occurrences there are, 1 to 51; of an availability block, 1 to 100.
        repeating_interval: Every how many days, weeks or months, 1 to 100.
    """

    shown: ClassVar[tuple[str, ...]] = ("repeat_type", "number_of_repeats", "repeating_interval")

    repeat_type: RepeatType | None = None
    number_of_repeats: int | None = None
    repeating_interval: int | None = None


@attrs.frozen(kw_only=True)
class RepeatRuleInput:
    """A rule by which something in the calendar is to repeat.

    Args:
        repeat_type: Daily, weekly or monthly.
        number_of_repeats: How many further occurrences to make, 1 to 51; of an availability block, 1 to 100.
        repeating_interval: Every how many days, weeks or months, 1 to 100.
    """

    repeat_type: RepeatType
    number_of_repeats: int
    repeating_interval: int = 1
