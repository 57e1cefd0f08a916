# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Patient alerts: notes that staff see first. Not every practice's own system has them.

https://docs.nexhealth.com/reference/getpatientsidalerts"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.models import PatientAlertCreate as _PatientAlertCreate
from apptsdk.providers.nexhealth.models import PatientAlertUpdate as _PatientAlertUpdate
from apptsdk.providers.nexhealth.operations import patient_alerts as _verbs
from apptsdk.providers.nexhealth.queries import AlertQuery as _AlertQuery

if TYPE_CHECKING:
    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import PatientAlert
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class PatientAlerts:
    """Patient alerts: notes that staff see first. Not every practice's own system has them.

    https://docs.nexhealth.com/reference/getpatientsidalerts"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(self, patient_id: Id, *, include_disabled: bool | Unset = UNSET) -> Pager[PatientAlert]:
        """List the alerts of a patient, those that stand unless told otherwise.

        Args:
            patient_id: The patient.
            include_disabled: Whether disabled ones are listed too.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such patient; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.list(self._scope, patient_id, _AlertQuery(include_disabled=include_disabled))
        )

    def get(self, patient_id: Id, id: Id) -> PatientAlert:
        """Get an alert of a patient.

        Args:
            patient_id: The patient.
            id: The alert's id.

        Returns:
            The alert.

        Raises:
            ValueError: An id is malformed.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.get(self._scope, patient_id, id))

    def create(self, patient_id: Id, *, note: str) -> PatientAlert:
        """Create an alert on a patient.

        Args:
            patient_id: The patient.
            note: The note, for staff.

        Returns:
            The new alert.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            NotFoundError: There is no such patient.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(_verbs.create(self._scope, patient_id, _PatientAlertCreate(note=note)))

    def update(self, patient_id: Id, id: Id, *, disabled: bool) -> PatientAlert:
        """Disable an alert, or enable it again.

        Args:
            patient_id: The patient.
            id: The alert's id.
            disabled: True switches it off. Whether false switches it on again is not documented.

        Returns:
            The changed alert.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.update(self._scope, patient_id, id, _PatientAlertUpdate(disabled=disabled)))


class AsyncPatientAlerts:
    """Patient alerts: notes that staff see first. Not every practice's own system has them.

    https://docs.nexhealth.com/reference/getpatientsidalerts"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(self, patient_id: Id, *, include_disabled: bool | Unset = UNSET) -> AsyncPager[PatientAlert]:
        """List the alerts of a patient, those that stand unless told otherwise.

        Args:
            patient_id: The patient.
            include_disabled: Whether disabled ones are listed too.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            NotFoundError: There is no such patient; raised when the list is fetched.
        """
        return self._transport.pager(
            _verbs.list(self._scope, patient_id, _AlertQuery(include_disabled=include_disabled))
        )

    async def get(self, patient_id: Id, id: Id) -> PatientAlert:
        """Get an alert of a patient.

        Args:
            patient_id: The patient.
            id: The alert's id.

        Returns:
            The alert.

        Raises:
            ValueError: An id is malformed.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.get(self._scope, patient_id, id))

    async def create(self, patient_id: Id, *, note: str) -> PatientAlert:
        """Create an alert on a patient.

        Args:
            patient_id: The patient.
            note: The note, for staff.

        Returns:
            The new alert.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            NotFoundError: There is no such patient.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(_verbs.create(self._scope, patient_id, _PatientAlertCreate(note=note)))

    async def update(self, patient_id: Id, id: Id, *, disabled: bool) -> PatientAlert:
        """Disable an alert, or enable it again.

        Args:
            patient_id: The patient.
            id: The alert's id.
            disabled: True switches it off. Whether false switches it on again is not documented.

        Returns:
            The changed alert.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            NotFoundError: There is none.
        """
        return await self._transport.run(
            _verbs.update(self._scope, patient_id, id, _PatientAlertUpdate(disabled=disabled))
        )
