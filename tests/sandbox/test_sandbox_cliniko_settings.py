"""Cliniko: settings, services, and the role of the key's user."""

import pytest
from sandbox_clinic import NOT_FOUND

from apptsdk.sandbox.cliniko import Cliniko

TEXT, MAYBE, WHOLE, TRUTH = str, (str, type(None)), int, bool
ONLINE = {
    "allow_bookings_days_in_advance": WHOLE,
    "allow_online_bookings_time_zone_choice": TRUTH,
    "booking_reservation_minutes": WHOLE,
    "calendar_info": MAYBE,
    "daily_bookings_limit": WHOLE,
    "disabled_text": MAYBE,
    "disabled_title": MAYBE,
    "enabled": TRUTH,
    "logo_url": MAYBE,
    "max_appointments_per_day_segment": WHOLE,
    "min_hours_advance_required_to_book": WHOLE,
    "min_hours_notice_for_patient_cancellation": WHOLE,
    "notice_enabled": TRUTH,
    "notice_text": MAYBE,
    "notice_title": MAYBE,
    "notify_practitioner_by_email": TRUTH,
    "notify_practitioner_by_sms": TRUTH,
    "policy": MAYBE,
    "practitioner_order": list,
    "privacy_policy_url": MAYBE,
    "require_patient_address": TRUTH,
    "show_appointment_duration": TRUTH,
    "show_prices": TRUTH,
}
# Every field of the vendor's document (https://docs.api.cliniko.com/openapi/settings) and its type.
PUBLIC = {
    "account": {
        "country": TEXT,
        "country_code": TEXT,
        "currency_symbol": TEXT,
        "has_time_travelers": TRUTH,
        "id": TEXT,
        "name": TEXT,
        "subdomain": TEXT,
        "time_zone_support": TRUTH,
    },
    "calendar": {
        "end_hour": WHOLE,
        "multiple_appointments_gap": TRUTH,
        "show_current_time_indicator": TRUTH,
        "start_hour": WHOLE,
        "timeslot_height_in_pixels": WHOLE,
        "timeslot_size_in_minutes": WHOLE,
    },
    "documents_and_printing": {"logo_height": WHOLE, "logo_url": MAYBE},
    "integrations": {"mail_chimp": dict, "xero": dict},
    "online_bookings": ONLINE,
    "online_payments": {"activated": TRUTH},
    "patient_custom_fields_definition": {"sections": list},
    "patient_privacy": {
        "browser_title_name_format": TEXT,
        "ical_patient_name_option": TEXT,
        "prevent_sending_financial_data_by_email": TRUTH,
        "requires_hipaa_compliance": TRUTH,
    },
    "reminders": {"default_reminder_type": TEXT},
    "sms": {
        "alphanumeric_source_number_required": TRUTH,
        "default_alphanumeric_source_number": TEXT,
        "max_message_length": (int, type(None)),
        "number_of_usable_characters_per_message": WHOLE,
        "replies_supported": TRUTH,
    },
    "terminology": {"patient": TEXT, "titles": list},
    "wait_list": {"default_wait_list_expiry_period": WHOLE},
}
PRIVATE = {
    "account": {"compliance": dict, "email_from": TEXT, "first_name": TEXT, "last_name": TEXT},
    "integrations": {"medipass": dict},
    "online_bookings": {"adroll": dict, "google_analytics": dict, "google_tag_manager": dict},
    "patient_privacy": {
        "anonymise_appointments_on_deletion": TRUTH,
        "anonymise_booking_notifications": TRUTH,
        "anonymise_invoices_and_payments_on_deletion": TRUTH,
        "baa_requested": TRUTH,
    },
}
ALL = {name: {**fields, **PRIVATE.get(name, {})} for name, fields in PUBLIC.items()}
OTHERS = ["bookkeeper", "power receptionist", "practitioner", "receptionist", "scheduler"]


def emulator(clinic):
    return clinic.sandbox.emulator(Cliniko)


