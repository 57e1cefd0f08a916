"""A call that was let in, what every handler does with it, and the route that led it there."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, cast
from urllib.parse import unquote

import orjson
from attrs import field, frozen

from apptsdk.sandbox.http import Answer, Call
from apptsdk.sandbox.imiassist import refusals
from apptsdk.sandbox.imiassist.knobs import Knobs
from apptsdk.sandbox.imiassist.records import Appointment, Company
from apptsdk.sandbox.imiassist.world import World

_JSON = "application/json"
_NO_JSON = 415


@frozen(kw_only=True)
class Ask:
    """A call that was let in, on its way to its handler."""

    world: World
    knobs: Knobs
    call: Call
    params: Mapping[str, str] = field(repr=False)
    """From the path, decoded."""
    known: Company | None
    """Whose call it is; None where that remains to be found out."""

    @property
    def company(self) -> Company:
        """Whose call it is, in all that needs credentials."""
        return cast("Company", self.known)

    @property
    def body(self) -> dict[str, Any]:
        """What was sent; nothing at all is an empty object.

        Raises:
            Refusal: 415, it does not call itself JSON; 400, it is no JSON object.
        """
        if not self.call.body:
            return {}
        if self.call.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
            raise refusals.refuse(_NO_JSON, "unsupported_media_type", "The content type must be application/json.")
        try:
            said = orjson.loads(self.call.body)
        except orjson.JSONDecodeError:
            said = None
        if not isinstance(said, dict):
            raise refusals.invalid([("$", "must be a JSON object")])
        return cast("dict[str, Any]", said)

    def appointment(self) -> Appointment:
        """Find the appointment that the path names, by whichever id.

        Raises:
            Refusal: 404.
        """
        company, params = self.company, self.params
        id_ = params.get("appointment_id")
        if uid := params.get("appointment_uid"):
            id_ = company.uids.get(uid)
        elif reference := params.get("external_reference_id"):
            id_ = company.references.get(reference)
        found = company.appointments.get(id_ or "")
        if found is None:
            raise refusals.missing("appointment")
        return found


Handler = Callable[[Ask], Answer]
Needs = Literal["token", "access", "nothing"]


@frozen
class Route:
    """A method and a path below the API's prefix, who answers, and what it takes to be let in."""

    path: str
    """Such as `POST /appointments/{appointment_id}/cancel`."""
    handler: Handler
    needs: Needs = "token"

    def match(self, path: str) -> dict[str, str] | None:
        """Read a path.

        Args:
            path: as it came, still percent-encoded.

        Returns:
            Its parameters; None if it is another path.
        """
        wanted, given = self.path.partition(" ")[2].split("/"), path.split("/")
        if len(wanted) != len(given):
            return None
        pairs = [(want, unquote(part)) for want, part in zip(wanted, given, strict=True)]
        if any(want != part for want, part in pairs if not want.startswith("{")):
            return None
        return {want.strip("{}"): part for want, part in pairs if want.startswith("{")}
