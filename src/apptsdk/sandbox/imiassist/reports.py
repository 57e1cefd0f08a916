"""Usage reports, which take a while, and the transactions in which they are written."""

from collections.abc import Mapping
from http import HTTPStatus
from string import ascii_lowercase, digits
from typing import Any, Final, cast

from apptsdk.sandbox.http import Answer, say
from apptsdk.sandbox.imiassist import inputs, refusals
from apptsdk.sandbox.imiassist.ask import Ask, Route
from apptsdk.sandbox.imiassist.records import Transaction

_INPUTS: Final[Mapping[str, inputs.Check]] = {
    "department_id": inputs.ids,
    "team_id": inputs.ids,
    "start_time": inputs.time,
    "end_time": inputs.time,
    "emails": inputs.ids,
}


def _create(ask: Ask) -> Answer:
    said, company, world = inputs.read(ask, _INPUTS, required=("start_time",)), ask.company, ask.world
    for what, there in (("department", company.departments), ("team", company.teams)):
        if not _several(said.get(f"{what}_id", [])) <= there.keys():
            raise refusals.missing(what)
    id_ = world.text(5, digits) + world.text(12, ascii_lowercase + digits)
    urls = {kind: f"https://{company.host}/reports/{id_}-{kind}.csv" for kind in ("summary", "appointments")}
    company.transactions[id_] = Transaction(id=id_, done=world.now() + ask.knobs.report_after, urls=urls)
    world.write("create", "transactions", id_, {"transaction_id": id_})
    return say(HTTPStatus.ACCEPTED, {"transaction_id": id_})


def _several(said: object) -> set[str]:
    return set(cast("list[str]", said if isinstance(said, list) else [said]))


def _get(ask: Ask) -> Answer:
    found = ask.company.transactions.get(ask.params["transaction_id"])
    if found is None:
        raise refusals.missing("transaction")
    status = "COMPLETED" if ask.world.now() >= found.done else "IN_PROGRESS"
    log: dict[str, Any] = {"status": status}
    if status == "COMPLETED":
        log |= {f"{kind}_url": url for kind, url in found.urls.items()}
    return say(HTTPStatus.OK, {"transaction_id": found.id, "status": status, "output_log": log})


ROUTES: Final = (
    Route("POST /reports/usage", _create),
    Route("GET /transactions/{transaction_id}", _get),
)