@pytest.mark.parametrize(("path", "shape"), [("/settings", ALL), ("/settings/public", PUBLIC)])
def test_settings_have_every_field_of_the_vendors_document_and_its_type(seeded, path, shape):
    said = seeded.get(path)
    assert said.keys() == shape.keys()
    for section, fields in shape.items():
        assert said[section].keys() == fields.keys()
        for name, kind in fields.items():
            value = said[section][name]
            assert isinstance(value, kind), name
            assert isinstance(value, bool) is (kind is TRUTH), name


def test_objects_inside_the_settings_are_whole(seeded):
    said = seeded.get("/settings")
    assert said["account"]["compliance"] == {
        "has_hipaa_compliance_conflicts": False,
        "hipaa_compliance-conflict_messages": [],
    }
    assert said["integrations"] == {name: {"enabled": False} for name in ("mail_chimp", "medipass", "xero")}
    online = said["online_bookings"]
    assert online["adroll"] == {"advertiser_id": None, "pixel_id": None}
    assert (online["google_analytics"], online["google_tag_manager"]) == ({"tracking_id": None}, {"container_id": None})
    for section in said["patient_custom_fields_definition"]["sections"]:
        assert section.keys() == {"name", "token", "archived", "fields"}
        for field in section["fields"]:
            more = {"options", "other"} if field["type"] in {"checkboxes", "radiobuttons"} else set()
            assert field.keys() == {"name", "token", "archived", "type"} | more


def test_the_public_settings_are_a_part_of_all_of_them(seeded):
    whole, public = seeded.get("/settings"), seeded.get("/settings/public")
    for section, said in public.items():
        assert said == {name: whole[section][name] for name in PUBLIC[section]}


def test_the_settings_name_the_keys_user_and_the_practitioners_who_can_be_booked_online(seeded):
    said, me = seeded.get("/settings"), seeded.get("/user")
    assert {name: said["account"][name] for name in ("first_name", "last_name")} == {
        name: me[name] for name in ("first_name", "last_name")
    }
    wanted = seeded.ids("/practitioners", "show_in_online_bookings:=true")
    assert said["online_bookings"]["practitioner_order"] == wanted
    assert len(said["account"]["id"]) == 19


@pytest.mark.parametrize("role", OTHERS)
def test_only_an_administrator_sees_all_settings(clinic, role):
    emulator(clinic).role = role
    assert clinic.get("/user")["role"] == role
    answer = clinic.ask("GET", "/settings")
    assert (answer.status_code, answer.json()) == (403, {"status": "403", "error": "Forbidden"})
    assert clinic.get("/settings/public").keys() == PUBLIC.keys()
    assert clinic.ask("GET", "/patients").status_code == 200
    emulator(clinic).role = "administrator"
    assert clinic.get("/settings").keys() == ALL.keys()


def test_a_role_must_be_one_of_the_vendors(clinic):
    with pytest.raises(ValueError, match="role must be one of administrator, bookkeeper"):
        emulator(clinic).role = "owner"
    assert emulator(clinic).role == "administrator"
    assert clinic.get("/user")["role"] == "administrator"


@pytest.mark.parametrize(
    ("name", "value", "shown", "said"),
    [
        ("enabled", False, "enabled", False),
        ("lead_time_hours", 48, "min_hours_advance_required_to_book", 48),
        ("days_ahead", 28, "allow_bookings_days_in_advance", 28),
        ("max_per_day_segment", 3, "max_appointments_per_day_segment", 3),
        ("max_per_day_segment", None, "max_appointments_per_day_segment", 0),
    ],
)
@pytest.mark.parametrize("path", ["/settings", "/settings/public"])
def test_what_the_sandbox_honours_is_what_the_settings_show(clinic, path, name, value, shown, said):  # noqa: PLR0917
    setattr(emulator(clinic).online_bookings, name, value)
    assert clinic.get(path)["online_bookings"][shown] == said


@pytest.mark.parametrize("last", ["available_times", "next_available_time"])
def test_without_online_bookings_nothing_is_available(clinic, last):
    path = (
        f"/businesses/{clinic.business()}/practitioners/{clinic.practitioner()}"
        f"/appointment_types/{clinic.kind()}/{last}"
    )
    query = {"from": "2026-03-16", "to": "2026-03-16"}
    assert clinic.ask("GET", path, **query).status_code == 200
    emulator(clinic).online_bookings.enabled = False
    answer = clinic.ask("GET", path, **query)
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)
    assert clinic.book()["id"]


