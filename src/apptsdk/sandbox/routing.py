"""Routes as a table: what is no word of any route stands where an id does."""

from collections.abc import Collection, Iterable
from urllib.parse import unquote


def words(routes: Iterable[str]) -> frozenset[str]:
    """Collect the words of all routes.

    Args:
        routes: such as `GET /patients/#`.
    """
    return frozenset(word for route in routes for word in route.partition(" ")[2].split("/")) - {"#"}


def split(path: str, known: Collection[str]) -> tuple[str, list[str]]:
    """Find the pattern of a path.

    Args:
        path: as it came, still percent-encoded.
        known: the words of all routes.

    Returns:
        The path with `#` for every id, and the ids.
    """
    parts = [unquote(part) for part in path.split("/")]
    ids = [part for part in parts if part not in known]
    return "/".join(part if part in known else "#" for part in parts), ids
