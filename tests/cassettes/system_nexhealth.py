"""NexHealth as a system of cassettes."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import available_timezones

from inventions import MADE_UP
from system import COUNT, DAY, System, any_of, columns, known, members, words

from apptsdk import AsyncNexHealth, NexHealth, NexHealthSettings
from apptsdk.providers.nexhealth import models

_WRAPPED = words("appt patients token user")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+0000")
_NAME = (
    f"(?:(?:{'|'.join(sorted(members(models)))}|location|lids|page|per_page|pids|start|end|start_date|days)(?:\\[\\])?)"
)
_SAID = frozenset(
    {
        "Authenticated",
        "Cannot update appointment because it is not synced with the PMS and/or a live client",
        "Invalid Credentials",
        "Resource not found",
        "User phone number is invalid",
        "You don't have access to perform this action.",
    }
)
_INCLUDED = words(
    "address adjustments appointment_type appointment_types appt_categories availabilities booking_details charges "
    "children descriptors guarantor insurance_coverages last_visited_appointment locations operatory patient "
    "patient_alerts payments procedures provider upcoming_appts"
)


def _beside(said: Any) -> dict[str, Any]:
    """Find what an envelope says beside its objects, and what is around them."""
    if not isinstance(said, dict):
        return {}
    found, data = {name: value for name, value in said.items() if name != "data"}, said.get("data")
    around = [_around(one) for one in data] if isinstance(data, list) else [_around(data)]
    return {"beside": {**found, **({"around": around} if any(around) else {})}}


def _around(one: Any) -> dict[str, Any]:
    """Find what is around an object: around the slots of a group, around the offices of a practice."""
    if not isinstance(one, dict):
        return {}
    inner = _WRAPPED & {*one} or ({"slots"} & {*one})
    if {"locations", "subdomain"} <= {*one}:
        inner = {"locations"}
    return {name: value for name, value in one.items() if name not in inner} if inner else {}


NEXHEALTH = System(
    name="nexhealth",
    title="NexHealth",
    clients=(NexHealth, AsyncNexHealth),
    settings=NexHealthSettings(api_key="replay-no-secret", subdomain="riverbend-dental", location_id=41),
    # The key where the token is asked for, and then the very token that was answered.
    signed={
        "authorization": {
            rf"(?!{MADE_UP})[0-9A-Za-z._~+/=-]+": "(key)",
            rf"Bearer ({MADE_UP}-token-[0-9]+(?:\.[0-9A-Za-z._-]+)?)": r"Bearer \1",
        }
    },
    request_headers=words("accept authorization content-type nex-api-version"),
    answer_headers=words("content-type retry-after"),
    words=words(
        "campaign_medium campaign_type country_code currency days description descriptor_type error event event_name "
        "foreign_id_type gender include interval_unit parent_type read_status resource_type source status timezone "
        "timezone_offset type tz tz_offset unit working_hour_source write_status"
    ),
    vocabulary=any_of(
        "[A-Z]{1,3}",
        "[+-][0-9]{1,2}:?[0-9]{2}",
        f"Missing parameter {_NAME}",
        f"Note that following parameters are ignored: {_NAME}(?:, {_NAME})*\\.",
        texts=known(models) | available_timezones() | _SAID | _INCLUDED | {"nex", "Procedure Code"},
    ),
    segments=words(
        "alerts appointment_descriptors appointment_slots appointment_types appointments authenticates availabilities "
        "available_slots institutions locations operatories patient_recalls patients providers recall_types "
        "sync_status webhook_endpoints webhook_subscriptions working_hour_labels working_hours"
    )
    | {""},
    numbers=words("appointments_per_timeslot count interval_num minutes num"),
    parameters={
        "appointments_per_timeslot": COUNT,
        "days": COUNT,
        "due_after": _MOMENT,
        "end": _MOMENT,
        "page": COUNT,
        "per_page": COUNT,
        "slot_interval": COUNT,
        "slot_length": COUNT,
        "sort": columns(models, "-?{}"),
        "start": _MOMENT,
        "start_date": DAY,
        "updated_since": _MOMENT,
    },
    item=r"\.data(?:\[0\]|\.(?:appt|user|patients\[0\]))?\.",
    beside=_beside,
    ids=words("ids lid lids pid pids"),
    moments=words(
        "begin_time end_time event_time last_sync_time next_available_date ref specific_date start_time time"
    ),
    secrets=words("secret_key token"),
    naming=("subdomain",),
    account={"location_id": "id", "subdomain": "subdomain"},
)
