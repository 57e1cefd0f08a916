"""The emulated Cubu's appointments: booked, listed, cancelled, and what a test can turn about them."""

import pytest
from sandbox_hall import (
    ADDRESS,
    ADVICE,
    FRONT_DESK,
    INTERVIEW,
    ISLAND_LINE,
    NIGHT_LINE,
    PASSPORT_OFFICE,
    PHONE_NUMBER,
    QUESTION,
    RENEWAL,
    place,
    utc,
)
from sandbox_lobby import NOBODY

from apptsdk.sandbox.cubu.seed import REASON, VIP, WHEELCHAIR

FREE = "2027-02-01"  # where nothing is booked yet
WHERE = place(day=FREE)
REQUIRED = ["required"]


def case(hall, made, where=WHERE):
    (found,) = [one for one in hall.listed(where) if one["caseId"] == made["caseId"]]
    return found


# --- booking ---------------------------------------------------------------------------------------------------------


def test_the_answer_to_a_booking_is_as_queue_ups(hall):
    first, second = hall.take(WHERE, 540), hall.take(WHERE, 550)
    assert first == {
        "caseId": first["caseId"],
        "status": "Planned",
        "referenceDate": "2027-02-01T07:00:00Z",
        "inboxId": hall.service().inbox.id,
        "inboxName": "Front desk",
        "channel": "FaceToFace",
        "language": "en-US",
        "ticket": {"prefix": "B", "suffix": None, "number": first["ticket"]["number"]},
        "queueTimestamp": None,
        "position": None,
        "calendarTimestamp": first["calendarTimestamp"],
        "ticketUrl": f"{hall.settings['base_url']}/t/{first['caseId']}",
    }
    assert utc(first["calendarTimestamp"]).year == 2026
    assert second["ticket"]["number"] == first["ticket"]["number"] + 1


def test_a_listed_appointment_shows_everything_that_the_docs_name(hall):
    made = hall.take(
        WHERE,
        channel="Video",
        language="he-IL",
        cusotmerRecordId=hall.someone,
        fields={REASON.upper(): "lost it"},
        tagIds=[VIP, WHEELCHAIR, VIP],
        preventSelfCheckIn=True,
    )
    said, service = case(hall, made), hall.service()
    opened = said["dateOpened"]
    assert utc(opened).isoformat() == "2026-03-02T09:41:07.000001+00:00"
    assert said == {
        "caseId": made["caseId"],
        "appointment": {
            "serviceId": FRONT_DESK,
            "date": f"{FREE}T00:00:00",
            "cuIndex": 0,
            "start": 540,
            "timeLocal": f"{FREE}T09:00:00",
            "timeUtc": "2027-02-01T07:00:00Z",
            "timeZoneId": "Israel Standard Time",
            "duration": 10,
            "noShowProbability": 0.2,
            "reservationToken": None,
            "reservationExpiryDate": None,
        },
        "ticket": made["ticket"],
        "serviceCategoryId": service.category.id,
        "serviceCategoryName": "Documents",
        "serviceTypeId": RENEWAL,
        "serviceTypeName": "Passport renewal",
        "serviceTypeColorCode": "SteelBlue",
        "status": "Planned",
        "statusDate": opened,
        "referenceDate": "2027-02-01T07:00:00Z",
        "dateOpened": opened,
        "dateClosed": None,
        "assignedTo": None,
        "lockedBy": None,
        "customer": {
            "dataTableId": hall.calendars()[0]["customersDataTableId"],
            "recordId": hall.someone,
            "displayName": "Ana Quill",
        },
        "onlineMeeting": {
            "provider": "Teams",
            "meetingId": said["onlineMeeting"]["meetingId"],
            "hostUrl": said["onlineMeeting"]["hostUrl"],
            "participantsUrl": said["onlineMeeting"]["participantsUrl"],
            "dateCreated": opened,
        },
        "channel": "Video",
        "language": "he-IL",
        "rank": said["rank"],
        "unitId": service.unit.id,
        "unitName": "Main branch",
        "inboxId": service.inbox.id,
        "inboxName": "Front desk",
        "inboxColorCode": "#2a9d8f",
        "caseTimestamp": opened,
        "workstationId": None,
        "workstationName": None,
        "printedTicket": False,
        "contactPhoneNumber": f"+1{PHONE_NUMBER}",
        "contactEmail": ADDRESS,
        "entryMode": "Appointment",
        "fields": {REASON: "lost it"},
        "tags": [VIP, WHEELCHAIR],
    }
    assert said["rank"] > 1e37


