"""Cliniko: attendees, who join a patient to a group or are an individual appointment seen from another side."""

from datetime import timedelta

import pytest
from sandbox_clinic import BLANK, NOT_FOUND

NAMES = ["Ada", "Bilal", "Carmen", "Dmitri", "Eun-ji", "Fergus", "Grace", "Hana"]
REASON = {"cancellation_reason": 30, "cancellation_note": "a cold"}


def link(clinic, *parts):
    return {"links": {"self": "/".join([clinic.base, *parts])}}


def test_an_attendee_is_answered_whole(clinic):
    group, patient, case = clinic.group()["id"], clinic.patient(), clinic.case()
    body = {"booking_id": group, "patient_id": int(patient), "patient_case_id": case, "notes": "back row"}
    answer = clinic.ask("POST", "/attendees", json=body)
    said = answer.json()
    id_ = said["id"]
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{clinic.sandbox.url}/cliniko/attendees/{id_}"
    urls = [said.pop(name) for name in ("cancellation_url", "telehealth_url")]
    assert len(set(urls)) == 2
    assert all(url.startswith("https://riverbend.cliniko.example/") and id_ not in url for url in urls)
    assert said == {
        "id": id_,
        "archived_at": None,
        "arrived": None,
        "booking": link(clinic, "bookings", group),
        "booking_ip_address": None,
        "cancellation_note": None,
        "cancellation_reason": None,
        "cancellation_reason_description": "",
        "cancelled_at": None,
        "created_at": "2026-03-02T22:00:00Z",
        "deleted_at": None,
        "email_reminder_sent": False,
        "invoice_status": None,
        "invoices": link(clinic, "attendees", id_, "invoices"),
        "links": {"self": f"{clinic.base}/attendees/{id_}"},
        "notes": "back row",
        "online_booking_policy_accepted": None,
        "patient": link(clinic, "patients", patient),
        "patient_case": link(clinic, "patient_cases", case),
        "patient_forms": link(clinic, "attendees", id_, "patient_forms"),
        "sent_email_follow_ups_count": 0,
        "sent_email_reminders_count": 0,
        "sent_sms_follow_ups_count": 0,
        "sent_sms_reminders_count": 0,
        "sms_reminder_sent": False,
        "treatment_note_status": None,
        "updated_at": "2026-03-02T22:00:00Z",
    }
    assert clinic.get(f"/attendees/{id_}") == {**said, "cancellation_url": urls[0], "telehealth_url": urls[1]}
    assert clinic.ledger("attendees") == [("create", id_)]
    assert clinic.get(f"/group_appointments/{group}")["patient_ids"] == [patient]
    assert clinic.get(f"/patients/{patient}")["latest_booking"] == link(clinic, "bookings", group)


def test_an_attendee_needs_a_booking_and_a_patient_and_the_errors_have_the_servers_names(clinic):
    assert clinic.errors("POST", "/attendees", {}) == {"appointment_id": BLANK, "patient": BLANK}


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"booking_id": None}, {"appointment_id": BLANK}),
        ({"booking_id": "1"}, {"appointment_id": BLANK}),
        ({"booking_id": 1.5}, {"appointment_id": BLANK}),
        ({"booking_id": "block"}, {"appointment_id": BLANK}),
        ({"booking_id": "archived"}, {"appointment_id": BLANK}),
        ({"booking_id": "cancelled"}, {"appointment_id": BLANK}),
        (
            {"booking_id": "individual"},
            {"base": "An individual appointment takes no attendee besides its patient."},
        ),
        ({"patient_id": None}, {"patient": BLANK}),
        ({"patient_id": "1"}, {"patient": BLANK}),
        ({"patient_id": "archived"}, {"patient": BLANK}),
        ({"arrived": "yes"}, {"arrived": "is not included in the list"}),
        ({"notes": []}, {"notes": "is invalid"}),
        ({"patient_case_id": "1"}, {"patient_case": "must exist"}),
        ({"patient_case_id": "another"}, {"patient_case": "is invalid"}),
    ],
)
def test_what_is_wrong_with_an_attendee_is_said(clinic, change, errors):
    named = {
        ("booking_id", "block"): lambda: clinic.made("unavailable_blocks", clinic.span())["id"],
        ("booking_id", "archived"): lambda: clinic.ids("/group_appointments", "archived_at:?")[0],
        ("booking_id", "cancelled"): lambda: clinic.ids("/individual_appointments", "cancelled_at:?")[0],
        ("booking_id", "individual"): lambda: clinic.ids("/individual_appointments")[0],
        ("patient_id", "archived"): lambda: clinic.patient("Lena"),
        ("patient_case_id", "another"): lambda: clinic.case("Shoulder"),
    }
    ((name, value),) = change.items()
    found = named[name, value]() if isinstance(value, str) and (name, value) in named else value
    body = {"booking_id": clinic.group()["id"], "patient_id": clinic.patient(), name: found}
    assert clinic.errors("POST", "/attendees", body) == errors
    assert clinic.ledger("attendees") == []


