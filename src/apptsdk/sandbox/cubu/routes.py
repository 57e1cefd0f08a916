"""The paths below an application, and how one is found."""

from collections.abc import Mapping

from apptsdk.sandbox.cubu import appointments, calendars, customers, queue, refusals
from apptsdk.sandbox.cubu.ask import Route
from apptsdk.sandbox.cubu.knobs import Knobs
from apptsdk.sandbox.routing import split, words


def find(knobs: Knobs, method: str, path: str) -> tuple[Route, Mapping[str, str]]:
    """Find who answers a call.

    Args:
        knobs: some paths follow from them.
        method: the method.
        path: the path below the application.

    Returns:
        The route, and the parameters of the path.

    Raises:
        Refusal: 404, or 405 where the path has other methods.
    """
    every = [route for module in (calendars, appointments, customers, queue) for route in module.routes(knobs)]
    table = {route.pattern: route for route in every}
    pattern, ids = split(path, words(table))
    route = table.get(f"{method} {pattern}")
    if route is not None:
        return route, dict(zip(route.names, ids, strict=True))
    if any(one.endswith(f" {pattern}") for one in table):
        raise refusals.no_method()
    raise refusals.missing("path")
