"""The envelope around every answer: what is an error whatever its status, what is only a remark, and what it says."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from nexhealth_support import APPOINTMENT, OFFICE, answer, raw, refusal, rows, settings

from apptsdk import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    OutcomeUnknownError,
    PermissionDeniedError,
    ProviderWarning,
    RateLimitError,
    ResponseUnreadableError,
    ServerError,
    SlotUnavailableError,
    ValidationError,
)

START = datetime(2031, 4, 15, 14, tzinfo=UTC)
BOOKING = {
    "patient_id": 9001,
    "provider_id": 71,
    "operatory_id": 305,
    "start_time": START,
    "end_time": START + timedelta(minutes=30),
}
IGNORED = "Note that following parameters are ignored: locatoin_id."
UNCHECKED = settings(check_location=False)


@contextmanager
def remarks():
    """Record the provider's remarks."""
    messages = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield messages
    assert {one.category for one in caught} <= {ProviderWarning}
    messages += [str(one.message) for one in caught]


async def book(c):
    return await c.call("appointments.create", **BOOKING)


async def read(c):
    return await c.call("appointments.get", 1)


# --- code: false -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 201, 202])
@pytest.mark.parametrize("verb", [book, read])
def test_code_false_is_an_error_whatever_the_status_and_final(verb, status, vendor):
    vendor.answers(refusal("The EHR is on holiday", status=status))
    with pytest.raises(APIStatusError, match="The EHR is on holiday") as caught:
        vendor.tell(verb, UNCHECKED)
    assert type(caught.value) is APIStatusError
    assert (caught.value.status, caught.value.operation.partition(".")[0]) == (status, "nexhealth")
    assert not isinstance(caught.value, OutcomeUnknownError)
    assert len(vendor.feed.requests) == 1  # neither asked again nor looked for
    assert vendor.clock.slept == []


@pytest.mark.parametrize("status", [500, 503])
def test_code_false_with_a_status_of_the_servers_leaves_a_booking_in_doubt(status, vendor):
    vendor.answers(refusal("The EHR is on holiday", status=status), rows(APPOINTMENT))
    assert vendor.tell(book, UNCHECKED).recovered
    assert [one.method for one in vendor.seen] == ["POST", "GET"]


@pytest.mark.parametrize("status", [500, 503])
def test_code_false_with_a_status_of_the_servers_is_asked_again_where_that_is_harmless(status, vendor):
    vendor.answers(refusal("The EHR is on holiday", status=status), answer(APPOINTMENT))
    assert vendor.tell(read).id == APPOINTMENT["id"]
    vendor.answers(always=refusal("The EHR is on holiday", status=status))
    with pytest.raises(ServerError, match="The EHR is on holiday"):
        vendor.tell(read)
    assert len(vendor.feed.requests) == 4


FINE = {
    "an error beside code true": answer(APPOINTMENT, error=["Something minor"]),
    "nested errors beside code true": answer(APPOINTMENT, error=[["Something minor"]]),
    "a description": answer(APPOINTMENT, description="Appointment found"),
    "an array for a description": answer(APPOINTMENT, description=["Appointment", "found"]),
    "no code": raw(
        b'{"data": {"id": 1600000123, "start_time": "2031-04-15T14:00:00Z", "end_time": "2031-04-15T15:00:00Z"}}'
    ),
    "a code in words": answer(APPOINTMENT, code="false"),
    "code false deeper down": answer({**APPOINTMENT, "misc": {"code": False}}),
    "code false in a text": answer({**APPOINTMENT, "note": '"code": false'}),
    "null for errors": answer(APPOINTMENT, error=None),
}


@pytest.mark.parametrize("name", FINE)
def test_anything_else_is_a_success(name, vendor):
    vendor.answers(FINE[name])
    assert vendor.tell(read).id == APPOINTMENT["id"]


# --- what errors say -------------------------------------------------------------------------------------------------

KINDS = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    415: APIStatusError,
    422: ValidationError,
    500: ServerError,
}


@pytest.mark.parametrize("status", KINDS)
def test_a_status_tells_the_kind_of_error_and_the_text_is_passed_on(status, vendor):
    vendor.answers(always=refusal("You don't have access to perform this action.", status=status))
    with pytest.raises(KINDS[status], match=rf"^nexhealth.appointments.get: {status} You don't have access") as caught:
        vendor.tell(read)
    assert type(caught.value) is KINDS[status]


HINTS = {
    401: "is the API key right?",
    403: "may this key use this subdomain, this location and this api_version",
    404: "no such object at this practice, or no such path in this api_version",
}


