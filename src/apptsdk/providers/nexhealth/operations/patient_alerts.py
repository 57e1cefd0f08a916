"""Patient alerts: notes that staff see first. Not every practice's own system has them.

https://docs.nexhealth.com/reference/getpatientsidalerts
"""

from __future__ import annotations

from typing import Final

from apptsdk.models import Id
from apptsdk.operation import Effect, Listing, Operation
from apptsdk.providers.nexhealth.models import PatientAlert, PatientAlertCreate, PatientAlertUpdate
from apptsdk.providers.nexhealth.queries import AlertQuery, Query
from apptsdk.providers.nexhealth.recovery import PATIENT_ALERTS
from apptsdk.providers.nexhealth.resource import Resource, listed
from apptsdk.providers.nexhealth.scope import Scope
from apptsdk.providers.nexhealth.wire import identifier, one_of

resource: Final = Resource(
    "patient_alerts",
    "an alert",
    PatientAlert,
    PatientAlertCreate,
    PatientAlertUpdate,
    AlertQuery,
    Query,
    finder=PATIENT_ALERTS,
)


def list(scope: Scope, patient_id: Id, query: AlertQuery) -> Listing[PatientAlert]:  # noqa: A001 - the verb's name
    """List the alerts of a patient, those that stand unless told otherwise.

    Args:
        scope: Within what.
        patient_id: The patient.
        query: The filters.

    Returns:
        A lazy list.

    Raises:
        ValueError: An argument is malformed.
        NotFoundError: There is no such patient; raised when the list is fetched.
    """
    return listed(scope, "patient_alerts", _path(scope, patient_id), PatientAlert, query)


def get(scope: Scope, patient_id: Id, id: Id) -> Operation[PatientAlert]:  # noqa: A002 - the field's name
    """Get an alert of a patient.

    Args:
        scope: Within what.
        patient_id: The patient.
        id: The alert's id.

    Returns:
        The alert.

    Raises:
        ValueError: An id is malformed.
        NotFoundError: There is none.
    """
    return Operation(
        "nexhealth.patient_alerts.get",
        "GET",
        _path(scope, patient_id, id),
        one_of(PatientAlert),
        Effect.SAFE,
        query=scope.practice(),
    )


def create(scope: Scope, patient_id: Id, body: PatientAlertCreate) -> Operation[PatientAlert]:
    """Create an alert on a patient.

    Args:
        scope: Within what.
        patient_id: The patient.
        body: The fields.

    Returns:
        The new alert.

    Raises:
        ValueError: An argument is malformed; nothing was sent.
        NotFoundError: There is no such patient.
        OutcomeUnknownError: It may have been made; nobody could say.
    """
    path = _path(scope, patient_id)
    return resource.made(scope, body, path, patient_id=identifier(patient_id, "patient_id"))


def update(scope: Scope, patient_id: Id, id: Id, body: PatientAlertUpdate) -> Operation[PatientAlert]:  # noqa: A002
    """Disable an alert, or enable it again.

    Args:
        scope: Within what.
        patient_id: The patient.
        id: The alert's id.
        body: The fields to change.

    Returns:
        The changed alert.

    Raises:
        ValueError: An argument is malformed; nothing was sent.
        NotFoundError: There is none.
    """
    return resource.changed(scope, body, _path(scope, patient_id, id))


def _path(scope: Scope, patient_id: Id, *ids: Id) -> str:
    rest = (str(identifier(one, "id")) for one in ids)
    return scope.path("patients", str(identifier(patient_id, "patient_id")), "alerts", *rest)


VERBS: Final = (list, get, create, update)
