"""What lists and reads of a practice's set-up take, and of its webhooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import attrs

from apptsdk.models import UNSET, Id, Unset
from apptsdk.providers.nexhealth.models import (
    LocationFeature,
    OperatoryInclude,
    ProviderInclude,
    SyncLight,
    WebhookEventName,
    WebhookResource,
)
from apptsdk.providers.nexhealth.queries.base import (
    InOffice,
    Listed,
    MaybeInOffice,
    NoPractice,
    Paged,
    Query,
)


@attrs.frozen(kw_only=True, slots=False)
class LocationQuery(Listed):
    """A list of offices.

    Args:
        inactive: Only the inactive ones, or only the active ones.
        foreign_id: Only that with this id in the practice's own system.
        filter_by_subscription_feature: Only those that have this feature of NexHealth's.
    """

    inactive: bool | Unset = UNSET
    foreign_id: str | Unset = UNSET
    filter_by_subscription_feature: LocationFeature | Unset = UNSET

    practice: ClassVar[bool | None] = None


@attrs.frozen(kw_only=True, slots=False)
class ProviderQuery(MaybeInOffice, Paged):
    """A list of providers.

    Args:
        ids: Only these.
        foreign_id: Only that with this id in the practice's own system.
        requestable: Only those that can be booked online at the office.
        inactive: List the inactive ones instead.
        updated_since: Only those that changed since then.
        include: What to send along; the vendor sends `locations` by default.
        sort: Fields to order by, with a leading dash for descending: `["-updated_at"]`.
    """

    ids: Sequence[Id] | Unset = UNSET
    foreign_id: str | Unset = UNSET
    requestable: bool | Unset = UNSET
    inactive: bool | Unset = UNSET
    updated_since: datetime | Unset = UNSET
    include: Sequence[ProviderInclude] = ()
    sort: Sequence[str] = ()


@attrs.frozen(kw_only=True, slots=False)
class ProviderGet(Query):
    """What a read of a provider takes.

    Args:
        include: What to send along; the vendor sends `locations` by default.
    """

    include: Sequence[ProviderInclude] = ()


@attrs.frozen(kw_only=True, slots=False)
class OperatoryQuery(InOffice, Paged):
    """A list of operatories.

    Args:
        search_name: Only those with this in their name.
        foreign_id: Only that with this id in the practice's own system.
        updated_since: Only those that changed since then.
        include: What to send along.
    """

    search_name: str | Unset = UNSET
    foreign_id: str | Unset = UNSET
    updated_since: datetime | Unset = UNSET
    include: Sequence[OperatoryInclude] = ()


@attrs.frozen(kw_only=True, slots=False)
class OperatoryGet(Query):
    """What a read of an operatory takes.

    Args:
        include: What to send along.
    """

    include: Sequence[OperatoryInclude] = ()


@attrs.frozen(kw_only=True, slots=False)
class SyncStatusQuery(Listed):
    """A list of the states of the links to the practices' own systems.

    Args:
        read_status: Only those whose reading is in this state.
        write_status: Only those whose writing is in this state.
        location_ids: Only those that serve these offices.
    """

    read_status: SyncLight | Unset = UNSET
    write_status: SyncLight | Unset = UNSET
    location_ids: Sequence[Id] | Unset = UNSET

    practice: ClassVar[bool | None] = None


@attrs.frozen(kw_only=True, slots=False)
class EndpointQuery(NoPractice):
    """A list of webhook endpoints.

    Args:
        active: Only the active ones, or only the inactive ones.
    """

    active: bool | Unset = UNSET


@attrs.frozen(kw_only=True, slots=False)
class SubscriptionQuery(Listed):
    """A list of an endpoint's subscriptions.

    Args:
        resource_type: Only those to this resource.
        event: Only those to this event.
    """

    resource_type: WebhookResource | Unset = UNSET
    event: WebhookEventName | Unset = UNSET

    practice: ClassVar[bool | None] = None