def test_a_full_group_takes_nobody_until_somebody_goes(clinic):
    group = clinic.group(max_attendees=3)["id"]
    places = [clinic.attend(group, name)["id"] for name in NAMES[:3]]
    body = {"booking_id": group, "patient_id": clinic.patient(NAMES[3])}
    for method, path in [("PATCH", "/cancel"), ("POST", "/archive")]:
        assert clinic.errors("POST", "/attendees", body) == {"base": "This appointment is full."}
        assert clinic.ask(method, f"/attendees/{places.pop()}{path}", json=REASON).status_code == 204
        body["patient_id"] = clinic.patient(NAMES[3 + len(places)])
        places.insert(0, clinic.made("attendees", body)["id"])
    assert clinic.errors("POST", "/attendees", body) == {"base": "This appointment is full."}
    clinic.ask("PATCH", f"/group_appointments/{group}", json={"max_attendees": 4})
    clinic.made("attendees", body)
    assert len(clinic.get(f"/group_appointments/{group}")["patient_ids"]) == 4


def test_a_patient_may_have_two_places_in_one_group(clinic):
    group = clinic.group(max_attendees=2)["id"]
    assert clinic.attend(group)["id"] != clinic.attend(group)["id"]
    assert clinic.get(f"/group_appointments/{group}")["patient_ids"] == [clinic.patient()] * 2
    assert "base" in clinic.errors("POST", "/attendees", {"booking_id": group, "patient_id": clinic.patient("Bilal")})


def test_cancelling_gives_the_place_back_and_hides_the_attendee(clinic):
    group = clinic.group()["id"]
    said = clinic.attend(group)
    clinic.sandbox.clock.advance(timedelta(minutes=2))
    answer = clinic.ask("PATCH", f"/attendees/{said['id']}/cancel", json=REASON)
    assert (answer.status_code, answer.content) == (204, b"")
    assert clinic.ask("GET", f"/attendees/{said['id']}").json() == NOT_FOUND
    assert said["id"] not in clinic.ids("/attendees")
    assert clinic.get(f"/attendees/{said['id']}", "cancelled_at:*") == {
        **said,
        "cancellation_note": "a cold",
        "cancellation_reason": 30,
        "cancellation_reason_description": "Sick",
        "cancellation_url": None,
        "cancelled_at": "2026-03-02T22:02:00Z",
        "updated_at": "2026-03-02T22:02:00Z",
    }
    assert clinic.get(f"/group_appointments/{group}")["patient_ids"] == []
    assert clinic.ledger("attendees") == [("create", said["id"]), ("cancel", said["id"])]
    assert clinic.sandbox.ledger.live("attendees") == []
    assert clinic.ask("PATCH", f"/attendees/{said['id']}/cancel", json=REASON).json() == NOT_FOUND


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"cancellation_reason": BLANK}),
        ({"cancellation_reason": 31}, {"cancellation_reason": "is not included in the list"}),
        ({"cancellation_reason": 50, "apply_to_repeats": 1}, {"apply_to_repeats": "is invalid"}),
        ({"cancellation_reason": 50, "cancellation_note": []}, {"cancellation_note": "is invalid"}),
    ],
)
def test_cancelling_a_place_needs_a_reason_of_the_list(clinic, body, errors):
    id_ = clinic.attend(clinic.group()["id"])["id"]
    assert clinic.errors("PATCH", f"/attendees/{id_}/cancel", body) == errors
    assert clinic.sandbox.ledger.live("attendees") == [id_]


