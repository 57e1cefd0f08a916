# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Patients.

https://docs.api.cliniko.com/openapi/patient"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import PatientCreate as _PatientCreate
from apptsdk.providers.cliniko.models import PatientFilters as _PatientFilters
from apptsdk.providers.cliniko.models import PatientUpdate as _PatientUpdate
from apptsdk.providers.cliniko.operations import patients as _verbs
from apptsdk.providers.cliniko.queries import ArchivableQuery as _ArchivableQuery
from apptsdk.providers.cliniko.queries import WithArchived as _WithArchived

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import Patient, PhoneNumberInput, PronounsInput, ReminderType
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Patients:
    """Patients.

    https://docs.api.cliniko.com/openapi/patient"""

    F: Final = _PatientFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_archived: bool = False,
    ) -> Pager[Patient]:
        """List patients, page by page as they are read; by default in the order in which they were made.

        Args:
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _ArchivableQuery(
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_archived=include_archived,
                )
            )
        )

    def get(self, id: Id, *, include_archived: bool = False) -> Patient:
        """Get a patient.

        Args:
            id: Its id.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(_verbs.get(id, _WithArchived(include_archived=include_archived)))

    def create(
        self,
        *,
        first_name: str,
        last_name: str,
        date_of_birth: date | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        patient_phone_numbers: Sequence[PhoneNumberInput] | Unset = UNSET,
        accepted_email_marketing: bool | Unset | None = UNSET,
        accepted_privacy_policy: bool | Unset | None = UNSET,
        address_1: str | Unset | None = UNSET,
        address_2: str | Unset | None = UNSET,
        address_3: str | Unset | None = UNSET,
        appointment_notes: str | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        concession_type_id: Id | Unset = UNSET,
        country_code: str | Unset | None = UNSET,
        custom_fields: Mapping[str, object] | Unset | None = UNSET,
        dva_card_number: str | Unset | None = UNSET,
        emergency_contact: str | Unset | None = UNSET,
        gender_identity: str | Unset | None = UNSET,
        invoice_default_to: str | Unset | None = UNSET,
        invoice_email: str | Unset | None = UNSET,
        invoice_extra_information: str | Unset | None = UNSET,
        medicare: str | Unset | None = UNSET,
        medicare_reference_number: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        occupation: str | Unset | None = UNSET,
        old_reference_id: str | Unset | None = UNSET,
        post_code: str | Unset | None = UNSET,
        preferred_first_name: str | Unset | None = UNSET,
        pronouns: PronounsInput | Unset | None = UNSET,
        receives_cancellation_emails: bool | Unset | None = UNSET,
        receives_confirmation_emails: bool | Unset | None = UNSET,
        referral_source: str | Unset | None = UNSET,
        referring_doctor_id: Id | Unset = UNSET,
        reminder_type: ReminderType | Unset | None = UNSET,
        sex: str | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        time_zone: str | Unset | None = UNSET,
        title: str | Unset | None = UNSET,
        unsubscribe_sms_marketing: bool | Unset = UNSET,
    ) -> Patient:
        """Create a patient.

        Args:
            first_name: First name, up to 255 characters.
            last_name: Last name, up to 255 characters.
            date_of_birth: Date of birth.
            email: E-mail address; the vendor refuses what does not look like one.
            patient_phone_numbers: Phone numbers: the whole list is replaced.
            accepted_email_marketing: Whether they accept marketing by e-mail.
            accepted_privacy_policy: Whether they accepted the privacy policy; None for no answer.
            address_1: First line of the address.
            address_2: Second line of the address.
            address_3: Third line of the address.
            appointment_notes: Notes shown with their appointments.
            city: City.
            concession_type_id: Their concession type.
            country_code: Country, ISO 3166-1 alpha-2.
            custom_fields: The practice's own fields, as plain JSON with the vendor's tokens.
            dva_card_number: Their DVA card number.
            emergency_contact: Whom to call in an emergency.
            gender_identity: Gender identity.
            invoice_default_to: To whom invoices are made out.
            invoice_email: Where invoices are sent.
            invoice_extra_information: What stands on invoices beside that.
            medicare: Their Medicare number.
            medicare_reference_number: Their reference number on the Medicare card.
            notes: Notes.
            occupation: Occupation.
            old_reference_id: Their number in the system that the practice used before.
            post_code: Post code.
            preferred_first_name: The first name they go by.
            pronouns: Their pronouns.
            receives_cancellation_emails: Whether cancellations are mailed to them.
            receives_confirmation_emails: Whether confirmations are mailed to them.
            referral_source: How they came to the practice.
            referring_doctor_id: The contact who referred them.
            reminder_type: How they are reminded of appointments.
            sex: Sex.
            state: State.
            time_zone: Their time zone, IANA.
            title: Title.
            unsubscribe_sms_marketing: True unsubscribes them from marketing by SMS.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                _PatientCreate(
                    first_name=first_name,
                    last_name=last_name,
                    date_of_birth=date_of_birth,
                    email=email,
                    patient_phone_numbers=patient_phone_numbers,
                    accepted_email_marketing=accepted_email_marketing,
                    accepted_privacy_policy=accepted_privacy_policy,
                    address_1=address_1,
                    address_2=address_2,
                    address_3=address_3,
                    appointment_notes=appointment_notes,
                    city=city,
                    concession_type_id=concession_type_id,
                    country_code=country_code,
                    custom_fields=custom_fields,
                    dva_card_number=dva_card_number,
                    emergency_contact=emergency_contact,
                    gender_identity=gender_identity,
                    invoice_default_to=invoice_default_to,
                    invoice_email=invoice_email,
                    invoice_extra_information=invoice_extra_information,
                    medicare=medicare,
                    medicare_reference_number=medicare_reference_number,
                    notes=notes,
                    occupation=occupation,
                    old_reference_id=old_reference_id,
                    post_code=post_code,
                    preferred_first_name=preferred_first_name,
                    pronouns=pronouns,
                    receives_cancellation_emails=receives_cancellation_emails,
                    receives_confirmation_emails=receives_confirmation_emails,
                    referral_source=referral_source,
                    referring_doctor_id=referring_doctor_id,
                    reminder_type=reminder_type,
                    sex=sex,
                    state=state,
                    time_zone=time_zone,
                    title=title,
                    unsubscribe_sms_marketing=unsubscribe_sms_marketing,
                )
            )
        )

    def update(
        self,
        id: Id,
        *,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        date_of_birth: date | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        patient_phone_numbers: Sequence[PhoneNumberInput] | Unset = UNSET,
        accepted_email_marketing: bool | Unset | None = UNSET,
        accepted_privacy_policy: bool | Unset | None = UNSET,
        address_1: str | Unset | None = UNSET,
        address_2: str | Unset | None = UNSET,
        address_3: str | Unset | None = UNSET,
        appointment_notes: str | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        concession_type_id: Id | Unset = UNSET,
        country_code: str | Unset | None = UNSET,
        custom_fields: Mapping[str, object] | Unset | None = UNSET,
        dva_card_number: str | Unset | None = UNSET,
        emergency_contact: str | Unset | None = UNSET,
        gender_identity: str | Unset | None = UNSET,
        invoice_default_to: str | Unset | None = UNSET,
        invoice_email: str | Unset | None = UNSET,
        invoice_extra_information: str | Unset | None = UNSET,
        medicare: str | Unset | None = UNSET,
        medicare_reference_number: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        occupation: str | Unset | None = UNSET,
        old_reference_id: str | Unset | None = UNSET,
        post_code: str | Unset | None = UNSET,
        preferred_first_name: str | Unset | None = UNSET,
        pronouns: PronounsInput | Unset | None = UNSET,
        receives_cancellation_emails: bool | Unset | None = UNSET,
        receives_confirmation_emails: bool | Unset | None = UNSET,
        referral_source: str | Unset | None = UNSET,
        referring_doctor_id: Id | Unset = UNSET,
        reminder_type: ReminderType | Unset | None = UNSET,
        sex: str | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        time_zone: str | Unset | None = UNSET,
        title: str | Unset | None = UNSET,
        unsubscribe_sms_marketing: bool | Unset = UNSET,
    ) -> Patient:
        """Change a patient. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            first_name: First name, up to 255 characters.
            last_name: Last name, up to 255 characters.
            date_of_birth: Date of birth.
            email: E-mail address; the vendor refuses what does not look like one.
            patient_phone_numbers: Phone numbers: the whole list is replaced.
            accepted_email_marketing: Whether they accept marketing by e-mail.
            accepted_privacy_policy: Whether they accepted the privacy policy; None for no answer.
            address_1: First line of the address.
            address_2: Second line of the address.
            address_3: Third line of the address.
            appointment_notes: Notes shown with their appointments.
            city: City.
            concession_type_id: Their concession type.
            country_code: Country, ISO 3166-1 alpha-2.
            custom_fields: The practice's own fields, as plain JSON with the vendor's tokens.
            dva_card_number: Their DVA card number.
            emergency_contact: Whom to call in an emergency.
            gender_identity: Gender identity.
            invoice_default_to: To whom invoices are made out.
            invoice_email: Where invoices are sent.
            invoice_extra_information: What stands on invoices beside that.
            medicare: Their Medicare number.
            medicare_reference_number: Their reference number on the Medicare card.
            notes: Notes.
            occupation: Occupation.
            old_reference_id: Their number in the system that the practice used before.
            post_code: Post code.
            preferred_first_name: The first name they go by.
            pronouns: Their pronouns.
            receives_cancellation_emails: Whether cancellations are mailed to them.
            receives_confirmation_emails: Whether confirmations are mailed to them.
            referral_source: How they came to the practice.
            referring_doctor_id: The contact who referred them.
            reminder_type: How they are reminded of appointments.
            sex: Sex.
            state: State.
            time_zone: Their time zone, IANA.
            title: Title.
            unsubscribe_sms_marketing: True unsubscribes them from marketing by SMS.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return self._transport.run(
            _verbs.update(
                id,
                _PatientUpdate(
                    first_name=first_name,
                    last_name=last_name,
                    date_of_birth=date_of_birth,
                    email=email,
                    patient_phone_numbers=patient_phone_numbers,
                    accepted_email_marketing=accepted_email_marketing,
                    accepted_privacy_policy=accepted_privacy_policy,
                    address_1=address_1,
                    address_2=address_2,
                    address_3=address_3,
                    appointment_notes=appointment_notes,
                    city=city,
                    concession_type_id=concession_type_id,
                    country_code=country_code,
                    custom_fields=custom_fields,
                    dva_card_number=dva_card_number,
                    emergency_contact=emergency_contact,
                    gender_identity=gender_identity,
                    invoice_default_to=invoice_default_to,
                    invoice_email=invoice_email,
                    invoice_extra_information=invoice_extra_information,
                    medicare=medicare,
                    medicare_reference_number=medicare_reference_number,
                    notes=notes,
                    occupation=occupation,
                    old_reference_id=old_reference_id,
                    post_code=post_code,
                    preferred_first_name=preferred_first_name,
                    pronouns=pronouns,
                    receives_cancellation_emails=receives_cancellation_emails,
                    receives_confirmation_emails=receives_confirmation_emails,
                    referral_source=referral_source,
                    referring_doctor_id=referring_doctor_id,
                    reminder_type=reminder_type,
                    sex=sex,
                    state=state,
                    time_zone=time_zone,
                    title=title,
                    unsubscribe_sms_marketing=unsubscribe_sms_marketing,
                ),
            )
        )

    def archive(self, id: Id) -> None:
        """Archive a patient: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        self._transport.run(_verbs.archive(id))

    def unarchive(self, id: Id) -> Patient:
        """Bring a patient back out of the archive.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.unarchive(id))


