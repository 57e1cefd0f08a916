# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.
"""Businesses: the places where appointments are held.

https://docs.api.cliniko.com/openapi/business"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk.models import UNSET
from apptsdk.providers.cliniko.models import BusinessCreate as _BusinessCreate
from apptsdk.providers.cliniko.models import BusinessFilters as _BusinessFilters
from apptsdk.providers.cliniko.models import BusinessUpdate as _BusinessUpdate
from apptsdk.providers.cliniko.operations import businesses as _verbs
from apptsdk.providers.cliniko.queries import ArchivableQuery as _ArchivableQuery
from apptsdk.providers.cliniko.queries import WithArchived as _WithArchived

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apptsdk.models import Id, Unset
    from apptsdk.providers.cliniko.filters import Filter
    from apptsdk.providers.cliniko.models import Business
    from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport


class Businesses:
    """Businesses: the places where appointments are held.

    https://docs.api.cliniko.com/openapi/business"""

    F: Final = _BusinessFilters()
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
    ) -> Pager[Business]:
        """List businesses, page by page as they are read; by default in the order in which they were made.

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

    def get(self, id: Id, *, include_archived: bool = False) -> Business:
        """Get a business.

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
        additional_information: str | Unset | None = UNSET,
        additional_invoice_information: str | Unset | None = UNSET,
        address_1: str | Unset | None = UNSET,
        address_2: str | Unset | None = UNSET,
        appointment_reminders_enabled: bool | Unset | None = UNSET,
        appointment_type_ids: Sequence[Id] | Unset | None = UNSET,
        business_name: str | Unset | None = UNSET,
        business_registration_name: str | Unset | None = UNSET,
        business_registration_value: str | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        contact_information: str | Unset | None = UNSET,
        country_code: str | Unset | None = UNSET,
        display_name: str | Unset | None = UNSET,
        email_reply_to: str | Unset | None = UNSET,
        logo: str | Unset = UNSET,
        logo_height: int | Unset = UNSET,
        post_code: str | Unset | None = UNSET,
        remove_logo: bool | Unset = UNSET,
        show_in_online_bookings: bool | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        time_zone: str | Unset | None = UNSET,
        time_zone_identifier: str | Unset | None = UNSET,
        website_address: str | Unset | None = UNSET,
    ) -> Business:
        """Create a business.

        Args:
            additional_information: Further information, up to 5000 characters.
            additional_invoice_information: Further information on invoices, up to 5000 characters.
            address_1: First line of the address.
            address_2: Second line of the address.
            appointment_reminders_enabled: Whether reminders are sent.
            appointment_type_ids: Appointment types offered there.
            business_name: Name.
            business_registration_name: What the registration number is called.
            business_registration_value: The registration number.
            city: City.
            contact_information: How to reach it.
            country_code: Country, ISO 3166-1 alpha-2.
            display_name: The name that patients see.
            email_reply_to: Where replies to its mails go.
            logo: The logo, base64.
            logo_height: The logo's height.
            post_code: Post code.
            remove_logo: True removes the logo.
            show_in_online_bookings: Whether it can be booked online.
            state: State.
            time_zone: Time zone by its Rails name; it wins over `time_zone_identifier`.
            time_zone_identifier: Time zone by its IANA name.
            website_address: Website.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return self._transport.run(
            _verbs.create(
                _BusinessCreate(
                    additional_information=additional_information,
                    additional_invoice_information=additional_invoice_information,
                    address_1=address_1,
                    address_2=address_2,
                    appointment_reminders_enabled=appointment_reminders_enabled,
                    appointment_type_ids=appointment_type_ids,
                    business_name=business_name,
                    business_registration_name=business_registration_name,
                    business_registration_value=business_registration_value,
                    city=city,
                    contact_information=contact_information,
                    country_code=country_code,
                    display_name=display_name,
                    email_reply_to=email_reply_to,
                    logo=logo,
                    logo_height=logo_height,
                    post_code=post_code,
                    remove_logo=remove_logo,
                    show_in_online_bookings=show_in_online_bookings,
                    state=state,
                    time_zone=time_zone,
                    time_zone_identifier=time_zone_identifier,
                    website_address=website_address,
                )
            )
        )

    def update(
        self,
        id: Id,
        *,
        additional_information: str | Unset | None = UNSET,
        additional_invoice_information: str | Unset | None = UNSET,
        address_1: str | Unset | None = UNSET,
        address_2: str | Unset | None = UNSET,
        appointment_reminders_enabled: bool | Unset | None = UNSET,
        appointment_type_ids: Sequence[Id] | Unset | None = UNSET,
        business_name: str | Unset | None = UNSET,
        business_registration_name: str | Unset | None = UNSET,
        business_registration_value: str | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        contact_information: str | Unset | None = UNSET,
        country_code: str | Unset | None = UNSET,
        display_name: str | Unset | None = UNSET,
        email_reply_to: str | Unset | None = UNSET,
        logo: str | Unset = UNSET,
        logo_height: int | Unset = UNSET,
        post_code: str | Unset | None = UNSET,
        remove_logo: bool | Unset = UNSET,
        show_in_online_bookings: bool | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        time_zone: str | Unset | None = UNSET,
        time_zone_identifier: str | Unset | None = UNSET,
        website_address: str | Unset | None = UNSET,
    ) -> Business:
        """Change a business. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            additional_information: Further information, up to 5000 characters.
            additional_invoice_information: Further information on invoices, up to 5000 characters.
            address_1: First line of the address.
            address_2: Second line of the address.
            appointment_reminders_enabled: Whether reminders are sent.
            appointment_type_ids: Appointment types offered there.
            business_name: Name.
            business_registration_name: What the registration number is called.
            business_registration_value: The registration number.
            city: City.
            contact_information: How to reach it.
            country_code: Country, ISO 3166-1 alpha-2.
            display_name: The name that patients see.
            email_reply_to: Where replies to its mails go.
            logo: The logo, base64.
            logo_height: The logo's height.
            post_code: Post code.
            remove_logo: True removes the logo.
            show_in_online_bookings: Whether it can be booked online.
            state: State.
            time_zone: Time zone by its Rails name; it wins over `time_zone_identifier`.
            time_zone_identifier: Time zone by its IANA name.
            website_address: Website.

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
                _BusinessUpdate(
                    additional_information=additional_information,
                    additional_invoice_information=additional_invoice_information,
                    address_1=address_1,
                    address_2=address_2,
                    appointment_reminders_enabled=appointment_reminders_enabled,
                    appointment_type_ids=appointment_type_ids,
                    business_name=business_name,
                    business_registration_name=business_registration_name,
                    business_registration_value=business_registration_value,
                    city=city,
                    contact_information=contact_information,
                    country_code=country_code,
                    display_name=display_name,
                    email_reply_to=email_reply_to,
                    logo=logo,
                    logo_height=logo_height,
                    post_code=post_code,
                    remove_logo=remove_logo,
                    show_in_online_bookings=show_in_online_bookings,
                    state=state,
                    time_zone=time_zone,
                    time_zone_identifier=time_zone_identifier,
                    website_address=website_address,
                ),
            )
        )

    def archive(self, id: Id) -> None:
        """Archive a business: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        self._transport.run(_verbs.archive(id))

    def unarchive(self, id: Id) -> Business:
        """Bring a business back out of the archive.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none.
        """
        return self._transport.run(_verbs.unarchive(id))


class AsyncBusinesses:
    """Businesses: the places where appointments are held.

    https://docs.api.cliniko.com/openapi/business"""

    F: Final = _BusinessFilters()
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
    ) -> AsyncPager[Business]:
        """List businesses, page by page as they are read; by default in the order in which they were made.

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

    async def get(self, id: Id, *, include_archived: bool = False) -> Business:
        """Get a business.

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
        additional_information: str | Unset | None = UNSET,
        additional_invoice_information: str | Unset | None = UNSET,
        address_1: str | Unset | None = UNSET,
        address_2: str | Unset | None = UNSET,
        appointment_reminders_enabled: bool | Unset | None = UNSET,
        appointment_type_ids: Sequence[Id] | Unset | None = UNSET,
        business_name: str | Unset | None = UNSET,
        business_registration_name: str | Unset | None = UNSET,
        business_registration_value: str | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        contact_information: str | Unset | None = UNSET,
        country_code: str | Unset | None = UNSET,
        display_name: str | Unset | None = UNSET,
        email_reply_to: str | Unset | None = UNSET,
        logo: str | Unset = UNSET,
        logo_height: int | Unset = UNSET,
        post_code: str | Unset | None = UNSET,
        remove_logo: bool | Unset = UNSET,
        show_in_online_bookings: bool | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        time_zone: str | Unset | None = UNSET,
        time_zone_identifier: str | Unset | None = UNSET,
        website_address: str | Unset | None = UNSET,
    ) -> Business:
        """Create a business.

        Args:
            additional_information: Further information, up to 5000 characters.
            additional_invoice_information: Further information on invoices, up to 5000 characters.
            address_1: First line of the address.
            address_2: Second line of the address.
            appointment_reminders_enabled: Whether reminders are sent.
            appointment_type_ids: Appointment types offered there.
            business_name: Name.
            business_registration_name: What the registration number is called.
            business_registration_value: The registration number.
            city: City.
            contact_information: How to reach it.
            country_code: Country, ISO 3166-1 alpha-2.
            display_name: The name that patients see.
            email_reply_to: Where replies to its mails go.
            logo: The logo, base64.
            logo_height: The logo's height.
            post_code: Post code.
            remove_logo: True removes the logo.
            show_in_online_bookings: Whether it can be booked online.
            state: State.
            time_zone: Time zone by its Rails name; it wins over `time_zone_identifier`.
            time_zone_identifier: Time zone by its IANA name.
            website_address: Website.

        Returns:
            The new object.

        Raises:
            ValueError: An argument is malformed; nothing was sent.
            ValidationError: The vendor refuses a field; see `fields`.
            OutcomeUnknownError: It may have been made; nobody could say.
        """
        return await self._transport.run(
            _verbs.create(
                _BusinessCreate(
                    additional_information=additional_information,
                    additional_invoice_information=additional_invoice_information,
                    address_1=address_1,
                    address_2=address_2,
                    appointment_reminders_enabled=appointment_reminders_enabled,
                    appointment_type_ids=appointment_type_ids,
                    business_name=business_name,
                    business_registration_name=business_registration_name,
                    business_registration_value=business_registration_value,
                    city=city,
                    contact_information=contact_information,
                    country_code=country_code,
                    display_name=display_name,
                    email_reply_to=email_reply_to,
                    logo=logo,
                    logo_height=logo_height,
                    post_code=post_code,
                    remove_logo=remove_logo,
                    show_in_online_bookings=show_in_online_bookings,
                    state=state,
                    time_zone=time_zone,
                    time_zone_identifier=time_zone_identifier,
                    website_address=website_address,
                )
            )
        )

    async def update(
        self,
        id: Id,
        *,
        additional_information: str | Unset | None = UNSET,
        additional_invoice_information: str | Unset | None = UNSET,
        address_1: str | Unset | None = UNSET,
        address_2: str | Unset | None = UNSET,
        appointment_reminders_enabled: bool | Unset | None = UNSET,
        appointment_type_ids: Sequence[Id] | Unset | None = UNSET,
        business_name: str | Unset | None = UNSET,
        business_registration_name: str | Unset | None = UNSET,
        business_registration_value: str | Unset | None = UNSET,
        city: str | Unset | None = UNSET,
        contact_information: str | Unset | None = UNSET,
        country_code: str | Unset | None = UNSET,
        display_name: str | Unset | None = UNSET,
        email_reply_to: str | Unset | None = UNSET,
        logo: str | Unset = UNSET,
        logo_height: int | Unset = UNSET,
        post_code: str | Unset | None = UNSET,
        remove_logo: bool | Unset = UNSET,
        show_in_online_bookings: bool | Unset | None = UNSET,
        state: str | Unset | None = UNSET,
        time_zone: str | Unset | None = UNSET,
        time_zone_identifier: str | Unset | None = UNSET,
        website_address: str | Unset | None = UNSET,
    ) -> Business:
        """Change a business. What is not given stays as it is; None makes a field empty.

        Args:
            id: Its id.
            additional_information: Further information, up to 5000 characters.
            additional_invoice_information: Further information on invoices, up to 5000 characters.
            address_1: First line of the address.
            address_2: Second line of the address.
            appointment_reminders_enabled: Whether reminders are sent.
            appointment_type_ids: Appointment types offered there.
            business_name: Name.
            business_registration_name: What the registration number is called.
            business_registration_value: The registration number.
            city: City.
            contact_information: How to reach it.
            country_code: Country, ISO 3166-1 alpha-2.
            display_name: The name that patients see.
            email_reply_to: Where replies to its mails go.
            logo: The logo, base64.
            logo_height: The logo's height.
            post_code: Post code.
            remove_logo: True removes the logo.
            show_in_online_bookings: Whether it can be booked online.
            state: State.
            time_zone: Time zone by its Rails name; it wins over `time_zone_identifier`.
            time_zone_identifier: Time zone by its IANA name.
            website_address: Website.

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
                _BusinessUpdate(
                    additional_information=additional_information,
                    additional_invoice_information=additional_invoice_information,
                    address_1=address_1,
                    address_2=address_2,
                    appointment_reminders_enabled=appointment_reminders_enabled,
                    appointment_type_ids=appointment_type_ids,
                    business_name=business_name,
                    business_registration_name=business_registration_name,
                    business_registration_value=business_registration_value,
                    city=city,
                    contact_information=contact_information,
                    country_code=country_code,
                    display_name=display_name,
                    email_reply_to=email_reply_to,
                    logo=logo,
                    logo_height=logo_height,
                    post_code=post_code,
                    remove_logo=remove_logo,
                    show_in_online_bookings=show_in_online_bookings,
                    state=state,
                    time_zone=time_zone,
                    time_zone_identifier=time_zone_identifier,
                    website_address=website_address,
                ),
            )
        )

    async def archive(self, id: Id) -> None:
        """Archive a business: lists and `get` hide it from then on.

        Args:
            id: Its id.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none, or it is archived already.
        """
        await self._transport.run(_verbs.archive(id))

    async def unarchive(self, id: Id) -> Business:
        """Bring a business back out of the archive.

        Args:
            id: Its id.

        Returns:
            The object.

        Raises:
            ValueError: The id is malformed.
            NotFoundError: There is none.
        """
        return await self._transport.run(_verbs.unarchive(id))
