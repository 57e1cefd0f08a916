"""How NexHealth shows its records: v3's shapes, and what is put into them when it is included."""

from collections.abc import Callable, Mapping
from typing import Any

from apptsdk.sandbox.nexhealth.records import Appointment, Record, Row
from apptsdk.sandbox.nexhealth.times import basic_offset, iso, maybe, offset
from apptsdk.sandbox.nexhealth.world import World

Shown = dict[str, Any]
_ADDRESS = ("street_address", "street_address_2", "city", "state", "zip_code")
_LOCATION = ("latitude", "longitude", "phone_number", "email", "tz", "insert_appt_client", "map_by_operatory")
_TYPE = ("name", "parent_type", "parent_id", "minutes", "bookable_online")
_INSTITUTION = (
    "subdomain",
    "phone_number",
    "emrs",
    "country_code",
    "appointment_types_location_scoped",
    "is_sync_notifications",
    "notify_insert_fails",
)
_PROVIDER = ("display_name", "npi", "tin", "state_license", "specialty_code")
_PATIENT = ("guarantor_id", "billing_type", "chart_id", "preferred_language")
_HOURS = ("provider_id", "location_id", "operatory_id", "begin_time", "end_time", "days", "specific_date")


def _some(row: Record, *names: str) -> Shown:
    return {name: row.values.get(name) for name in names}


def _stamps(row: Row) -> Shown:
    return {"created_at": iso(row.created_at), "updated_at": iso(row.updated_at)}


def _foreign(row: Row) -> Shown:
    return {"foreign_id": row.foreign_id, "foreign_id_type": row.foreign_id_type}


def _synced(row: Row) -> Shown:
    return {**_foreign(row), "last_sync_time": maybe(row.last_sync_time)}


def institution(world: World, row: Record) -> Shown:
    """Show an institution.

    Args:
        world: the world.
        row: it.
    """
    places = [one for one in world.records("locations") if one.institution == row.id]
    return {
        "id": row.id,
        **_some(row, "name"),
        **_stamps(row),
        **_some(row, *_INSTITUTION),
        "locations": [location_basic(one) for one in places],
    }


def location_basic(row: Record) -> Shown:
    """Show a location briefly.

    Args:
        row: it.
    """
    shown = {"id": row.id, **_some(row, "name", *_ADDRESS, "phone_number", "email", "inactive")}
    return {name: "" if value is None else value for name, value in shown.items()}