def test_what_was_left_out_is_null(hall):
    made = hall.take(WHERE, contactPhoneNumber=None, contactEmail="", fields=None, tagIds=[])
    said = case(hall, made)
    names = ("customer", "onlineMeeting", "contactPhoneNumber", "contactEmail", "fields", "tags")
    assert [said[name] for name in names] == [None] * 6


@pytest.mark.parametrize(
    ("service", "windows"),
    [
        (FRONT_DESK, "Israel Standard Time"),
        (PASSPORT_OFFICE, "Eastern Standard Time"),
        (ISLAND_LINE, "Lord Howe Standard Time"),
        (NIGHT_LINE, "GMT Standard Time"),
    ],
)
def test_a_service_has_its_zone_by_the_name_of_windows_and_tickets_of_its_own(hall, service, windows):
    where = place(service, FREE)
    made = hall.take(where, cusotmerRecordId=hall.someone)
    assert case(hall, made, where)["appointment"]["timeZoneId"] == windows
    assert made["ticket"]["prefix"] == hall.world.services[service].prefix
    assert made["ticket"]["number"] == sum(one.service.id == service for one in hall.world.cases.values())


WRONG = [
    ({"serviceTypeId": None}, {"serviceTypeId": REQUIRED}),
    ({"serviceTypeId": INTERVIEW}, {"serviceTypeId": ["is no service type of this service"]}),
    ({"serviceTypeId": 7}, {"serviceTypeId": ["is no service type of this service"]}),
    ({"startTime": None}, {"startTime": REQUIRED}),
    *(
        ({"startTime": one}, {"startTime": ["must be a whole number from 0 to 1439"]})
        for one in (-1, 1440, 540.0, True)
    ),
    ({"startTime": "540"}, {"startTime": ["must be a whole number from 0 to 1439"]}),
    ({"channel": None}, {"channel": REQUIRED}),
    ({"channel": "video"}, {"channel": ["must be one of FaceToFace, Video, Phone"]}),
    ({"channel": ["Video"]}, {"channel": ["must be one of FaceToFace, Video, Phone"]}),
    ({"channel": "Phone"}, {"channel": ["Passport renewal does not support Phone"]}),
    ({"language": "fr-FR"}, {"language": ["must be one of en-US, he-IL, es-US"]}),
    ({"language": 7}, {"language": ["must be a string"]}),
    *(
        ({"contactPhoneNumber": one}, {"contactPhoneNumber": ["is no valid phone number"]})
        for one in ("+12025550123", "202555012", "20255501234", "(202) 555", "٢٠٢٥٥٥٠١٢٣")
    ),
    ({"contactEmail": "ana"}, {"contactEmail": ["is no valid email address"]}),
    ({"cusotmerRecordId": NOBODY}, {"cusotmerRecordId": ["is no customer"]}),
    ({"customerRecordId": 7}, {"customerRecordId": ["is no customer"]}),
    ({"bypassTimeslotCheck": "true"}, {"bypassTimeslotCheck": ["must be a boolean"]}),
    ({"preventSelfCheckIn": 1}, {"preventSelfCheckIn": ["must be a boolean"]}),
    ({"fields": [REASON]}, {"fields": ["must be an object"]}),
    ({"fields": {"reason": "x"}}, {"fields": ["has the id of no field type"]}),
    ({"fields": {REASON: {"text": "x"}}}, {"fields": ["must have plain values"]}),
    ({"tagIds": VIP}, {"tagIds": ["must be an array of ids of tags"]}),
    ({"tagIds": [VIP, NOBODY]}, {"tagIds": ["must be an array of ids of tags"]}),
    ({"tagIds": [None]}, {"tagIds": ["must be an array of ids of tags"]}),
]