@pytest.mark.parametrize(("apply", "left"), [(True, [0]), (False, [0, 2]), (None, [0, 2])])
def test_cancelling_may_give_back_the_places_in_the_rest_of_the_series(clinic, apply, left):
    clinic.group(repeat_rule={"repeat_type": "Weekly", "number_of_repeats": 2})
    groups = clinic.sandbox.ledger.created("group_appointments")
    other = clinic.group("2026-04-06T00:00:00Z")["id"]
    mine = [clinic.attend(group)["id"] for group in groups]
    others = [clinic.attend(groups[2], "Bilal")["id"], clinic.attend(other)["id"]]
    clinic.sandbox.ledger.clear()
    body = {"cancellation_reason": 50, "apply_to_repeats": apply}
    assert clinic.ask("PATCH", f"/attendees/{mine[1]}/cancel", json=body).status_code == 204
    gone = [one for index, one in enumerate(mine) if index not in left]
    assert clinic.ledger("attendees") == [("cancel", one) for one in gone]
    live = clinic.ids("/attendees", per_page=100)
    assert [one for one in mine + others if one in live] == [mine[index] for index in left] + others


def test_a_place_that_was_given_back_before_keeps_its_reason(clinic):
    clinic.group(repeat_rule={"repeat_type": "Weekly", "number_of_repeats": 1})
    first, second = [clinic.attend(group)["id"] for group in clinic.sandbox.ledger.created("group_appointments")]
    clinic.ask("PATCH", f"/attendees/{second}/cancel", json=REASON)
    body = {"cancellation_reason": 60, "apply_to_repeats": True}
    assert clinic.ask("PATCH", f"/attendees/{first}/cancel", json=body).status_code == 204
    found = [clinic.get(f"/attendees/{id_}", "cancelled_at:*") for id_ in (first, second)]
    assert [one["cancellation_reason_description"] for one in found] == ["Work", "Sick"]


@pytest.mark.parametrize(("method", "suffix"), [("POST", "/archive"), ("DELETE", "")])
def test_an_attendee_of_a_group_can_be_archived(clinic, method, suffix):
    group = clinic.group()["id"]
    id_ = clinic.attend(group)["id"]
    assert clinic.ask(method, f"/attendees/{id_}{suffix}").status_code == 204
    assert clinic.ask(method, f"/attendees/{id_}{suffix}").json() == NOT_FOUND
    said = clinic.get(f"/attendees/{id_}", "deleted_at:?")
    assert said["archived_at"] == said["deleted_at"] == said["updated_at"] == "2026-03-02T22:00:00Z"
    assert clinic.get(f"/group_appointments/{group}")["patient_ids"] == []
    assert clinic.ledger("attendees") == [("create", id_), ("archive", id_)]


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_of_an_attendee_only_three_things_can_be_changed(clinic, method):
    group, case = clinic.group()["id"], clinic.case()
    said = clinic.attend(group)
    clinic.sandbox.clock.advance(timedelta(minutes=1))
    body = {"arrived": True, "notes": "late", "patient_case_id": case}
    moved = {"booking_id": clinic.group()["id"], "patient_id": clinic.patient("Bilal")}
    answer = clinic.ask(method, f"/attendees/{said['id']}", json={**body, **moved})
    assert answer.status_code == 200
    assert answer.json() == {
        **said,
        "arrived": True,
        "notes": "late",
        "patient_case": link(clinic, "patient_cases", case),
        "updated_at": "2026-03-02T22:01:00Z",
    }
    back = {"arrived": None, "notes": None, "patient_case_id": None}
    later = clinic.ask(method, f"/attendees/{said['id']}", json=back).json()
    assert later == {**said, "updated_at": "2026-03-02T22:01:00Z"}
    assert [action for action, _ in clinic.ledger("attendees")] == ["create", "update", "update"]


# --- the attendee of an individual appointment


def sole(clinic, booking, *filters):
    (found,) = clinic.get("/attendees", f"booking_id:={booking}", *filters)["attendees"]
    return found


def test_an_individual_appointment_has_one_attendee_from_the_beginning(clinic):
    said = clinic.book(notes="knee", patient_case_id=clinic.case())
    attendee = sole(clinic, said["id"])
    assert attendee["id"] != said["id"]
    assert len(attendee["id"]) == 19
    assert int(float(attendee["id"])) != int(attendee["id"])
    assert clinic.get(f"/attendees/{attendee['id']}") == attendee
    assert attendee["booking"] == link(clinic, "bookings", said["id"])
    for name in ("patient", "patient_case", "notes", "created_at", "updated_at"):
        assert attendee[name] == said[name]
    assert clinic.http.get(said["attendees"]["links"]["self"]).json()["attendees"] == [attendee]
    assert attendee.keys() == clinic.attend(clinic.group()["id"], patient_case_id=clinic.case()).keys()


def test_no_two_records_share_an_id(clinic):
    for _ in range(3):
        clinic.book()
        clinic.attend(clinic.group()["id"])
    ids = clinic.ids("/attendees", per_page=100) + clinic.ids("/bookings", per_page=100) + clinic.ids("/patients")
    assert len(set(ids)) == len(ids)


