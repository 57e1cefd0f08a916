"""The shared classes: what they take, what they show, and what makes two of them equal."""

import copy
import pickle
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import attrs
import pytest
from scheduling_support import START, Visit

from apptsdk.shared import (
    Appointment,
    AppointmentRef,
    AppointmentStatus,
    Cancellation,
    CancelReason,
    Channel,
    Customer,
    Host,
    Location,
    Service,
    Slot,
    SlotRef,
)

SYDNEY = ZoneInfo("Australia/Sydney")
NAIVE = datetime(2026, 3, 3, 9)  # noqa: DTZ001 - that is what is refused
REF = AppointmentRef("acme", "7")
NATIVE = Visit(id="7", starts_at=START)

CUSTOMER = Customer(
    provider="acme",
    id="31",
    first_name="Ada",
    last_name="Canary",
    email="ada@canary.example",
    phone="+61400000007",
    date_of_birth=date(1990, 5, 17),
    attributes={"shoe_size": 38, "vip": True, "nickname": None, "score": 1.5, "town": "Canaryville"},
)
HOST = Host(provider="acme", id="5", name="Dr Sam Roe", email="sam@acme.example")
SERVICE = Service(provider="acme", id="3", name="Check-up", duration=timedelta(minutes=45))
LOCATION = Location(provider="acme", id="9", name="Harbour", time_zone="Australia/Sydney")
SLOT = Slot(
    provider="acme",
    ref=SlotRef("acme", "9/2026-03-03T20:00"),
    start=START.astimezone(SYDNEY),
    end=START.astimezone(SYDNEY) + timedelta(minutes=45),
    service=SERVICE,
    host=HOST,
    location=LOCATION,
    channels=(Channel.VIDEO, Channel.IN_PERSON),
    native=NATIVE,
)
APPOINTMENT = Appointment(
    provider="acme",
    ref=REF,
    id="7",
    start=START.astimezone(SYDNEY),
    end=START.astimezone(SYDNEY) + timedelta(minutes=45),
    status=AppointmentStatus.CONFIRMED,
    customer=CUSTOMER,
    host=HOST,
    service=SERVICE,
    location=LOCATION,
    channel=Channel.VIDEO,
    title="Check-up of Ada Canary",
    notes="afraid of canaries",
    join_url="https://join.example/canary-secret",
    reference="crm-881",
    time_zone="Australia/Sydney",
    created_at=START - timedelta(days=2),
    updated_at=START - timedelta(days=1),
    cancelled_at=START - timedelta(hours=1),
    recovered=True,
    native=NATIVE,
)
CANCELLATION = Cancellation(ref=REF, cancelled_at=START - timedelta(hours=1), appointment=APPOINTMENT)

FULL = {type(one).__name__: one for one in (CUSTOMER, HOST, SERVICE, LOCATION, SLOT, APPOINTMENT, CANCELLATION)}
BARE = {
    "Customer": Customer(),
    "Host": Host(id="5"),
    "Service": Service(id="3"),
    "Location": Location(id="9"),
    "Slot": Slot(provider="acme", start=START),
    "Appointment": Appointment(provider="acme", ref=REF, id="7", start=START),
    "Cancellation": Cancellation(ref=REF),
}
REFS = (REF, SlotRef("acme", "9/2026-03-03T20:00"))
objects = pytest.mark.parametrize("value", [*FULL.values(), *BARE.values(), *REFS], ids=repr)

# --- refs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [AppointmentRef, SlotRef])
@pytest.mark.parametrize(
    ("text", "provider", "key"),
    [
        ("cliniko:1402337715590046001", "cliniko", "1402337715590046001"),
        ("nexhealth:riverbend-dental/1822", "nexhealth", "riverbend-dental/1822"),
        ("cubu:a/2026-03-03/b/c", "cubu", "a/2026-03-03/b/c"),
        ("imiassist:reference/crm:881", "imiassist", "reference/crm:881"),
        ("acme2:7@home", "acme2", "7@home"),
    ],
)
def test_a_ref_is_text_and_back(kind, text, provider, key):
    ref = kind.parse(text)

    assert (ref.provider, ref.key, str(ref)) == (provider, key, text)
    assert ref == kind(provider, key)


WRONG_REFS = {
    "no colon": ("cliniko", "This is no ref of the form provider:key: it names no provider."),
    "empty": ("", "This is no ref of the form provider:key: it names no provider."),
    "no provider": (":7", "This is no ref of the form provider:key."),
    "no key": ("acme:", "This is no ref of the form provider:key."),
    "capitals": ("Acme:7", "This is no ref of the form provider:key."),
    "a digit first": ("7acme:7", "This is no ref of the form provider:key."),
    "a blank": ("acme :7", "This is no ref of the form provider:key."),
    "a line break": ("acme:7\n", "This is no ref of the form provider:key."),
    "a control": ("acme:7\x00", "This is no ref of the form provider:key."),
    "an account": ("acme@home:7", "A ref with an account (name@account:...) is reserved for later versions."),
    "only an account": ("@:7", "A ref with an account (name@account:...) is reserved for later versions."),
}


