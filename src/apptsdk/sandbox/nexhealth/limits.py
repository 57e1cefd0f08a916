"""How often one key may ask: four quotas, each counted in fixed seconds or minutes.

https://docs.nexhealth.com/reference/rate-limiting
"""

from collections.abc import Iterable
from datetime import datetime

from attrs import define, frozen


@frozen
class Quota:
    """So many calls in so many seconds, of those that carry the tag."""

    limit: int
    seconds: int
    tag: str


ALL, SEARCH, PEOPLE, OTHER = "all", "search", "people", "other"
QUOTAS = (Quota(100, 1, ALL), Quota(10, 1, SEARCH), Quota(1_000, 60, PEOPLE), Quota(2_000, 60, OTHER))
_SEARCHES = frozenset({"GET /appointments", "GET /appointment_slots", "GET /available_slots"})
_PEOPLE = ("/patients", "/appointments")


def tags(method: str, pattern: str) -> frozenset[str]:
    """Tell which quotas a route counts in.

    Args:
        method: of the call.
        pattern: the route's path.
    """
    people = any(pattern == base or pattern.startswith(f"{base}/") for base in _PEOPLE)
    search = {SEARCH} if f"{method} {pattern}" in _SEARCHES else set[str]()
    return frozenset({ALL, PEOPLE if people else OTHER} | search)


@define
class _Window:
    which: int = -1
    calls: int = 0


class Limits:
    """What one key has used.

    Args:
        quotas: how often it may ask.
    """

    def __init__(self, quotas: Iterable[Quota] = QUOTAS) -> None:
        self._windows = [(quota, _Window()) for quota in quotas]

    def count(self, carried: frozenset[str], now: datetime) -> bool:
        """Count a call.

        Args:
            carried: the tags of its route.
            now: the time.

        Returns:
            Whether it may pass; one that may not counts nowhere.
        """
        windows = [(quota, window) for quota, window in self._windows if quota.tag in carried]
        for quota, window in windows:
            which = int(now.timestamp()) // quota.seconds
            if which != window.which:
                window.which, window.calls = which, 0
        if any(window.calls >= quota.limit for quota, window in windows):
            return False
        for _, window in windows:
            window.calls += 1
        return True