@pytest.mark.parametrize(("changes", "errors"), WRONG)
def test_a_booking_that_is_malformed_is_a_400_by_member(hall, changes, errors):
    answer = hall.ask("POST", f"{WHERE}/appointments", {**_right(), **changes})
    assert (answer.status_code, answer.json()["errorCode"], answer.json()["errors"]) == (400, 99400, errors)
    assert answer.json()["message"] == f"Invalid: {next(iter(errors))}."
    assert len(hall.sandbox.ledger) == 0


def _right():
    return {"serviceTypeId": RENEWAL, "startTime": 540, "channel": "FaceToFace"}


def test_everything_that_is_wrong_is_told_at_once(hall):
    answer = hall.ask("POST", f"{place(NIGHT_LINE)}/appointments", {"channel": "Fax", "contactPhoneNumber": "1"})
    wrong = {"startTime", "serviceTypeId", "channel", "contactPhoneNumber", "contactEmail"}
    assert set(answer.json()["errors"]) == wrong


@pytest.mark.parametrize(
    ("service", "member"),
    [(PASSPORT_OFFICE, "cusotmerRecordId"), (ISLAND_LINE, "contactPhoneNumber"), (NIGHT_LINE, "contactEmail")],
)
def test_what_a_service_insists_on_must_be_there(hall, service, member):
    where, missing = place(service, FREE), {member: None}
    assert hall.denied(where, **missing) == {member: REQUIRED}
    given = {"cusotmerRecordId": hall.someone, "contactPhoneNumber": PHONE_NUMBER, "contactEmail": ADDRESS}
    hall.take(where, **{member: given[member]})


@pytest.mark.parametrize("start", [0, 470, 955, 951, 1439])
@pytest.mark.parametrize("bypass", [False, True])
def test_working_hours_hold_under_bypass_too(hall, start, bypass):
    hall.denied(WHERE, start, bypassTimeslotCheck=bypass, status=409, code=99002)


def test_between_two_stretches_of_working_hours_nothing_can_be_booked(hall):
    where = place(day=FREE, index=1)
    for start in (711, 720, 770):
        hall.denied(where, start, bypassTimeslotCheck=True, status=409, code=99002)
    hall.take(where, 710)


@pytest.mark.parametrize("start", [540, 541, 535])
def test_what_is_not_vacant_is_a_409_and_bypass_allows_it(hall, start):
    hall.take(WHERE, 540)
    hall.denied(WHERE, start, status=409, code=99001)
    hall.take(WHERE, start, bypassTimeslotCheck=True)
    assert len(hall.listed(WHERE)) == 2


def test_what_has_begun_can_be_booked_under_bypass_only(hall):
    where = place(day="2026-03-02", index=2)
    hall.denied(where, 500, status=409, code=99001)
    hall.take(where, 500, bypassTimeslotCheck=True)


def test_calendars_do_not_take_each_others_time(hall):
    for index in range(3):
        hall.take(place(day=FREE, index=index))
    hall.take(place(day="2027-02-02"))


def test_a_refused_booking_changes_nothing(hall):
    hall.take(WHERE)
    before, ticket = hall.calendars(day=FREE), hall.listed(WHERE)[0]["ticket"]["number"]
    hall.denied(WHERE, status=409, code=99001)
    assert hall.calendars(day=FREE) == before
    assert hall.take(WHERE, 550)["ticket"]["number"] == ticket + 1
    assert len(hall.sandbox.ledger.created("appointments")) == 2


# --- listing and cancelling ------------------------------------------------------------------------------------------