# --- services


def link(clinic, resource, id_):
    return {"links": {"self": f"{clinic.base}/{resource}/{id_}"}}


def matrix(clinic, path="/services"):
    said = clinic.get(path, per_page=100)
    assert said["total_entries"] == len(said["services"])
    found = {}
    for row in said["services"]:
        assert row.keys() == {"appointment_type", "business", "practitioners"}
        ids = [row[name]["links"]["self"].rpartition("/")[2] for name in ("business", "appointment_type")]
        assert row["business"] == link(clinic, "businesses", ids[0])
        assert row["appointment_type"] == link(clinic, "appointment_types", ids[1])
        found[tuple(ids)] = [one["links"]["self"].rpartition("/")[2] for one in row["practitioners"]]
    assert len(found) == len(said["services"])
    return found


def test_services_say_which_type_is_offered_where_and_by_whom(seeded):
    found = matrix(seeded)
    assert len(found) == 3 * 6
    who = {
        "Riverbend Clinic": ["Raman", "Okafor", "Haddad", "Bergqvist"],
        "Hillside Rooms": ["Okafor", "Haddad"],
        "Island Practice": ["Castellanos"],
    }
    for business, names in who.items():
        for kind in ("Standard consultation", "Exercise group", "Report writing"):
            wanted = [seeded.practitioner(name) for name in names]
            assert found[seeded.business(business), seeded.kind(kind)] == wanted
    assert not any(seeded.kind("Assessment 2019") in pair for pair in found)
    assert not any(seeded.business("Old Wharf Clinic") in pair for pair in found)


def test_services_of_one_business(seeded):
    business = seeded.business("Hillside Rooms")
    whole = matrix(seeded)
    assert matrix(seeded, f"/businesses/{business}/services") == {
        pair: who for pair, who in whole.items() if pair[0] == business
    }
    for wrong in ("1", seeded.business("Old Wharf Clinic")):
        assert seeded.ask("GET", f"/businesses/{wrong}/services").json() == NOT_FOUND


def test_services_follow_what_is_offered(clinic):
    kind, business = clinic.kind(), clinic.business()
    clinic.ask("PATCH", f"/appointment_types/{kind}", json={"practitioner_ids": [clinic.practitioner("Okafor")]})
    assert matrix(clinic)[business, kind] == [clinic.practitioner("Okafor")]
    clinic.ask("PATCH", f"/appointment_types/{kind}", json={"practitioner_ids": []})
    assert matrix(clinic)[business, kind] == []
    clinic.ask("PATCH", f"/appointment_types/{kind}", json={"business_ids": [clinic.business("Hillside Rooms")]})
    assert (business, kind) not in matrix(clinic)
    clinic.ask("POST", f"/appointment_types/{kind}/archive")
    assert not any(kind in pair for pair in matrix(clinic))


def test_services_come_in_pages_and_cannot_be_filtered(seeded):
    said = seeded.get("/services", per_page=10)
    assert (len(said["services"]), said["total_entries"]) == (10, 18)
    more = seeded.http.get(said["links"]["next"]).json()
    assert len(more["services"]) == 8
    assert "next" not in more["links"]
    answer = seeded.ask("GET", "/services", f"business_id:={seeded.business()}")
    assert (answer.status_code, answer.json()) == (400, {"message": "business_id is not filterable"})


# --- users


def test_users_can_be_listed_and_found(seeded):
    found = seeded.get("/users")["users"]
    assert [row["role"] for row in found] == ["administrator", *["practitioner"] * 6]
    assert seeded.ids("/users", f"id:={found[2]['id']}") == [found[2]["id"]]
    assert seeded.ids("/users", "created_at:<2020-01-01T00:00:00Z") == []
    assert len(seeded.ids("/users", "updated_at:?")) == 7
    assert seeded.ids("/users", sort="id:desc")[0] == found[-1]["id"]
    assert seeded.ask("GET", "/users", "role:=administrator").json() == {"message": "role is not filterable"}
    assert seeded.ask("GET", "/users/1").json() == NOT_FOUND
