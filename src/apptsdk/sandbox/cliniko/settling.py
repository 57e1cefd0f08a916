"""What follows from what the body of a record says, and what it says about other records."""

from collections.abc import Callable, Mapping
from typing import Any

from apptsdk.sandbox.cliniko.times import LABELS
from apptsdk.sandbox.cliniko.world import World

Settle = Callable[[World, Mapping[str, Any], dict[str, Any], int], dict[str, str]]
"""Takes what the record says so far, what the body says (and may change that), the time; gives what is wrong."""
Keep = Callable[[World, int, dict[str, Any], int], None]
"""Takes the record's id, what the body says (and takes away what it keeps elsewhere), the time."""


def nothing(_: World, __: Mapping[str, Any], ___: dict[str, Any], ____: int) -> dict[str, str]:
    """Leave everything as it is."""
    return {}


def keep_nothing(_: World, __: int, ___: dict[str, Any], ____: int) -> None:
    """Leave everything with the record."""


def marketing(_: World, __: Mapping[str, Any], read: dict[str, Any], ___: int) -> dict[str, str]:
    """Let a patient unsubscribe."""
    if read.pop("unsubscribe_sms_marketing", None):
        read["accepted_sms_marketing"] = False
    return {}


def zone(_: World, __: Mapping[str, Any], read: dict[str, Any], ___: int) -> dict[str, str]:
    """Let a time zone have both of its names."""
    # Where both are sent the label wins: https://docs.api.cliniko.com/guides/time_zone_support
    if read.get("time_zone"):
        read["time_zone_identifier"] = LABELS[read["time_zone"]]
    elif read.get("time_zone_identifier"):
        names = {name: label for label, name in LABELS.items()}
        read["time_zone"] = names.get(read["time_zone_identifier"])
    return {}


def offer(world: World, kind: int, read: dict[str, Any], _: int) -> None:
    """Keep the businesses that offer a type with the businesses."""
    wanted = read.pop("business_ids", None)
    if wanted is None:
        return
    for id_, row in world.businesses.items():
        offered: list[str] = row.values["appointment_type_ids"]
        others = [other for other in offered if other != str(kind)]
        row.values["appointment_type_ids"] = [*others, str(kind)] if str(id_) in wanted else others
