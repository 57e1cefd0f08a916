"""The queue of a service, for customers who are here now.

https://docs.cubu.com/guides/s2s-api-guide/case-management-api/queue-up
"""

from __future__ import annotations

from typing import Final

from apptsdk import urls
from apptsdk.operation import Effect, Operation
from apptsdk.providers.cubu.booking import body_of
from apptsdk.providers.cubu.models import Case, QueueJoin
from apptsdk.providers.cubu.scope import Scope
from apptsdk.providers.cubu.wire import made

_ADVICE: Final = (
    "Nothing lists the queue for an application of yours: look at the service's inbox before you repeat it."
)


def join(scope: Scope, service_id: str, body: QueueJoin) -> Operation[Case]:
    """Put a customer into the queue ("Queue Up").

    Args:
        scope: Within what.
        service_id: The service, by its GUID or its name in the catalogue.
        body: The fields.

    Returns:
        The case, with its ticket and its place in the queue.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is malformed; nothing was sent.
        ValidationError: The vendor refuses a field.
        PermissionDeniedError: The application lacks the role Case Manager.
        NotFoundError: There is no such service.
        OutcomeUnknownError: It may have been made; nobody could say.
    """
    return Operation(
        "cubu.queue.join",
        "POST",
        urls.path("services", scope.catalogue.service_id(service_id, "service_id"), "cases"),
        made(Case, sought=False),
        Effect.NEITHER,
        body=body_of(scope, body),
        advice=_ADVICE,
    )


VERBS: Final = (join,)
