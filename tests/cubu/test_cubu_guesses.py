"""Every setting that stands for a guess: the system is otherwise than the default says, and the setting follows it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import attrs
import pytest
from cubu_support import APPLICATION, HOST, TENANT, TOKENS, answer, settings, token

from apptsdk import (
    APIStatusError,
    AuthenticationError,
    ConfigurationError,
    CubuSettings,
    NotFoundError,
    OutcomeUnknownError,
    SignatureError,
    SlotUnavailableError,
    ValidationError,
)
from apptsdk.providers.cubu import CalendarRef
from apptsdk.sandbox.cubu.seed import ADVICE, FRONT_DESK, ISLAND_LINE, NIGHT_LINE, QUESTION, RENEWAL

FREE = date(2026, 5, 5)
"""A day on which nobody is booked yet."""
DESK = CalendarRef(service_id=FRONT_DESK, date=FREE, cu_index=0)
NIGHT = CalendarRef(service_id=NIGHT_LINE, date=FREE, cu_index=0)
TALK = {"service_type_id": QUESTION, "channel": "Phone"}
REACHED = {**TALK, "contact_email": "ana@example.org"}
PHONE = "2025550123"


async def booked(c, calendar=DESK, **more):
    return await c.call("appointments.book", calendar, **{**TALK, "start": 540, **more})


async def days(c):
    return await c.collect(c.list("calendars.list", FRONT_DESK, FREE))


def fails(office, error, story, given=None, **options):
    """Tell a story that ends badly; give the error."""
    with pytest.raises(error) as caught:
        office.tell(story, given, **options)
    assert type(caught.value) is error
    return caught.value


# --- where, and with what token --------------------------------------------------------------------------------------


def test_base_url_says_where_the_api_is(vendor):
    base = "https://cubu.example/s2s"

    def elsewhere(request):
        good = request.url.startswith(f"{base}/{APPLICATION}/")
        return answer([]) if good else answer({"message": "No such host."}, 404)

    vendor.answers(always=elsewhere)
    fails(vendor, NotFoundError, days)
    assert vendor.tell(days, settings(base_url=base)) == []
    assert [one.url.removesuffix(f"/{APPLICATION}/calendars/{FRONT_DESK}/2026-05-05") for one in vendor.seen] == [
        HOST,
        base,
    ]


def test_base_url_finds_the_sandbox_below_its_path(office):
    assert len(office.tell(days)) == 3
    lost = office.settings(base_url=office.sandbox.cubu.base_url.replace("/cubu", "/kubu"))
    fails(office, NotFoundError, days, lost)


def test_token_url_says_where_tokens_are(vendor):
    place = f"https://login.example/{TENANT}/token"

    def elsewhere(request):
        if request.url == place:
            return token()
        assert request.headers["Authorization"] == "Bearer made-up-token-1"
        return answer([])

    vendor.answers(always=elsewhere).login = answer({"message": "No such place."}, 404)
    fails(vendor, AuthenticationError, days)
    assert [one.url for one in vendor.feed.logins] == [TOKENS]
    assert vendor.feed.requests == []
    assert vendor.tell(days, settings(token_url=place)) == []
    assert [one.url for one in vendor.feed.requests] == [place, vendor.feed.requests[1].url]
    assert len(vendor.feed.logins) == 1


def test_token_url_can_be_another_tenants(office):
    place = office.sandbox.cubu.token_url
    other = office.settings(token_url=place.replace(office.sandbox.cubu.tenant_id, TENANT))
    assert "AADSTS90002" in str(fails(office, AuthenticationError, days, other))
    assert len(office.tell(days)) == 3


def test_scope_says_what_a_token_is_asked_for(office):
    office.emulation.scope = "api://cubu/{clientId}/.default"
    client = office.sandbox.cubu.client_id
    error = fails(office, AuthenticationError, days)
    assert error.code == "AADSTS70011"
    assert len(office.tell(days, office.settings(scope=f"api://cubu/{client}/.default"))) == 3
    asked = [dict(parse_qsl(one.body.decode()))["scope"] for one in office.sandbox.requests if "oauth2" in one.path]
    assert asked == [f"{client}/.default", f"api://cubu/{client}/.default"]


# --- the clock -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Europe/London", "GMT Standard Time"])
def test_time_zone_says_by_which_clock_minutes_are_meant(name, office):
    start = datetime(2026, 5, 5, 9, 0, tzinfo=ZoneInfo("Europe/London"))  # 540 by the service's clock

    async def story(c):
        vacancies = await c.call("calendars.vacancies", NIGHT, service_type_id=QUESTION)
        assert start in vacancies.slots
        assert vacancies.minutes[vacancies.slots.index(start)] == 540
        return await booked(c, NIGHT, **{**REACHED, "start": start})

    booking = office.tell(story, office.settings(catalogue=None, time_zone=name))
    assert booking.appointment.time_utc == start
    assert booking.differences == ()
    (post,) = office.seen("POST")
    assert json.loads(post.body)["startTime"] == 540


def test_without_a_time_zone_a_datetime_is_not_sent_and_with_a_wrong_one_the_difference_is_told(office):
    start = datetime(2026, 5, 5, 9, 0, tzinfo=ZoneInfo("Europe/London"))

    async def story(c):
        return await booked(c, NIGHT, **{**REACHED, "start": start})

    nobody = office.settings(catalogue=None, time_zone=None)
    assert "CUBU_TIME_ZONE" in str(fails(office, ConfigurationError, story, nobody))
    assert office.seen() == []
    booking = office.tell(story, office.settings(catalogue=None, time_zone="Asia/Jerusalem"))
    assert booking.appointment.time_utc - start == timedelta(hours=2)
    assert [difference.field for difference in booking.differences] == ["starts_at"]


def test_the_catalogues_zone_of_a_service_comes_before_time_zone(office):
    start = datetime(2026, 5, 5, 9, 0, tzinfo=ZoneInfo("Europe/London"))

    async def story(c):
        return await booked(c, NIGHT, **{**REACHED, "start": start})

    booking = office.tell(story, office.settings(time_zone="Asia/Jerusalem"))
    assert booking.appointment.time_utc == start
    assert booking.differences == ()


# --- who the customer is ---------------------------------------------------------------------------------------------

KEYS = {"cusotmerRecordId": "customerRecordId", "customerRecordId": "cusotmerRecordId"}
"""What the server binds, and how a client spells it wrongly."""


@pytest.mark.parametrize("bound", KEYS)
@pytest.mark.parametrize("verb", ["appointments.book", "queue.join"])
def test_customer_record_key_says_how_the_customers_key_is_spelt(verb, bound, office):
    office.emulation.customer_record_key = bound
    kind = "appointments" if verb == "appointments.book" else "cases"

    async def story(c):
        if kind == "cases":
            return await c.call(verb, FRONT_DESK, **TALK, customer_record_id=office.customer)
        return await booked(c, customer_record_id=office.customer)

    kept = {}
    for key in ("both", bound, KEYS[bound]):
        office.sandbox.ledger.clear()
        made = office.tell(story, office.settings(customer_record_key=key))
        (entry,) = [one for one in office.sandbox.ledger if one.resource == kind]
        assert entry.id == made.case_id
        kept[key] = entry.record["customer"] and entry.record["customer"]["recordId"]
        if kind == "appointments":
            wrong = [one.field for one in made.differences]
            assert wrong == ([] if kept[key] else ["customer_record_id"])
            office.tell(lambda c, made=made: c.call("appointments.cancel", made))
    assert kept == {"both": office.customer, bound: office.customer, KEYS[bound]: None}


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("cusotmerRecordId", ["cusotmerRecordId"]),
        ("customerRecordId", ["customerRecordId"]),
        ("both", ["cusotmerRecordId", "customerRecordId"]),
    ],
)
def test_customer_record_key_is_what_is_sent_and_the_list_is_filtered_by_its_own(key, keys, office):
    async def story(c):
        await booked(c, customer_record_id=office.customer)
        return await c.collect(c.list("appointments.list", DESK, customer_record_id=office.customer))

    (found,) = office.tell(story, office.settings(customer_record_key=key))
    assert found.customer.record_id == office.customer
    (post,) = office.seen("POST")
    sent = json.loads(post.body)
    assert {name: sent[name] for name in sent if "RecordId" in name} == dict.fromkeys(keys, office.customer)
    assert office.seen("GET")[-1].query == [("customerRecordId", office.customer)]


# --- cancelling ------------------------------------------------------------------------------------------------------

IN_CALENDAR = "/{applicationId}/calendars/{serviceId}/{date}/{cuIndex}/appointments/{caseId}"
FORMS = {
    "delete": {},
    "action": {"cancel_method": "POST", "cancel_path": f"{IN_CALENDAR}/actions/cancel"},
    "case_action": {"cancel_method": "POST", "cancel_path": "/{applicationId}/cases/{caseId}/actions/cancel"},
}


@pytest.mark.parametrize("form", FORMS)
def test_cancel_method_and_cancel_path_say_how_an_appointment_is_cancelled(form, office):
    office.emulation.cancel_forms = {form}
    ends = {}
    made = office.tell(booked)
    for name, given in FORMS.items():
        if name == form:
            continue
        with pytest.raises(APIStatusError) as caught:
            office.tell(lambda c: c.call("appointments.cancel", made), office.settings(**given))
        ends[name] = caught.value.status
        assert office.live() == [made.case_id]
    assert set(ends.values()) <= {404, 405}
    assert len(ends) == 2
    office.tell(lambda c: c.call("appointments.cancel", made), office.settings(**FORMS[form]))
    assert office.live() == []
    assert office.tell(lambda c: c.collect(c.list("appointments.list", DESK))) == []


def test_a_method_that_is_not_there_hints_at_the_settings(office):
    office.emulation.cancel_forms = {"action"}
    made = office.tell(booked)
    given = office.settings(cancel_method="PUT", cancel_path=FORMS["action"]["cancel_path"])
    with pytest.raises(APIStatusError, match=r"405 .*cancel_method and cancel_path.*") as caught:
        office.tell(lambda c: c.call("appointments.cancel", made), given)
    assert caught.value.status == 405


# --- customers, phones, slots, checks --------------------------------------------------------------------------------


def test_customer_path_says_where_a_customer_is_read(office):
    office.emulation.customer_path = "/people/{customerRecordId}/card"

    async def story(c):
        return await c.call("customers.get", office.customer)

    assert "customer_path" in str(fails(office, APIStatusError, story))  # 405: there, customers are only changed
    template = "/{applicationId}/people/{customerRecordId}/card"
    assert office.tell(story, office.settings(customer_path=template)).record_id == office.customer


def test_phone_format_says_how_a_phone_number_is_written(office):
    office.emulation.phone_format = "e164"

    async def ten(c):
        return await booked(c, contact_phone_number=PHONE)

    async def whole(c):
        return await booked(c, start=600, contact_phone_number=f"+1 (202) {PHONE[3:]}")

    assert [*fails(office, ValidationError, ten).fields] == ["contactPhoneNumber"]
    with pytest.raises(ValueError, match="CUBU_PHONE_FORMAT"):
        office.tell(whole)
    with pytest.raises(ValueError, match=r"^contact_phone_number must be an E\.164 number"):
        office.tell(ten, office.settings(phone_format="e164"))
    assert office.tell(whole, office.settings(phone_format="e164")).contact_phone_number == f"+1{PHONE}"
    sent = [json.loads(one.body)["contactPhoneNumber"] for one in office.seen("POST")]
    assert sent == [PHONE, f"+1{PHONE}"]


def test_any_phone_format_leaves_the_number_as_it_is(office):
    async def odd(c):
        return await booked(c, contact_phone_number="202 555-0123")

    assert office.tell(odd).contact_phone_number == f"+1{PHONE}"
    office.tell(lambda c: c.call("appointments.cancel", DESK, office.live()[0]))
    fails(office, ValidationError, odd, office.settings(phone_format="any"))
    sent = [json.loads(one.body)["contactPhoneNumber"] for one in office.seen("POST")]
    assert sent == [PHONE, "202 555-0123"]


@pytest.mark.parametrize("status", [400, 409, 422, 423])
def test_slot_taken_statuses_say_that_a_time_is_not_to_be_had(status, office):
    office.emulation.taken_status = status

    async def story(c):
        await booked(c)
        await booked(c)

    error = fails(office, SlotUnavailableError, story, office.settings(slot_taken_statuses=(status,)))
    assert (error.response.status, error.__cause__.code) == (status, "99001")
    for other in ((), tuple({409, 422} - {status})):
        with pytest.raises(APIStatusError, match="not vacant") as caught:
            office.tell(booked, office.settings(slot_taken_statuses=other))
        assert caught.value.status == status
    assert len(office.live()) == 1


def test_check_bookings_says_whether_a_booking_is_looked_at(office, caplog):
    office.emulation.before_book = lambda _: {"serviceTypeId": RENEWAL, "channel": "Video"}
    changed = office.tell(booked)
    assert {(one.field, one.asked, one.got) for one in changed.differences} == {
        ("service_type_id", QUESTION, RENEWAL),
        ("channel", "Phone", "Video"),
    }
    assert changed.checked
    assert [one.method for one in office.seen()] == ["POST", "GET"]
    assert "otherwise than it was asked for: service_type_id, channel" in caplog.text

    async def later(c):
        return await booked(c, start=600)

    unseen = office.tell(later, office.settings(check_bookings=False))
    # The answer names the channel and not the service type.
    assert [one.field for one in unseen.differences] == ["channel"]
    assert not unseen.checked
    assert [one.method for one in office.seen()] == ["POST", "GET", "POST"]
    listed = office.tell(lambda c: c.call("appointments.get", unseen))
    assert listed.service_type_id == RENEWAL


# --- webhooks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["base64", "hex"])
def test_webhook_algorithm_says_how_webhooks_are_signed(encoding, office):
    office.emulation.webhook("https://hooks.example/cubu", key="made-up", encoding=encoding, algorithm="sha512")
    made = office.tell(booked)
    (sent,) = office.emulation.deliveries
    headers = {"authorization": sent.authorization}

    async def read(c):
        return c.client.webhooks.verify(sent.body, headers, key="made-up", path=sent.url)

    with pytest.raises(SignatureError):
        office.tell(read)
    event = office.tell(read, office.settings(webhook_algorithm="sha512"))
    assert event.case_id == made.case_id


# --- the catalogue ---------------------------------------------------------------------------------------------------

WALTER = {"Last name": "Walter", "National id": "900000017"}


def test_the_catalogue_says_what_names_mean(office):
    async def story(c):
        found = await c.collect(c.list("calendars.list", "front DESK", FREE))
        return await booked(
            c,
            found[0],
            service_type_id="General question",
            fields={"visit-reason": "a form"},
            tag_ids=["vip"],
        )

    with pytest.raises(ValueError, match=r"^service_id .*catalogue"):
        office.tell(story, office.settings(catalogue=None))
    with pytest.raises(ValueError, match=r"^service_id .*Front desk"):
        office.tell(lambda c: c.collect(c.list("calendars.list", "Back desk", FREE)))
    assert office.seen() == []
    booking = office.tell(story)
    assert booking.service_type_id == QUESTION
    assert [*booking.fields.values()] == ["a form"]
    assert len(booking.tags) == 1


def test_the_catalogue_says_which_channels_a_service_type_offers(office):
    async def story(c):
        return await booked(c, service_type_id=ADVICE, channel="FaceToFace")

    with pytest.raises(ValueError, match="channel is not one that Advice call offers by the catalogue: Phone, Video"):
        office.tell(story)
    assert office.seen() == []
    error = fails(office, ValidationError, story, office.settings(catalogue=None))
    assert [*error.fields] == ["channel"]


def test_the_catalogue_says_by_which_field_a_lost_customer_is_found_again(office):
    whole = office.sandbox.cubu.catalogue
    ids = {one.name: one.id for one in whole.field_types}

    async def story(c):
        return await c.call("customers.create", fields={ids[name]: value for name, value in WALTER.items()})

    for given in (attrs.evolve(whole, customer_key=None), None):
        office.sandbox.fault("drop_before", method="POST", path="/*/customers")
        error = fails(office, OutcomeUnknownError, story, office.settings(catalogue=given))
        assert "customer_key" in str(error)
    office.sandbox.fault("drop_after", method="POST", path="/*/customers")
    found = office.tell(story)
    assert found.recovered
    assert office.sandbox.ledger.created("customers") == [found.record_id]


def test_the_catalogue_can_be_a_file(office, tmp_path):
    path = tmp_path / "catalogue.toml"
    path.write_text(
        f'[[services]]\nid = "{ISLAND_LINE}"\nname = "The island"\ntime_zone = "Lord Howe Standard Time"\n',
        encoding="utf-8",
    )

    async def story(c):
        found = await c.collect(c.list("calendars.list", "the island", FREE))
        vacancies = await c.call("calendars.vacancies", found[0], service_type_id=QUESTION)
        return vacancies.slots[0]

    first = office.tell(story, office.settings(catalogue=path))
    assert first.tzinfo == ZoneInfo("Australia/Lord_Howe")
    assert (first.hour, first.utcoffset()) == (0, timedelta(hours=10, minutes=30))


def test_every_guess_is_overridden_here():
    """A setting that is new is a guess, and must have a test of its name above."""
    tests = " ".join(name for name in globals() if name.startswith("test_"))
    known = {"tenant_id", "client_id", "client_secret", "application_id", "token_store"}
    for field in attrs.fields(CubuSettings):
        assert field.name in known or f"_{field.name}_" in tests, field.name
