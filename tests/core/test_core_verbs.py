"""What the portable verbs check for every provider: in which words, and before there is anything to send."""

import warnings
from datetime import UTC, date, datetime, timedelta, timezone
from inspect import currentframe
from zoneinfo import ZoneInfo

import attrs
import pytest
from core_support import account, ask
from scheduling_support import (
    ADA,
    ALL,
    END,
    NONE,
    SPAN,
    START,
    AcmeBooking,
    AcmeScheduling,
    acme,
    appointment,
    asked_of,
    at,
    made,
    sent_of,
    slot,
    slots,
    visit,
    visits,
)

from apptsdk.errors import ProviderWarning, UnsupportedError
from apptsdk.operation import Flow, Listing
from apptsdk.scheduling import Capability
from apptsdk.shared import (
    AppointmentRef,
    CancelReason,
    Channel,
    Customer,
    Host,
    Location,
    Service,
    Slot,
    SlotRef,
)
from apptsdk.verbs import minutes

NAIVE = datetime(2026, 3, 3, 9)  # noqa: DTZ001 - that is what is refused
HOW = (
    "{0} is naive: nobody knows which moment it means. Give it its zone, for instance "
    '{0}.replace(tzinfo=zoneinfo.ZoneInfo("Australia/Sydney")), or datetime.now(UTC).'
)
NOT_AN_ID = "is not an id: it is empty, too long, or holds dots only, a slash or a control."
FORM = "This is no ref of the form provider:key"
MINE = "is beta's, and this is a client of acme's."
FIND = (SPAN, "find_slots", ())
LIST = (SPAN, "list_appointments", ())
FIRST = ({**SPAN, "service": "3"}, "book_first_available", (ADA,))
BOOK = ({}, "book", (slot(), ADA))
CANCEL = ({}, "cancel", ("acme:7",))
MOVE = ({}, "reschedule", ("acme:7", slot()))
READ = ({}, "get_appointment", ("acme:7",))
NO_SLOT = "slot must be a Slot, its ref, or the text of that, not {}."
NO_APPOINTMENT = "appointment must be what book returned, its ref, or the text of that, not {}."

# label: the call, what is other in it, the error, what it says
NAMED: dict = {}
for thing, kind, call in [
    ("service", "Service", FIND),
    ("host", "Host", FIND),
    ("location", "Location", FIND),
    ("host", "Host", LIST),
    ("location", "Location", LIST),
    ("service", "Service", FIRST),
]:
    other = {"service": Service, "host": Host, "location": Location}[thing](provider="beta", id="3")
    wrong = f"must be a {kind}, or its id, not"
    NAMED |= {
        f"{call[1]}: {thing} of another provider": (call, {thing: other}, ValueError, f"{thing} {MINE}"),
        f"{call[1]}: one {thing} of another": (call, {thing: ["3", other]}, ValueError, f"{thing}[1] {MINE}"),
        f"{call[1]}: an empty list of {thing}s": (
            call,
            {thing: []},
            ValueError,
            f"{thing} is empty: leave it out for any.",
        ),
        f"{call[1]}: {thing} is a float": (call, {thing: 3.5}, TypeError, f"{thing} {wrong} float."),
        f"{call[1]}: {thing} is a bool": (call, {thing: True}, TypeError, f"{thing} {wrong} bool."),
        f"{call[1]}: {thing} is bytes": (call, {thing: b"3"}, TypeError, f"{thing} {wrong} bytes."),
        f"{call[1]}: {thing} is a set": (call, {thing: {"3"}}, TypeError, f"{thing} {wrong} set."),
        f"{call[1]}: {thing} is another thing": (call, {thing: ADA}, TypeError, f"{thing} {wrong} Customer."),
        f"{call[1]}: a {thing} is a list": (call, {thing: ["3", ["4"]]}, TypeError, f"{thing}[1] {wrong} list."),
        f"{call[1]}: a {thing} is None": (call, {thing: [None]}, TypeError, f"{thing}[0] {wrong} NoneType."),
        f"{call[1]}: {thing} of another by name": (
            call,
            {thing: ["3", "cubu:4"]},
            ValueError,
            f"{thing}[1] is cubu's, and this is a client of acme's.",
        ),
        f"{call[1]}: {thing} with a slash": (call, {thing: "a/b"}, ValueError, f"{thing} {NOT_AN_ID}"),
        f"{call[1]}: {thing} is an empty text": (call, {thing: ""}, ValueError, f"{thing} {NOT_AN_ID}"),
        f"{call[1]}: {thing} is the provider alone": (call, {thing: "acme:"}, ValueError, f"{thing} {NOT_AN_ID}"),
        f"{call[1]}: a {thing} with a slash": (call, {thing: ["3", "a/b"]}, ValueError, f"{thing}[1] {NOT_AN_ID}"),
    }

