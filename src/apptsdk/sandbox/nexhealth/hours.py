"""When working hours are: which of them fall on a day, and from when to when."""

from datetime import date, datetime, time, timedelta
from typing import Any

from apptsdk.sandbox.nexhealth.records import Record
from apptsdk.sandbox.nexhealth.times import local
from apptsdk.sandbox.nexhealth.world import World

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNITS = ("day", "week", "month")
_MONTHS = 12


def falls_on(values: dict[str, Any], day: date) -> bool:
    """Tell whether working hours fall on a day.

    Args:
        values: of the record.
        day: at the location.
    """
    if values["specific_date"] is not None:
        return bool(day.isoformat() == values["specific_date"])
    rule = values["custom_recurrence"]
    if rule is None:
        return WEEKDAYS[day.weekday()] in values["days"]
    begin, step = date.fromisoformat(rule["ref"]), rule["num"]
    if day < begin:
        return False
    if rule["unit"] == "month":
        months = (day.year - begin.year) * _MONTHS + day.month - begin.month
        return day.day == begin.day and months % step == 0
    days: int = step * (7 if rule["unit"] == "week" else 1)
    return (day - begin).days % days == 0


def window(world: World, row: Record, day: date) -> tuple[datetime, datetime] | None:
    """Find when working hours are on a day.

    Args:
        world: the world.
        row: they.
        day: at the location.

    Returns:
        From when to when, None if they do not fall on it.
    """
    if not falls_on(row.values, day):
        return None
    zone = world.zone_of(row.values["location_id"])
    begin, end = (_wall(row.values[name]) for name in ("begin_time", "end_time"))
    return local(day, begin, zone), local(day if end > time() else day + timedelta(days=1), end, zone)


def _wall(text: str) -> time:
    return time.fromisoformat("00:00" if text == "24:00" else text)


def covering(world: World, *, provider: int, location: int, begin: datetime, end: datetime) -> list[Record]:
    """Find a provider's active working hours that hold a stretch of time.

    Args:
        world: the world.
        provider: whose.
        location: where.
        begin: the start of the stretch.
        end: its end.
    """
    day = begin.astimezone(world.zone_of(location)).date()
    rows = [
        row
        for row in world.records("working_hours")
        if row.values["active"] and (row.values["provider_id"], row.values["location_id"]) == (provider, location)
    ]
    windows = [(row, window(world, row, day)) for row in rows]
    return [row for row, found in windows if found and found[0] <= begin and end <= found[1]]
