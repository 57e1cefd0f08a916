"""What a lost `create` can have made."""

from __future__ import annotations

from typing import TypeAlias

from apptsdk.providers.nexhealth.models.appointment import Appointment
from apptsdk.providers.nexhealth.models.patient_alert import PatientAlert
from apptsdk.providers.nexhealth.models.webhook import WebhookEndpoint, WebhookSubscription

Created: TypeAlias = Appointment | PatientAlert | WebhookEndpoint | WebhookSubscription
"""What `resolve` can find: what says when it was made, and is listed at once."""