@pytest.mark.parametrize("kind", [AppointmentRef, SlotRef])
@pytest.mark.parametrize(("text", "said"), WRONG_REFS.values(), ids=WRONG_REFS)
def test_what_is_no_ref_is_refused(kind, text, said):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is below
        kind.parse(text)

    assert str(caught.value) == said


@pytest.mark.parametrize("text", [None, 7, b"acme:7", REF])
def test_what_is_no_text_is_no_ref(text):
    with pytest.raises(TypeError, match=rf"^A ref is a str, not {type(text).__name__}\.$"):
        AppointmentRef.parse(text)


@pytest.mark.parametrize(
    ("provider", "key", "argument"), [(7, "7", "provider"), ("acme", 7, "key"), (None, 7, "provider")]
)
def test_a_ref_is_made_of_text(provider, key, argument):
    with pytest.raises(TypeError, match=rf"^{argument} must be a str, not "):
        AppointmentRef(provider, key)


def test_a_slots_ref_is_not_an_appointments():
    assert SlotRef("acme", "7") != AppointmentRef("acme", "7")


# --- what is checked -------------------------------------------------------------------------------------------------

MOMENTS = {
    "Slot": ("start", "end"),
    "Appointment": ("start", "end", "created_at", "updated_at", "cancelled_at"),
    "Cancellation": ("cancelled_at",),
}
MOMENT_FIELDS = [(name, field) for name, fields in MOMENTS.items() for field in fields]


@pytest.mark.parametrize(("name", "field"), MOMENT_FIELDS)
def test_a_naive_time_is_refused_and_says_how_to_make_it_aware(name, field):
    with pytest.raises(ValueError, match=rf"^{field} is naive: .*{field}\.replace\(tzinfo=zoneinfo\.ZoneInfo"):
        attrs.evolve(FULL[name], **{field: NAIVE})


@pytest.mark.parametrize(("name", "field"), MOMENT_FIELDS)
def test_a_time_is_a_datetime(name, field):
    with pytest.raises(TypeError, match=rf"^{field} must be a datetime, not date\.$"):
        attrs.evolve(FULL[name], **{field: date(2026, 3, 3)})


@pytest.mark.parametrize("name", ["Host", "Service", "Location", "Customer"])
@pytest.mark.parametrize("given", [31, "31"])
def test_an_id_is_text_whatever_is_given(name, given):
    assert type(FULL[name])(id=given).id == "31"


@pytest.mark.parametrize("name", ["Host", "Service", "Location", "Customer"])
@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (3.1, TypeError, r"^id must be a str or an int, not float\. A float rounds long ids"),
        (True, TypeError, r"^id must be a str or an int, not bool\."),
        ("a/b", ValueError, r"^id is not an id: "),
        ("", ValueError, r"^id is not an id: "),
        ("..", ValueError, r"^id is not an id: "),
    ],
)
def test_what_is_no_id_is_refused(name, given, error, said):
    with pytest.raises(error, match=said):
        type(FULL[name])(id=given)


@pytest.mark.parametrize("name", ["Host", "Service", "Location"])
def test_a_thing_has_an_id(name):
    with pytest.raises(TypeError, match="id"):
        type(FULL[name])()


@objects
def test_nothing_can_be_changed(value):
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.provider = "beta"


@pytest.mark.parametrize("kind", [type(one) for one in FULL.values()])
def test_fields_are_given_by_name(kind):
    with pytest.raises(TypeError, match="positional"):
        kind("acme")


# --- equal, and the same after a journey -----------------------------------------------------------------------------

LEFT_OUT = {
    "Slot": {"native": None},
    "Appointment": {"native": None, "recovered": False},
    "Customer": {"attributes": {}},
}
CHANGES = [(name, field, other) for name, fields in LEFT_OUT.items() for field, other in fields.items()]


@pytest.mark.parametrize(("name", "field", "other"), CHANGES)
def test_what_came_along_makes_no_difference(name, field, other):
    value, changed = FULL[name], attrs.evolve(FULL[name], **{field: other})

    assert getattr(value, field) != getattr(changed, field)
    assert value == changed
    assert hash(value) == hash(changed)


OTHER = {
    "id": "8",
    "ref": AppointmentRef("acme", "8"),
    "provider": "beta",
    "start": START - timedelta(hours=1),
    "end": None,
    "status": AppointmentStatus.NO_SHOW,
    "channel": Channel.PHONE,
    "channels": (),
    "time_zone": "Europe/Paris",
    "date_of_birth": None,
    "duration": None,
    "cancelled_at": None,
    "created_at": None,
    "updated_at": None,
}


@pytest.mark.parametrize(
    ("name", "field"),
    [
        (name, field.name)
        for name, value in FULL.items()
        for field in attrs.fields(type(value))
        if field.name not in LEFT_OUT.get(name, {})
    ],
)
def test_everything_else_does(name, field):
    value, changed = FULL[name], attrs.evolve(FULL[name], **{field: OTHER.get(field)})

    assert value != changed
    assert changed == copy.copy(changed)


