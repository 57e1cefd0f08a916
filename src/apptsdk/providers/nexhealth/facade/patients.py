# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Patients of a practice.

https://docs.nexhealth.com/reference/getpatients"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apptsdk.models import UNSET
from apptsdk.providers.nexhealth.models import PatientCreate as _PatientCreate
from apptsdk.providers.nexhealth.operations import patients as _verbs
from apptsdk.providers.nexhealth.queries import PatientGet as _PatientGet
from apptsdk.providers.nexhealth.queries import PatientQuery as _PatientQuery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from apptsdk.models import Id, Unset
    from apptsdk.providers.nexhealth.models import Gender, Patient, PatientInclude
    from apptsdk.providers.nexhealth.scope import Scope
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Patients:
    """Patients of a practice.

    https://docs.nexhealth.com/reference/getpatients"""

    def __init__(self, transport: Transport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        phone_number: str | Unset = UNSET,
        date_of_birth: date | Unset = UNSET,
        inactive: bool | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        new_patient: bool | Unset = UNSET,
        non_patient: bool | Unset = UNSET,
        forms_syncable: bool | Unset = UNSET,
        location_strict: bool | Unset = UNSET,
        include: Sequence[PatientInclude] = (),
        sort: Sequence[str] = (),
        location_id: Id | Unset = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> Pager[Patient]:
        """List patients, page by page as they are read where the vendor pages them.

        Args:
            name: Only those whose name is like this.
            email: Only those with this address.
            phone_number: Only those with this number, which is looked for as it is stored: ten digits.
            date_of_birth: Only those who were born on this day.
            inactive: Only inactive ones, or only active ones.
            foreign_id: Only that with this id in the practice's own system.
            updated_since: Only those that changed since then.
            new_patient: Only new ones with an appointment ahead, or only others.
            non_patient: Only people who are no patients, or only patients.
            forms_syncable: Only those whose file takes forms, or only others.
            location_strict: Whether patients of other offices on the same system are left out.
            include: What to send along; in v2 only: elsewhere `get` one.
            sort: Fields to order by, with a leading dash for descending: `["-updated_at"]`; by default `id`.
            location_id: The office; by default the client's.
            per_page: How many a page holds, 1 to 1000 (300 in v2); by default 200 (100 in v2).
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain, and has paid for them.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _PatientQuery(
                    name=name,
                    email=email,
                    phone_number=phone_number,
                    date_of_birth=date_of_birth,
                    inactive=inactive,
                    foreign_id=foreign_id,
                    updated_since=updated_since,
                    new_patient=new_patient,
                    non_patient=non_patient,
                    forms_syncable=forms_syncable,
                    location_strict=location_strict,
                    include=include,
                    sort=sort,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    def get(self, id: Id, *, include: Sequence[PatientInclude] = ()) -> Patient:
        """Get a patient.

        Args:
            id: Its id.
            include: What to send along.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.get(self._scope, id, _PatientGet(include=include)))

    def create(
        self,
        *,
        provider_id: Id,
        first_name: str,
        last_name: str,
        email: str,
        date_of_birth: date,
        phone_number: str,
        address_line_1: str | Unset = UNSET,
        address_line_2: str | Unset = UNSET,
        cell_phone_number: str | Unset = UNSET,
        city: str | Unset = UNSET,
        custom_contact_number: str | Unset = UNSET,
        gender: Gender | Unset = UNSET,
        height: int | Unset = UNSET,
        home_phone_number: str | Unset = UNSET,
        insurance_name: str | Unset = UNSET,
        location_id: Id | Unset = UNSET,
        race: str | Unset = UNSET,
        return_existing_if_match: bool = False,
        ssn: str | Unset = UNSET,
        state: str | Unset = UNSET,
        street_address: str | Unset = UNSET,
        weight: int | Unset = UNSET,
        work_phone_number: str | Unset = UNSET,
        zip_code: str | Unset = UNSET,
    ) -> Patient:
        """Create a patient. They exist in NexHealth alone until their first appointment is written.

        Telephone numbers may be given in any form and are sent as the vendor needs them, ten bare digits; what you gave
        stays as it is in your own objects.

        A lost answer cannot be looked up, because lists leave a patient out until they have an appointment. Calling again
        with `return_existing_if_match=True` gives the one that was made, or makes it.

        Args:
            provider_id: The provider who takes them in.
            first_name: First name.
            last_name: Last name.
            email: E-mail address; the vendor refuses what does not look like one.
            date_of_birth: Date of birth: not in the future, and at most 130 years ago.
            phone_number: Phone number, of the United States or Canada.
            address_line_1: First line of the address.
            address_line_2: Second line of the address.
            cell_phone_number: Mobile phone number.
            city: City.
            custom_contact_number: One more phone number.
            gender: Gender; the vendor takes Female where it is left out.
            height: Height, in centimetres.
            home_phone_number: Phone number at home.
            insurance_name: The name of their insurance.
            location_id: The location; by default the client's.
            race: Race.
            return_existing_if_match: Whether a patient with the same date of birth, name and phone number is given
                back instead of an error. v2 ignores it.
            ssn: Social security number.
            state: State.
            street_address: The whole address.
            weight: Weight, in kilograms.
            work_phone_number: Phone number at work.
            zip_code: Zip code.

        Returns:
            The new patient; an existing one where `return_existing_if_match` found them by name, birth date and number.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: `return_existing_if_match` in v2, which ignores it.
            ValidationError: The vendor refuses a field.
            BadRequestError: The patient exists already.
            OutcomeUnknownError: The patient may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                self._scope,
                _PatientCreate(
                    provider_id=provider_id,
                    first_name=first_name,
                    last_name=last_name,
                    email=email,
                    date_of_birth=date_of_birth,
                    phone_number=phone_number,
                    address_line_1=address_line_1,
                    address_line_2=address_line_2,
                    cell_phone_number=cell_phone_number,
                    city=city,
                    custom_contact_number=custom_contact_number,
                    gender=gender,
                    height=height,
                    home_phone_number=home_phone_number,
                    insurance_name=insurance_name,
                    location_id=location_id,
                    race=race,
                    return_existing_if_match=return_existing_if_match,
                    ssn=ssn,
                    state=state,
                    street_address=street_address,
                    weight=weight,
                    work_phone_number=work_phone_number,
                    zip_code=zip_code,
                ),
            )
        )


class AsyncPatients:
    """Patients of a practice.

    https://docs.nexhealth.com/reference/getpatients"""

    def __init__(self, transport: AsyncTransport, scope: Scope) -> None:
        self._transport = transport
        self._scope = scope

    def list(
        self,
        *,
        name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        phone_number: str | Unset = UNSET,
        date_of_birth: date | Unset = UNSET,
        inactive: bool | Unset = UNSET,
        foreign_id: str | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        new_patient: bool | Unset = UNSET,
        non_patient: bool | Unset = UNSET,
        forms_syncable: bool | Unset = UNSET,
        location_strict: bool | Unset = UNSET,
        include: Sequence[PatientInclude] = (),
        sort: Sequence[str] = (),
        location_id: Id | Unset = UNSET,
        per_page: int | None = None,
        cursor: str | None = None,
        prefetch: int = 0,
    ) -> AsyncPager[Patient]:
        """List patients, page by page as they are read where the vendor pages them.

        Args:
            name: Only those whose name is like this.
            email: Only those with this address.
            phone_number: Only those with this number, which is looked for as it is stored: ten digits.
            date_of_birth: Only those who were born on this day.
            inactive: Only inactive ones, or only active ones.
            foreign_id: Only that with this id in the practice's own system.
            updated_since: Only those that changed since then.
            new_patient: Only new ones with an appointment ahead, or only others.
            non_patient: Only people who are no patients, or only patients.
            forms_syncable: Only those whose file takes forms, or only others.
            location_strict: Whether patients of other offices on the same system are left out.
            include: What to send along; in v2 only: elsewhere `get` one.
            sort: Fields to order by, with a leading dash for descending: `["-updated_at"]`; by default `id`.
            location_id: The office; by default the client's.
            per_page: How many a page holds, 1 to 1000 (300 in v2); by default 200 (100 in v2).
            cursor: Where to resume: the `.cursor` of an earlier page. It brings its own filters and order.
            prefetch: How many pages may be fetched ahead while you work on one, 0 to 20. Who stops early has asked
                for up to so many in vain, and has paid for them.

        Returns:
            A lazy list.

        Raises:
            ValueError: An argument is malformed.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: This version of the API does not have it.
            ApptError: See `apptsdk.errors`; raised when a page is fetched.
        """
        return self._transport.pager(
            _verbs.list(
                self._scope,
                _PatientQuery(
                    name=name,
                    email=email,
                    phone_number=phone_number,
                    date_of_birth=date_of_birth,
                    inactive=inactive,
                    foreign_id=foreign_id,
                    updated_since=updated_since,
                    new_patient=new_patient,
                    non_patient=non_patient,
                    forms_syncable=forms_syncable,
                    location_strict=location_strict,
                    include=include,
                    sort=sort,
                    location_id=location_id,
                    per_page=per_page,
                    cursor=cursor,
                    prefetch=prefetch,
                ),
            )
        )

    async def get(self, id: Id, *, include: Sequence[PatientInclude] = ()) -> Patient:
        """Get a patient.

        Args:
            id: Its id.
            include: What to send along.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            ConfigurationError: The practice is not known.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.get(self._scope, id, _PatientGet(include=include)))

    async def create(
        self,
        *,
        provider_id: Id,
        first_name: str,
        last_name: str,
        email: str,
        date_of_birth: date,
        phone_number: str,
        address_line_1: str | Unset = UNSET,
        address_line_2: str | Unset = UNSET,
        cell_phone_number: str | Unset = UNSET,
        city: str | Unset = UNSET,
        custom_contact_number: str | Unset = UNSET,
        gender: Gender | Unset = UNSET,
        height: int | Unset = UNSET,
        home_phone_number: str | Unset = UNSET,
        insurance_name: str | Unset = UNSET,
        location_id: Id | Unset = UNSET,
        race: str | Unset = UNSET,
        return_existing_if_match: bool = False,
        ssn: str | Unset = UNSET,
        state: str | Unset = UNSET,
        street_address: str | Unset = UNSET,
        weight: int | Unset = UNSET,
        work_phone_number: str | Unset = UNSET,
        zip_code: str | Unset = UNSET,
    ) -> Patient:
        """Create a patient. They exist in NexHealth alone until their first appointment is written.

        Telephone numbers may be given in any form and are sent as the vendor needs them, ten bare digits; what you gave
        stays as it is in your own objects.

        A lost answer cannot be looked up, because lists leave a patient out until they have an appointment. Calling again
        with `return_existing_if_match=True` gives the one that was made, or makes it.

        Args:
            provider_id: The provider who takes them in.
            first_name: First name.
            last_name: Last name.
            email: E-mail address; the vendor refuses what does not look like one.
            date_of_birth: Date of birth: not in the future, and at most 130 years ago.
            phone_number: Phone number, of the United States or Canada.
            address_line_1: First line of the address.
            address_line_2: Second line of the address.
            cell_phone_number: Mobile phone number.
            city: City.
            custom_contact_number: One more phone number.
            gender: Gender; the vendor takes Female where it is left out.
            height: Height, in centimetres.
            home_phone_number: Phone number at home.
            insurance_name: The name of their insurance.
            location_id: The location; by default the client's.
            race: Race.
            return_existing_if_match: Whether a patient with the same date of birth, name and phone number is given
                back instead of an error. v2 ignores it.
            ssn: Social security number.
            state: State.
            street_address: The whole address.
            weight: Weight, in kilograms.
            work_phone_number: Phone number at work.
            zip_code: Zip code.

        Returns:
            The new patient; an existing one where `return_existing_if_match` found them by name, birth date and number.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ConfigurationError: The practice or the office is not known.
            UnsupportedError: `return_existing_if_match` in v2, which ignores it.
            ValidationError: The vendor refuses a field.
            BadRequestError: The patient exists already.
            OutcomeUnknownError: The patient may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                self._scope,
                _PatientCreate(
                    provider_id=provider_id,
                    first_name=first_name,
                    last_name=last_name,
                    email=email,
                    date_of_birth=date_of_birth,
                    phone_number=phone_number,
                    address_line_1=address_line_1,
                    address_line_2=address_line_2,
                    cell_phone_number=cell_phone_number,
                    city=city,
                    custom_contact_number=custom_contact_number,
                    gender=gender,
                    height=height,
                    home_phone_number=home_phone_number,
                    insurance_name=insurance_name,
                    location_id=location_id,
                    race=race,
                    return_existing_if_match=return_existing_if_match,
                    ssn=ssn,
                    state=state,
                    street_address=street_address,
                    weight=weight,
                    work_phone_number=work_phone_number,
                    zip_code=zip_code,
                ),
            )
        )
