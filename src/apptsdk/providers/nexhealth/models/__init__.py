"""NexHealth's own objects, every field, and what makes and changes them.

A class is loaded when it is first used: an application needs few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from apptsdk._lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apptsdk.providers.nexhealth.models.appointment import (
        Appointment,
        AppointmentCreate,
        AppointmentInclude,
        AppointmentUpdate,
        BookingDetails,
        CampaignMedium,
        CampaignType,
        Dependent,
    )
    from apptsdk.providers.nexhealth.models.appointment_type import (
        AppointmentType,
        AppointmentTypeCreate,
        AppointmentTypeInclude,
        AppointmentTypeUpdate,
        ParentType,
    )
    from apptsdk.providers.nexhealth.models.created import Created
    from apptsdk.providers.nexhealth.models.descriptor import (
        Descriptor,
    )
    from apptsdk.providers.nexhealth.models.institution import (
        Institution,
        InstitutionLocations,
    )
    from apptsdk.providers.nexhealth.models.location import (
        Location,
        LocationBasic,
        LocationFeature,
        Specialty,
    )
    from apptsdk.providers.nexhealth.models.operatory import (
        Operatory,
        OperatoryInclude,
    )
    from apptsdk.providers.nexhealth.models.patient import (
        Patient,
        PatientAddress,
        PatientCreate,
        PatientInclude,
        PrivacyAuthorization,
    )
    from apptsdk.providers.nexhealth.models.patient_alert import (
        PatientAlert,
        PatientAlertCreate,
        PatientAlertUpdate,
    )
    from apptsdk.providers.nexhealth.models.person import (
        Gender,
        Person,
    )
    from apptsdk.providers.nexhealth.models.procedure import (
        Procedure,
        ProcedureBodySite,
        ProcedureStatus,
    )
    from apptsdk.providers.nexhealth.models.provider import (
        Provider,
        ProviderInclude,
        ProviderRequestable,
    )
    from apptsdk.providers.nexhealth.models.recall import (
        PatientRecall,
        PatientRecallType,
        RecallType,
    )
    from apptsdk.providers.nexhealth.models.shared import (
        Price,
        WriteState,
    )
    from apptsdk.providers.nexhealth.models.slot import (
        AvailableSlot,
        SlotGroup,
    )
    from apptsdk.providers.nexhealth.models.sync_status import (
        Emr,
        EmrType,
        SyncLight,
        SyncStatus,
    )
    from apptsdk.providers.nexhealth.models.webhook import (
        WebhookEndpoint,
        WebhookEndpointCreate,
        WebhookEndpointUpdate,
        WebhookSubscription,
        WebhookSubscriptionCreate,
        WebhookSubscriptionUpdate,
    )
    from apptsdk.providers.nexhealth.models.webhook_names import (
        WebhookEventName,
        WebhookOutcome,
        WebhookResource,
    )
    from apptsdk.providers.nexhealth.models.working_hour import (
        Recurrence,
        RecurrenceInput,
        RecurrenceUnit,
        Weekday,
        WorkingHour,
        WorkingHourCreate,
        WorkingHourInclude,
        WorkingHourLabel,
        WorkingHourSource,
        WorkingHourUpdate,
    )

__all__ = [
    "Appointment",
    "AppointmentCreate",
    "AppointmentInclude",
    "AppointmentType",
    "AppointmentTypeCreate",
    "AppointmentTypeInclude",
    "AppointmentTypeUpdate",
    "AppointmentUpdate",
    "AvailableSlot",
    "BookingDetails",
    "CampaignMedium",
    "CampaignType",
    "Created",
    "Dependent",
    "Descriptor",
    "Emr",
    "EmrType",
    "Gender",
    "Institution",
    "InstitutionLocations",
    "Location",
    "LocationBasic",
    "LocationFeature",
    "Operatory",
    "OperatoryInclude",
    "ParentType",
    "Patient",
    "PatientAddress",
    "PatientAlert",
    "PatientAlertCreate",
    "PatientAlertUpdate",
    "PatientCreate",
    "PatientInclude",
    "PatientRecall",
    "PatientRecallType",
    "Person",
    "Price",
    "PrivacyAuthorization",
    "Procedure",
    "ProcedureBodySite",
    "ProcedureStatus",
    "Provider",
    "ProviderInclude",
    "ProviderRequestable",
    "RecallType",
    "Recurrence",
    "RecurrenceInput",
    "RecurrenceUnit",
    "SlotGroup",
    "Specialty",
    "SyncLight",
    "SyncStatus",
    "WebhookEndpoint",
    "WebhookEndpointCreate",
    "WebhookEndpointUpdate",
    "WebhookEventName",
    "WebhookOutcome",
    "WebhookResource",
    "WebhookSubscription",
    "WebhookSubscriptionCreate",
    "WebhookSubscriptionUpdate",
    "Weekday",
    "WorkingHour",
    "WorkingHourCreate",
    "WorkingHourInclude",
    "WorkingHourLabel",
    "WorkingHourSource",
    "WorkingHourUpdate",
    "WriteState",
]

_BY_MODULE: Final[Mapping[str, tuple[str, ...]]] = {
    "appointment": (
        "Appointment",
        "AppointmentCreate",
        "AppointmentInclude",
        "AppointmentUpdate",
        "BookingDetails",
        "CampaignMedium",
        "CampaignType",
        "Dependent",
    ),
    "appointment_type": (
        "AppointmentType",
        "AppointmentTypeCreate",
        "AppointmentTypeInclude",
        "AppointmentTypeUpdate",
        "ParentType",
    ),
    "created": ("Created",),
    "descriptor": ("Descriptor",),
    "institution": (
        "Institution",
        "InstitutionLocations",
    ),
    "location": (
        "Location",
        "LocationBasic",
        "LocationFeature",
        "Specialty",
    ),
    "operatory": (
        "Operatory",
        "OperatoryInclude",
    ),
    "patient": (
        "Patient",
        "PatientAddress",
        "PatientCreate",
        "PatientInclude",
        "PrivacyAuthorization",
    ),
    "patient_alert": (
        "PatientAlert",
        "PatientAlertCreate",
        "PatientAlertUpdate",
    ),
    "person": (
        "Gender",
        "Person",
    ),
    "procedure": (
        "Procedure",
        "ProcedureBodySite",
        "ProcedureStatus",
    ),
    "provider": (
        "Provider",
        "ProviderInclude",
        "ProviderRequestable",
    ),
    "recall": (
        "PatientRecall",
        "PatientRecallType",
        "RecallType",
    ),
    "shared": (
        "Price",
        "WriteState",
    ),
    "slot": (
        "AvailableSlot",
        "SlotGroup",
    ),
    "sync_status": (
        "Emr",
        "EmrType",
        "SyncLight",
        "SyncStatus",
    ),
    "webhook": (
        "WebhookEndpoint",
        "WebhookEndpointCreate",
        "WebhookEndpointUpdate",
        "WebhookSubscription",
        "WebhookSubscriptionCreate",
        "WebhookSubscriptionUpdate",
    ),
    "webhook_names": (
        "WebhookEventName",
        "WebhookOutcome",
        "WebhookResource",
    ),
    "working_hour": (
        "Recurrence",
        "RecurrenceInput",
        "RecurrenceUnit",
        "Weekday",
        "WorkingHour",
        "WorkingHourCreate",
        "WorkingHourInclude",
        "WorkingHourLabel",
        "WorkingHourSource",
        "WorkingHourUpdate",
    ),
}
__getattr__, __dir__ = lazy(
    __name__, {name: f"{__name__}.{module}" for module, names in _BY_MODULE.items() for name in names}
)
