"""Cliniko: individual appointments, from booking to cancelling."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from apptsdk.sandbox.cliniko import Cliniko

PATH = "/individual_appointments"
BLANK = "can’t be blank"  # noqa: RUF001 - the vendor writes U+2019
INVALID = "is invalid"
FAR = "must be between 1970 and 3000"

# The fields of the vendor's document, and the shape of https://docs.api.cliniko.com/openapi/individual-appointment
SHAPE = {
    "appointment_type": "appointment_types",
    "archived_at": None,
    "attendees": "individual_appointments",
    "booking_ip_address": None,
    "business": "businesses",
    "cancellation_note": None,
    "cancellation_reason": None,
    "cancellation_reason_description": "",
    "cancelled_at": None,
    "conflicts": "individual_appointments",
    "created_at": "2026-03-02T22:00:00Z",
    "deleted_at": None,
    "did_not_arrive": False,
    "email_reminder_sent": False,
    "ends_at": "2026-03-16T00:30:00Z",
    "has_patient_appointment_notes": False,
    "invoice_status": None,
    "notes": None,
    "online_booking_policy_accepted": None,
    "patient": "patients",
    "patient_arrived": False,
    "patient_name": "Ada Park",
    "practitioner": "practitioners",
    "repeat_rule": {},
    "repeats": None,
    "sms_reminder_sent": False,
    "starts_at": "2026-03-16T00:00:00Z",
    "treatment_note_status": None,
    "updated_at": "2026-03-02T22:00:00Z",
}
LINKS = {"appointment_type", "attendees", "business", "conflicts", "patient", "practitioner"}


def ledger(clinic):
    return [(entry.action, entry.id) for entry in clinic.sandbox.ledger if entry.resource == PATH.strip("/")]


def test_a_booking_is_answered_with_the_whole_appointment(clinic):
    body = clinic.booking()
    answer = clinic.ask("POST", PATH, json=body)
    assert answer.status_code == 201
    said = answer.json()
    me = f"{clinic.base}{PATH}/{said['id']}"
    assert said.pop("links") == {"self": me}
    assert said.pop("telehealth_url").endswith(f"/appointments/{said['id']}/connect")
    assert {name: value for name, value in said.items() if name not in LINKS | {"id"}} == {
        name: value for name, value in SHAPE.items() if name not in LINKS
    }
    for name in LINKS - {"attendees", "conflicts"}:
        assert said[name] == {"links": {"self": f"{clinic.base}/{SHAPE[name]}/{body[f'{name}_id']}"}}
    assert said["attendees"] == {"links": {"self": f"{me}/attendees"}}
    assert said["conflicts"] == {"links": {"self": f"{me}/conflicts"}}
    # The vendor's Location has no version in it.
    assert answer.headers["location"] == f"{clinic.sandbox.url}/cliniko{PATH}/{said['id']}"
    assert clinic.get(f"{PATH}/{said['id']}")["starts_at"] == "2026-03-16T00:00:00Z"


def test_real_answers_begin_with_the_id_and_the_times(clinic):
    assert list(clinic.book())[:3] == ["id", "created_at", "updated_at"]


def test_ids_have_19_digits_grow_and_do_not_survive_a_double(clinic):
    ids = [clinic.book()["id"] for _ in range(3)]
    assert all(len(id_) == 19 for id_ in ids)
    assert ids == sorted(ids)
    assert all(int(float(id_)) != int(id_) for id_ in ids)


def test_a_booking_is_in_the_ledger_once(clinic):
    said = clinic.book()
    assert ledger(clinic) == [("create", said["id"])]
    (entry,) = clinic.sandbox.ledger
    assert (entry.provider, entry.at, entry.record) == ("cliniko", clinic.sandbox.clock.now(), said)
    assert clinic.sandbox.ledger.live("individual_appointments") == [said["id"]]


def test_ids_may_be_numbers(clinic):
    body = {name: int(value) if name.endswith("_id") else value for name, value in clinic.booking().items()}
    assert clinic.ask("POST", PATH, json=body).status_code == 201


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"starts_at": ...}, {"starts_at": BLANK}),
        ({"starts_at": None}, {"starts_at": BLANK}),
        ({"starts_at": "soon"}, {"starts_at": INVALID}),
        ({"starts_at": 1767225600}, {"starts_at": INVALID}),
        ({"starts_at": "1969-12-31T00:00:00Z"}, {"starts_at": FAR}),
        ({"starts_at": "9999-12-31T23:59:59Z"}, {"starts_at": FAR}),
        ({"starts_at": "soon", "ends_at": None}, {"starts_at": INVALID}),
        ({"starts_at": "soon", "ends_at": "late"}, {"starts_at": INVALID, "ends_at": INVALID}),
        ({"ends_at": "late"}, {"ends_at": INVALID}),
        ({"ends_at": ""}, {"ends_at": INVALID}),
        ({"ends_at": 17}, {"ends_at": INVALID}),
        ({"ends_at": []}, {"ends_at": INVALID}),
        ({"ends_at": False}, {"ends_at": INVALID}),
        ({"ends_at": "3000-01-01T00:00:01Z"}, {"ends_at": FAR}),
        ({"patient_id": ...}, {"patient": BLANK}),
        ({"patient_id": "1"}, {"patient": BLANK}),
        ({"patient_id": 1.5}, {"patient": BLANK}),
        ({"patient_id": True}, {"patient": BLANK}),
        ({"patient_id": "9" * 30}, {"patient": BLANK}),
        ({"patient_id": "archived"}, {"patient": BLANK}),
        ({"practitioner_id": "1"}, {"practitioner": BLANK}),
        ({"practitioner_id": "inactive"}, {"practitioner": BLANK}),
        ({"business_id": None}, {"business": BLANK}),
        ({"business_id": "archived"}, {"business": BLANK}),
        ({"appointment_type_id": ...}, {"appointment_type": BLANK}),
        ({"appointment_type_id": "1"}, {"max_attendees": "is not a number"}),
        ({"appointment_type_id": "archived"}, {"max_attendees": "is not a number"}),
        ({"appointment_type_id": "group"}, {"max_attendees": "must be equal to 1"}),
        ({"ends_at": "2026-03-16T00:00:00Z"}, {"ends_at": "must be after starts_at"}),
        ({"notes": ["x"]}, {"notes": "is invalid"}),
        (
            {"repeat_rule": {"repeat_type": "Yearly", "number_of_repeats": 1}},
            {"repeat_type": "is not included in the list"},
        ),
        ({"repeat_rule": {"repeat_type": "Daily"}}, {"number_of_repeats": BLANK}),
        ({"repeat_rule": {"repeat_type": "Daily", "number_of_repeats": None}}, {"number_of_repeats": BLANK}),
        (
            {"repeat_rule": {"repeat_type": "Daily", "number_of_repeats": 52}},
            {"number_of_repeats": "must be less than 52"},
        ),
        (
            {"repeat_rule": {"repeat_type": "Daily", "number_of_repeats": 0}},
            {"number_of_repeats": "must be greater than 0"},
        ),
        ({"repeat_rule": {"repeat_type": "Daily", "number_of_repeats": "x"}}, {"number_of_repeats": "is not a number"}),
        (
            {"repeat_rule": {"repeat_type": "Daily", "number_of_repeats": 1, "repeating_interval": 101}},
            {"repeating_interval": "must be less than 101"},
        ),
        ({"starts_at": ..., "patient_id": ...}, {"starts_at": BLANK, "patient": BLANK}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(clinic, change, errors):
    named = {
        ("patient_id", "archived"): lambda: clinic.patient("Lena"),
        ("practitioner_id", "inactive"): lambda: clinic.practitioner("Brandt"),
        ("business_id", "archived"): lambda: clinic.business("Old Wharf Clinic"),
        ("appointment_type_id", "archived"): lambda: clinic.kind("Assessment 2019"),
        ("appointment_type_id", "group"): lambda: clinic.kind("Exercise group"),
    }
    body = clinic.booking()
    for name, value in change.items():
        body[name] = named[name, value]() if isinstance(value, str) and (name, value) in named else value
    body = {name: value for name, value in body.items() if value is not ...}
    answer = clinic.ask("POST", PATH, json=body)
    assert (answer.status_code, answer.json()) == (422, {"message": "Validation Failed", "errors": errors})
    assert ledger(clinic) == []


def test_a_repeat_rule_that_is_no_object_is_refused_without_a_field(clinic):
    answer = clinic.ask("POST", PATH, json=clinic.booking(repeat_rule="weekly"))
    assert (answer.status_code, answer.json()) == (422, {"message": "must be an object"})


def test_an_empty_body_lacks_everything(clinic):
    errors = clinic.ask("POST", PATH).json()["errors"]
    assert errors == dict.fromkeys(["appointment_type", "business", "patient", "practitioner", "starts_at"], BLANK)


@pytest.mark.parametrize(
    ("starts_at", "stored"),
    [
        ("2026-03-16T00:00:00Z", "2026-03-16T00:00:00Z"),
        ("2026-03-16T00:00:00.999Z", "2026-03-16T00:00:00Z"),
        ("2026-03-16T11:00:00+11:00", "2026-03-16T00:00:00Z"),
        ("2026-03-16T11:00:00", "2026-03-16T00:00:00Z"),  # a trap: without an offset it is the account's zone
    ],
)
def test_times_are_stored_in_utc_and_whole_seconds(clinic, starts_at, stored):
    assert clinic.book(starts_at)["starts_at"] == stored


@pytest.mark.parametrize(
    ("kind", "ends_at", "stored"),
    [
        ("Standard consultation", ..., "2026-03-16T00:30:00Z"),
        ("Extended consultation", None, "2026-03-16T00:45:00Z"),
        ("Initial consultation", None, "2026-03-16T01:00:00Z"),
        ("Standard consultation", "2026-03-16T03:00:00Z", "2026-03-16T03:00:00Z"),
    ],
)
def test_the_end_is_computed_from_the_type_if_it_is_not_said(clinic, kind, ends_at, stored):
    other = {} if ends_at is ... else {"ends_at": ends_at}
    assert clinic.book(appointment_type_id=clinic.kind(kind), **other)["ends_at"] == stored


def test_double_booking_and_the_past_and_the_night_are_accepted(clinic):
    for starts_at in ("2026-03-16T00:00:00Z", "2026-03-16T00:00:00Z", "2020-01-01T00:00:00Z", "2026-03-16T16:00:00Z"):
        clinic.book(starts_at)
    assert len(clinic.sandbox.ledger.live("individual_appointments")) == 4


def conflict(clinic, id_):
    said = clinic.get(f"{PATH}/{id_}/conflicts")
    assert said.keys() == {"conflicts"}
    assert said["conflicts"].keys() == {"exist"}
    return said["conflicts"]["exist"]


def test_conflicts_are_the_practitioners_overlaps(clinic):
    first = clinic.book()["id"]
    assert conflict(clinic, first) is False
    touching = clinic.book("2026-03-16T00:30:00Z")["id"]
    other_practitioner = clinic.book(practitioner_id=clinic.practitioner("Okafor"))["id"]
    assert not any(conflict(clinic, id_) for id_ in (first, touching, other_practitioner))
    inside = clinic.book("2026-03-16T00:10:00Z", business_id=clinic.business("Hillside Rooms"))["id"]
    assert [conflict(clinic, id_) for id_ in (first, touching, inside)] == [True, True, True]
    clinic.ask("PATCH", f"{PATH}/{inside}/cancel", json={"cancellation_reason": 50})
    assert [conflict(clinic, id_) for id_ in (first, touching)] == [False, False]
    assert clinic.ask("GET", f"{PATH}/{inside}/conflicts").status_code == 404


def test_conflicts_follow_an_appointment_that_moves(clinic):
    first, second = clinic.book()["id"], clinic.book("2026-03-20T00:00:00Z")["id"]
    times = {"starts_at": "2026-03-16T00:15:00Z", "ends_at": None}
    assert clinic.ask("PATCH", f"{PATH}/{second}", json=times).status_code == 200
    assert conflict(clinic, first)
    clinic.ask("PATCH", f"{PATH}/{second}", json={"practitioner_id": clinic.practitioner("Okafor")})
    assert not conflict(clinic, first)
    assert not conflict(clinic, second)


def test_conflicts_are_seen_across_very_long_appointments(clinic):
    first = clinic.book()["id"]
    clinic.book("2025-01-01T00:00:00Z", ends_at="2030-01-01T00:00:00Z")
    assert conflict(clinic, first)


def test_a_very_long_appointment_does_not_fill_the_index_of_days(clinic):
    days = clinic.sandbox.emulator(Cliniko)._account.world._days
    before = len(days)
    clinic.book("2026-03-16T00:00:00Z", ends_at="2990-01-01T00:00:00Z")
    assert len(days) == before


def test_a_change_touches_only_what_it_names(clinic):
    said = clinic.book(notes="knee", patient_case_id=(case := clinic.case()))
    assert said["patient_case"] == {"links": {"self": f"{clinic.base}/patient_cases/{case}"}}
    clinic.sandbox.clock.advance(timedelta(minutes=5))
    other = clinic.patient("Bilal")
    answer = clinic.ask("PATCH", f"{PATH}/{said['id']}", json={"patient_id": other, "id": "1", "cancelled_at": "x"})
    assert answer.status_code == 200
    changes = {
        "patient": {"links": {"self": f"{clinic.base}/patients/{other}"}},
        "patient_name": "Bilal Osei",
        "updated_at": "2026-03-02T22:05:00Z",
    }
    assert answer.json() == {**said, **changes}
    assert ledger(clinic) == [("create", said["id"]), ("update", said["id"])]


@pytest.mark.parametrize(
    ("body", "starts_at", "ends_at"),
    [
        ({"starts_at": "2026-03-16T00:10:00Z"}, "2026-03-16T00:10:00Z", "2026-03-16T00:30:00Z"),
        ({"starts_at": "2026-03-17T00:00:00Z", "ends_at": None}, "2026-03-17T00:00:00Z", "2026-03-17T00:30:00Z"),
        ({"ends_at": None}, "2026-03-16T00:00:00Z", "2026-03-16T00:30:00Z"),
        ({"ends_at": "2026-03-16T02:00:00Z"}, "2026-03-16T00:00:00Z", "2026-03-16T02:00:00Z"),
        ({}, "2026-03-16T00:00:00Z", "2026-03-16T00:30:00Z"),
    ],
)
def test_moving_the_start_leaves_the_end_unless_it_is_null(clinic, body, starts_at, ends_at):
    id_ = clinic.book()["id"]
    said = clinic.ask("PATCH", f"{PATH}/{id_}", json=body).json()
    assert (said["starts_at"], said["ends_at"]) == (starts_at, ends_at)


def test_moving_the_start_alone_behind_the_end_is_refused(clinic):
    said = clinic.book()
    answer = clinic.ask("PATCH", f"{PATH}/{said['id']}", json={"starts_at": "2026-03-17T00:00:00Z", "notes": "x"})
    assert answer.status_code == 422
    assert answer.json()["errors"].keys() == {"ends_at"}
    assert clinic.get(f"{PATH}/{said['id']}") == said


@pytest.mark.parametrize(
    "body",
    [
        {"patient_id": None},
        {"starts_at": None},
        {"ends_at": "late"},
        {"business_id": "1"},
        {"appointment_type_id": "x"},
    ],
)
def test_a_change_cannot_take_away_what_is_needed(clinic, body):
    assert clinic.ask("PATCH", f"{PATH}/{clinic.book()['id']}", json=body).status_code == 422


def test_put_does_what_patch_does(clinic):
    id_ = clinic.book()["id"]
    assert clinic.ask("PUT", f"{PATH}/{id_}", json={"notes": "knee"}).json()["notes"] == "knee"


def test_links_that_are_unset_are_left_out(clinic):
    said = clinic.book(patient_case_id=clinic.case())
    assert "repeated_from" not in said
    said = clinic.ask("PATCH", f"{PATH}/{said['id']}", json={"patient_case_id": None}).json()
    assert "patient_case" not in said


def repeats(clinic, said):
    first = clinic.get(f"{PATH}/{said['id']}")
    url = first["repeats"]["links"]["self"]
    assert url == f"{clinic.base}{PATH}?q[]=repeated_from_id:={said['id']}"
    found = clinic.http.get(f"{url}&sort=starts_at").json()["individual_appointments"]
    for one in found:
        assert one["repeated_from"] == {"links": {"self": f"{clinic.base}{PATH}/{said['id']}"}}
        assert (one["repeats"], one["repeat_rule"]) == (None, {})
    return [first, *found]


@pytest.mark.parametrize(
    ("rule", "starts_at", "zone", "expected"),
    [
        (("Daily", 2, None), "2026-03-16T00:00:00Z", "Australia/Sydney", ["03-16 11:00", "03-17 11:00", "03-18 11:00"]),
        (("Weekly", 2, 1), "2026-03-30T00:00:00Z", "Australia/Sydney", ["03-30 11:00", "04-06 11:00", "04-13 11:00"]),
        (("Weekly", 2, 2), "2026-09-21T00:00:00Z", "Australia/Sydney", ["09-21 10:00", "10-05 10:00", "10-19 10:00"]),
        (("Monthly", 2, 1), "2026-01-31T00:00:00Z", "Australia/Sydney", ["01-31 11:00", "03-31 11:00", "05-31 11:00"]),
        (("Weekly", 1, 1), "2026-03-31T23:00:00Z", "Australia/Lord_Howe", ["04-01 10:00", "04-08 10:00"]),
        # Inside the gap of 4 October, when 02:10 is followed by 02:40.
        (("Daily", 1, 1), "2026-10-02T15:40:00Z", "Australia/Lord_Howe", ["10-03 02:10", "10-04 02:40"]),
    ],
)
def test_repeats_keep_the_local_time_of_the_business(clinic, rule, starts_at, zone, expected):
    names = {"Australia/Sydney": "Riverbend Clinic", "Australia/Lord_Howe": "Island Practice"}
    kind, number, interval = rule
    body = {"repeat_type": kind, "number_of_repeats": number, "repeating_interval": interval}
    said = clinic.book(starts_at, business_id=clinic.business(names[zone]), repeat_rule=body)
    assert said["repeat_rule"] == {**body, "repeating_interval": interval or 1}
    found = repeats(clinic, said)
    assert len(clinic.sandbox.ledger.created("individual_appointments")) == len(expected)
    local = [
        datetime.fromisoformat(one["starts_at"]).astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M") for one in found
    ]
    assert local == expected
    lengths = {datetime.fromisoformat(one["ends_at"]) - datetime.fromisoformat(one["starts_at"]) for one in found}
    assert lengths == {timedelta(minutes=30)}


@pytest.mark.parametrize("rule", [None, {}, {"repeat_type": None, "number_of_repeats": 3}, {"number_of_repeats": 3}])
def test_no_rule_means_no_repeats(clinic, rule):
    said = clinic.book(repeat_rule=rule)
    assert (said["repeat_rule"], said["repeats"]) == ({}, None)
    assert ledger(clinic) == [("create", said["id"])]


def test_changing_the_rule_changes_no_other_appointment(clinic):
    said = clinic.book()
    rule = {"repeat_type": "Daily", "number_of_repeats": 3, "repeating_interval": 1}
    assert clinic.ask("PATCH", f"{PATH}/{said['id']}", json={"repeat_rule": rule}).json()["repeat_rule"] == rule
    assert ledger(clinic) == [("create", said["id"]), ("update", said["id"])]


def cancel(clinic, id_, **body):
    return clinic.ask("PATCH", f"{PATH}/{id_}/cancel", json=body)


@pytest.mark.parametrize(
    ("code", "description"),
    [(10, "Feeling Better"), (20, "Condition Worse"), (30, "Sick"), (40, "Away"), (50, "Other"), (60, "Work")],
)
def test_cancelling_answers_nothing_and_hides_the_appointment(clinic, code, description):
    said = clinic.book()
    clinic.sandbox.clock.advance(timedelta(hours=1))
    answer = cancel(clinic, said["id"], cancellation_reason=code, cancellation_note="called")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "content-type" not in answer.headers
    assert "content-length" not in answer.headers
    assert clinic.ask("GET", f"{PATH}/{said['id']}").status_code == 404
    assert said["id"] not in clinic.ids(PATH)
    assert clinic.get(f"{PATH}/{said['id']}", "cancelled_at:*") == {
        **said,
        "cancellation_reason": code,
        "cancellation_reason_description": description,
        "cancellation_note": "called",
        "cancelled_at": "2026-03-02T23:00:00Z",
        "updated_at": "2026-03-02T23:00:00Z",
    }
    assert ledger(clinic) == [("create", said["id"]), ("cancel", said["id"])]
    assert clinic.sandbox.ledger.live("individual_appointments") == []


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"cancellation_reason": BLANK}),
        ({"cancellation_reason": None}, {"cancellation_reason": BLANK}),
        ({"cancellation_reason": 31}, {"cancellation_reason": "is not included in the list"}),
        ({"cancellation_reason": "Sick"}, {"cancellation_reason": "is not included in the list"}),
        ({"cancellation_reason": True}, {"cancellation_reason": "is not included in the list"}),
        ({"cancellation_reason": [50]}, {"cancellation_reason": "is not included in the list"}),
        ({"cancellation_reason": 50, "apply_to_repeats": "no"}, {"apply_to_repeats": "is invalid"}),
        ({"cancellation_reason": 50, "cancellation_note": {}}, {"cancellation_note": "is invalid"}),
    ],
)
def test_cancelling_needs_a_reason_of_the_list(clinic, body, errors):
    id_ = clinic.book()["id"]
    answer = cancel(clinic, id_, **body)
    assert (answer.status_code, answer.json()["errors"]) == (422, errors)
    assert clinic.sandbox.ledger.live("individual_appointments") == [id_]


@pytest.mark.parametrize(
    ("which", "apply", "left"), [(0, True, 0), (1, True, 1), (0, False, 3), (2, True, 2), (1, None, 3)]
)
def test_cancelling_may_take_the_rest_of_the_series_along(clinic, which, apply, left):
    rule = {"repeat_type": "Weekly", "number_of_repeats": 3}
    clinic.book(repeat_rule=rule)
    ids = clinic.sandbox.ledger.created("individual_appointments")
    clinic.book(repeat_rule=rule)
    if left == 2:
        cancel(clinic, ids[3], cancellation_reason=30)
    assert cancel(clinic, ids[which], cancellation_reason=50, apply_to_repeats=apply).status_code == 204
    live = clinic.sandbox.ledger.live("individual_appointments")
    assert len(live) == 4 + left
    assert [id_ for id_ in live if id_ in ids] == (ids[:which] if apply else [id_ for id_ in ids if id_ != ids[which]])
    assert {entry.at for entry in clinic.sandbox.ledger} == {clinic.sandbox.clock.now()}


def test_what_is_cancelled_is_gone_for_every_verb(clinic):
    id_ = clinic.book()["id"]
    cancel(clinic, id_, cancellation_reason=50)
    for method, path in [
        ("PATCH", "/cancel"),
        ("PATCH", ""),
        ("POST", "/archive"),
        ("DELETE", ""),
        ("GET", "/conflicts"),
    ]:
        answer = clinic.ask(method, f"{PATH}/{id_}{path}", json={"cancellation_reason": 50})
        assert (answer.status_code, answer.json()) == (404, {"status": "404", "error": "Not Found"}), (method, path)
    assert [action for action, _ in ledger(clinic)] == ["create", "cancel"]


@pytest.mark.parametrize(("method", "suffix"), [("POST", "/archive"), ("DELETE", "")])
def test_archiving_hides_the_appointment_and_its_second_time_finds_nothing(clinic, method, suffix):
    said = clinic.book()
    clinic.sandbox.clock.advance(timedelta(seconds=90))
    answer = clinic.ask(method, f"{PATH}/{said['id']}{suffix}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert clinic.ask(method, f"{PATH}/{said['id']}{suffix}").status_code == 404
    at = "2026-03-02T22:01:30Z"
    assert clinic.get(f"{PATH}/{said['id']}", "archived_at:?") == {
        **said,
        "archived_at": at,
        "deleted_at": at,
        "updated_at": at,
    }
    assert ledger(clinic) == [("create", said["id"]), ("archive", said["id"])]
    assert clinic.sandbox.ledger.live("individual_appointments") == []


def test_the_patient_knows_the_latest_booking(clinic):
    patient = clinic.patient("Idris")
    said = clinic.book(patient_id=patient)
    assert (
        clinic.get(f"/patients/{patient}")["latest_booking"]["links"]["self"] == f"{clinic.base}/bookings/{said['id']}"
    )


def test_appointment_notes_of_the_patient_are_told(clinic):
    patient = clinic.patient()
    clinic.ask("PATCH", f"/patients/{patient}", json={"appointment_notes": "needs the ramp"})
    assert clinic.book()["has_patient_appointment_notes"] is True


def test_a_booking_exists_wholly_or_not_while_others_read(clinic):
    rule = {"repeat_type": "Daily", "number_of_repeats": 9}
    body, counts, done = clinic.booking(repeat_rule=rule), set(), threading.Event()
    before = clinic.get(PATH)["total_entries"]

    def watch():
        with httpx.Client(base_url=clinic.base, auth=(clinic.key, ""), trust_env=False, verify=False) as http:
            while not done.is_set():
                counts.add(http.get(PATH).json()["total_entries"] - before)
                counts.add(len(clinic.sandbox.ledger))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(10):
        assert clinic.ask("POST", PATH, json=body).status_code == 201
    done.set()
    watcher.join()
    assert all(count % 10 == 0 for count in counts)
    assert clinic.get(PATH)["total_entries"] - before == len(clinic.sandbox.ledger) == 100


def test_many_racers_all_get_what_they_ask_for_because_the_vendor_double_books(clinic):
    body, codes = clinic.booking(), []

    def race():
        with httpx.Client(base_url=clinic.base, auth=(clinic.key, ""), trust_env=False, verify=False) as http:
            codes.append(http.post(PATH, json=body).status_code)

    racers = [threading.Thread(target=race) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert codes == [201] * 8
    ids = clinic.sandbox.ledger.live("individual_appointments")
    assert len(set(ids)) == 8
    assert all(conflict(clinic, id_) for id_ in ids)


def test_the_seed_has_a_series_and_cancelled_and_archived_ones(clinic):
    found = clinic.get(PATH, "archived_at:*", "cancelled_at:*", per_page=100)["individual_appointments"]
    assert len(found) == 12
    now = clinic.sandbox.clock.now().astimezone(UTC).isoformat()
    assert {row["starts_at"] < now for row in found} == {True, False}
    assert [row["cancellation_reason_description"] for row in found if row["cancelled_at"]] == ["Other"] * 2
    assert len([row for row in found if row["archived_at"]]) == 1
    (first,) = [row for row in found if row["repeats"]]
    assert len(repeats(clinic, first)) == 3
    assert ledger(clinic) == []
