"""Which call of ours is which operation of NexHealth's, and what the vendor calls its answer."""

from __future__ import annotations

import inspect
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from contract_calls import Call

from apptsdk.providers.nexhealth import models

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apptsdk.models import Model

# The operation, what its answer holds, and our verbs for it. Ids in the path are called `id`, unless arguments follow.
_DONE_BY = """
POST /appointment_types | AppointmentTypeBasic | appointment_types.create
GET /appointment_types | AppointmentTypeWithResources | appointment_types.list
GET /appointment_types/{id} | AppointmentTypeWithResources | appointment_types.get
PATCH /appointment_types/{id} | AppointmentTypeBasic | appointment_types.update
DELETE /appointment_types/{id} | AppointmentTypeBasic | appointment_types.delete
GET /appointment_types/{id}/appointment_descriptors | EmrApptDescriptor | appointment_types.descriptors
POST /appointments | AppointmentResponse | appointments.create
GET /appointments | AppointmentWithoutIncludes | appointments.list
GET /appointments/{id} | Appointment | appointments.get appointments.wait_until_written
PATCH /appointments/{id} | AppointmentResponse | appointments.update appointments.cancel
GET /appointments/{id}/appointment_descriptors | EmrApptDescriptor | appointments.descriptors
POST /authenticates | AuthorizationResponse |
GET /available_slots | AvailableSlotResponse | available_slots.list available_slots.groups
GET /institutions | Institution | institutions.list
GET /institutions/{id} | Institution | institutions.get
GET /locations | InstitutionBasicWithLocations | locations.list
GET /locations/{id} | Location | locations.get
GET /locations/{id}/appointment_descriptors | EmrApptDescriptor | locations.descriptors
GET /operatories | OperatoryWithResources | operatories.list
GET /operatories/{id} | OperatoryWithResources | operatories.get
GET /patient_recalls | PatientRecall | patient_recalls.list
GET /patient_recalls/{id} | PatientRecall | patient_recalls.get
POST /patients | PatientsResponses_Create | patients.create
GET /patients | PatientWithPrivacyAuthorization | patients.list
GET /patients/{id} | PatientDetailed | patients.get
POST /patients/{id}/alerts | PatientAlert | patient_alerts.create | patient_id
GET /patients/{id}/alerts | PatientAlert | patient_alerts.list | patient_id
GET /patients/{id}/alerts/{alert_id} | PatientAlert | patient_alerts.get | patient_id id
PATCH /patients/{id}/alerts/{alert_id} | PatientAlert | patient_alerts.update | patient_id id
GET /providers | ProviderWithResources | providers.list
GET /providers/{id} | ProviderWithResources | providers.get
GET /recall_types | RecallType | recall_types.list
GET /recall_types/{id} | RecallType | recall_types.get
GET /sync_status | SyncStatus | sync_status.list
POST /webhook_endpoints | WebhookEndpoint | webhook_endpoints.create
GET /webhook_endpoints | WebhookEndpoint | webhook_endpoints.list
PATCH /webhook_endpoints/{id} | WebhookEndpoint | webhook_endpoints.update
DELETE /webhook_endpoints/{id} | | webhook_endpoints.delete
POST /webhook_endpoints/{id}/webhook_subscriptions | WebhookSubscription | webhook_subscriptions.create | endpoint_id
GET /webhook_endpoints/{id}/webhook_subscriptions | WebhookSubscription | webhook_subscriptions.list | endpoint_id
PATCH /webhook_endpoints/{id}/webhook_subscriptions/{subscription_id} | WebhookSubscription | \
webhook_subscriptions.update | endpoint_id id
DELETE /webhook_endpoints/{id}/webhook_subscriptions/{subscription_id} | | webhook_subscriptions.delete | endpoint_id id
GET /working_hour_labels | WorkingHourLabel | working_hour_labels.list
POST /working_hours | WorkingHourBasic | working_hours.create
GET /working_hours | WorkingHour | working_hours.list
GET /working_hours/{id} | WorkingHour | working_hours.get
PATCH /working_hours/{id} | WorkingHour | working_hours.update
DELETE /working_hours/{id} | | working_hours.delete
"""
V3 = [[part.strip() for part in line.split("|")] for line in _DONE_BY.strip().splitlines()]

