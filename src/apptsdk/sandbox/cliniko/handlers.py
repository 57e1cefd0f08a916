"""The usual verbs of the records that are kept as a body says them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from apptsdk.sandbox.cliniko import inputs
from apptsdk.sandbox.cliniko.ask import NOTHING, Ask, Handler
from apptsdk.sandbox.cliniko.inputs import BLANK
from apptsdk.sandbox.cliniko.paging import page
from apptsdk.sandbox.cliniko.records import Record, Row
from apptsdk.sandbox.cliniko.refusals import invalid, missing
from apptsdk.sandbox.cliniko.resources import Resource
from apptsdk.sandbox.http import Answer

Among = Callable[[Ask], Callable[[Any], bool]]
"""Makes a test for the rows of a list from what the path says."""
_FIXED = {"base": "This record is controlled by the system."}


def list_(ask: Ask, *, resource: Resource, among: Among | None = None) -> Answer:
    """List rows that nothing hides.

    Args:
        ask: the call.
        resource: their resource.
        among: which of them, by the path.
    """
    found = ask.account.search(resource, ask.call, among(ask) if among else None)
    return page(ask.call, resource.name, found, partial(ask.shown, resource))


def get(ask: Ask, *, resource: Resource) -> Answer:
    """Answer with a row.

    Args:
        ask: the call.
        resource: its resource.
    """
    return ask.changed(resource, ask.one(resource))


def _read(ask: Ask, resource: Resource, values: Mapping[str, Any]) -> dict[str, Any]:
    errors: dict[str, str] = {}
    read = inputs.read(ask.body, resource.checks, errors)
    changed = {**values, **read}
    errors |= {name: BLANK for name in resource.needed if not changed.get(name) and name not in errors}
    errors |= resource.settle(ask.world, values, read, ask.now)
    if errors:
        raise invalid(errors)
    return read


def create(ask: Ask, *, resource: Resource) -> Answer:
    """Make a record.

    Args:
        ask: the call.
        resource: its resource.
    """
    read, world = _read(ask, resource, resource.new), ask.world
    id_ = world.next_id()
    resource.keep(world, id_, read, ask.now)
    row = world.records(resource.name)[id_] = Record(id_, ask.now, ask.now, {**resource.new, **read})
    ask.commit("create", resource, [row])
    return ask.created(resource, row)


def update(ask: Ask, *, resource: Resource) -> Answer:
    """Change a record.

    Args:
        ask: the call.
        resource: its resource.
    """
    row: Record = _free(ask, resource)
    read = _read(ask, resource, row.values)
    resource.keep(ask.world, row.id, read, ask.now)
    row.values |= read
    row.updated_at = ask.now
    ask.commit("update", resource, [row])
    return ask.changed(resource, row)


def archive(ask: Ask, *, resource: Resource) -> Answer:
    """Archive a row.

    Args:
        ask: the call.
        resource: its resource.
    """
    row: Row = _free(ask, resource)
    row.archived_at = row.updated_at = ask.now
    ask.commit("archive", resource, [row])
    return NOTHING


def _free(ask: Ask, resource: Resource) -> Any:
    row = ask.one(resource)
    if resource.fixed(row):
        raise invalid(_FIXED)
    return row


def unarchive(ask: Ask, *, resource: Resource) -> Answer:
    """Take a row back from the archive.

    Args:
        ask: the call.
        resource: its resource.
    """
    row: Row | None = ask.world.table(resource.name).get(ask.ids[-1])
    if row is None:
        raise missing()
    if row.archived_at is not None:
        row.archived_at, row.updated_at = None, ask.now
        ask.commit("unarchive", resource, [row])
    return ask.changed(resource, row)


def routes(resource: Resource, *acts: str) -> dict[str, Handler]:
    """Make the routes of a resource.

    Args:
        resource: the resource.
        acts: which of the usual verbs it has.
    """
    base = f"/{resource.name}"
    usual: dict[str, dict[str, Handler]] = {
        "list": {f"GET {base}": partial(list_, resource=resource)},
        "get": {f"GET {base}/#": partial(get, resource=resource)},
        "create": {f"POST {base}": partial(create, resource=resource)},
        "update": {f"{method} {base}/#": partial(update, resource=resource) for method in ("PATCH", "PUT")},
        "archive": {f"POST {base}/#/archive": partial(archive, resource=resource)},
        "delete": {f"DELETE {base}/#": partial(archive, resource=resource)},
        "unarchive": {f"POST {base}/#/unarchive": partial(unarchive, resource=resource)},
    }
    return {path: handler for act in acts for path, handler in usual[act].items()}
