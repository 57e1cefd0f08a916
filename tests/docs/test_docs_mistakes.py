"""What a newcomer does wrong is refused before anything is sent, in words that say what to do."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from apptsdk import Cliniko, ClosedError, ConfigurationError, Cubu, IMIassist, NexHealth, UnsupportedError
from apptsdk.providers.cubu import Calendar, CalendarRef, Channel
from apptsdk.sandbox import Sandbox

MISTAKES: dict[str, tuple[Callable[[Cliniko], object], type[Exception], str]] = {
    "naive datetime": (
        lambda cliniko: cliniko.individual_appointments.update("1", starts_at=datetime(2027, 1, 4, 9)),  # noqa: DTZ001
        ValueError,
        r"starts_at is naive.*ZoneInfo",
    ),
    "float id": (lambda cliniko: cliniko.patients.get(1.2e18), TypeError, r"^id must be a str.*float rounds"),
    "nothing for id": (lambda cliniko: cliniko.patients.get(None), TypeError, r"^id must be a str or an int, not None"),
    "text for list": (lambda cliniko: cliniko.patients.list(sort="id"), TypeError, r'sort=\["\.\.\."\]'),
    "text for reason": (
        lambda cliniko: cliniko.individual_appointments.cancel("1", reason="sick"),
        TypeError,
        r"CancellationReason\.SICK",
    ),
    "number for retry": (lambda cliniko: cliniko.with_options(retry=3), TypeError, r"NO_RETRY.*not int"),
    "text for timeout": (
        lambda cliniko: cliniko.with_options(timeout="3"),
        TypeError,
        r"a Timeout, not str",
    ),
    "another library": (
        lambda cliniko: Cliniko(cliniko._settings, engine="requests").user(),
        ConfigurationError,
        r'"httpx" or "httpx2"',
    ),
    "misspelt option": (lambda cliniko: Cliniko(cliniko._settings, timout=3), TypeError, r"no timout=.*timeout"),
    "a key for settings": (lambda _: Cliniko("MS0x-au2"), TypeError, r"ClinikoSettings, not str.*from_env\(\)"),
}


@pytest.mark.parametrize(("mistake", "kind", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_refused_before_anything_is_sent(
    apptsdk_sandbox: Sandbox, mistake: Callable[[Cliniko], object], kind: type[Exception], says: str
) -> None:
    with Cliniko(apptsdk_sandbox.cliniko) as cliniko, pytest.raises(kind, match=says):
        mistake(cliniko)
    assert apptsdk_sandbox.requests == []


MOMENT = datetime(2031, 4, 15, 15, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
AT_NEXHEALTH: dict[str, tuple[Callable[[NexHealth], object], type[Exception], str]] = {
    "naive datetime": (
        lambda nexhealth: nexhealth.appointments.create(provider_id=1, patient_id=2, start_time=datetime(2031, 4, 15)),  # noqa: DTZ001
        ValueError,
        r"start_time is naive.*ZoneInfo",
    ),
    "nobody's appointment": (
        lambda nexhealth: nexhealth.appointments.create(provider_id=1, start_time=MOMENT),
        ValueError,
        r"patient_id is missing.*unavailable=True",
    ),
    "one of two times": (
        lambda nexhealth: nexhealth.appointments.update(1, start_time=MOMENT),
        ValueError,
        "changed together: give both",
    ),
    "long note": (
        lambda nexhealth: nexhealth.appointments.create(
            provider_id=1, patient_id=2, start_time=MOMENT, end_time=MOMENT + HALF_AN_HOUR, note="x" * 129
        ),
        ValueError,
        "129 characters; 128 at most",
    ),
    "slots of nobody": (
        lambda nexhealth: nexhealth.available_slots.list(start_date=date(2031, 4, 15), days=7),
        ValueError,
        "provider_ids or appointment_type_id",
    ),
    "phone abroad": (
        lambda nexhealth: nexhealth.patients.list(phone_number="+44 20 7946 0958").first(),
        ValueError,
        r"phone_number must be a North American.*\+1",
    ),
    "long page": (lambda nexhealth: nexhealth.patients.list(per_page=1001), ValueError, "from 1 to 1000"),
    "float id": (lambda nexhealth: nexhealth.patients.get(1.5), TypeError, r"^id must be a str.*float rounds"),
    "no practice": (
        lambda nexhealth: nexhealth.with_options(subdomain=None).providers.list(),
        ConfigurationError,
        r"NEXHEALTH_SUBDOMAIN.*with_options\(subdomain=",
    ),
    "no office": (
        lambda nexhealth: nexhealth.with_options(location_id=None).patients.list(),
        ConfigurationError,
        r"NEXHEALTH_LOCATION_ID.*with_options\(location_id=",
    ),
    "not in v3": (lambda nexhealth: nexhealth.patients.list(include=["address"]), UnsupportedError, "api_version"),
    "a version that is none": (
        lambda nexhealth: attrs.evolve(nexhealth._settings, api_version="3"),
        ConfigurationError,
        "NEXHEALTH_API_VERSION.*v3.0.0",
    ),
    "half a version": (
        lambda nexhealth: attrs.evolve(nexhealth._settings, api_version="v3"),
        ConfigurationError,
        r'whole name, such as "v3\.0\.0"',
    ),
    "nobody's appointments": (
        lambda nexhealth: nexhealth.appointments.list(start=MOMENT, end=MOMENT + HALF_AN_HOUR, patient_ids=[]).first(),
        ValueError,
        "patient_ids is empty: leave it out",
    ),
    "parsed webhook": (
        lambda nexhealth: nexhealth.webhooks.verify({"data": {}}, {}, secret_key="s"),
        TypeError,
        "body must be",
    ),
}


@pytest.mark.parametrize(("mistake", "kind", "says"), AT_NEXHEALTH.values(), ids=AT_NEXHEALTH)
def test_a_mistake_at_nexhealth_is_refused_before_anything_is_sent(
    apptsdk_sandbox: Sandbox, mistake: Callable[[NexHealth], object], kind: type[Exception], says: str
) -> None:
    with NexHealth(apptsdk_sandbox.nexhealth) as nexhealth, pytest.raises(kind, match=says):
        mistake(nexhealth)
    assert apptsdk_sandbox.requests == []


SERVICE = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10"
DAY = date(2031, 4, 15)
REF = CalendarRef(service_id=SERVICE, date=DAY, cu_index=0)
STRICT = Calendar(service_id=SERVICE, date=DAY, cu_index=0, is_customer_required=True, is_email_required=True)


def book(cubu: Cubu, calendar: Calendar | CalendarRef = REF, **changed: object) -> object:
    """Book with something that is wrong."""
    given = {"service_type_id": "Passport renewal", "start": 540, "channel": Channel.VIDEO, **changed}
    return cubu.appointments.book(calendar, **given)


AT_CUBU: dict[str, tuple[Callable[[Cubu], object], type[Exception], str]] = {
    "a name that there is not": (
        lambda cubu: cubu.calendars.list("Front dsk", DAY),
        ValueError,
        r'service_id is neither a GUID.*the catalogue\'s services are "Front desk", "Passport office"',
    ),
    "a datetime for a day": (
        lambda cubu: cubu.calendars.list("Front desk", MOMENT),
        TypeError,
        r"date must be a date, such as date\(2026, 3, 2\)",
    ),
    "naive start": (lambda cubu: book(cubu, start=datetime(2031, 4, 15, 9)), ValueError, r"start is naive.*ZoneInfo"),  # noqa: DTZ001
    "start as text": (lambda cubu: book(cubu, start="09:00"), TypeError, "aware datetime, or an int: minutes"),
    "start on another day": (
        lambda cubu: book(cubu, start=datetime(2031, 4, 15, 22, tzinfo=UTC)),
        ValueError,
        r"start is on 2031-04-16 by the service's clock \(Asia/Jerusalem\), and the calendar is of 2031-04-15",
    ),
    "minutes of tomorrow": (lambda cubu: book(cubu, start=1440), ValueError, "from 0 to 1439 minutes since midnight"),
    "a channel in small letters": (
        lambda cubu: book(cubu, channel="video"),
        ValueError,
        "'FaceToFace', 'Video', 'Phone'",
    ),
    "a channel that is not offered": (
        lambda cubu: book(cubu, channel=Channel.PHONE),
        ValueError,
        "not one that Passport renewal offers by the catalogue: FaceToFace, Video",
    ),
    "what the calendar requires": (
        lambda cubu: book(cubu, STRICT),
        ValueError,
        "requires customer_record_id and contact_email for a booking. Nothing was sent",
    ),
    "phone abroad": (
        lambda cubu: book(cubu, contact_phone_number="+44 20 7946 0958"),
        ValueError,
        r'ten digits, such as "2025550123".*phone_format.*CUBU_PHONE_FORMAT',
    ),
    "a date in a field": (
        lambda cubu: book(cubu, fields={"Reason of the visit": DAY}),
        TypeError,
        r"fields\['Reason of the visit'\].*Write a date as text",
    ),
    "a calendar for an appointment": (
        lambda cubu: cubu.appointments.cancel(REF),
        ValueError,
        "case_id is missing: a calendar alone names no appointment",
    ),
    "a case's id alone": (
        lambda cubu: cubu.appointments.cancel(SERVICE),
        ValueError,
        "no reference of the form service/date/cu/case",
    ),
    "nothing to find a customer by": (lambda cubu: cubu.customers.find(), ValueError, "Give key_value"),
    "parsed webhook": (
        lambda cubu: cubu.webhooks.verify({"caseId": SERVICE}, {}, key="k"),
        TypeError,
        "body must be bytes",
    ),
    "no zone": (
        lambda cubu: Cubu(attrs.evolve(cubu._settings, catalogue=None, time_zone=None)).appointments.book(
            REF, service_type_id=SERVICE, start=datetime.now(UTC), channel="Video"
        ),
        ConfigurationError,
        r"time_zone in CubuSettings \(CUBU_TIME_ZONE\).*or the service in the catalogue",
    ),
    "a path of another place": (
        lambda cubu: attrs.evolve(cubu._settings, cancel_path="/{applicationId}/cases/{id}"),
        ConfigurationError,
        r"cancel_path \(CUBU_CANCEL_PATH\) has no \{id\}; its places are.*\{caseId\}",
    ),
    "a catalogue that is not there": (
        lambda cubu: attrs.evolve(cubu._settings, catalogue="nowhere.toml"),
        ConfigurationError,
        "nowhere.toml cannot be read: No such file",
    ),
}


@pytest.mark.parametrize(("mistake", "kind", "says"), AT_CUBU.values(), ids=AT_CUBU)
def test_a_mistake_at_cubu_is_refused_before_anything_is_sent(
    apptsdk_sandbox: Sandbox, mistake: Callable[[Cubu], object], kind: type[Exception], says: str
) -> None:
    with Cubu(apptsdk_sandbox.cubu) as cubu, pytest.raises(kind, match=says):
        mistake(cubu)
    assert apptsdk_sandbox.requests == []


AT_IMIASSIST: dict[str, tuple[Callable[[IMIassist], object], type[Exception], str]] = {
    "naive start": (
        lambda imiassist: imiassist.appointments.schedule(start_time=datetime(2031, 4, 15, 9)),  # noqa: DTZ001
        ValueError,
        r"start_time is naive.*ZoneInfo",
    ),
    "start as text": (
        lambda imiassist: imiassist.appointments.schedule(start_time="2031-04-15T09:00:00Z"),
        TypeError,
        "start_time must be a datetime",
    ),
    "a phone number as one writes it": (
        lambda imiassist: imiassist.appointments.schedule(start_time=MOMENT, customer_phone="+44 7700 900123"),
        ValueError,
        r'E\.164.*without spaces, such as "\+447700900123"',
    ),
    "seconds of a duration": (
        lambda imiassist: imiassist.appointments.schedule(start_time=MOMENT, duration=timedelta(seconds=90)),
        ValueError,
        "duration must be of whole minutes",
    ),
    "a priority in small letters": (
        lambda imiassist: imiassist.appointments.schedule(start_time=MOMENT, priority="high"),
        ValueError,
        "one of 'LOW', 'MEDIUM', 'HIGH'",
    ),
    "attributes in attributes": (
        lambda imiassist: imiassist.appointments.schedule(start_time=MOMENT, custom_attributes={"age": {"years": 41}}),
        TypeError,
        r"custom_attributes\['age'\].*the attributes are flat",
    ),
    "a reference with a slash": (
        lambda imiassist: imiassist.appointments.schedule(start_time=MOMENT, external_reference_id="PAS/1001"),
        ValueError,
        "external_reference_id is not an id.*a slash",
    ),
    "an id without its name": (
        lambda imiassist: imiassist.appointments.cancel("NS-45-1"),
        TypeError,
        r"an Appointment, not str.*cancel\(appointment_id=",
    ),
    "two names of an appointment": (
        lambda imiassist: imiassist.appointments.cancel(appointment_id="7", appointment_uid="NS-45-1"),
        TypeError,
        "Give one of appointment, appointment_id, appointment_uid, external_reference_id",
    ),
    "reading": (lambda imiassist: imiassist.appointments.get("7"), UnsupportedError, r"'get' is off.*endpoints=\{"),
    "a token without its key": (
        lambda imiassist: attrs.evolve(imiassist._settings, api_key=None),
        ConfigurationError,
        r"api_key \(IMIASSIST_API_KEY\).*user_email",
    ),
    "a field that there is not": (
        lambda imiassist: attrs.evolve(imiassist._settings, field_names={"start": "startAt"}),
        ConfigurationError,
        r"field_names \(IMIASSIST_FIELD_NAMES\) has no 'start'; our names are customer_id, .*start_time",
    ),
    "an operation that there is not": (
        lambda imiassist: attrs.evolve(imiassist._settings, endpoints={"book": {"method": "POST", "path": "/b"}}),
        ConfigurationError,
        r"endpoints \(IMIASSIST_ENDPOINTS\) has no 'book'; its operations are .*schedule",
    ),
    "credentials in the body of a GET": (
        lambda imiassist: attrs.evolve(
            imiassist._settings,
            credentials_in_body=True,
            endpoints={"get": {"method": "GET", "path": "/appointments/{appointment_id}"}},
        ),
        ConfigurationError,
        r"credentials_in_body \(IMIASSIST_CREDENTIALS_IN_BODY\) needs a body, and 'get' is a GET",
    ),
}


@pytest.mark.parametrize(("mistake", "kind", "says"), AT_IMIASSIST.values(), ids=AT_IMIASSIST)
def test_a_mistake_at_imiassist_is_refused_before_anything_is_sent(
    apptsdk_sandbox: Sandbox, mistake: Callable[[IMIassist], object], kind: type[Exception], says: str
) -> None:
    with IMIassist(apptsdk_sandbox.imiassist) as imiassist, pytest.raises(kind, match=says):
        mistake(imiassist)
    assert apptsdk_sandbox.requests == []


@pytest.mark.parametrize("wrong", ["patient", "link"])
def test_an_object_or_link_in_an_ids_place_is_told_about_its_id(apptsdk_sandbox: Sandbox, wrong: str) -> None:
    with Cliniko(apptsdk_sandbox.cliniko) as cliniko:
        given = {
            "patient": cliniko.patients.list().first(),
            "link": cliniko.individual_appointments.list().first().patient,
        }[wrong]
        asked = len(apptsdk_sandbox.requests)
        with pytest.raises((TypeError, ValueError), match=r"Pass (its|the link's) \.id\.$"):
            cliniko.patients.get(given)
        assert len(apptsdk_sandbox.requests) == asked


def test_missing_variables_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "APP_NAME", "CONTACT_EMAIL"):
        monkeypatch.delenv(f"CLINIKO_{name}", raising=False)
    with pytest.raises(ConfigurationError, match="CLINIKO_API_KEY, CLINIKO_APP_NAME, CLINIKO_CONTACT_EMAIL"):
        Cliniko.from_env()


def test_a_closed_client_says_that_it_is_closed(apptsdk_sandbox: Sandbox) -> None:
    with Cliniko(apptsdk_sandbox.cliniko) as cliniko:
        patients = cliniko.patients.list()
    with pytest.raises(ClosedError, match=r"closed.*with"):
        patients.first()