# What v2 does otherwise.
_DONE_IN_V2 = """
GET /appointments | Appointment | appointments.list
GET /appointment_slots | AvailableSlotResponse | available_slots.list available_slots.groups
GET /patients | PatientsResponses_ListAll | patients.list
POST /availabilities | AvailabilityBasic | working_hours.create
GET /availabilities | Availability | working_hours.list
GET /availabilities/{id} | Availability | working_hours.get
PATCH /availabilities/{id} | Availability | working_hours.update
DELETE /availabilities/{id} | | working_hours.delete
"""
_OTHERWISE = [[part.strip() for part in line.split("|")] for line in _DONE_IN_V2.strip().splitlines()]
_NOT_IN_V2 = {"/available_slots", "/working_hour_labels", "/working_hours", "/working_hours/{id}"}
V2 = [
    *_OTHERWISE,
    *(line for line in V3 if line[0] not in {one[0] for one in _OTHERWISE} and line[0].split()[1] not in _NOT_IN_V2),
]

PLACES: Mapping[str, type[Model]] = {
    "Appointment": models.Appointment,
    "AppointmentResponse.appt": models.Appointment,
    "AppointmentTypeBasic": models.AppointmentType,
    "AppointmentTypeWithResources": models.AppointmentType,
    "AppointmentWithoutIncludes": models.Appointment,
    "AvailableSlotResponse": models.SlotGroup,
    "EmrApptDescriptor": models.Descriptor,
    "Institution": models.Institution,
    "InstitutionBasicWithLocations": models.InstitutionLocations,
    "Location": models.Location,
    "OperatoryWithResources": models.Operatory,
    "PatientAlert": models.PatientAlert,
    "PatientDetailed": models.Patient,
    "PatientRecall": models.PatientRecall,
    "PatientWithPrivacyAuthorization": models.Patient,
    "PatientsResponses_Create.user": models.Patient,
    "ProviderWithResources": models.Provider,
    "RecallType": models.RecallType,
    "SyncStatus": models.SyncStatus,
    "WebhookEndpoint": models.WebhookEndpoint,
    "WebhookSubscription": models.WebhookSubscription,
    "WorkingHour": models.WorkingHour,
    "WorkingHourBasic": models.WorkingHour,
    "WorkingHourLabel": models.WorkingHourLabel,
}
"""Our models, by the vendor's places."""
PLACES_IN_V2: Mapping[str, type[Model]] = {
    "Availability": models.WorkingHour,
    "AvailabilityBasic": models.WorkingHour,
    "PatientsResponses_ListAll.patients": models.Patient,
    **{
        place: model
        for place, model in PLACES.items()
        if not place.startswith("WorkingHour")
        and place not in {"AppointmentWithoutIncludes", "PatientWithPrivacyAuthorization"}
    },
}
INPUTS: Mapping[str, type[Any]] = {
    "POST /appointment_types": models.AppointmentTypeCreate,
    "PATCH /appointment_types/{id}": models.AppointmentTypeUpdate,
    "POST /appointments": models.AppointmentCreate,
    "PATCH /appointments/{id}": models.AppointmentUpdate,
    "POST /patients": models.PatientCreate,
    "POST /patients/{id}/alerts": models.PatientAlertCreate,
    "PATCH /patients/{id}/alerts/{alert_id}": models.PatientAlertUpdate,
    "POST /webhook_endpoints": models.WebhookEndpointCreate,
    "PATCH /webhook_endpoints/{id}": models.WebhookEndpointUpdate,
    "POST /webhook_endpoints/{id}/webhook_subscriptions": models.WebhookSubscriptionCreate,
    "PATCH /webhook_endpoints/{id}/webhook_subscriptions/{subscription_id}": models.WebhookSubscriptionUpdate,
    "POST /working_hours": models.WorkingHourCreate,
    "PATCH /working_hours/{id}": models.WorkingHourUpdate,
}
"""Our inputs, by the operation."""
INPUTS_IN_V2 = {where.replace("working_hours", "availabilities"): given for where, given in INPUTS.items()}


def calls_in(client: Any, lines: list[list[str]]) -> Iterator[Call]:
    """Read lines as above."""
    for where, _, verbs, *rest in lines:
        in_path = tuple(part.strip("{}") for part in where.split("/") if part.startswith("{"))
        ids = tuple(rest[0].split()) if rest else in_path
        for verb in verbs.split():
            signature = inspect.signature(attrgetter(verb)(client))
            yield Call(where, verb, ids, {}, dict(signature.parameters), str(signature.return_annotation))