def location(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show a location.

    Args:
        world: the world.
        row: it.
    """
    return {
        "id": row.id,
        "name": row.values["name"],
        "institution_id": row.institution,
        **_some(row, *_ADDRESS, "country_code"),
        **_stamps(row),
        **_some(row, *_LOCATION, "set_availability_by_operatory", "inactive", "specialty"),
        **_synced(row),
    }


def user(row: Record) -> Shown:
    """Show what patients and providers have in common.

    Args:
        row: one of them.
    """
    return {
        "id": row.id,
        **_some(row, "email", "first_name", "middle_name", "last_name"),
        "name": f"{row.values['first_name']} {row.values['last_name']}",
        **_stamps(row),
        "institution_id": row.institution,
        "bio": row.values["bio"],
        "inactive": row.values["inactive"],
        **_synced(row),
    }


def provider(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show a provider, without anything included.

    Args:
        world: the world.
        row: it.
    """
    places = [{"location_id": id_} for id_ in row.values["requestable"]]
    return {**user(row), **_some(row, *_PROVIDER), "provider_requestables": places}


def patient(row: Record) -> Shown:
    """Show a patient as a list of v3 does.

    Args:
        row: it.
    """
    return {**user(row), **_some(row, *_PATIENT, "provider_id", "hipaa")}


def patient_basic(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show a patient as the answer to its creation does, and v2 everywhere.

    Args:
        world: the world.
        row: it.
    """
    return {**user(row), **_some(row, *_PATIENT, "preferred_locale", "location_ids")}


def operatory(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show a chair.

    Args:
        world: the world.
        row: it.
    """
    return {
        "id": row.id,
        **_some(row, "name", "location_id", "display_name", "active", "bookable_online"),
        **_synced(row),
        **_stamps(row),
    }


def appointment_type(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show a type.

    Args:
        world: the world.
        row: it.
    """
    return {"id": row.id, **_some(row, *_TYPE)}


def descriptor(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show a descriptor.

    Args:
        world: the world.
        row: it.
    """
    return {
        "id": row.id,
        **_some(row, "descriptor_type", "name", "code", "location_id", "data", "active"),
        **_synced(row),
        **_stamps(row),
    }


def appointment(world: World, row: Appointment) -> Shown:
    """Show an appointment, without anything included.

    Args:
        world: the world.
        row: it.
    """
    host: Record | None = world.find("providers", row.provider)
    zone = world.zone_of(row.location)
    return {
        "id": row.id,
        "patient_id": row.patient,
        "provider_id": row.provider,
        "provider_name": host.values["display_name"] if host else None,
        "start_time": iso(row.starts_at),
        "end_time": iso(row.ends_at),
        "confirmed": row.confirmed_at is not None,
        "patient_missed": row.patient_missed,
        **_stamps(row),
        "note": row.note,
        "unavailable": row.unavailable,
        "cancelled": row.cancelled,
        "timezone": zone.key,
        "institution_id": row.institution,
        "appointment_type_id": row.appointment_type or 0,
        "checkin_at": maybe(row.checkin_at),
        "location_id": row.location,
        **_synced(row),
        "misc": {"is_booked_on_nexhealth": row.through_api},
        "patient_confirmed": row.patient_confirmed_at is not None,
        "created_by_user_id": row.created_by,
        "is_guardian": row.is_guardian,
        "patient_confirmed_at": maybe(row.patient_confirmed_at),
        "cancelled_at": maybe(row.cancelled_at),
        "is_new_clients_patient": row.is_new_clients_patient,
        "confirmed_at": maybe(row.confirmed_at),
        "sooner_if_possible": False,
        "operatory_id": row.operatory,
        "checked_out": row.checked_out_at is not None,
        "checked_out_at": maybe(row.checked_out_at),
        "referrer": row.referrer,
        "is_past_patient": row.is_past_patient,
        "timezone_offset": offset(row.starts_at, zone),
    }


def appointment_basic(world: World, row: Appointment) -> Shown:
    """Show an appointment as a patient includes it.

    Args:
        world: the world.
        row: it.
    """
    names = ("id", "provider_id", "provider_name", "start_time", "end_time", "location_id", "confirmed")
    shown = appointment(world, row)
    return {name: shown[name] for name in names}


def working_hour(world: World, row: Record) -> Shown:
    """Show working hours as v3 does, without their types.

    Args:
        world: the world.
        row: they.
    """
    label: Record | None = world.find("working_hour_labels", row.values["label_id"])
    return {
        "id": row.id,
        **_some(row, *_HOURS, "custom_recurrence"),
        "tz_offset": basic_offset(world.now(), world.zone_of(row.values["location_id"])),
        **_some(row, "active", "source"),
        "label": working_hour_label(world, label) if label else None,
    }


def availability(world: World, row: Record) -> Shown:
    """Show working hours as v2 does.

    Args:
        world: the world.
        row: they.
    """
    shown = working_hour(world, row)
    synced = shown.pop("source") == "synced"
    del shown["label"]
    return {**shown, "synced": synced}


def working_hour_label(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show a label.

    Args:
        world: the world.
        row: it.
    """
    return {"id": row.id, **_some(row, "location_id", "name")}


def patient_alert(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show an alert.

    Args:
        world: the world.
        row: it.
    """
    return {"id": row.id, **_some(row, "patient_id", "note", "disabled_at"), **_stamps(row)}


def recall_type(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show a type of recalls.

    Args:
        world: the world.
        row: it.
    """
    return {
        "id": row.id,
        **_some(row, "name", "description", "interval_num", "interval_unit", "location_id"),
        **_foreign(row),
        **_stamps(row),
    }


def patient_recall(world: World, row: Record) -> Shown:
    """Show a recall.

    Args:
        world: the world.
        row: it.
    """
    kind: Record | None = world.find("recall_types", row.values["recall_id"])
    names = ("name", "description", "interval_num", "interval_unit")
    return {
        "id": row.id,
        **_some(row, "appointment_id", "date_due", "recall_id", "patient_id"),
        "recall_type": {"id": kind.id, **_some(kind, *names)} if kind else None,
        **_foreign(row),
        **_stamps(row),
    }


def procedure(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show a procedure.

    Args:
        world: the world.
        row: it.
    """
    return {"id": row.id, **row.values, "updated_at": iso(row.updated_at)}


def webhook(world: World, row: Record) -> Shown:  # noqa: ARG001 - all of them are called alike
    """Show an endpoint or a subscription.

    Args:
        world: the world.
        row: it.
    """
    return {"id": row.id, **row.values, **_stamps(row)}


SHOWS: Mapping[str, Callable[[World, Any], Shown]] = {
    "institutions": institution,
    "locations": location,
    "providers": provider,
    "patients": patient_basic,
    "operatories": operatory,
    "appointment_types": appointment_type,
    "appointments": appointment,
    "descriptors": descriptor,
    "working_hours": working_hour,
    "working_hour_labels": working_hour_label,
    "patient_alerts": patient_alert,
    "patient_recalls": patient_recall,
    "recall_types": recall_type,
    "procedures": procedure,
    "webhook_endpoints": webhook,
    "webhook_subscriptions": webhook,
}


def show(world: World, kind: str, row: Any) -> Shown:
    """Show a row as the newest version does, without anything included.

    Args:
        world: the world.
        kind: its table.
        row: the row.
    """
    return SHOWS[kind](world, row)