def test_cancelling_the_appointment_cancels_its_attendee(clinic):
    said = clinic.book()
    attendee = sole(clinic, said["id"])
    clinic.sandbox.clock.advance(timedelta(minutes=1))
    clinic.ask("PATCH", f"/individual_appointments/{said['id']}/cancel", json=REASON)
    assert clinic.ask("GET", f"/attendees/{attendee['id']}").json() == NOT_FOUND
    assert clinic.ids("/attendees", f"booking_id:={said['id']}") == []
    assert sole(clinic, said["id"], "cancelled_at:?") == {
        **attendee,
        "cancellation_note": "a cold",
        "cancellation_reason": 30,
        "cancellation_reason_description": "Sick",
        "cancellation_url": None,
        "cancelled_at": "2026-03-02T22:01:00Z",
        "updated_at": "2026-03-02T22:01:00Z",
    }


def test_archiving_the_appointment_archives_its_attendee(clinic):
    said = clinic.book()
    clinic.ask("POST", f"/individual_appointments/{said['id']}/archive")
    assert clinic.ids("/attendees", f"booking_id:={said['id']}") == []
    assert sole(clinic, said["id"], "archived_at:*")["archived_at"] == "2026-03-02T22:00:00Z"
    assert clinic.ask("GET", f"/individual_appointments/{said['id']}/attendees").json() == NOT_FOUND


@pytest.mark.parametrize(
    ("method", "suffix", "done"),
    [("PATCH", "/cancel", "cancelled"), ("POST", "/archive", "archived"), ("DELETE", "", "archived")],
)
def test_the_attendee_alone_can_be_neither_cancelled_nor_archived(clinic, method, suffix, done):
    id_ = sole(clinic, clinic.book()["id"])["id"]
    errors = clinic.errors(method, f"/attendees/{id_}{suffix}", REASON)
    assert errors == {"base": f"The attendee of an individual appointment cannot be {done} without the appointment."}
    assert clinic.get(f"/attendees/{id_}")["cancelled_at"] is None
    assert clinic.ledger("attendees") == []


@pytest.mark.parametrize(
    ("marks", "patient_arrived", "did_not_arrive"),
    [
        ([], False, False),
        ([None], False, False),
        ([True], True, False),
        ([False], False, True),
        ([True, False], False, True),
        ([True, None], None, None),
        ([False, None, None], None, None),
        ([True, None, False], False, True),
    ],
)
def test_arrived_is_tied_to_what_the_appointment_says(clinic, marks, patient_arrived, did_not_arrive):
    booking = clinic.book()["id"]
    id_ = sole(clinic, booking)["id"]
    for mark in marks:
        answer = clinic.ask("PATCH", f"/attendees/{id_}", json={"arrived": mark})
        assert (answer.status_code, answer.json()["arrived"]) == (200, mark)
    said = clinic.get(f"/individual_appointments/{booking}")
    assert (said["patient_arrived"], said["did_not_arrive"]) == (patient_arrived, did_not_arrive)
    assert sole(clinic, booking)["arrived"] is (marks[-1] if marks else None)
    found = clinic.ids("/individual_appointments", "did_not_arrive:=true", f"id:={booking}")
    assert found == ([booking] if did_not_arrive else [])
    assert clinic.ledger("attendees") == [("update", id_)] * len(marks)


def test_a_change_of_the_attendee_is_one_of_the_appointment(clinic):
    said = clinic.book(notes="knee")
    id_ = sole(clinic, said["id"])["id"]
    clinic.sandbox.clock.advance(timedelta(minutes=1))
    case = clinic.case()
    clinic.ask("PATCH", f"/attendees/{id_}", json={"notes": "hip", "patient_case_id": case})
    assert clinic.get(f"/individual_appointments/{said['id']}") == {
        **said,
        "notes": "hip",
        "patient_case": link(clinic, "patient_cases", case),
        "updated_at": "2026-03-02T22:01:00Z",
    }


# --- lists of attendees


@pytest.mark.parametrize("filters", [[], ["cancelled_at:*"], ["archived_at:*", "cancelled_at:*"], ["deleted_at:*"]])
def test_attendees_are_hidden_as_their_bookings_are(seeded, filters):
    found = seeded.get("/attendees", *filters, per_page=100)["attendees"]
    names = {one.partition(":")[0].replace("deleted", "archived") for one in filters}
    for name in ("archived_at", "cancelled_at"):
        assert any(row[name] for row in found) is (name in names)


