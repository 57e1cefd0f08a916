"""Time zones by name: IANA's names, and Windows' names, which is what Cubu sends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

_IANA: Final = re.compile(r"(?=.{1,64}\Z)[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")
_WINDOWS: Final = re.compile(r"(?=.{1,64}\Z)(?:UTC(?:[+-]\d\d)?|[A-Za-z][A-Za-z.-]*(?: [A-Za-z0-9.()-]+)+)")
_NO_ZONES: Final = frozenset({"localtime", "posixrules", "factory"})
_NO_FOLDERS: Final = frozenset({"posix", "right"})
_EXTRA: Final = 'pip install "apptsdk[cubu]"'


def zone(name: str, argument: str = "time_zone") -> ZoneInfo:
    """Find a time zone by its name.

    Args:
        name: An IANA name such as `"Asia/Jerusalem"`, or, with the extra `cubu`, a Windows name such as
            `"Israel Standard Time"`.
        argument: The argument's name, for the message.

    Returns:
        The zone: the same object for the same name.

    Raises:
        ValueError: It is neither, or it is a Windows name and the extra is not installed.
    """
    wanted = name.strip() if isinstance(name, str) else ""
    found = _iana(wanted) or windows(wanted)
    if found is not None:
        return found
    if not _WINDOWS.fullmatch(wanted):
        hint = (
            " If it is one, this machine does not have it: pip install tzdata."
            if "/" in wanted and _IANA.fullmatch(wanted)
            else ""
        )
        raise ValueError(
            f'{argument} must be the IANA name of a time zone, such as "Asia/Jerusalem", or its Windows name, such as '
            f'"Israel Standard Time".{hint}'
        )
    if _windows_names() is None:
        raise ValueError(
            f'{argument} is the Windows name "{wanted}", and the map of those is not installed: {_EXTRA}, or give the '
            'IANA name, such as "Asia/Jerusalem".'
        )
    raise ValueError(
        f'{argument} is "{wanted}", which is the Windows name of no known time zone. Give the IANA name, such as '
        '"Asia/Jerusalem".'
    )


def windows(name: str | None) -> ZoneInfo | None:
    """Find a time zone by its Windows name, which is what a provider's answer holds.

    Args:
        name: The name, such as `"Israel Standard Time"`.

    Returns:
        The zone, or None where the name is unknown or the extra `cubu` is not installed.
    """
    wanted = name.strip() if isinstance(name, str) else ""
    if not _WINDOWS.fullmatch(wanted):
        return None
    return _iana((_windows_names() or {}).get(wanted, ""))


def _iana(name: str) -> ZoneInfo | None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - not every client needs a zone

    folder = name.partition("/")[0].lower()
    if not _IANA.fullmatch(name) or name.lower() in _NO_ZONES or folder in _NO_FOLDERS:
        return None
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # no such file; not a zone's file; a folder
        return None


def _windows_names() -> Mapping[str, str] | None:
    try:
        from tzlocal.windows_tz import win_tz  # noqa: PLC0415 - an extra, and only for a Windows name
    except ImportError:
        return None
    return win_tz