def test_a_moment_is_the_same_in_another_zone():
    assert Slot(provider="acme", start=START) == Slot(
        provider="acme", start=START.astimezone(timezone(timedelta(hours=2)))
    )


@objects
def test_it_can_be_pickled_copied_and_put_into_a_set(value):
    again = pickle.loads(pickle.dumps(value))

    assert again == value == copy.deepcopy(value)
    assert len({value, again, copy.copy(value)}) == 1


@pytest.mark.parametrize("value", [SLOT, APPOINTMENT])
def test_a_pickle_keeps_what_came_along(value):
    again = pickle.loads(pickle.dumps(value))

    assert again.native == NATIVE
    assert again.start.tzinfo is SYDNEY


def test_statuses_channels_and_reasons_are_told_by_their_values():
    assert AppointmentStatus("no_show") is AppointmentStatus.NO_SHOW
    assert Channel("in_person") is Channel.IN_PERSON
    assert CancelReason("sick") is CancelReason.SICK
    assert [one.name for one in AppointmentStatus] == [
        *("PENDING", "BOOKED", "CONFIRMED", "ARRIVED", "IN_PROGRESS", "COMPLETED", "NO_SHOW", "CANCELLED", "UNKNOWN")
    ]
    assert [one.name for one in Channel] == ["IN_PERSON", "VIDEO", "PHONE", "UNKNOWN"]
    assert [one.name for one in CancelReason] == ["SICK", "BETTER", "WORSE", "AWAY", "WORK", "OTHER"]


# --- what they show --------------------------------------------------------------------------------------------------

SHOWN = {
    "Customer": "<Customer provider=acme id=31>",
    "Host": "<Host provider=acme id=5>",
    "Service": "<Service provider=acme id=3 name=Check-up duration=0:45:00>",
    "Location": "<Location provider=acme id=9 name=Harbour time_zone=Australia/Sydney>",
    "Slot": (
        "<Slot provider=acme start=2026-03-03T20:00:00+11:00 end=2026-03-03T20:45:00+11:00 "
        "service=<Service provider=acme id=3 name=Check-up duration=0:45:00> host=<Host provider=acme id=5> "
        "location=<Location provider=acme id=9 name=Harbour time_zone=Australia/Sydney>>"
    ),
    "Appointment": "<Appointment ref=acme:7 start=2026-03-03T20:00:00+11:00 status=confirmed>",
    "Cancellation": "<Cancellation ref=acme:7 cancelled_at=2026-03-03T08:00:00+00:00>",
}


@pytest.mark.parametrize("name", FULL)
def test_a_repr_recognises_it_and_tells_nothing_about_a_person(name):
    assert repr(FULL[name]) == str(FULL[name]) == SHOWN[name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Customer", "<Customer>"),
        ("Host", "<Host id=5>"),
        ("Slot", "<Slot provider=acme start=2026-03-03T09:00:00+00:00>"),
        ("Appointment", "<Appointment ref=acme:7 start=2026-03-03T09:00:00+00:00 status=unknown>"),
        ("Cancellation", "<Cancellation ref=acme:7>"),
    ],
)
def test_a_repr_leaves_out_what_is_not_there(name, said):
    assert repr(BARE[name]) == said


def test_a_customer_made_by_hand_shows_nothing():
    assert repr(attrs.evolve(CUSTOMER, provider=None, id=None)) == "<Customer>"


@pytest.mark.parametrize("name", FULL)
def test_no_word_of_a_customers_is_in_any_repr(name):
    told = f"{FULL[name]!r} {FULL[name]} {[FULL[name]]}".lower()

    for word in ("ada", "canary", "canaries", "61400000007", "1990", "crm-881", "join.example"):
        assert word not in told


GAP = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize("field", ["start", "end"])
def test_a_slot_at_a_time_that_the_clock_leaps_over_is_refused(field):
    times = {"start": GAP - timedelta(hours=5), "end": GAP + timedelta(hours=5)} | {field: GAP}
    with pytest.raises(ValueError, match=rf"^{field} does not come back from UTC as it was: .*Europe/London leaps"):
        Slot(provider="cliniko", **times)


def test_a_slot_in_the_hour_that_comes_twice_is_one():
    for fold in (0, 1):
        twice = datetime(2026, 10, 25, 1, 30, fold=fold, tzinfo=ZoneInfo("Europe/London"))
        assert Slot(provider="cliniko", start=twice).start.utcoffset() == timedelta(hours=1 - fold)


@pytest.mark.parametrize("field", ["service", "host", "location"])
def test_a_part_of_a_slot_is_no_bare_id(field):
    kind = field.capitalize()
    with pytest.raises(TypeError, match=rf"^{field} must be a {kind}, such as {kind}\(id=\.\.\.\), not str\.$"):
        Slot(provider="cliniko", start=GAP + timedelta(hours=5), **{field: "123"})


def test_a_slots_provider_is_a_name():
    with pytest.raises(TypeError, match=r"^provider must be a provider's name, not object\.$"):
        Slot(provider=object(), start=GAP + timedelta(hours=5))
