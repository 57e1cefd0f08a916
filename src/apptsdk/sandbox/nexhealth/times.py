"""Times as NexHealth reads and writes them."""

from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from dateutil import parser

# So that one can go a few years on from whatever was said.
_FIRST_YEAR, _LAST_YEAR = 100, 9000


def iso(moment: datetime) -> str:
    """Write a moment in UTC, with milliseconds and `Z`.

    Args:
        moment: aware.
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def maybe(moment: datetime | None) -> str | None:
    """Write a moment, if there is one.

    Args:
        moment: aware, or None.
    """
    return None if moment is None else iso(moment)


def local_iso(moment: datetime, zone: ZoneInfo) -> str:
    """Write a moment as a slot has it: the wall clock with its offset, and milliseconds.

    Args:
        moment: aware.
        zone: the location's.
    """
    return moment.astimezone(zone).isoformat(timespec="milliseconds")


def offset(moment: datetime, zone: ZoneInfo) -> str:
    """Write a zone's offset as an appointment has it: `-5:00`.

    Args:
        moment: when.
        zone: the location's.
    """
    text = moment.astimezone(zone).strftime("%z")
    return f"{text[0]}{int(text[1:3])}:{text[3:5]}"


def basic_offset(moment: datetime, zone: ZoneInfo) -> str:
    """Write a zone's offset as working hours have it: `-0500`.

    Args:
        moment: when.
        zone: the location's.
    """
    return moment.astimezone(zone).strftime("%z")


def read_moment(text: str, zone: tzinfo = UTC) -> datetime | None:
    """Read any date or date-time that can be parsed.

    Args:
        text: such as `2031-04-15T09:00:00+0000` or `2031-04-15`.
        zone: where a text without an offset is taken to be.

    Returns:
        The moment in UTC, None if it cannot be read.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parser.parse(text, default=datetime(2000, 1, 1))  # noqa: DTZ001 - the zone is set below
        except (ValueError, OverflowError):
            return None
    if not _FIRST_YEAR < moment.year < _LAST_YEAR:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def read_date(text: str) -> date | None:
    """Read a date.

    Args:
        text: `YYYY-MM-DD`, or anything that can be parsed.

    Returns:
        The date as it is written, None if it cannot be read.
    """
    try:
        found = parser.parse(text).date() if len(text) != len("2031-04-15") else date.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return found if _FIRST_YEAR < found.year < _LAST_YEAR else None


def local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Find the moment at which a wall clock shows a time.

    Args:
        day: the date there.
        clock: the time there; of two, the first; inside a gap, as if the clock had not been put forward yet.
        zone: the zone of the wall clock.

    Returns:
        The moment in UTC.
    """
    return datetime.combine(day, clock, zone).astimezone(UTC)