def test_appointments_are_listed_by_time_and_can_be_kept_to_one_customer(hall):
    late = hall.take(WHERE, 600, cusotmerRecordId=hall.someone)["caseId"]
    early = hall.take(WHERE, 540)["caseId"]
    assert [one["caseId"] for one in hall.listed(WHERE)] == [early, late]
    assert [one["caseId"] for one in hall.listed(WHERE, customerRecordId=hall.someone.upper())] == [late]
    assert hall.listed(WHERE, customerRecordId=NOBODY) == []
    assert hall.ask("GET", f"{WHERE}/appointments", customerRecordId="ana").json()["errorCode"] == 99400


FORMS = {
    "delete": ("DELETE", "{where}/appointments/{id}"),
    "action": ("POST", "{where}/appointments/{id}/actions/cancel"),
    "case_action": ("POST", "/cases/{id}/actions/cancel"),
}


@pytest.mark.parametrize("form", FORMS)
def test_an_appointment_is_cancelled_in_each_form_and_frees_its_time(hall, form):
    id_ = hall.take(WHERE)["caseId"]
    assert 540 not in hall.slots(WHERE)
    method, path = FORMS[form]
    path = path.format(where=WHERE, id=id_)
    assert hall.ask(method, path).content == b""
    assert (hall.listed(WHERE), 540 in hall.slots(WHERE)) == ([], True)
    assert hall.calendars(day=FREE)[0]["stats"]["appointmentCount"] == 0
    assert hall.sandbox.ledger.live("appointments") == []
    *_, entry = hall.sandbox.ledger
    assert (entry.provider, entry.action, entry.id, entry.record["status"]) == ("cubu", "cancel", id_, "Cancelled")
    # A second time it is not in the calendar any more, but the case is still there.
    status, code = (409, 99003) if form == "case_action" else (404, 99404)
    hall.refused(method, path, status=status, code=code)
    assert len(hall.sandbox.ledger) == 2


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_is_switched_off_is_no_path_at_all(hall, form):
    id_ = hall.take(WHERE)["caseId"]
    hall.cubu.cancel_forms = set(FORMS) - {form}
    method, path = FORMS[form]
    hall.refused(method, path.format(where=WHERE, id=id_), status=404, code=99404)
    other, path = FORMS["action" if form == "delete" else "delete"]
    hall.done(other, path.format(where=WHERE, id=id_), status=204)


@pytest.mark.parametrize("form", FORMS)
def test_only_what_there_is_can_be_cancelled(hall, form):
    id_ = hall.take(place(day=FREE, index=1))["caseId"]
    method, path = FORMS[form]
    hall.refused(method, path.format(where=WHERE, id=NOBODY), status=404, code=99404)
    hall.refused(method, path.format(where=WHERE, id="x"), status=404, code=99404)
    if form != "case_action":
        hall.refused(method, path.format(where=WHERE, id=id_), status=404, code=99404)
    hall.refused("POST", f"/cases/{hall.queue_up()['caseId']}/actions/cancel", status=404, code=99404)


def test_what_is_resolved_cannot_be_cancelled(hall):
    past = next(one for one in hall.world.cases.values() if one.status == "Resolved")
    due = past.appointment
    where = place(past.service.id, due.calendar.date.isoformat(), due.calendar.cu_index)
    assert case(hall, {"caseId": past.id}, where)["dateClosed"] is not None
    for method, path in FORMS.values():
        hall.refused(method, path.format(where=where, id=past.id), status=409, code=1001)


def test_an_appointment_is_moved_by_booking_anew_and_cancelling_the_old_one(hall):
    old, new = hall.take(WHERE, 540), hall.take(WHERE, 600)
    hall.done("DELETE", f"{WHERE}/appointments/{old['caseId']}", status=204)
    assert [one["caseId"] for one in hall.listed(WHERE)] == [new["caseId"]]


