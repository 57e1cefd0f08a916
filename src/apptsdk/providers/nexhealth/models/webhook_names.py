"""The names of what NexHealth tells by webhook: resources, their events, and how a write ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apptsdk.models import OpenStr


class WebhookResource(OpenStr):
    """What an event is about.

    Not everything here is in the vendor's OpenAPI document of v3.0.0: `FormRequest` and `Conversation` stand in its
    guides only, `LocationDataReadiness`, `Provider` and `WorkingHour` belong to v3.1.0.

    https://docs.nexhealth.com/reference/webhook-subscriptions
    """

    ADJUSTMENT = "Adjustment"
    ADJUSTMENT_TYPE = "AdjustmentType"
    APPOINTMENT = "Appointment"
    CHARGE = "Charge"
    CLAIM = "Claim"
    CONVERSATION = "Conversation"
    DOCUMENT = "Document"
    FEE_SCHEDULE = "FeeSchedule"
    FORM_REQUEST = "FormRequest"
    FORM_RESPONSE = "FormResponse"
    LOCATION_DATA_READINESS = "LocationDataReadiness"
    MESSAGE = "Message"
    ONBOARDING = "Onboarding"
    PATIENT = "Patient"
    PATIENT_INSURANCE_COVERAGE = "PatientInsuranceCoverage"
    PAYMENT = "Payment"
    PAYMENT_TYPE = "PaymentType"
    PROCEDURE = "Procedure"
    PROCEDURE_CODE = "ProcedureCode"
    PROVIDER = "Provider"
    SYNC_STATUS = "SyncStatus"
    TREATMENT_PLAN = "TreatmentPlan"
    WORKING_HOUR = "WorkingHour"


class WebhookEventName(OpenStr):
    """What happened, as a subscription names it: without the outcome that a delivery may add.

    `sync_status_read_change` and `sync_status_write_change` are sent when red turns to green, not the other way round.
    A cancelled appointment has no event of its own: it is an `appointment_updated`.

    https://docs.nexhealth.com/reference/webhook-subscriptions
    """

    ADJUSTMENT_CREATED = "adjustment_created"
    ADJUSTMENT_UPDATED = "adjustment_updated"
    ADJUSTMENT_DELETED = "adjustment_deleted"
    ADJUSTMENT_INSERTION = "adjustment_insertion"
    ADJUSTMENT_TYPE_CREATED = "adjustment_type_created"
    ADJUSTMENT_TYPE_UPDATED = "adjustment_type_updated"
    APPOINTMENT_INSERTION = "appointment_insertion"
    APPOINTMENT_CREATED = "appointment_created"
    APPOINTMENT_UPDATED = "appointment_updated"
    APPOINTMENT_REQUESTED = "appointment_requested"
    CHARGE_CREATED = "charge_created"
    CHARGE_UPDATED = "charge_updated"
    CHARGE_DELETED = "charge_deleted"
    CLAIM_CREATED = "claim_created"
    CLAIM_UPDATED = "claim_updated"
    CLAIM_DELETED = "claim_deleted"
    DOCUMENT_INSERTION = "document_insertion"
    FEE_SCHEDULE_CREATED = "fee_schedule_created"
    FEE_SCHEDULE_UPDATED = "fee_schedule_updated"
    FORM_REQUEST_COMPLETED = "form_request_completed"
    FORM_RESPONSE_INSERTION = "form_response_insertion"
    MEDICAL_HISTORY_PATIENT_ITEMS_UPDATED = "medical_history_patient_items_updated"
    MESSAGE_CREATED = "message_created"
    MESSAGE_UPDATED = "message_updated"
    ONBOARDING_CREATED = "onboarding_created"
    ONBOARDING_UPDATED = "onboarding_updated"
    ONBOARDING_AVAILABILITY_READY = "onboarding_availability_ready"
    PATIENT_CREATED = "patient_created"
    PATIENT_UPDATED = "patient_updated"
    PATIENT_INSURANCE_CREATED = "patient_insurance_created"
    PATIENT_INSURANCE_UPDATED = "patient_insurance_updated"
    PAYMENT_CREATED = "payment_created"
    PAYMENT_UPDATED = "payment_updated"
    PAYMENT_DELETED = "payment_deleted"
    PAYMENT_INSERTION = "payment_insertion"
    PAYMENT_TYPE_CREATED = "payment_type_created"
    PAYMENT_TYPE_UPDATED = "payment_type_updated"
    PROCEDURE_CREATED = "procedure_created"
    PROCEDURE_UPDATED = "procedure_updated"
    PROCEDURE_CODE_CREATED = "procedure_code_created"
    PROCEDURE_CODE_UPDATED = "procedure_code_updated"
    PROCEDURE_CODE_DELETED = "procedure_code_deleted"
    PROVIDER_CREATED = "provider_created"
    PROVIDER_UPDATED = "provider_updated"
    SYNC_STATUS_READ_CHANGE = "sync_status_read_change"
    SYNC_STATUS_WRITE_CHANGE = "sync_status_write_change"
    TREATMENT_PLAN_CREATED = "treatment_plan_created"
    TREATMENT_PLAN_UPDATED = "treatment_plan_updated"
    TREATMENT_PLAN_DELETED = "treatment_plan_deleted"
    WORKING_HOUR_CREATED = "working_hour_created"
    WORKING_HOUR_UPDATED = "working_hour_updated"


class WebhookOutcome(OpenStr):
    """How a write to the practice's own system ended: what a delivery adds to the event's name, behind a dot.

    No reason is sent with a failure.
    """

    COMPLETE = "complete"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    INCOMPLETE = "incomplete"


_R, _E = WebhookResource, WebhookEventName

EVENTS: Final[Mapping[WebhookResource, tuple[WebhookEventName, ...]]] = {
    _R.ADJUSTMENT: (
        _E.ADJUSTMENT_CREATED,
        _E.ADJUSTMENT_UPDATED,
        _E.ADJUSTMENT_DELETED,
        _E.ADJUSTMENT_INSERTION,
    ),
    _R.ADJUSTMENT_TYPE: (_E.ADJUSTMENT_TYPE_CREATED, _E.ADJUSTMENT_TYPE_UPDATED),
    _R.APPOINTMENT: (
        _E.APPOINTMENT_INSERTION,
        _E.APPOINTMENT_CREATED,
        _E.APPOINTMENT_UPDATED,
        _E.APPOINTMENT_REQUESTED,
    ),
    _R.CHARGE: (_E.CHARGE_CREATED, _E.CHARGE_UPDATED, _E.CHARGE_DELETED),
    _R.CLAIM: (_E.CLAIM_CREATED, _E.CLAIM_UPDATED, _E.CLAIM_DELETED),
    _R.DOCUMENT: (_E.DOCUMENT_INSERTION,),
    _R.FEE_SCHEDULE: (_E.FEE_SCHEDULE_CREATED, _E.FEE_SCHEDULE_UPDATED),
    _R.FORM_REQUEST: (_E.FORM_REQUEST_COMPLETED,),
    _R.FORM_RESPONSE: (_E.FORM_RESPONSE_INSERTION,),
    _R.MESSAGE: (_E.MESSAGE_CREATED, _E.MESSAGE_UPDATED),
    _R.ONBOARDING: (_E.ONBOARDING_CREATED, _E.ONBOARDING_UPDATED, _E.ONBOARDING_AVAILABILITY_READY),
    _R.PATIENT: (_E.PATIENT_CREATED, _E.PATIENT_UPDATED),
    _R.PATIENT_INSURANCE_COVERAGE: (_E.PATIENT_INSURANCE_CREATED, _E.PATIENT_INSURANCE_UPDATED),
    _R.PAYMENT: (_E.PAYMENT_CREATED, _E.PAYMENT_UPDATED, _E.PAYMENT_DELETED, _E.PAYMENT_INSERTION),
    _R.PAYMENT_TYPE: (_E.PAYMENT_TYPE_CREATED, _E.PAYMENT_TYPE_UPDATED),
    _R.PROCEDURE: (_E.PROCEDURE_CREATED, _E.PROCEDURE_UPDATED),
    _R.PROCEDURE_CODE: (_E.PROCEDURE_CODE_CREATED, _E.PROCEDURE_CODE_UPDATED, _E.PROCEDURE_CODE_DELETED),
    _R.PROVIDER: (_E.PROVIDER_CREATED, _E.PROVIDER_UPDATED),
    _R.SYNC_STATUS: (_E.SYNC_STATUS_READ_CHANGE, _E.SYNC_STATUS_WRITE_CHANGE),
    _R.TREATMENT_PLAN: (_E.TREATMENT_PLAN_CREATED, _E.TREATMENT_PLAN_UPDATED, _E.TREATMENT_PLAN_DELETED),
    _R.WORKING_HOUR: (_E.WORKING_HOUR_CREATED, _E.WORKING_HOUR_UPDATED),
}
"""Every documented pair. Nobody says which events `Conversation` and `LocationDataReadiness` have, nor to which of the
resources `medical_history_patient_items_updated` belongs."""
