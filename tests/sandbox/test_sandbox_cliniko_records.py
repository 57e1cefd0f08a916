"""Cliniko: the fields of all records; patients, businesses, practitioners, appointment types, hours and users."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

BLANK = "can’t be blank"  # noqa: RUF001 - the vendor writes U+2019
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

# Every field of the vendor's document (https://docs.api.cliniko.com), those links apart that are left out when unset.
FIELDS = {
    "appointment_types": """add_deposit_to_account_credit appointment_confirmation_template_ids
        appointment_follow_up_template_ids appointment_reminder_template_ids appointment_type_billable_items
        appointment_type_products archived_at category color created_at deposit_price description duration_in_minutes
        id links max_attendees name online_bookings_lead_time_hours online_payments_enabled online_payments_mode
        practitioners show_in_online_bookings telehealth_enabled updated_at""",
    "businesses": """additional_information additional_invoice_information address_1 address_2
        appointment_reminders_enabled appointment_type_ids appointments archived_at business_name
        business_registration_name business_registration_value city contact_information country country_code created_at
        deleted_at display_name email_reply_to id label links post_code practitioners show_in_online_bookings state
        time_zone time_zone_identifier updated_at website_address""",
    "practitioners": """active appointment_types appointments created_at default_appointment_type description
        designation display_name first_name id invoices label last_name links practitioner_reference_numbers
        show_in_online_bookings title updated_at user""",
    "patients": """accepted_email_marketing accepted_privacy_policy accepted_sms_marketing address_1 address_2
        address_3 appointment_notes appointments archived_at attendees city country country_code created_at
        custom_fields date_of_birth deleted_at dva_card_number email emergency_contact first_name gender
        gender_identity id invoice_default_to invoice_email invoice_extra_information invoices label last_name
        links medical_alerts medicare medicare_reference_number merged_at notes occupation
        old_reference_id patient_attachments patient_phone_numbers post_code preferred_first_name pronouns
        receives_cancellation_emails receives_confirmation_emails referral_source relationships reminder_type sex
        state time_zone title updated_at""",
    "group_appointments": """appointment_type archived_at attendees business conflicts created_at deleted_at ends_at id
        links max_attendees notes patient_ids practitioner repeat_rule repeats starts_at telehealth_url updated_at""",
    "attendees": """archived_at arrived booking booking_ip_address cancellation_note cancellation_reason
        cancellation_reason_description cancellation_url cancelled_at created_at deleted_at email_reminder_sent id
        invoice_status invoices links notes online_booking_policy_accepted patient patient_forms
        sent_email_follow_ups_count sent_email_reminders_count sent_sms_follow_ups_count sent_sms_reminders_count
        sms_reminder_sent telehealth_url treatment_note_status updated_at""",
    "unavailable_blocks": """archived_at business conflicts created_at deleted_at ends_at id links notes practitioner
        repeat_rule repeats starts_at updated_at""",
    "unavailable_block_types": """archived_at color created_at duration_in_minutes id links name system_controlled
        updated_at""",
    "availability_blocks": """business created_at ends_at id links practitioner repeat_rule starts_at updated_at""",
    "patient_cases": """archived_at attendee_ids attendees bookings closed closed_at created_at expiry_date id
        include_cancelled_attendees include_dna_attendees invoices issue_date links max_invoiceable_amount max_sessions
        name notes patient patient_attachments referral referral_type updated_at""",
    "daily_availabilities": """availabilities business created_at day_of_week id links practitioner time_zone
        time_zone_identifier updated_at""",
    "users": """active created_at email first_name id last_name links phone_numbers role time_zone
        time_zone_identifier title updated_at user_active""",
}


UNSET = {"latest_booking", "patient_case", "repeated_from", "unavailable_block_type"}


@pytest.mark.parametrize("resource", FIELDS)
def test_records_have_every_field_of_the_vendors_document(seeded, resource):
    for row in seeded.get(f"/{resource}", per_page=100)[resource]:
        assert row.keys() - UNSET == set(FIELDS[resource].split())
        assert re.fullmatch(r"[0-9]{19}", row["id"])
        assert WHEN.fullmatch(row["created_at"])
        assert WHEN.fullmatch(row["updated_at"])
        assert row["links"] == {"self": f"{seeded.base}/{resource}/{row['id']}"}
        assert seeded.get(f"/{resource}/{row['id']}") == row


def test_links_to_many_are_written_in_the_vendors_three_ways(seeded):
    id_ = seeded.patient()
    patient = seeded.get(f"/patients/{id_}")
    assert patient["attendees"]["links"]["self"] == f"{seeded.base}/attendees?q%5B%5D=patient_id%3A%3D{id_}"
    assert patient["invoices"]["links"]["self"] == f"{seeded.base}/patients/{id_}/invoices"


# --- patients


def create(clinic, resource="patients", **body):
    return clinic.ask("POST", f"/{resource}", json=body)


def test_a_patient_needs_two_names_only(clinic):
    answer = create(clinic, first_name="Nia", last_name="Adeyemi")
    assert answer.status_code == 201
    said = answer.json()
    assert said.keys() == set(FIELDS["patients"].split())
    assert (said["label"], said["email"], said["notes"], said["patient_phone_numbers"]) == ("Nia Adeyemi", None, "", [])
    assert answer.headers["location"] == f"{clinic.sandbox.url}/cliniko/patients/{said['id']}"
    assert clinic.get(f"/patients/{said['id']}") == said
    assert clinic.ids("/patients")[-1] == said["id"]
    assert clinic.sandbox.ledger.created("patients") == [said["id"]]


def test_what_a_patient_is_given_is_kept(clinic):
    body = {
        "first_name": "Nia",
        "last_name": "Adeyemi",
        "email": "nia@example.com",
        "date_of_birth": "1990-02-28",
        "accepted_privacy_policy": True,
        "reminder_type": "SMS",
        "country_code": "NZ",
        "notes": "knee",
        "old_reference_id": 77,
        "pronouns": dict.fromkeys(
            ["accusative", "nominative", "predicative_possessive", "pronominal_possessive", "reflexive"], "x"
        ),
        "custom_fields": {"sections": [{"token": "t", "fields": []}]},
        "patient_phone_numbers": [{"number": "0491 570 006", "phone_type": "Home"}, {"number": "+64 21 555"}],
    }
    said = create(clinic, **body).json()
    phones = [
        {"number": "0491 570 006", "normalized_number": "61491570006", "phone_type": "Home"},
        {"number": "+64 21 555", "normalized_number": "6421555", "phone_type": "Mobile"},
    ]
    assert {**said, **body, "old_reference_id": "77", "patient_phone_numbers": phones} == said


def test_read_only_and_unknown_fields_are_ignored(clinic):
    said = create(
        clinic, first_name="A", last_name="B", id="1", gender="x", archived_at="x", shoe_size=9, label="C"
    ).json()
    assert said["id"] != "1"
    assert (said["gender"], said["archived_at"], said["label"]) == (None, None, "A B")
    assert "shoe_size" not in said


PATIENT_ERRORS = [
    ({"first_name": None}, {"first_name": BLANK}),
    ({"last_name": ""}, {"last_name": BLANK}),
    ({"first_name": "x" * 256}, {"first_name": "is too long (maximum is 255 characters)"}),
    ({"first_name": {"a": 1}}, {"first_name": "is invalid"}),
    ({"email": "nobody"}, {"email": "is invalid"}),
    ({"email": "a@example.c0m"}, {"email": "is invalid"}),
    ({"date_of_birth": "1990-02-30"}, {"date_of_birth": "is invalid"}),
    ({"date_of_birth": 19900228}, {"date_of_birth": "is invalid"}),
    ({"reminder_type": "Pigeon"}, {"reminder_type": "is not included in the list"}),
    ({"accepted_privacy_policy": "yes"}, {"accepted_privacy_policy": "is not included in the list"}),
    ({"patient_phone_numbers": "0491"}, {"patient_phone_numbers": "is invalid"}),
    ({"patient_phone_numbers": ["0491"]}, {"patient_phone_numbers": "is invalid"}),
    ({"patient_phone_numbers": [{"phone_type": "Home"}]}, {"patient_phone_numbers": BLANK}),
    (
        {"patient_phone_numbers": [{"number": "1", "phone_type": "Fux"}]},
        {"patient_phone_numbers": "is not included in the list"},
    ),
    ({"pronouns": {"nominative": "they"}}, {"pronouns": BLANK}),
    ({"pronouns": "they"}, {"pronouns": "is invalid"}),
    ({"custom_fields": []}, {"custom_fields": "is invalid"}),
    ({"dva_card_number": "123"}, {"dva_card_number": "is invalid"}),
    ({"referring_doctor_id": "me"}, {"referring_doctor_id": "is invalid"}),
]


@pytest.mark.parametrize(("change", "errors"), PATIENT_ERRORS)
def test_what_is_wrong_with_a_patient_is_said(clinic, change, errors):
    id_ = clinic.patient()
    before = clinic.get(f"/patients/{id_}")
    for answer in (
        create(clinic, **{"first_name": "Nia", "last_name": "Adeyemi", **change}),
        clinic.ask("PATCH", f"/patients/{id_}", json=change),
    ):
        assert (answer.status_code, answer.json()) == (422, {"message": "Validation Failed", "errors": errors})
    assert list(clinic.sandbox.ledger) == []
    assert clinic.get(f"/patients/{id_}") == before


def test_changing_a_patient_touches_only_what_is_named(clinic):
    id_ = clinic.patient()
    before = clinic.get(f"/patients/{id_}")
    clinic.sandbox.clock.advance(timedelta(seconds=1))
    said = clinic.ask("PATCH", f"/patients/{id_}", json={"email": "", "patient_phone_numbers": None}).json()
    assert said == {**before, "email": "", "patient_phone_numbers": [], "updated_at": "2026-03-02T22:00:01Z"}
    assert [entry.action for entry in clinic.sandbox.ledger] == ["update"]


def test_a_new_name_is_on_the_appointments_at_once(clinic):
    id_, booked = clinic.patient(), clinic.book()
    clinic.ask("PATCH", f"/patients/{id_}", json={"last_name": "Parker"})
    assert clinic.get(f"/individual_appointments/{booked['id']}")["patient_name"] == "Ada Parker"


@pytest.mark.parametrize(("said", "accepts"), [(True, False), (False, True), (None, True)])
def test_unsubscribing_is_written_and_not_read(clinic, said, accepts):
    id_ = clinic.patient()
    answer = clinic.ask("PATCH", f"/patients/{id_}", json={"unsubscribe_sms_marketing": said}).json()
    assert answer["accepted_sms_marketing"] is accepts
    assert "unsubscribe_sms_marketing" not in answer


def test_optional_links_appear_when_set(clinic):
    id_ = clinic.patient("Kofi")
    said = clinic.ask("PATCH", f"/patients/{id_}", json={"referring_doctor_id": 5, "concession_type_id": "6"}).json()
    assert said["referring_doctor"] == {"links": {"self": f"{clinic.base}/contacts/5"}}
    assert said["concession_type"] == {"links": {"self": f"{clinic.base}/concession_types/6"}}
    assert "referring_doctor_id" not in said


ARCHIVING = [("patients", "Ada"), ("businesses", "Riverbend Clinic"), ("appointment_types", "Standard consultation")]


def some(clinic, resource):
    return {"patients": clinic.patient, "businesses": clinic.business, "appointment_types": clinic.kind}[resource]()


@pytest.mark.parametrize("resource", ["patients", "businesses", "appointment_types"])
@pytest.mark.parametrize(("method", "suffix"), [("POST", "/archive"), ("DELETE", "")])
def test_archiving_hides_and_its_second_time_finds_nothing(clinic, resource, method, suffix):
    id_ = some(clinic, resource)
    before = clinic.get(f"/{resource}/{id_}")
    answer = clinic.ask(method, f"/{resource}/{id_}{suffix}")
    assert (answer.status_code, answer.content) == (204, b"")
    for again in (("GET", ""), ("PATCH", ""), ("POST", "/archive"), ("DELETE", "")):
        assert clinic.ask(again[0], f"/{resource}/{id_}{again[1]}").status_code == 404
    times = {name: "2026-03-02T22:00:00Z" for name in ("archived_at", "deleted_at", "updated_at") if name in before}
    assert clinic.get(f"/{resource}/{id_}", "archived_at:*") == {**before, **times}
    assert [(entry.action, entry.resource, entry.id) for entry in clinic.sandbox.ledger] == [("archive", resource, id_)]


@pytest.mark.parametrize("resource", ["patients", "businesses"])
def test_unarchiving_brings_back(clinic, resource):
    id_ = some(clinic, resource)
    before = clinic.get(f"/{resource}/{id_}")
    clinic.ask("POST", f"/{resource}/{id_}/archive")
    clinic.sandbox.clock.advance(timedelta(minutes=1))
    answer = clinic.ask("POST", f"/{resource}/{id_}/unarchive")
    assert answer.status_code == 200
    assert answer.json() == {**before, "updated_at": "2026-03-02T22:01:00Z"} == clinic.get(f"/{resource}/{id_}")
    again = clinic.ask("POST", f"/{resource}/{id_}/unarchive")
    assert (again.status_code, again.json()) == (200, answer.json())
    assert [entry.action for entry in clinic.sandbox.ledger] == ["archive", "unarchive"]
    assert clinic.ask("POST", f"/{resource}/1/unarchive").status_code == 404


def test_an_archived_patient_keeps_the_appointments(clinic):
    booked = clinic.book()
    clinic.ask("POST", f"/patients/{clinic.patient()}/archive")
    assert clinic.get(f"/individual_appointments/{booked['id']}") == booked


# --- businesses


def test_the_businesses_are_in_zones_of_their_own(seeded):
    rows = seeded.get("/businesses", "archived_at:*")["businesses"]
    assert {row["time_zone"]: row["time_zone_identifier"] for row in rows} == {
        "Sydney": "Australia/Sydney",
        "Adelaide": "Australia/Adelaide",
        "Lord Howe": "Australia/Lord_Howe",
        "Perth": "Australia/Perth",
    }
    assert all(ZoneInfo(row["time_zone_identifier"]) for row in rows)


@pytest.mark.parametrize(
    ("body", "label", "name"),
    [
        ({"time_zone": "Perth"}, "Perth", "Australia/Perth"),
        ({"time_zone_identifier": "Europe/Dublin"}, "Dublin", "Europe/Dublin"),
        ({"time_zone_identifier": "Antarctica/Troll"}, None, "Antarctica/Troll"),
        ({"time_zone": "Perth", "time_zone_identifier": "Europe/Dublin"}, "Perth", "Australia/Perth"),
    ],
)
def test_of_label_and_identifier_the_label_wins(clinic, body, label, name):
    said = clinic.ask("PATCH", f"/businesses/{clinic.business()}", json=body).json()
    assert (said["time_zone"], said["time_zone_identifier"]) == (label, name)


def test_a_business_without_a_zone_keeps_the_accounts_time(clinic):
    business = clinic.business("Hillside Rooms")
    clinic.ask("PATCH", f"/businesses/{business}", json={"time_zone": None, "time_zone_identifier": None})
    path = f"/businesses/{business}/practitioners/{clinic.practitioner('Okafor')}/appointment_types/{clinic.kind()}"
    said = clinic.get(f"{path}/next_available_time", **{"from": "2026-03-17", "to": "2026-03-17"})
    assert said["appointment_start"] == "2026-03-16T22:00:00Z"


def test_a_business_can_be_made(clinic):
    said = create(clinic, "businesses", business_name="Quay Rooms").json()
    assert said.keys() == set(FIELDS["businesses"].split())
    assert (said["label"], said["time_zone_identifier"], said["appointment_type_ids"]) == (
        "Quay Rooms",
        "Australia/Sydney",
        [],
    )
    assert create(clinic, "businesses").json()["errors"] == {"business_name": BLANK}


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"time_zone": "Atlantis"}, {"time_zone": "is not included in the list"}),
        ({"time_zone_identifier": "Atlantis/Capital"}, {"time_zone_identifier": "is not included in the list"}),
        ({"time_zone_identifier": "../etc"}, {"time_zone_identifier": "is not included in the list"}),
        ({"appointment_type_ids": ["a"]}, {"appointment_type_ids": "is invalid"}),
        (
            {"additional_information": "x" * 5001},
            {"additional_information": "is too long (maximum is 5000 characters)"},
        ),
    ],
)
def test_what_is_wrong_with_a_business_is_said(clinic, change, errors):
    answer = clinic.ask("PATCH", f"/businesses/{clinic.business()}", json=change)
    assert (answer.status_code, answer.json()["errors"]) == (422, errors)


# --- appointment types


def test_the_types_differ_as_they_should(seeded):
    rows = {row["name"]: row for row in seeded.get("/appointment_types", "archived_at:*")["appointment_types"]}
    assert {row["duration_in_minutes"] for row in rows.values()} == {30, 45, 60}
    assert [name for name, row in rows.items() if row["max_attendees"] == 6] == ["Exercise group"]
    assert [name for name, row in rows.items() if row["telehealth_enabled"]] == ["Video review"]
    assert [name for name, row in rows.items() if not row["show_in_online_bookings"]] == ["Report writing"]
    assert [name for name, row in rows.items() if row["archived_at"]] == ["Assessment 2019"]


def test_a_type_can_be_made_and_given_to_businesses_and_practitioners(clinic):
    body = {"name": "Massage", "duration_in_minutes": 20, "deposit_price": 12.5, "treatment_note_template_id": "9"}
    where = {"business_ids": [clinic.business()], "practitioner_ids": [clinic.practitioner()]}
    said = create(clinic, "appointment_types", **body, **where).json()
    assert said.keys() == set(FIELDS["appointment_types"].split()) | {"treatment_note_template"}
    assert said["treatment_note_template"] == {"links": {"self": f"{clinic.base}/treatment_note_templates/9"}}
    assert (said["deposit_price"], said["max_attendees"]) == ("12.5", 1)
    assert said["id"] in clinic.get(f"/businesses/{clinic.business()}")["appointment_type_ids"]
    assert said["id"] not in clinic.get(f"/businesses/{clinic.business('Hillside Rooms')}")["appointment_type_ids"]
    assert clinic.ids(f"/appointment_types/{said['id']}/practitioners") == [clinic.practitioner()]
    assert said["id"] in clinic.ids(f"/practitioners/{clinic.practitioner()}/appointment_types")
    assert said["id"] not in clinic.ids(f"/practitioners/{clinic.practitioner('Okafor')}/appointment_types")


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"name": None}, {"name": BLANK}),
        ({"duration_in_minutes": 0}, {"duration_in_minutes": "must be greater than 0"}),
        ({"duration_in_minutes": 1440}, {"duration_in_minutes": "must be less than 1440"}),
        ({"duration_in_minutes": "long"}, {"duration_in_minutes": "is not a number"}),
        ({"duration_in_minutes": True}, {"duration_in_minutes": "is not a number"}),
        ({"duration_in_minutes": None}, {"duration_in_minutes": BLANK}),
        ({"max_attendees": 100}, {"max_attendees": "must be less than 100"}),
        ({"color": "red"}, {"color": "is invalid"}),
        ({"deposit_price": "much"}, {"deposit_price": "is not a number"}),
        ({"deposit_price": "-1"}, {"deposit_price": "must be greater than or equal to 0"}),
        ({"deposit_price": 4000000000}, {"deposit_price": "must be less than 4000000000"}),
        ({"deposit_price": "NaN"}, {"deposit_price": "is not a number"}),
        ({"online_payments_mode": "cash"}, {"online_payments_mode": "is not included in the list"}),
        ({"online_bookings_lead_time_hours": 3}, {"online_bookings_lead_time_hours": "is not included in the list"}),
        ({"practitioner_ids": "all"}, {"practitioner_ids": "is invalid"}),
    ],
)
def test_what_is_wrong_with_a_type_is_said(clinic, change, errors):
    for answer in (
        create(clinic, "appointment_types", **{"name": "Massage", **change}),
        clinic.ask("PATCH", f"/appointment_types/{clinic.kind()}", json=change),
    ):
        assert (answer.status_code, answer.json()["errors"]) == (422, errors)
    assert list(clinic.sandbox.ledger) == []


def test_a_type_can_be_changed(clinic):
    said = clinic.ask("PATCH", f"/appointment_types/{clinic.kind()}", json={"duration_in_minutes": "40"}).json()
    assert said["duration_in_minutes"] == 40
    assert clinic.book()["ends_at"] == "2026-03-16T00:40:00Z"


# --- practitioners


def names(clinic, path, *filters):
    return [row["last_name"] for row in clinic.get(path, *filters, per_page=100)["practitioners"]]


ACTIVE = ["Raman", "Okafor", "Castellanos", "Haddad", "Bergqvist"]


@pytest.mark.parametrize(
    ("path", "filters", "found"),
    [
        ("/practitioners", [], ACTIVE),
        ("/practitioners/inactive", [], ["Brandt"]),
        ("/practitioners", ["active:=false"], []),
        ("/practitioners", ["show_in_online_bookings:=false"], ["Bergqvist"]),
        ("/practitioners", ["show_in_online_bookings:!=false"], ACTIVE[:4]),
        ("/appointment_types/{kind}/practitioners", [], ACTIVE),
        ("/appointment_types/{kind}/practitioners/inactive", [], ["Brandt"]),
        ("/businesses/{business}/practitioners", [], ["Raman", "Okafor", "Haddad", "Bergqvist"]),
        ("/businesses/{business}/practitioners/inactive", [], ["Brandt"]),
        ("/businesses/{other}/practitioners", [], ["Okafor", "Haddad"]),
        ("/businesses/{other}/practitioners/inactive", [], []),
        ("/businesses/{other}/practitioners", ["id:<1"], []),
    ],
)
def test_practitioners_are_listed_by_where_they_are(seeded, path, filters, found):
    ids = {"kind": seeded.kind(), "business": seeded.business(), "other": seeded.business("Hillside Rooms")}
    assert names(seeded, path.format(**ids), *filters) == found


def test_an_inactive_practitioner_can_still_be_fetched(seeded):
    said = seeded.get(f"/practitioners/{seeded.practitioner('Brandt')}")
    assert (said["active"], said["label"]) == (False, "Dr Ottilie Brandt")
    assert said["links"]["self"].endswith(f"/practitioners/{said['id']}")


def test_practitioners_are_users(seeded):
    for row in seeded.get("/practitioners")["practitioners"]:
        user = seeded.http.get(row["user"]["links"]["self"]).json()
        assert (user["first_name"], user["role"]) == (row["first_name"], "practitioner")
        assert names(seeded, "/practitioners", f"user_id:={user['id']}") == [row["last_name"]]
        assert seeded.http.get(row["default_appointment_type"]["links"]["self"]).status_code == 200


# --- weekly hours and users


def test_weekly_hours_are_told_by_day(seeded):
    practitioner = seeded.practitioner("Okafor")
    rows = seeded.get(f"/practitioners/{practitioner}/daily_availabilities")["daily_availabilities"]
    assert [(row["day_of_week"], row["time_zone_identifier"], len(row["availabilities"])) for row in rows] == [
        (1, "Australia/Sydney", 2),
        (3, "Australia/Sydney", 2),
        (5, "Australia/Sydney", 2),
        (2, "Australia/Adelaide", 1),
        (4, "Australia/Adelaide", 1),
    ]
    assert rows[0]["availabilities"] == [
        {"starts_at": "08:00", "ends_at": "12:00"},
        {"starts_at": "13:30", "ends_at": "18:00"},
    ]
    assert rows[0]["practitioner"] == {"links": {"self": f"{seeded.base}/practitioners/{practitioner}"}}


def test_weekly_hours_can_be_listed_by_business_and_filtered(seeded):
    business, practitioner = seeded.business("Hillside Rooms"), seeded.practitioner("Okafor")
    nested = seeded.ids(f"/businesses/{business}/daily_availabilities", f"practitioner_id:={practitioner}")
    assert nested == seeded.ids("/daily_availabilities", f"business_id:={business}", f"practitioner_id:={practitioner}")
    assert len(nested) == 2
    assert seeded.ask("GET", f"/businesses/{business}/daily_availabilities", "business_id:=1").status_code == 400
    assert (
        seeded.ask("GET", f"/practitioners/{practitioner}/daily_availabilities", "practitioner_id:=1").status_code
        == 400
    )


def test_sunday_is_0(seeded):
    rows = seeded.get("/daily_availabilities", f"practitioner_id:={seeded.practitioner('Haddad')}")[
        "daily_availabilities"
    ]
    nights = [
        row["day_of_week"] for row in rows if row["availabilities"] == [{"starts_at": "00:00", "ends_at": "06:00"}]
    ]
    assert nights == [0]


def test_the_key_belongs_to_an_administrator(seeded):
    me = seeded.get("/user")
    assert me["role"] == "administrator"
    assert me in seeded.get("/users")["users"]
    assert seeded.get(f"/users/{me['id']}") == me


# --- personal data that is made up


def test_the_patients_are_fiction(seeded):
    rows = seeded.get("/patients", "archived_at:*")["patients"]
    assert len(rows) == 12
    assert [row["email"] for row in rows if not row["email"]] == [""]
    assert all(row["email"].endswith("@example.com") for row in rows if row["email"])
    assert all(phone["normalized_number"].startswith("61") for row in rows for phone in row["patient_phone_numbers"])