# --- what a test can turn --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bound", "sent", "found"),
    [
        ("either", {"cusotmerRecordId": 0}, 0),
        ("either", {"customerRecordId": 0}, 0),
        ("either", {"cusotmerRecordId": 0, "customerRecordId": 0}, 0),
        ("cusotmerRecordId", {"cusotmerRecordId": 0, "customerRecordId": 1}, 0),
        ("cusotmerRecordId", {"customerRecordId": 0}, None),
        ("customerRecordId", {"cusotmerRecordId": 0, "customerRecordId": 1}, 1),
        ("customerRecordId", {"cusotmerRecordId": 0}, None),
    ],
)
def test_a_customer_under_a_key_that_is_not_bound_is_silently_ignored(hall, bound, sent, found):
    hall.cubu.customer_record_key = bound
    ids = list(hall.world.customers)
    said = case(hall, hall.take(WHERE, **{key: ids[which] for key, which in sent.items()}))
    assert (said["customer"] or {}).get("recordId") == (None if found is None else ids[found])


def test_two_keys_with_different_customers_are_a_400(hall):
    first, second, *_ = hall.world.customers
    errors = hall.denied(WHERE, cusotmerRecordId=first, customerRecordId=second)
    assert errors == {"customerRecordId": ["differs from cusotmerRecordId"]}
    hall.take(WHERE, cusotmerRecordId=first, customerRecordId=first.upper())


def test_a_required_customer_is_missed_under_the_key_that_is_bound(hall):
    hall.cubu.customer_record_key = "customerRecordId"
    assert hall.denied(place(PASSPORT_OFFICE), cusotmerRecordId=hall.someone) == {"customerRecordId": REQUIRED}


def test_phone_numbers_can_be_wanted_in_e164(hall):
    hall.cubu.phone_format = "e164"
    assert set(hall.denied(WHERE)) == {"contactPhoneNumber"}
    made = hall.take(WHERE, contactPhoneNumber="+97225550123")
    assert case(hall, made)["contactPhoneNumber"] == "+97225550123"


def test_the_status_of_what_is_taken_can_be_another(hall):
    hall.take(WHERE)
    hall.cubu.taken_status = 422
    hall.denied(WHERE, status=422, code=99001)
    hall.denied(WHERE, 0, status=409, code=99002)


def test_ticket_numbers_can_be_text(hall):
    hall.cubu.ticket_numbers_as_text = True
    made = hall.take(WHERE)
    assert made["ticket"]["number"].isdigit()
    assert case(hall, made)["ticket"] == made["ticket"]


def test_the_answer_to_a_booking_can_have_the_appointment(hall):
    hall.cubu.answer_has_appointment = True
    made = hall.take(WHERE)
    assert made["appointment"] == case(hall, made)["appointment"]


def test_a_hook_can_change_the_service_type_and_with_it_the_duration(hall):
    hall.cubu.before_book = lambda _: {"serviceTypeId": ADVICE, "channel": "Video"}
    said = case(hall, hall.take(WHERE))
    assert (said["serviceTypeId"], said["channel"], said["appointment"]["duration"]) == (ADVICE, "Video", 20)
    assert 550 not in hall.slots(WHERE)
    assert hall.slots(WHERE, QUESTION)[3:6] == [525, 570, 585]


def test_a_hook_can_refuse_a_booking_and_nothing_is_kept(hall):
    hall.cubu.before_book = lambda _: {"cancel": "not today"}
    assert hall.ask("POST", f"{WHERE}/appointments", _right()).json()["message"] == "not today"
    assert hall.listed(WHERE) == []
    hall.cubu.before_book = None
    hall.take(WHERE)


def test_what_is_seeded_ahead_takes_its_time_too(hall):
    ahead = [one for one in hall.world.cases.values() if one.status == "Planned"]
    assert ahead
    for one in ahead:
        due = one.appointment
        where = place(one.service.id, due.calendar.date.isoformat(), due.calendar.cu_index)
        assert due.start not in hall.slots(where, one.service_type.id)
        assert case(hall, {"caseId": one.id}, where)["customer"]["recordId"] in hall.world.customers