TIMES: dict = {}
for call in (FIND, LIST, FIRST):
    TIMES |= {
        f"{call[1]}: naive start": (call, {"start": NAIVE}, ValueError, HOW.format("start")),
        f"{call[1]}: naive end": (call, {"end": NAIVE}, ValueError, HOW.format("end")),
        f"{call[1]}: no time": (call, {"start": START.date()}, TypeError, "start must be a datetime, not date."),
        f"{call[1]}: text": (call, {"end": "2026-03-04"}, TypeError, "end must be a datetime, not str."),
        f"{call[1]}: end before start": (call, {"end": at(-1)}, ValueError, "end must be after start."),
        f"{call[1]}: end is start": (call, {"end": START}, ValueError, "end must be after start."),
        f"{call[1]}: after the end of the calendar": (
            call,
            {"start": datetime(9999, 2, 1, tzinfo=UTC), "end": datetime(9999, 3, 1, tzinfo=UTC)},
            ValueError,
            "start and end are at the very end of the calendar.",
        ),
        f"{call[1]}: before its beginning": (
            call,
            {"start": datetime(1, 2, 1, tzinfo=UTC), "end": datetime(1, 3, 1, tzinfo=UTC)},
            ValueError,
            "start and end are at the very end of the calendar.",
        ),
        f"{call[1]}: later by the clock only": (
            call,
            {"end": START.replace(hour=10, tzinfo=timezone(timedelta(hours=2)))},
            ValueError,
            "end must be after start.",
        ),
    }

DURATIONS: dict = {}
for call in (FIND, FIRST):
    DURATIONS |= {
        f"{call[1]}: {label}": (call, {"duration": given}, error, said)
        for label, given, error, said in [
            ("half a minute", timedelta(seconds=90), ValueError, "duration must be of whole minutes."),
            ("no time", timedelta(), ValueError, "duration must be from 1 minute to a day."),
            ("less than no time", timedelta(minutes=-1), ValueError, "duration must be from 1 minute to a day."),
            ("over a day", timedelta(minutes=1441), ValueError, "duration must be from 1 minute to a day."),
            ("no minutes", 0, ValueError, "duration must be from 1 to 1440 minutes, not 0."),
            ("too many minutes", 1441, ValueError, "duration must be from 1 to 1440 minutes, not 1441."),
            ("a float", 30.0, TypeError, "duration must be an int, not float."),
            ("a bool", True, TypeError, "duration must be an int, not bool."),
        ]
    }

WHO: dict = {}
for call, args in ((BOOK, (slot(),)), (FIRST, ())):
    given, verb, _ = call
    stranger = Customer(provider="beta", id="31")
    WHO |= {
        f"{verb}: another provider's customer": ((given, verb, (*args, stranger)), {}, ValueError, f"customer {MINE}"),
        f"{verb}: a customer as text": (
            (given, verb, (*args, "31")),
            {},
            TypeError,
            "customer must be a Customer, not str.",
        ),
        f"{verb}: no customer": (
            (given, verb, (*args, None)),
            {},
            TypeError,
            "customer must be a Customer, not NoneType.",
        ),
        f"{verb}: channel is text": (call, {"channel": "video"}, TypeError, "channel must be a Channel, not str."),
        f"{verb}: channel is unknown": (
            call,
            {"channel": Channel.UNKNOWN},
            ValueError,
            "channel must be a Channel that is known, not UNKNOWN.",
        ),
        f"{verb}: notify is an int": (call, {"notify": 1}, TypeError, "notify must be bool, not int."),
        f"{verb}: check_conflicts is None": (
            call,
            {"check_conflicts": None},
            TypeError,
            "check_conflicts must be bool, not NoneType.",
        ),
        f"{verb}: notes are no text": (call, {"notes": 7}, TypeError, "notes must be a str, not int."),
        f"{verb}: notes are blank": (call, {"notes": " "}, ValueError, "notes is blank."),
        f"{verb}: the reference is no text": (call, {"reference": 7}, TypeError, "reference must be a str, not int."),
        f"{verb}: the reference is blank": (call, {"reference": ""}, ValueError, "reference is blank."),
        f"{verb}: other options": (
            call,
            {"options": {"room": "4"}},
            TypeError,
            "options must be a AcmeBooking, not dict.",
        ),
    }

