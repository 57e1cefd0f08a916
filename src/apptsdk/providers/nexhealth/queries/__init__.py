"""What lists and single reads of NexHealth take, and how that is written into a query.

https://docs.nexhealth.com/reference
"""

from __future__ import annotations

from apptsdk.providers.nexhealth.queries.base import (
    InOffice,
    KeysOwn,
    Listed,
    MaybeInOffice,
    NoPractice,
    Paged,
    Query,
    url_of,
    written,
)
from apptsdk.providers.nexhealth.queries.calendar import (
    MAX_PER_SLOT,
    AppointmentGet,
    AppointmentQuery,
    AppointmentTypeDelete,
    AppointmentTypeGet,
    AppointmentTypeQuery,
    DescriptorQuery,
    OfficeDescriptorQuery,
    SlotQuery,
    TypeDescriptorQuery,
    WorkingHourGet,
    WorkingHourLabelQuery,
    WorkingHourQuery,
)
from apptsdk.providers.nexhealth.queries.people import (
    AlertQuery,
    PatientGet,
    PatientQuery,
    PatientRecallQuery,
    RecallTypeQuery,
    phone,
)
from apptsdk.providers.nexhealth.queries.practice import (
    EndpointQuery,
    LocationQuery,
    OperatoryGet,
    OperatoryQuery,
    ProviderGet,
    ProviderQuery,
    SubscriptionQuery,
    SyncStatusQuery,
)

__all__ = [
    "MAX_PER_SLOT",
    "AlertQuery",
    "AppointmentGet",
    "AppointmentQuery",
    "AppointmentTypeDelete",
    "AppointmentTypeGet",
    "AppointmentTypeQuery",
    "DescriptorQuery",
    "EndpointQuery",
    "InOffice",
    "KeysOwn",
    "Listed",
    "LocationQuery",
    "MaybeInOffice",
    "NoPractice",
    "OfficeDescriptorQuery",
    "OperatoryGet",
    "OperatoryQuery",
    "Paged",
    "PatientGet",
    "PatientQuery",
    "PatientRecallQuery",
    "ProviderGet",
    "ProviderQuery",
    "Query",
    "RecallTypeQuery",
    "SlotQuery",
    "SubscriptionQuery",
    "SyncStatusQuery",
    "TypeDescriptorQuery",
    "WorkingHourGet",
    "WorkingHourLabelQuery",
    "WorkingHourQuery",
    "phone",
    "url_of",
    "written",
]