def test_attendees_of_all_kinds_are_listed_in_the_order_of_making(clinic):
    group, made = clinic.group()["id"], []
    for name in NAMES[:3]:
        made += [clinic.attend(group, name)["id"], sole(clinic, clinic.book()["id"])["id"]]
    assert clinic.ids("/attendees", per_page=100)[-6:] == made


@pytest.mark.parametrize("name", ["appointment_id", "booking_id"])
def test_attendees_can_be_filtered_by_booking(clinic, name):
    group, booking = clinic.group()["id"], clinic.book()["id"]
    places = [clinic.attend(group, one)["id"] for one in NAMES[:2]]
    assert clinic.ids("/attendees", f"{name}:={group}") == places
    assert clinic.ids("/attendees", f"{name}:={group},{booking}") == sorted(
        [*places, sole(clinic, booking)["id"]], key=int
    )
    assert clinic.ids(f"/group_appointments/{group}/attendees") == places


def test_attendees_can_be_filtered_by_patient_and_case_and_id(clinic):
    kofi, case = clinic.patient("Kofi"), clinic.case()
    group, booking = clinic.group()["id"], clinic.book(patient_case_id=case)["id"]
    place = clinic.attend(group, "Kofi")["id"]
    assert place in clinic.ids("/attendees", f"patient_id:={kofi}")
    assert {
        row["patient"]["links"]["self"].rpartition("/")[2]
        for row in clinic.get("/attendees", f"patient_id:={kofi}")["attendees"]
    } == {kofi}
    assert clinic.ids("/attendees", f"id:={place}") == [place]
    mine = clinic.ids("/attendees", f"patient_case_id:={case}")
    assert sole(clinic, booking)["id"] in mine
    assert place not in mine
    assert clinic.ids(f"/patient_cases/{case}/attendees") == mine
    assert clinic.ask("GET", f"/patient_cases/{case}/attendees", f"patient_case_id:={case}").status_code == 400
    assert clinic.ask("GET", "/attendees", "arrived:=true").json() == {"message": "arrived is not filterable"}


@pytest.mark.parametrize("name", ["created_at", "updated_at", "cancelled_at", "archived_at", "deleted_at"])
def test_attendees_can_be_filtered_and_sorted_by_time(seeded, name):
    scopes = ["archived_at:*", "cancelled_at:*"]
    rows = seeded.get("/attendees", *scopes, per_page=100, sort=f"{name},id")["attendees"]
    moments = [row[name] for row in rows if row[name]]
    assert moments == sorted(moments)
    middle = moments[len(moments) // 2]
    expected = [row["id"] for row in rows if row[name] and row[name] >= middle]
    found = seeded.ids("/attendees", *scopes, f"{name}:>={middle}", per_page=100, sort=f"{name},id")
    assert found[: len(expected)] == expected


def test_an_unknown_booking_has_no_list_of_attendees(clinic):
    for resource in ("group_appointments", "individual_appointments", "patient_cases"):
        assert clinic.ask("GET", f"/{resource}/1/attendees").json() == NOT_FOUND
    individual = clinic.ids("/individual_appointments")[0]
    assert clinic.ask("GET", f"/group_appointments/{individual}/attendees").json() == NOT_FOUND
    assert clinic.ask("GET", f"/group_appointments/{individual}").json() == NOT_FOUND


def test_the_seed_has_a_full_group_an_empty_one_and_somebody_who_cancelled(clinic):
    groups = clinic.get("/group_appointments", "archived_at:*")["group_appointments"]
    assert [(len(one["patient_ids"]), one["max_attendees"]) for one in groups] == [
        (6, 6),
        (3, 6),
        (0, 6),
        (4, 6),
        (0, 2),
    ]
    assert [bool(one["archived_at"]) for one in groups] == [False] * 4 + [True]
    full = {"booking_id": groups[0]["id"], "patient_id": clinic.patient("Kofi")}
    assert clinic.errors("POST", "/attendees", full) == {"base": "This appointment is full."}
    (gone,) = clinic.get(f"/group_appointments/{groups[1]['id']}/attendees", "cancelled_at:?")["attendees"]
    assert gone["cancellation_reason_description"] == "Sick"
    past = clinic.get(f"/group_appointments/{groups[3]['id']}/attendees")["attendees"]
    assert [one["arrived"] for one in past] == [True, False, True, True]
    assert clinic.sandbox.ledger.created("group_appointments") == []