class AsyncPatients:
    """Patients.

    https://docs.api.cliniko.com/openapi/patient"""

    F: Final = _PatientFilters()
    """The fields that lists can be filtered by, for `q=`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        q: Sequence[str | Filter] = (),
        sort: Sequence[str] = (),
        per_page: int = 100,
        cursor: str | None = None,
        prefetch: int = 0,
        include_archived: bool = False,
    ) -> AsyncPager[Patient]:
        """List patients, page by page as they are read; by default in the order in which they were made.

        Args:
            q: Conditions, all of which must hold: from `F`, `[F.created_at >= monday]`, or as the vendor writes
                them, `["created_at:>=2026-01-01T00:00:00Z"]`.
            sort: Fields to order by, each with an optional direction: `["starts_at:desc"]`. `created_at` is added
                as the last one, because rows that are equal in all others could change places from page to page.
                By default in the order in which they were made.
            per_page: How many a page holds, 1 to 100.
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                _ArchivableQuery(
                    q=q,
                    sort=sort,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                    include_archived=include_archived,
                )
            )
        )

    async def get(self, id: Id, *, include_archived: bool = False) -> Patient:
        """Get a patient.

        Args:
            id: Its id.
            include_archived: Whether archived ones are looked among too; they are hidden otherwise.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(_verbs.get(id, _WithArchived(include_archived=include_archived)))

    async def create(
        self,
        *,
        first_name: str,
        last_name: str,
        date_of_birth: date | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        patient_phone_numbers: Sequence[PhoneNumberInput] | Unset = UNSET,
        accepted_email_marketing: bool | Unset | None = UNSET,
        accepted_privacy_policy: bool | Unset | None = UNSET,
        address_1: str | Unset | None = UNSET,
        address_2: str | Unset | None = UNSET,
        address_3: str | Unset | None = UNSET,
        appointment_notes: str | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        concession_type_id: Id | Unset = UNSET,
        country_code: str | Unset | None = UNSET,
        custom_fields: Mapping[str, object] | Unset | None = UNSET,
        dva_card_number: str | Unset | None = UNSET,
        emergency_contact: str | Unset | None = UNSET,
        gender_identity: str | Unset | None = UNSET,
        invoice_default_to: str | Unset | None = UNSET,
        invoice_email: str | Unset | None = UNSET,
        invoice_extra_information: str | Unset | None = UNSET,
        medicare: str | Unset | None = UNSET,
        medicare_reference_number: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        occupation: str | Unset | None = UNSET,
        old_reference_id: str | Unset | None = UNSET,
        post_code: str | Unset | None = UNSET,
        preferred_first_name: str | Unset | None = UNSET,
        pronouns: PronounsInput | Unset | None = UNSET,
        receives_cancellation_emails: bool | Unset | None = UNSET,
        receives_confirmation_emails: bool | Unset | None = UNSET,
        referral_source: str | Unset | None = UNSET,
        referring_doctor_id: Id | Unset = UNSET,
        reminder_type: ReminderType | Unset | None = UNSET,
        sex: str | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        time_zone: str | Unset | None = UNSET,
        title: str | Unset | None = UNSET,
        unsubscribe_sms_marketing: bool | Unset = UNSET,
    ) -> Patient:
        """Create a patient.

        Args:
            first_name: First name, up to 255 characters.
            last_name: Last name, up to 255 characters.
            date_of_birth: Date of birth.
            email: E-mail address; the vendor refuses what does not look like one.
            patient_phone_numbers: Phone numbers: the whole list is replaced.
            accepted_email_marketing: Whether they accept marketing by e-mail.
            accepted_privacy_policy: Whether they accepted the privacy policy; None for no answer.
            address_1: First line of the address.
            address_2: Second line of the address.
            address_3: Third line of the address.
            appointment_notes: Notes shown with their appointments.
            city: City.
            concession_type_id: Their concession type.
            country_code: Country, ISO 3166-1 alpha-2.
            custom_fields: The practice's own fields, as plain JSON with the vendor's tokens.
            dva_card_number: Their DVA card number.
            emergency_contact: Whom to call in an emergency.
            gender_identity: Gender identity.
            invoice_default_to: To whom invoices are made out.
            invoice_email: Where invoices are sent.
            invoice_extra_information: What stands on invoices beside that.
            medicare: Their Medicare number.
            medicare_reference_number: Their reference number on the Medicare card.
            notes: Notes.
            occupation: Occupation.
            old_reference_id: Their number in the system that the practice used before.
            post_code: Post code.
            preferred_first_name: The first name they go by.
            pronouns: Their pronouns.
            receives_cancellation_emails: Whether cancellations are mailed to them.
            receives_confirmation_emails: Whether confirmations are mailed to them.
            referral_source: How they came to the practice.
            referring_doctor_id: The contact who referred them.
            reminder_type: How they are reminded of appointments.
            sex: Sex.
            state: State.
            time_zone: Their time zone, IANA.
            title: Title.
            unsubscribe_sms_marketing: True unsubscribes them from marketing by SMS.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                _PatientCreate(
                    first_name=first_name,
                    last_name=last_name,
                    date_of_birth=date_of_birth,
                    email=email,
                    patient_phone_numbers=patient_phone_numbers,
                    accepted_email_marketing=accepted_email_marketing,
                    accepted_privacy_policy=accepted_privacy_policy,
                    address_1=address_1,
                    address_2=address_2,
                    address_3=address_3,
                    appointment_notes=appointment_notes,
                    city=city,
                    concession_type_id=concession_type_id,
                    country_code=country_code,
                    custom_fields=custom_fields,
                    dva_card_number=dva_card_number,
                    emergency_contact=emergency_contact,
                    gender_identity=gender_identity,
                    invoice_default_to=invoice_default_to,
                    invoice_email=invoice_email,
                    invoice_extra_information=invoice_extra_information,
                    medicare=medicare,
                    medicare_reference_number=medicare_reference_number,
                    notes=notes,
                    occupation=occupation,
                    old_reference_id=old_reference_id,
                    post_code=post_code,
                    preferred_first_name=preferred_first_name,
                    pronouns=pronouns,
                    receives_cancellation_emails=receives_cancellation_emails,
                    receives_confirmation_emails=receives_confirmation_emails,
                    referral_source=referral_source,
                    referring_doctor_id=referring_doctor_id,
                    reminder_type=reminder_type,
                    sex=sex,
                    state=state,
                    time_zone=time_zone,
                    title=title,
                    unsubscribe_sms_marketing=unsubscribe_sms_marketing,
                )
            )
        )

    async def update(
        self,
        id: Id,
        *,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        date_of_birth: date | Unset | None = UNSET,
        email: str | Unset | None = UNSET,
        patient_phone_numbers: Sequence[PhoneNumberInput] | Unset = UNSET,
        accepted_email_marketing: bool | Unset | None = UNSET,
        accepted_privacy_policy: bool | Unset | None = UNSET,
        address_1: str | Unset | None = UNSET,
        address_2: str | Unset | None = UNSET,
        address_3: str | Unset | None = UNSET,
        appointment_notes: str | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        concession_type_id: Id | Unset = UNSET,
        country_code: str | Unset | None = UNSET,
        custom_fields: Mapping[str, object] | Unset | None = UNSET,
        dva_card_number: str | Unset | None = UNSET,
        emergency_contact: str | Unset | None = UNSET,
        gender_identity: str | Unset | None = UNSET,
        invoice_default_to: str | Unset | None = UNSET,
        invoice_email: str | Unset | None = UNSET,
        invoice_extra_information: str | Unset | None = UNSET,
        medicare: str | Unset | None = UNSET,
        medicare_reference_number: str | Unset | None = UNSET,
        notes: str | Unset | None = UNSET,
        occupation: str | Unset | None = UNSET,
        old_reference_id: str | Unset | None = UNSET,
        post_code: str | Unset | None = UNSET,
        preferred_first_name: str | Unset | None = UNSET,
        pronouns: PronounsInput | Unset | None = UNSET,
        receives_cancellation_emails: bool | Unset | None = UNSET,
        receives_confirmation_emails: bool | Unset | None = UNSET,
        referral_source: str | Unset | None = UNSET,
        referring_doctor_id: Id | Unset = UNSET,
        reminder_type: ReminderType | Unset | None = UNSET,
        sex: str | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        time_zone: str | Unset | None = UNSET,
        title: str | Unset | None = UNSET,
        unsubscribe_sms_marketing: bool | Unset = UNSET,
    ) -> Patient:
        """Change a patient. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            first_name: First name, up to 255 characters.
            last_name: Last name, up to 255 characters.
            date_of_birth: Date of birth.
            email: E-mail address; the vendor refuses what does not look like one.
            patient_phone_numbers: Phone numbers: the whole list is replaced.
            accepted_email_marketing: Whether they accept marketing by e-mail.
            accepted_privacy_policy: Whether they accepted the privacy policy; None for no answer.
            address_1: First line of the address.
            address_2: Second line of the address.
            address_3: Third line of the address.
            appointment_notes: Notes shown with their appointments.
            city: City.
            concession_type_id: Their concession type.
            country_code: Country, ISO 3166-1 alpha-2.
            custom_fields: The practice's own fields, as plain JSON with the vendor's tokens.
            dva_card_number: Their DVA card number.
            emergency_contact: Whom to call in an emergency.
            gender_identity: Gender identity.
            invoice_default_to: To whom invoices are made out.
            invoice_email: Where invoices are sent.
            invoice_extra_information: What stands on invoices beside that.
            medicare: Their Medicare number.
            medicare_reference_number: Their reference number on the Medicare card.
            notes: Notes.
            occupation: Occupation.
            old_reference_id: Their number in the system that the practice used before.
            post_code: Post code.
            preferred_first_name: The first name they go by.
            pronouns: Their pronouns.
            receives_cancellation_emails: Whether cancellations are mailed to them.
            receives_confirmation_emails: Whether confirmations are mailed to them.
            referral_source: How they came to the practice.
            referring_doctor_id: The contact who referred them.
            reminder_type: How they are reminded of appointments.
            sex: Sex.
            state: State.
            time_zone: Their time zone, IANA.
            title: Title.
            unsubscribe_sms_marketing: True unsubscribes them from marketing by SMS.

        Returns:
            The changed object.

        Raises:
            ValueError: An argument is malformed, or nothing is to be changed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            NotFoundError: There is none, or it is hidden.
        """
        return await self._transport.run(
            _verbs.update(
                id,
                _PatientUpdate(
                    first_name=first_name,
                    last_name=last_name,
                    date_of_birth=date_of_birth,
                    email=email,
                    patient_phone_numbers=patient_phone_numbers,
                    accepted_email_marketing=accepted_email_marketing,
                    accepted_privacy_policy=accepted_privacy_policy,
                    address_1=address_1,
                    address_2=address_2,
                    address_3=address_3,
                    appointment_notes=appointment_notes,
                    city=city,
                    concession_type_id=concession_type_id,
                    country_code=country_code,
                    custom_fields=custom_fields,
                    dva_card_number=dva_card_number,
                    emergency_contact=emergency_contact,
                    gender_identity=gender_identity,
                    invoice_default_to=invoice_default_to,
                    invoice_email=invoice_email,
                    invoice_extra_information=invoice_extra_information,
                    medicare=medicare,
                    medicare_reference_number=medicare_reference_number,
                    notes=notes,
                    occupation=occupation,
                    old_reference_id=old_reference_id,
                    post_code=post_code,
                    preferred_first_name=preferred_first_name,
                    pronouns=pronouns,
                    receives_cancellation_emails=receives_cancellation_emails,
                    receives_confirmation_emails=receives_confirmation_emails,
                    referral_source=referral_source,
                    referring_doctor_id=referring_doctor_id,
                    reminder_type=reminder_type,
                    sex=sex,
                    state=state,
                    time_zone=time_zone,
                    title=title,
                    unsubscribe_sms_marketing=unsubscribe_sms_marketing,
                ),
            )
        )

    async def archive(self, id: Id) -> None:
        """Archive a patient: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        await self._transport.run(_verbs.archive(id))

    async def unarchive(self, id: Id) -> Patient:
        """Bring a patient back out of the archive.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.unarchive(id))