OTHERS = {"service": Service, "host": Host, "location": Location}
SLOTS = {
    **{
        f"another provider's {name}": (slot(**{name: kind(provider="beta", id="3")}), ValueError, f"slot.{name} {MINE}")
        for name, kind in OTHERS.items()
    },
    "a ref of another provider's": (slot(ref=SlotRef("beta", "9")), ValueError, f"slot.ref {MINE}"),
    "another provider's slot": (slot(provider="beta"), ValueError, f"slot {MINE}"),
    "another provider's ref": (SlotRef("beta", "9"), ValueError, f"slot {MINE}"),
    "another provider's text": ("beta:9", ValueError, f"slot {MINE}"),
    "a ref with an account": (
        "acme@home:9",
        ValueError,
        "slot: A ref with an account (name@account:...) is reserved for later versions.",
    ),
    "no ref": ("today", ValueError, f"slot: {FORM}: it names no provider. Pass str(slot.ref), or slot.ref itself."),
    "an empty ref": ("acme:", ValueError, f"slot: {FORM}. Pass str(slot.ref), or slot.ref itself."),
    "a ref that names none": ("acme:today", ValueError, "slot is no ref of the form acme:<time>."),
    "a slot that begins at another time than its ref says": (
        slot(start=at(30)),
        ValueError,
        "slot.start is not the time that slot.ref names: for another time, leave ref out.",
    ),
    "an appointment's ref": (AppointmentRef("acme", "7"), TypeError, NO_SLOT.format("AppointmentRef")),
    "an appointment": (appointment(), TypeError, NO_SLOT.format("Appointment")),
    "a time": (START, TypeError, NO_SLOT.format("datetime")),
    "no slot": (None, TypeError, NO_SLOT.format("NoneType")),
}
APPOINTMENTS = {
    "another provider's appointment": (appointment(provider="beta"), ValueError, f"appointment {MINE}"),
    "another provider's ref": (AppointmentRef("beta", "7"), ValueError, f"appointment {MINE}"),
    "another provider's text": ("beta:7", ValueError, f"appointment {MINE}"),
    "a ref with an account": (
        "acme@home:7",
        ValueError,
        "appointment: A ref with an account (name@account:...) is reserved for later versions.",
    ),
    "no ref": (
        "7",
        ValueError,
        f"appointment: {FORM}: it names no provider. Pass str(appointment.ref), or appointment.ref itself.",
    ),
    "a ref that names none": ("acme:x", ValueError, "appointment is no ref of the form acme:<number>."),
    "a slot's ref": (SlotRef("acme", "7"), TypeError, NO_APPOINTMENT.format("SlotRef")),
    "a slot": (slot(), TypeError, NO_APPOINTMENT.format("Slot")),
    "a number": (7, TypeError, NO_APPOINTMENT.format("int")),
    "none": (None, TypeError, NO_APPOINTMENT.format("NoneType")),
}
WHICH = {
    **{f"book: {label}": (({}, "book", (one, ADA)), {}, *rest) for label, (one, *rest) in SLOTS.items()},
    **{f"move to {label}": (({}, "reschedule", ("acme:7", one)), {}, *rest) for label, (one, *rest) in SLOTS.items()},
    **{
        f"{verb}: {label}": (({}, verb, (one, *more)), {}, *rest)
        for verb, more in (("get_appointment", ()), ("cancel", ()), ("reschedule", (slot(),)))
        for label, (one, *rest) in APPOINTMENTS.items()
    },
}
ONLY_VIDEO = slot(channels=(Channel.VIDEO, Channel.PHONE))
MORE = {
    "a channel that the slot does not offer": (
        ({}, "book", (ONLY_VIDEO, ADA)),
        {"channel": Channel.IN_PERSON},
        ValueError,
        "channel is none that this slot offers: VIDEO, PHONE.",
    ),
    "a move's notify is text": (MOVE, {"notify": "yes"}, TypeError, "notify must be bool, not str."),
    "a move's other options": (MOVE, {"options": ADA}, TypeError, "options must be a AcmeBooking, not Customer."),
    "a reason as text": (CANCEL, {"reason": "sick"}, TypeError, "reason must be a CancelReason, not str."),
    "a note that is no text": (CANCEL, {"note": 7}, TypeError, "note must be a str, not int."),
    "a blank note": (CANCEL, {"note": "\n"}, ValueError, "note is blank."),
    "a list of nobody's": (
        LIST,
        {"customer": ADA},
        ValueError,
        "customer needs an id here: appointments are listed by it.",
    ),
    "a list of a stranger's": (
        LIST,
        {"customer": Customer(provider="beta", id="31")},
        ValueError,
        f"customer {MINE}",
    ),
    "a list of no customer's": (LIST, {"customer": "31"}, TypeError, "customer must be a Customer, not str."),
    "cancelled ones, perhaps": (
        LIST,
        {"include_cancelled": 1},
        TypeError,
        "include_cancelled must be bool, not int.",
    ),
    "no attempt": (FIRST, {"attempts": 0}, ValueError, "attempts must be from 1 to 100, not 0."),
    "too many attempts": (FIRST, {"attempts": 101}, ValueError, "attempts must be from 1 to 100, not 101."),
    "half an attempt": (FIRST, {"attempts": 1.5}, TypeError, "attempts must be an int, not float."),
    "attempts as a flag": (FIRST, {"attempts": True}, TypeError, "attempts must be an int, not bool."),
}
REFUSED = {**NAMED, **TIMES, **DURATIONS, **WHO, **WHICH, **MORE}