@pytest.mark.parametrize("status", HINTS)
def test_what_to_look_at_first_is_told(status, vendor):
    vendor.answers(always=refusal(status=status))
    with pytest.raises(APIStatusError) as caught:
        vendor.tell(read)
    assert HINTS[status] in str(caught.value)


TEXTS = {
    "one": (["Nope"], "Nope"),
    "several": (["Nope", "Never"], "Nope; Never"),
    "nested": ([["Nope"], [["Never"]]], "Nope; Never"),
    "a text": ("Nope", "Nope"),
    "a blank one": ([" ", "", "Nope"], "Nope"),
    "others between": ([5, None, {"a": 1}, "Nope"], "Nope"),
    "none": ([], "Bad Request"),
    "null": (None, "Bad Request"),
    "an object": ({"a": 1}, "Bad Request"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_errors_are_read_from_an_array_a_text_or_arrays_in_it(name, vendor):
    said, text = TEXTS[name]
    vendor.answers(answer(None, 400, code=False, error=said))
    with pytest.raises(BadRequestError) as caught:
        vendor.tell(read)
    assert str(caught.value) == f"nexhealth.appointments.get: 400 {text}"
    assert caught.value.fields == {}


def test_where_there_is_no_error_the_description_says_why(vendor):
    vendor.answers(answer(None, 400, code=False, description="Nope"))
    with pytest.raises(BadRequestError, match=r"400 Nope$"):
        vendor.tell(read)


BODIES = {
    "HTML": b"<html><body>Bad gateway</body></html>",
    "nothing": b"",
    "an array": b'["Nope"]',
    "a number": b"5",
    "bad UTF-8": b"\xff\xfe",
    "half": b'{"code": false, "error": ["No',
}


@pytest.mark.parametrize("name", BODIES)
def test_any_error_body_becomes_a_short_message(name, vendor):
    vendor.answers(raw(BODIES[name], 400))
    with pytest.raises(BadRequestError) as caught:
        vendor.tell(read)
    assert str(caught.value) == "nexhealth.appointments.get: 400 Bad Request"


def test_a_long_text_is_cut(vendor):
    vendor.answers(refusal("x" * 5_000_000))
    with pytest.raises(BadRequestError) as caught:
        vendor.tell(read)
    assert len(str(caught.value)) == 500


MISSING = {
    "Missing parameter start": "start",
    "Missing parameter: end": "end",
    "missing parameter 'lids[]'": "lids[]",
    "Missing parameter appt.patient_id": "appt.patient_id",
}


@pytest.mark.parametrize("text", MISSING)
@pytest.mark.parametrize("status", [400, 422])
def test_a_missing_parameter_is_told_by_its_name(status, text, vendor):
    vendor.answers(refusal(text, "Nope", ["Missing parameter other"], status=status))
    with pytest.raises(ValidationError) as caught:
        vendor.tell(read)
    assert caught.value.fields == {MISSING[text]: "is missing", "other": "is missing"}
    assert f"Nope; {MISSING[text]}: is missing; other: is missing" in str(caught.value)


def test_a_missing_parameter_of_the_sandbox_reads_the_same(practice):
    async def story(c):
        with pytest.raises(ValidationError) as caught:
            await c.call("request", "GET", "/appointments", query={"subdomain": "riverbend-dental"})
        assert set(caught.value.fields) == {"start", "end"}

    practice.tell(story)


@pytest.mark.parametrize("status", [200, 201, 400, 422])
@pytest.mark.parametrize("text", ["Sorry, this time is no longer available.", "THIS TIME IS NO LONGER AVAILABLE"])
def test_a_taken_slot_is_known_by_its_text_whatever_the_status(status, text, vendor):
    vendor.answers(refusal([text], status=status))
    with pytest.raises(SlotUnavailableError, match=r"(?i)no longer available") as caught:
        vendor.tell(book, UNCHECKED)
    assert caught.value.response.status == status
    assert caught.value.operation == "nexhealth.appointments.create"
    assert len(vendor.feed.requests) == 1


@pytest.mark.parametrize(("status", "kind"), [(403, PermissionDeniedError), (404, NotFoundError), (409, ConflictError)])
def test_the_same_text_with_a_status_that_says_more_is_what_the_status_says(status, kind, vendor):
    vendor.answers(refusal("Sorry, this time is no longer available.", status=status))
    with pytest.raises(kind, match="no longer available"):
        vendor.tell(book, UNCHECKED)


def test_another_thing_that_is_no_longer_available_is_no_slot(vendor):
    vendor.answers(refusal("This provider is no longer available"))
    with pytest.raises(BadRequestError) as caught:
        vendor.tell(book, UNCHECKED)
    assert not isinstance(caught.value, SlotUnavailableError)


def test_what_is_not_synced_is_told_what_that_may_mean(vendor):
    vendor.answers(refusal("Cannot update appointment because it is not synced with the PMS and/or a live client"))
    with pytest.raises(
        BadRequestError, match=r"not synced with the PMS.*see wait_until_written, or be cancelled already"
    ):
        vendor.tell(lambda c: c.call("appointments.cancel", 5))


WRONG = ["The appointment type is not configured for the requested slot", "User phone number is invalid"]


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("text", WRONG)
def test_a_refused_field_is_a_validation_error_though_it_is_a_400(status, text, vendor):
    vendor.answers(refusal(text, status=status))
    with pytest.raises(ValidationError, match=text) as caught:
        vendor.tell(book, UNCHECKED)
    assert caught.value.status == status


def test_a_refusal_does_not_repeat_what_was_sent(vendor):
    vendor.answers(refusal("ADALINE Parkinson, 1990-05-17, 4155550132, exists as 9001; ada@park.example is taken"))
    person = {
        "provider_id": 71,
        "first_name": "Adaline",
        "last_name": "Parkinson",
        "email": "ada@park.example",
        "date_of_birth": datetime(1990, 5, 17, tzinfo=UTC).date(),
        "phone_number": "+1 (415) 555-0132",
    }
    with pytest.raises(BadRequestError) as caught:
        vendor.tell(lambda c: c.call("patients.create", **person))
    said = str(caught.value)
    for personal in ("ADALINE", "Parkinson", "1990-05-17", "4155550132", "ada@park.example"):
        assert personal not in said
    assert "exists as 9001" in said


def test_a_429_without_a_word_is_waited_for_and_asked_again(vendor):
    vendor.answers(raw(b"", 429), raw(b"", 429, [("retry-after", "3")]), answer({"appt": APPOINTMENT}, 201))
    assert vendor.tell(book, UNCHECKED).id == APPOINTMENT["id"]
    assert [one.method for one in vendor.seen] == ["POST"] * 3
    assert len(vendor.clock.slept) == 2
    assert vendor.clock.slept[1] == 3


def test_a_429_that_stays_is_a_rate_limit_error(vendor):
    vendor.answers(always=raw(b"", 429))
    with pytest.raises(RateLimitError):
        vendor.tell(read)
    assert len(vendor.feed.requests) == 4


# --- remarks ---------------------------------------------------------------------------------------------------------

REMARKS = {
    "in the description": {"description": IGNORED},
    "in the errors": {"error": [IGNORED]},
    "nested": {"error": [[IGNORED]]},
    "in an array for a description": {"description": [IGNORED]},
    "of one": {"description": "Note that following parameter is ignored: locatoin_id."},
}


@pytest.mark.parametrize("name", REMARKS)
def test_an_ignored_parameter_is_warned_of_once_for_an_operation_and_text(name, vendor):
    text = next(iter(REMARKS[name].values()))
    while isinstance(text, list):
        (text,) = text
    vendor.answers(*(rows(**REMARKS[name]) for _ in range(3)), answer(OFFICE, **REMARKS[name]))

    async def story(c):
        with remarks() as caught:
            await c.collect(c.list("providers.list"))
            await c.collect(c.list("providers.list"))
            await c.view(subdomain="lakeside").collect(c.list("providers.list"))
            await c.call("locations.get", 41)
        return caught

    assert vendor.tell(story) == [f"nexhealth.providers.list: {text}", f"nexhealth.locations.get: {text}"]


def test_another_text_is_warned_of_too(vendor):
    other = IGNORED.replace("locatoin_id", "strat")
    vendor.answers(rows(description=IGNORED), rows(description=other), rows(description=IGNORED))

    async def story(c):
        with remarks() as caught:
            for _ in range(3):
                await c.collect(c.list("providers.list"))
        return caught

    assert vendor.tell(story) == [f"nexhealth.providers.list: {IGNORED}", f"nexhealth.providers.list: {other}"]


@pytest.mark.parametrize("text", ["Appointments found", "This field is usually ignored", ""])
def test_other_remarks_are_no_warnings(text, vendor):
    vendor.answers(answer(APPOINTMENT, description=text, error=[text]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        vendor.tell(read)


def test_a_warning_names_no_person(vendor):
    vendor.answers(rows(description="Note that following parameters are ignored: Parkinson."))

    async def story(c):
        with pytest.warns(ProviderWarning) as caught:
            await c.collect(c.list("patients.list", name="Parkinson"))
        return str(caught[0].message)

    assert "Parkinson" not in vendor.tell(story)


def test_where_warnings_are_errors_a_read_raises_and_a_booking_is_not_lost(vendor, caplog):
    caplog.set_level(logging.WARNING)
    vendor.answers(
        answer({"appt": APPOINTMENT}, 201, description=IGNORED),
        answer({"appt": APPOINTMENT}, description=IGNORED),
        rows(description=IGNORED),
    )

    async def story(c):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            made = await book(c)
            assert not made.recovered
            gone = await c.call("appointments.cancel", made.id)
            with pytest.raises(ProviderWarning, match="locatoin_id"):
                await c.collect(c.list("providers.list"))
        return made, gone

    made, gone = vendor.tell(story, UNCHECKED)
    assert made.id == gone.id == APPOINTMENT["id"]
    said = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert said == [f"nexhealth.appointments.{verb}: {IGNORED}" for verb in ("create", "cancel")]
    assert [one.method for one in vendor.seen] == ["POST", "PATCH", "GET"]


def test_the_sandboxs_own_remark_is_a_warning(practice):
    query = {"subdomain": "riverbend-dental", "locatoin_id": "41"}

    async def story(c):
        with remarks() as caught:
            for _ in range(2):
                await c.call("request", "GET", "/providers", query=query)
        assert caught == [f"nexhealth.request: {IGNORED}"]

    practice.tell(story)


# --- what does not decode --------------------------------------------------------------------------------------------

UNREADABLE = {
    "HTML": raw(b"<html>"),
    "nothing": raw(b""),
    "null": raw(b"null"),
    "an array": raw(b"[]"),
    "no data": raw(b'{"code": true}'),
    "null data": answer(None),
    "a text for data": answer("fine"),
    "an empty object": answer({}),
    "two in an array": answer([APPOINTMENT, APPOINTMENT]),
    "null for the one": answer({"appt": None}),
    "NaN": raw(b'{"code": true, "data": {"id": NaN}}'),
    "bad UTF-8": raw(b'{"code": true, "data": {"id": "\xff"}}'),
    "depth": raw(b"[" * 100_000 + b"]" * 100_000),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_does_not_decode_is_our_own_error_and_a_booking_is_looked_for(name, vendor):
    vendor.answers(UNREADABLE[name], UNREADABLE[name], rows(APPOINTMENT))

    async def story(c):
        with pytest.raises(ResponseUnreadableError) as caught:
            await read(c)
        assert caught.value.response.status == 200
        return await book(c)

    made = vendor.tell(story, UNCHECKED)
    assert made.recovered
    assert [one.method for one in vendor.seen] == ["GET", "POST", "GET"]


# --- how fast --------------------------------------------------------------------------------------------------------

QUOTAS = {
    "appointments": ("/appointments", 10, 1.0),
    "slots": ("/available_slots", 10, 1.0),
    "slots in v2": ("/appointment_slots", 10, 1.0),
    "one appointment": ("/appointments/5", 100, 1.0),
    "patients": ("/patients", 100, 1.0),
    "elsewhere": ("/providers", 100, 1.0),
}


@pytest.mark.parametrize("name", QUOTAS)
def test_no_window_holds_more_than_the_vendor_allows(name, vendor):
    path, most, window = QUOTAS[name]
    moments = []

    def note(_):
        moments.append(vendor.clock.now().monotonic)
        return answer([])

    vendor.answers(always=note)

    async def story(c):
        for _ in range(most * 2 + 5):
            await c.call("request", "GET", path)

    vendor.tell(story, timeout=30)
    assert max(sum(at <= other < at + window for other in moments) for at in moments) in range(most * 8 // 10, most + 1)


@pytest.mark.parametrize(
    ("path", "most"), [("/patients/1/alerts", 1000), ("/appointments/5", 1000), ("/providers", 2000)]
)
def test_a_minute_holds_no_more_than_the_vendor_allows(path, most, vendor):
    moments = []

    def note(_):
        vendor.clock.advance(0.02)  # fewer than a hundred a second
        moments.append(vendor.clock.now().monotonic)
        return answer([])

    vendor.answers(always=note)

    async def story(c):
        for _ in range(most + 20):
            await c.call("request", "GET", path)

    vendor.tell(story, timeout=89)
    first_minute = sum(at < moments[0] + 60 for at in moments)
    assert most * 9 // 10 < first_minute <= most