@pytest.mark.parametrize(("call", "changes", "error", "said"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_argument_is_refused_before_there_is_any_work(call, changes, error, said):
    given, verb, args = call
    with pytest.raises(error) as caught:
        getattr(acme, verb)(ALL, *args, **{**given, **changes})

    assert str(caught.value) == said


def night(hour, minute, fold):
    return datetime(2026, 4, 5, hour, minute, tzinfo=ZoneInfo("Australia/Sydney"), fold=fold)


@pytest.mark.parametrize("verb", ["find_slots", "list_appointments"])
def test_in_an_hour_that_comes_twice_moments_count_and_not_what_the_clock_shows(verb):
    assert isinstance(getattr(acme, verb)(ALL, start=night(2, 30, 0), end=night(2, 15, 1)), Listing)
    with pytest.raises(ValueError, match=r"^end must be after start\.$"):
        getattr(acme, verb)(ALL, start=night(2, 15, 1), end=night(2, 30, 0))


# --- what a provider cannot do ---------------------------------------------------------------------------------------

BY_HAND = "book a Slot made by hand"
KEEP = "keep what book returned"
SET_UP = "leave it out, the provider does as it is set up"
# label: the call, what is other in it, what is missing, what there is not, what to do instead
MISSING = {
    "find": (FIND, {}, Capability.FIND_SLOTS, "find_slots", BY_HAND),
    "first": (FIRST, {}, Capability.FIND_SLOTS, "book_first_available", BY_HAND),
    "read": (READ, {}, Capability.GET, "get_appointment", KEEP),
    "list": (LIST, {}, Capability.LIST, "list_appointments", KEEP),
    "list cancelled": (
        LIST,
        {"include_cancelled": True},
        Capability.LIST_CANCELLED,
        "include_cancelled=True",
        "list the live ones",
    ),
    "book by channel": (BOOK, {"channel": Channel.PHONE}, Capability.CHANNEL, "channel=PHONE", "leave it out"),
    "first by channel": (FIRST, {"channel": Channel.PHONE}, Capability.CHANNEL, "channel=PHONE", "leave it out"),
    "book and tell": (BOOK, {"notify": True}, Capability.NOTIFY, "notify", SET_UP),
    "book and be quiet": (BOOK, {"notify": False}, Capability.NOTIFY, "notify", SET_UP),
    "first and tell": (FIRST, {"notify": True}, Capability.NOTIFY, "notify", SET_UP),
    "move and tell": (MOVE, {"notify": True}, Capability.NOTIFY, "notify", SET_UP),
}


@pytest.mark.parametrize(("call", "changes", "missing", "what", "instead"), MISSING.values(), ids=MISSING)
def test_what_a_provider_lacks_is_refused_and_the_message_says_what_it_can(call, changes, missing, what, instead):
    given, verb, args = call
    able = ALL - {missing}
    with pytest.raises(UnsupportedError) as caught:
        getattr(acme, verb)(able, *args, **{**given, **changes})
    names = ", ".join(sorted(one.name for one in able))

    assert str(caught.value) == f"acme has no {what}: {instead}. It can: {names}."
    assert caught.value.provider == "acme"
    assert caught.value.operation == f"acme.{what.partition('=')[0]}"


@pytest.mark.parametrize(("call", "changes", "missing"), [row[:3] for row in MISSING.values()], ids=MISSING)
def test_what_it_can_it_is_asked_for(call, changes, missing):
    given, verb, args = call

    assert isinstance(getattr(acme, verb)(ALL, *args, **{**given, **changes}), Flow | Listing)


class OnlyVideo(AcmeScheduling):
    only_channel = Channel.VIDEO


def test_the_only_channel_there_is_can_be_asked_for():
    booked = ask(OnlyVideo().book(NONE, slot(), ADA, channel=Channel.VIDEO), [made()])

    assert sent_of(booked.sent[0])["channel"] == "video"


def test_another_than_the_only_channel_cannot():
    with pytest.raises(UnsupportedError, match=r"^acme has no channel=PHONE: leave it out\."):
        OnlyVideo().book(NONE, slot(), ADA, channel=Channel.PHONE)


# --- what only annotates is dropped with a warning -------------------------------------------------------------------

DROPPED = {
    "notes": (BOOK, {"notes": "a canary"}, "acme.book: acme keeps no notes; it was dropped."),
    "a reference": (BOOK, {"reference": "a canary"}, "acme.book: acme keeps no reference; it was dropped."),
    "notes of the first": (FIRST, {"notes": "a canary"}, "acme.book: acme keeps no notes; it was dropped."),
    "a reason": (
        CANCEL,
        {"reason": CancelReason.SICK},
        "acme.cancel: acme keeps no reason of a cancellation; it was dropped.",
    ),
    "a note": (CANCEL, {"note": "a canary"}, "acme.cancel: acme keeps no reason of a cancellation; it was dropped."),
}


@pytest.mark.parametrize(("call", "changes", "said"), DROPPED.values(), ids=DROPPED)
def test_what_only_annotates_is_dropped_with_a_warning_at_the_callers_line(call, changes, said):
    given, verb, args = call
    verb = getattr(acme, verb)
    with pytest.warns(ProviderWarning) as caught:
        line, work = currentframe().f_lineno, verb(frozenset({Capability.FIND_SLOTS}), *args, **{**given, **changes})
    (warning,) = caught
    done = ask(work, [slots(0), made()] if verb.__name__ == "book_first_available" else [made()])

    assert (str(warning.message), warning.filename, warning.lineno) == (said, __file__, line)
    assert done.error is None
    assert "canary" not in str(done.sent[-1].content)
    assert "sick" not in str(done.sent[-1].content)


def test_each_of_them_has_a_warning_of_its_own():
    with pytest.warns(ProviderWarning) as caught:
        acme.book(NONE, slot(), ADA, notes="a", reference="b")

    assert len(caught) == 2


def test_a_reason_and_its_note_have_one():
    with pytest.warns(ProviderWarning) as caught:
        acme.cancel(NONE, "acme:7", reason=CancelReason.AWAY, note="b")

    assert len(caught) == 1


def test_where_nothing_is_dropped_nobody_is_warned():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        booked = ask(acme.book(ALL, slot(), ADA, notes="some notes", reference="crm-881"), [made()])
        cancelled = ask(acme.cancel(ALL, "acme:7", reason=CancelReason.AWAY, note="in Rome"), [made()])

    assert (sent_of(booked.sent[0])["notes"], sent_of(booked.sent[0])["reference"]) == ("some notes", "crm-881")
    assert sent_of(cancelled.sent[0]) == {"reason": "away", "note": "in Rome"}


# --- what arrives at the provider ------------------------------------------------------------------------------------


def test_slots_are_asked_for_with_all_that_was_given():
    service, host, location = Service(provider="acme", id="3"), Host(id="5"), Location(id="9")
    listing = acme.find_slots(
        ALL, **SPAN, service=[service, "4", 5], host=host, location=("acme:9", location), duration=timedelta(minutes=45)
    )
    done = ask(listing.page(None), [slots(0, 45)])

    assert asked_of(done.sent[0]) == {
        "start": [START.isoformat()],
        "end": [END.isoformat()],
        "services": ["3", "4", "5"],
        "hosts": ["5"],
        "locations": ["9"],
        "minutes": ["45"],
    }
    assert [one.start for one in done.value.items] == [at(0), at(45)]


def test_appointments_are_asked_for_with_all_that_was_given():
    listing = acme.list_appointments(
        ALL, **SPAN, customer=Customer(id="31"), host="5", location="9", include_cancelled=True
    )
    done = ask(listing.page(None), [visits(0)])

    assert asked_of(done.sent[0]) == {
        "start": [START.isoformat()],
        "end": [END.isoformat()],
        "hosts": ["5"],
        "locations": ["9"],
        "customer": ["31"],
        "include_cancelled": ["true"],
    }


@pytest.mark.parametrize("which", [slot(30), slot(30).ref, str(slot(30).ref)], ids=["slot", "ref", "text"])
def test_a_slot_is_booked_by_itself_by_its_ref_or_by_the_text_of_that(which):
    done = ask(acme.book(ALL, which, ADA), [made("8", 30)])

    assert sent_of(done.sent[0]) == {"starts_at": at(30).isoformat(), "first_name": "Ada", "check_conflicts": True}
    assert done.value == appointment("8", start=at(30), status=done.value.status)


@pytest.mark.parametrize(
    ("verb", "things"), [("find_slots", ("service", "host", "location")), ("list_appointments", ("host", "location"))]
)
def test_what_is_named_twice_is_meant_once(verb, things):
    kinds = {"service": Service, "host": Host, "location": Location}
    named = {one: ["3", kinds[one](id="3", name="Foot"), "4", "acme:3", 4] for one in things}
    listing = getattr(acme, verb)(ALL, **SPAN, **named)
    asked = asked_of(ask(listing.page(None), [slots(0) if verb == "find_slots" else visits(0)]).sent[0])

    assert [asked[f"{one}s"] for one in things] == [["3", "4"]] * len(things)


def test_a_slot_may_be_made_by_hand():
    done = ask(acme.book(ALL, Slot(provider="acme", start=at(5)), ADA), [made()])

    assert sent_of(done.sent[0])["starts_at"] == at(5).isoformat()


def test_a_booking_holds_all_that_was_given():
    options = AcmeBooking(room="4")
    work = acme.book(
        ALL,
        ONLY_VIDEO,
        Customer(provider="acme", id="31"),
        channel=Channel.PHONE,
        notify=False,
        check_conflicts=False,
        options=options,
    )
    done = ask(work, [made()])

    assert sent_of(done.sent[0]) == {
        "starts_at": START.isoformat(),
        "customer": "31",
        "channel": "phone",
        "notify": False,
        "check_conflicts": False,
        "room": "4",
    }


@pytest.mark.parametrize("verb", ["get_appointment", "cancel"])
@pytest.mark.parametrize("which", [appointment(), AppointmentRef("acme", "7"), "acme:7"], ids=["whole", "ref", "text"])
def test_an_appointment_is_named_by_itself_by_its_ref_or_by_the_text_of_that(verb, which):
    done = ask(getattr(acme, verb)(ALL, which), [made()])

    assert "/visits/7" in done.sent[0].url
    assert (done.value.ref if verb == "cancel" else done.value).provider == "acme"


@pytest.mark.parametrize("which", [appointment(), AppointmentRef("acme", "7"), "acme:7"], ids=["whole", "ref", "text"])
def test_a_mapping_cancels_by_the_ref_whatever_was_given(which):
    class Kept(AcmeScheduling):
        def cancelled(self, scope, ref, reason, note):
            seen.append(ref)
            return super().cancelled(scope, ref, reason, note)

    seen: list[AppointmentRef] = []
    ask(Kept().cancel(ALL, which), [made()])

    assert seen == [AppointmentRef("acme", "7")]


NAMED_BY_ITS_REF = {"service": Service(id="3"), "host": Host(id="5"), "location": Location(id="9")}


class Telling(AcmeScheduling):
    """A provider whose refs say more than the time; its services have names, too."""

    def slot_of(self, scope, ref):
        return attrs.evolve(super().slot_of(scope, ref), **NAMED_BY_ITS_REF)

    def is_same(self, scope, argument, one, other):
        return super().is_same(scope, argument, {"Cleaning": "3"}.get(one, one), other)


@pytest.mark.parametrize("name", NAMED_BY_ITS_REF)
def test_a_slot_that_is_not_the_one_that_its_ref_names_is_refused(name):
    other = type(NAMED_BY_ITS_REF[name])(id="4")
    for verb, args in (("book", (ADA,)), ("reschedule", ())):
        given = [*(("acme:7",) if verb == "reschedule" else ()), slot(**{name: other}), *args]
        with pytest.raises(ValueError, match=rf"^slot\.{name} is not the one that slot\.ref names: for another, leave"):
            getattr(Telling(), verb)(ALL, *given)
        by_hand = [attrs.evolve(one, ref=None) if isinstance(one, Slot) else one for one in given]
        assert isinstance(getattr(Telling(), verb)(ALL, *by_hand), Flow)


def test_the_same_one_by_another_of_its_names_is_no_other():
    for given in ({}, NAMED_BY_ITS_REF, {"service": Service(id="Cleaning")}):
        assert isinstance(Telling().book(ALL, slot(**given), ADA), Flow)


ENDS = [
    (datetime.min.replace(tzinfo=UTC), END, (datetime(1900, 1, 1, tzinfo=UTC), END)),
    (START, datetime.max.replace(tzinfo=UTC), (START, datetime(9999, 1, 1, tzinfo=UTC))),
]


@pytest.mark.parametrize(("start", "end", "expected"), ENDS, ids=["the beginning", "the end"])
@pytest.mark.parametrize("verb", ["find_slots", "list_appointments"])
def test_all_there_is_may_be_asked_for_and_leaves_room_to_reckon_with_days(verb, start, end, expected):
    done = ask(
        getattr(acme, verb)(ALL, start=start, end=end).page(None), [slots() if verb == "find_slots" else visits()]
    )

    assert [asked_of(done.sent[0])[name] for name in ("start", "end")] == [[one.isoformat()] for one in expected]


def test_what_only_a_provider_knows_of_a_booking_it_is_asked_before_anything_else_happens():
    extra = attrs.evolve(ADA, attributes={"shoe": 43})
    said = r"^acme takes no attributes for {}\.$"
    with pytest.raises(ValueError, match=said.format("3")):
        acme.book_first_available(ALL, extra, **FIRST[0])
    with pytest.raises(ValueError, match=said.format("")):
        acme.book(ALL, slot(), extra)
    plain = {"notes": None, "channel": None, "reference": None, "notify": None, "options": None}
    with pytest.raises(ValueError, match=said.format("3, 7")):
        acme.check_booking(ALL, extra, service=["3", "7"], **plain)
    assert acme.check_booking(ALL, ADA, **plain) is None


def test_a_verb_is_named_after_its_provider():
    flows = (acme.book(ALL, *BOOK[2]), acme.cancel(ALL, "acme:7"), acme.get_appointment(ALL, "acme:7"))

    assert [flow.name for flow in flows] == ["acme.book", "acme.cancel", "acme.get_appointment"]
    assert acme.reschedule(ALL, *MOVE[2]).name == "acme.reschedule"
    assert acme.book_first_available(ALL, ADA, **FIRST[0]).name == "acme.book_first_available"


def test_a_booking_is_sent_again_by_nobody_but_who_runs_it_again():
    flow = acme.book(ALL, slot(), ADA)
    at_acme = account()

    assert [len(ask(flow, [made()], at=at_acme).sent) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize(
    ("given", "expected"), [(45, 45), (1, 1), (1440, 1440), (timedelta(hours=1), 60), (timedelta(days=1), 1440)]
)
def test_a_duration_is_minutes_or_a_timedelta(given, expected):
    assert minutes(given, "duration") == timedelta(minutes=expected)


def test_a_provider_that_lists_nothing_needs_no_lists():
    class Bare(AcmeScheduling):
        slots = AcmeScheduling.__base__.slots
        read = AcmeScheduling.__base__.read
        listed = AcmeScheduling.__base__.listed

    with pytest.raises(UnsupportedError):
        Bare().find_slots(NONE, **SPAN)
    for verb, args in (("find_slots", SPAN), ("list_appointments", SPAN), ("get_appointment", None)):
        with pytest.raises(NotImplementedError):  # a mapping that promises what it has not
            getattr(Bare(), verb)(ALL, *(("acme:7",) if args is None else ()), **(args or {}))


def test_what_is_read_is_the_providers_own_object_too():
    done = ask(acme.get_appointment(ALL, "acme:7"), [made("7")])

    assert done.value.native.id == visit()["id"]
    assert (done.value.start, date(2026, 3, 3)) == (START, done.value.start.astimezone(UTC).date())
