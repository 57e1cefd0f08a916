"""The portable verbs over several providers: whom a call goes to, and what of its arguments."""

from inspect import currentframe

import pytest
from core_support import answer, ask
from scheduling_support import (
    ADA,
    ALL,
    END,
    KNOWN,
    NONE,
    SPAN,
    START,
    AcmeBooking,
    appointment,
    asked_of,
    at,
    home,
    joint,
    made,
    member,
    members,
    provider_of,
    sent_of,
    slot,
    slots,
    taken,
    visits,
)

from apptsdk import routing
from apptsdk.errors import (
    ConfigurationError,
    NoAnswerError,
    NoResultError,
    NotCancelledError,
    NotFoundError,
    OutcomeUnknownError,
    ProviderWarning,
    RequestNotSentError,
    SlotUnavailableError,
    UnsupportedError,
)
from apptsdk.events import CallStarted
from apptsdk.http import NoAnswer, NotSent
from apptsdk.models import BookingAttempt
from apptsdk.operation import Listing
from apptsdk.options import Options
from apptsdk.retry import NO_RETRY
from apptsdk.routing import Members
from apptsdk.scheduling import Capability
from apptsdk.shared import AppointmentRef, CancelReason, Channel, Customer, Host, Location, Service, SlotRef

BOTH = ("acme", "beta")
FIND_ONLY = frozenset({Capability.FIND_SLOTS})


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    """Have the made-up providers among those that there are."""
    monkeypatch.setattr(routing, "PROVIDERS", KNOWN)


def run(world, work, **answers):
    return world.on(joint(world, **answers), work)


def shares(*names, **given):
    """Say who is asked for what: by provider, the ids by argument."""
    found = members(*(names or BOTH)).asked(**given)
    return {
        name: {
            argument: [getattr(one, "id", one) for one in (values if isinstance(values, tuple) else [values])]
            for argument, values in share.items()
        }
        for name, share in found.items()
    }


# --- whose something is ----------------------------------------------------------------------------------------------

WHOSE = {
    "a slot": (slot(provider="beta"), "slot"),
    "a slot's ref": (SlotRef("beta", "9"), "slot"),
    "the text of that": ("beta:9", "slot"),
    "an appointment": (appointment(provider="beta"), "appointment"),
    "an appointment's ref": (AppointmentRef("beta", "7"), "appointment"),
    "its text": ("beta:7", "appointment"),
}


@pytest.mark.parametrize(("value", "argument"), WHOSE.values(), ids=WHOSE)
def test_a_slot_or_an_appointment_says_whose_it_is(value, argument):
    assert members(*BOTH).of(value, argument).name == "beta"


@pytest.mark.parametrize(("value", "argument"), WHOSE.values(), ids=WHOSE)
def test_whoever_is_not_configured_is_named(value, argument):
    with pytest.raises(ConfigurationError) as caught:
        members("acme", "gamma").of(value, argument)

    assert str(caught.value) == "beta is not configured here; these are: acme, gamma."
    assert caught.value.provider == "beta"


@pytest.mark.parametrize("value", [None, 7, START, ADA, Service(provider="beta", id="3"), b"beta:7"])
@pytest.mark.parametrize("argument", ["slot", "appointment"])
def test_what_is_neither_is_refused(value, argument):
    kind = type(value).__name__
    with pytest.raises(TypeError) as caught:
        members(*BOTH).of(value, argument)

    assert str(caught.value) == f"{argument} must be one that was found, its ref, or the text of that, not {kind}."


@pytest.mark.parametrize("argument", ["slot", "appointment"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("7", "This is no ref of the form provider:key: it names no provider."),
        ("", "This is no ref of the form provider:key: it names no provider."),
        ("acme@home:7", "A ref with an account (name@account:...) is reserved for later versions."),
    ],
)
def test_text_that_names_nobody_is_refused(argument, text, said):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is below
        members(*BOTH).of(text, argument)

    hint = "" if "@" in text else f" Pass str({argument}.ref), or {argument}.ref itself."
    assert str(caught.value) == f"{argument}: {said}{hint}"


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        ("book", (AppointmentRef("acme", "7"), ADA)),
        ("book", (appointment(), ADA)),
        ("cancel", (slot(),)),
        ("get_appointment", (SlotRef("acme", "7"),)),
        ("reschedule", (slot(), slot())),
    ],
)
def test_a_slot_is_no_appointment_and_an_appointment_no_slot(verb, args):
    with pytest.raises(TypeError, match=r"^(slot|appointment) must be "):
        getattr(routing, verb)(members(*BOTH), *args)


# --- who is asked for what -------------------------------------------------------------------------------------------

SHARED = {
    "nothing": ({}, {"acme": {}, "beta": {}}),
    "one provider's": ({"service": "acme:3"}, {"acme": {"service": ["3"]}}),
    "both providers'": (
        {"service": ["acme:3", "beta:4", "acme:5"]},
        {"acme": {"service": ["3", "5"]}, "beta": {"service": ["4"]}},
    ),
    "objects": ({"service": Service(provider="beta", id="4")}, {"beta": {"service": ["4"]}}),
    "objects and ids": (
        {"host": (Host(provider="beta", id="4"), "acme:5")},
        {"acme": {"host": ["5"]}, "beta": {"host": ["4"]}},
    ),
    "several arguments": (
        {"service": ["acme:3", "beta:4"], "host": "beta:5", "location": Location(provider="beta", id="6")},
        {"beta": {"service": ["4"], "host": ["5"], "location": ["6"]}},
    ),
    "an id with a colon": ({"service": "beta:a:b"}, {"beta": {"service": ["a:b"]}}),
}


@pytest.mark.parametrize(("given", "expected"), SHARED.values(), ids=SHARED)
def test_arguments_are_shared_out_by_provider(given, expected):
    assert shares(**given) == expected


def test_with_one_provider_an_id_needs_no_name():
    found = shares("acme", service=["3", 4, "acme:5", Service(id="6")], host="5")

    assert found == {"acme": {"service": ["3", 4, "5", "6"], "host": ["5"]}}


NAMES_NOBODY = '{0} names no provider: write it before the id, as in "acme:1402". Configured are: acme, beta.'


@pytest.mark.parametrize("argument", ["service", "host", "location"])
@pytest.mark.parametrize("value", ["3", 3, None, ["acme:3", "4"]], ids=["id", "number", "made by hand", "one of them"])
def test_with_several_an_id_that_names_nobody_is_refused(argument, value):
    kind = {"service": Service, "host": Host, "location": Location}[argument]
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is below
        routing.find_slots(members(*BOTH), **SPAN, **{argument: kind(id="3") if value is None else value})

    assert str(caught.value) == NAMES_NOBODY.format(argument)


@pytest.mark.parametrize("value", ["gamma:3", ["acme:3", "gamma:4"], Service(provider="gamma", id="3")])
def test_whoever_is_named_and_not_configured_is_told(value):
    with pytest.raises(ConfigurationError, match=r"^gamma is not configured here; these are: acme, beta\.$"):
        routing.find_slots(members(*BOTH), **SPAN, service=value)


@pytest.mark.parametrize("value", [7.5, True, b"3", object(), [object()]])
def test_what_is_a_providers_own_is_named_by_its_id(value):
    said = r'^service must be a Service, or its id, not \w+\. .*: f"acme:\{it\.id\}"\.$'
    with pytest.raises(TypeError, match=said):
        routing.find_slots(members(*BOTH), **SPAN, service=value)


@pytest.mark.parametrize("value", [7.5, True, b"3", {"acme:3"}])
def test_what_is_no_service_is_refused_with_one_provider_too(value):
    with pytest.raises(TypeError, match=r"^service(\[0\])? must be a Service, or its id, not "):
        routing.find_slots(members("acme"), **SPAN, service=value)


def test_each_provider_is_asked_for_its_own(world):
    listing = routing.find_slots(
        members(*BOTH, "gamma"),
        **SPAN,
        service=["acme:3", Service(provider="beta", id="4")],
        host=["acme:5", "beta:6", "gamma:7"],
        duration=45,
    )
    found = world.read(joint(world, acme=[slots(0)], beta=[slots(15)]).pager(listing))
    plain = {"start": [START.isoformat()], "end": [END.isoformat()], "minutes": ["45"]}

    assert [one.provider for one in found] == ["acme", "beta"]
    assert {provider_of(one): asked_of(one) for one in world.engine.requests} == {
        "acme": {**plain, "services": ["3"], "hosts": ["5"]},
        "beta": {**plain, "services": ["4"], "hosts": ["6"]},
    }


def test_lists_ask_each_provider_for_its_own(world):
    listing = routing.list_appointments(
        members(*BOTH), **SPAN, host=["acme:5", "beta:6"], location=["beta:8", "acme:7"], include_cancelled=True
    )
    world.read(joint(world, acme=[visits()], beta=[visits()]).pager(listing))
    plain = {"start": [START.isoformat()], "end": [END.isoformat()], "include_cancelled": ["true"]}

    assert {provider_of(one): asked_of(one) for one in world.engine.requests} == {
        "acme": {**plain, "hosts": ["5"], "locations": ["7"]},
        "beta": {**plain, "hosts": ["6"], "locations": ["8"]},
    }


def test_only_a_customers_own_provider_is_asked(world):
    listing = routing.list_appointments(members(*BOTH), **SPAN, customer=Customer(provider="beta", id="31"))
    world.read(joint(world, beta=[visits()]).pager(listing))

    assert [(provider_of(one), asked_of(one)["customer"]) for one in world.engine.requests] == [("beta", ["31"])]


def test_a_customer_that_names_nobody_is_refused_where_there_are_several():
    with pytest.raises(ValueError, match=r'^customer names no provider: .*Customer\(provider="acme", id='):
        routing.list_appointments(members(*BOTH), **SPAN, customer=Customer(id="31"))
    with pytest.raises(ValueError, match=r"^customer needs an id here: "):
        routing.list_appointments(members(*BOTH), **SPAN, customer=Customer(provider="beta"))


# --- who can ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("verb", "page"), [("find_slots", slots), ("list_appointments", visits)])
def test_who_cannot_is_left_out_where_nobody_is_named(world, verb, page):
    listing = getattr(routing, verb)(members("acme", beta=NONE), **SPAN)
    found = world.read(joint(world, acme=[page(0)]).pager(listing))

    assert [one.provider for one in found] == ["acme"]


@pytest.mark.parametrize(
    ("verb", "given"),
    [("find_slots", {"service": ["acme:3", "beta:4"]}), ("list_appointments", {"host": ["acme:3", "beta:4"]})],
)
def test_who_is_named_and_cannot_is_told(verb, given):
    with pytest.raises(UnsupportedError, match=rf"^beta has no {verb}: ") as caught:
        getattr(routing, verb)(members("acme", beta=NONE), **SPAN, **given)

    assert caught.value.provider == "beta"


@pytest.mark.parametrize("verb", ["find_slots", "list_appointments"])
def test_the_only_one_there_is_says_itself_that_it_cannot(verb):
    with pytest.raises(UnsupportedError, match=rf"^acme has no {verb}: "):
        getattr(routing, verb)(members(acme=NONE), **SPAN)


@pytest.mark.parametrize("verb", ["find_slots", "list_appointments"])
def test_where_none_can_it_is_unsupported_and_no_empty_list(verb):
    with pytest.raises(UnsupportedError) as caught:
        getattr(routing, verb)(members(acme=NONE, beta=NONE), **SPAN)

    assert str(caught.value) == f"None of the providers that are configured here has {verb}: acme, beta."
    assert caught.value.operation == f"client.{verb}"


def test_cancelled_ones_are_asked_for_where_they_are_listed(world):
    able = frozenset({Capability.LIST})
    listing = routing.list_appointments(members("acme", beta=able), **SPAN, include_cancelled=True)
    world.read(joint(world, acme=[visits()], beta=[visits()]).pager(listing))

    assert {provider_of(one): "include_cancelled" in asked_of(one) for one in world.engine.requests} == {
        "acme": True,
        "beta": False,
    }


def test_who_is_named_and_lists_no_cancelled_ones_is_told():
    able = frozenset({Capability.LIST})
    with pytest.raises(UnsupportedError, match=r"^beta has no include_cancelled=True: "):
        routing.list_appointments(members("acme", beta=able), **SPAN, host="beta:5", include_cancelled=True)


@pytest.mark.parametrize(("verb", "argument"), [("find_slots", "service"), ("list_appointments", "host")])
def test_an_empty_list_of_names_is_refused(verb, argument):
    with pytest.raises(ValueError, match=rf"^{argument} is empty: leave it out for any\.$"):
        getattr(routing, verb)(members(*BOTH), **SPAN, **{argument: []})


def test_names_of_different_providers_mean_nobody_and_are_refused():
    with pytest.raises(ValueError, match=r"^service and host are of different providers: nobody is meant by all "):
        routing.find_slots(members(*BOTH), **SPAN, service="acme:3", host="beta:5")
    with pytest.raises(ValueError, match=r"^service and location are of different providers: "):
        first(service="acme:3", location="beta:5")
    with pytest.raises(ValueError, match=r"^customer is beta's, and what else is given is not\.$"):
        routing.list_appointments(members(*BOTH), **SPAN, customer=Customer(provider="beta", id="31"), host="acme:5")


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"patience": 0}, ValueError, "patience must be above 0 and at most 600 seconds."),
        ({"patience": -1.0}, ValueError, "patience must be above 0 and at most 600 seconds."),
        ({"patience": 601}, ValueError, "patience must be above 0 and at most 600 seconds."),
        ({"patience": float("nan")}, ValueError, "patience must be above 0 and at most 600 seconds."),
        ({"patience": float("inf")}, ValueError, "patience must be above 0 and at most 600 seconds."),
        ({"patience": "5"}, TypeError, "patience must be a number of seconds, not str."),
        ({"patience": True}, TypeError, "patience must be a number of seconds, not bool."),
        ({"patience": None}, TypeError, "patience must be a number of seconds, not NoneType."),
        ({"on_error": "ignore"}, ValueError, "on_error must be 'raise' or 'warn'."),
        ({"on_error": None}, ValueError, "on_error must be 'raise' or 'warn'."),
        ({"end": START}, ValueError, "end must be after start."),
    ],
)
@pytest.mark.parametrize("verb", ["find_slots", "list_appointments", "book_first_available"])
def test_a_wrong_argument_is_refused_at_once(verb, changes, error, said):
    first = verb == "book_first_available"
    given = {**SPAN, **({"service": ["acme:3", "beta:4"]} if first else {}), **changes}
    with pytest.raises(error) as caught:
        getattr(routing, verb)(members(*BOTH), *((ADA,) if first else ()), **given)

    assert str(caught.value) == said


# --- one provider's call ---------------------------------------------------------------------------------------------


def test_a_slot_is_booked_where_it_was_found(world):
    options = AcmeBooking(room="4")
    work = routing.book(
        members(*BOTH),
        slot(30, "beta"),
        ADA,
        notes="some notes",
        channel=Channel.PHONE,
        reference="crm-881",
        notify=True,
        check_conflicts=False,
        options=options,
    )
    booked = run(world, work, beta=[made("8", 30)])

    assert str(booked.ref) == "beta:8"
    assert [sent_of(one) for one in world.engine.of("beta")] == [
        {
            "starts_at": at(30).isoformat(),
            "first_name": "Ada",
            "notes": "some notes",
            "channel": "phone",
            "reference": "crm-881",
            "notify": True,
            "check_conflicts": False,
            "room": "4",
        }
    ]


def test_the_other_verbs_go_where_the_ref_says(world):
    some = members(*BOTH)
    read = run(world, routing.get_appointment(some, "beta:7"), beta=[made("7")])
    cancelled = run(
        world,
        routing.cancel(some, AppointmentRef("beta", "7"), reason=CancelReason.SICK, note="a note"),
        beta=[answer(200, {})],
    )
    body = sent_of(world.engine.requests[0])
    moved = run(world, routing.reschedule(some, "beta:7", slot(30, "beta"), notify=True), beta=[made("8"), made()])

    assert (str(read.ref), str(cancelled.ref), str(moved.ref)) == ("beta:7", "beta:7", "beta:8")
    assert body == {"reason": "sick", "note": "a note"}
    assert world.engine.asked() == {"beta": 2}


def test_an_appointment_is_moved_to_a_slot_of_its_own_provider_only():
    with pytest.raises(ValueError, match=r"^slot is acme's, and this is a client of beta's\.$"):
        routing.reschedule(members(*BOTH), "beta:7", slot(30))


def test_a_customer_of_another_provider_is_refused():
    with pytest.raises(ValueError, match=r"^customer is acme's, and this is a client of beta's\.$"):
        routing.book(members(*BOTH), slot(provider="beta"), Customer(provider="acme", id="31"))


def test_options_of_another_provider_are_refused():
    with pytest.raises(TypeError, match=r"^options must be a AcmeBooking, not dict\.$"):
        routing.book(members(*BOTH), slot(), ADA, options={})


@pytest.mark.parametrize(
    ("work", "given", "error"),
    [
        (lambda some: routing.get_appointment(some, "beta:7"), answer(404, {}), NotFoundError),
        (lambda some: routing.book(some, slot(provider="beta"), ADA), NoAnswer("cut"), OutcomeUnknownError),
        (lambda some: routing.book(some, slot(provider="beta"), ADA), taken(), SlotUnavailableError),
    ],
)
def test_an_error_is_that_of_its_provider(world, work, given, error):
    with pytest.raises(error) as caught:
        run(world, work(members(*BOTH)), beta=[given])

    assert caught.value.provider == "beta"
    assert len(world.engine.requests) == 1


def test_a_move_that_ends_half_way_names_both(world):
    work = routing.reschedule(members(*BOTH), "beta:7", slot(30, "beta"))
    with pytest.raises(NotCancelledError) as caught:
        run(world, work, beta=[made("8"), answer(404, {})])

    assert (str(caught.value.new.ref), str(caught.value.old), caught.value.provider) == ("beta:8", "beta:7", "beta")


def test_what_is_told_is_the_providers_own_call_and_not_ours():
    seen, mine = [], []
    options = Options().changed(observer=seen.append)
    some = Members({"beta": member("beta", options=options)})
    ask(routing.book(some, slot(provider="beta"), ADA), [made()], at=home(), observer=mine.append)

    assert mine == []
    assert [event.operation for event in seen if isinstance(event, CallStarted)] == ["beta.book"]


def test_the_flows_are_named_after_the_client():
    some = members(*BOTH)
    works = (
        routing.book(some, slot(), ADA),
        routing.get_appointment(some, "acme:7"),
        routing.resolve_booking(some, lost()),
        routing.cancel(some, "acme:7"),
        routing.reschedule(some, "acme:7", slot()),
        routing.book_first_available(some, ADA, **SPAN, service="acme:3"),
        routing.find_slots(some, **SPAN),
        routing.list_appointments(some, **SPAN),
    )

    names = [work.name.removeprefix("client.") for work in works]
    assert names[:2] == ["book", "get_appointment"]
    assert sorted(names) == sorted(verb.__name__ for verb in routing.VERBS)
    assert len(set(names)) == len(names) == 8


# --- the first that is free, wherever --------------------------------------------------------------------------------


def first(some=None, customer=ADA, **changes):
    given = {**SPAN, "service": ["acme:3", "beta:4"], **changes}
    return routing.book_first_available(some or members(*BOTH), customer, **given)


# label: the answers, who is booked when, what it ends in
FIRSTS = {
    "the earliest": ({"acme": [slots(30)], "beta": [slots(0), made("8")]}, [("beta", 0)], "beta:8"),
    "the next one, at the other": (
        {"acme": [slots(30), made("7")], "beta": [slots(0, 60), taken()]},
        [("beta", 0), ("acme", 30)],
        "acme:7",
    ),
    "back and forth": (
        {"acme": [slots(30), taken()], "beta": [slots(0, 60), taken(), made("8")]},
        [("beta", 0), ("acme", 30), ("beta", 60)],
        "beta:8",
    ),
    "one has none": ({"acme": [slots()], "beta": [slots(0), made("8")]}, [("beta", 0)], "beta:8"),
    "nobody has any": ({"acme": [slots()], "beta": [slots()]}, [], NoResultError),
    "all are taken": (
        {"acme": [slots(30), taken()], "beta": [slots(0), taken()]},
        [("beta", 0), ("acme", 30)],
        SlotUnavailableError,
    ),
    "the answer is lost": (
        {"acme": [slots(30)], "beta": [slots(0), NoAnswer("cut")]},
        [("beta", 0)],
        OutcomeUnknownError,
    ),
    "one cannot be reached": ({"acme": [slots(30)], "beta": [NotSent("no")]}, [], RequestNotSentError),
}


@pytest.mark.parametrize(("answers", "booked", "ends"), FIRSTS.values(), ids=FIRSTS)
def test_the_first_that_is_free_is_booked_wherever_it_is_and_never_two(world, answers, booked, ends):
    some = Members({name: member(name, options=Options(retry=NO_RETRY)) for name in BOTH})
    error = None
    try:
        done = run(world, first(some), **answers)
    except Exception as raised:  # noqa: BLE001 - the outcome
        error = raised
    posts = [one for one in world.engine.requests if one.method == "POST"]

    assert [(provider_of(one), sent_of(one)["starts_at"]) for one in posts] == [
        (name, at(minutes).isoformat()) for name, minutes in booked
    ]
    if isinstance(ends, str):
        assert (str(done.ref), error) == (ends, None)
    else:
        assert type(error) is ends


def test_it_is_booked_with_all_that_was_given_whoever_tries_it(world):
    given = {"notes": "some notes", "reference": "crm-881", "channel": Channel.PHONE}
    work = first(**given, notify=False, check_conflicts=False, duration=45, host=["acme:5", "beta:6"])
    run(world, work, acme=[slots(0), taken()], beta=[slots(15), made("8", 15)])
    found, booked = ([one for one in world.engine.requests if one.method == verb] for verb in ("GET", "POST"))
    plain = {
        "first_name": "Ada",
        "notes": "some notes",
        "reference": "crm-881",
        "channel": "phone",
        "notify": False,
        "check_conflicts": False,
    }

    assert [sent_of(one) for one in booked] == [{"starts_at": at(one).isoformat(), **plain} for one in (0, 15)]
    assert {provider_of(one): (asked_of(one)["hosts"], asked_of(one)["minutes"]) for one in found} == {
        "acme": (["5"], ["45"]),
        "beta": (["6"], ["45"]),
    }


def test_no_more_are_tried_than_was_said_over_all_providers(world):
    answers = {"acme": [slots(0, 30), taken(), taken()], "beta": [slots(15, 45), taken(), taken()]}
    with pytest.raises(SlotUnavailableError):
        run(world, first(attempts=3), **answers)

    assert [provider_of(one) for one in world.engine.requests if one.method == "POST"] == ["acme", "beta", "acme"]


def test_who_cannot_be_asked_is_left_out_with_a_warning_where_that_is_said(world):
    work = first(Members({name: member(name, options=Options(retry=NO_RETRY)) for name in BOTH}), on_error="warn")
    with pytest.warns(ProviderWarning, match=r"^beta is left out: "):
        done = run(world, work, acme=[slots(30), made("7")], beta=[NoAnswer("cut")])

    assert str(done.ref) == "acme:7"


def test_a_late_one_is_not_waited_for(world):
    transport = joint(world, acme=[slots(30), made("7")], beta=[slots(0)])
    world.engine.held = {"beta"}
    with pytest.raises(NoAnswerError, match=r"^beta\.slots\.list did not answer within 0\.1 s \(patience\), .*$"):
        world.on(transport, first(patience=0.1))
    world.engine.let_go()

    assert [one.method for one in world.engine.requests] == ["GET", "GET"]


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"attempts": 0}, ValueError, "attempts must be from 1 to 100, not 0."),
        ({"attempts": 101}, ValueError, "attempts must be from 1 to 100, not 101."),
        ({"attempts": "5"}, TypeError, "attempts must be an int, not str."),
        ({"service": "3"}, ValueError, NAMES_NOBODY.format("service")),
        ({"customer": "Ada"}, TypeError, "customer must be a Customer, not str."),
        (
            {"customer": Customer(provider="acme", id="31")},
            ValueError,
            "customer is acme's, and this is a client of beta's.",
        ),
        ({"channel": Channel.UNKNOWN}, ValueError, "channel must be a Channel that is known, not UNKNOWN."),
        ({"notify": 1}, TypeError, "notify must be bool, not int."),
        ({"notes": " "}, ValueError, "notes is blank."),
    ],
)
def test_what_is_wrong_with_the_booking_is_told_before_slots_are_looked_for(changes, error, said):
    with pytest.raises(error) as caught:
        first(**changes)

    assert str(caught.value) == said


def test_what_one_of_them_cannot_is_told_before_slots_are_looked_for():
    with pytest.raises(UnsupportedError, match=r"^beta has no notify: "):
        first(members("acme", beta=FIND_ONLY), notify=True)
    with pytest.raises(UnsupportedError, match=r"^beta has no channel=VIDEO: "):
        first(members("acme", beta=FIND_ONLY), channel=Channel.VIDEO)
    with pytest.raises(UnsupportedError, match=r"^beta has no find_slots: "):
        first(members("acme", beta=ALL - FIND_ONLY))


def test_a_customer_that_was_read_is_booked_where_it_belongs_to(world):
    work = first(customer=Customer(provider="beta", id="31"), service="beta:4")
    run(world, work, beta=[slots(0), made("8")])

    assert sent_of(world.engine.requests[-1])["customer"] == "31"


def test_what_is_dropped_is_a_warning_at_the_callers_line():
    some, asked = members("acme", beta=FIND_ONLY), {**SPAN, "service": ["acme:3", "beta:4"]}
    with pytest.warns(ProviderWarning) as caught:
        line, _ = currentframe().f_lineno, routing.book_first_available(some, ADA, **asked, notes="a canary")

    assert [(str(one.message), one.filename, one.lineno) for one in caught] == [
        ("beta.book: beta keeps no notes; it was dropped.", __file__, line)
    ]


def test_a_verb_fetches_nothing_by_itself():
    assert isinstance(routing.find_slots(members(*BOTH), **SPAN), Listing)


# --- what became of a booking ----------------------------------------------------------------------------------------


def lost(provider="beta", operation="beta.visits.create"):
    return BookingAttempt(
        provider=provider, operation=operation, started_at=START, clues={"patient_id": "31"}, reference="mine"
    )


def test_what_became_of_a_booking_is_asked_at_its_provider(world):
    work = routing.resolve_booking(members(*BOTH), lost())
    found = world.on(joint(world, beta=[visits(0), made("7", 5)]), work)

    assert (str(found.ref), found.start, found.recovered) == ("beta:7", at(5), True)
    assert world.on(joint(world, beta=[visits()]), work) is None


@pytest.mark.parametrize(
    ("attempt", "error", "said"),
    [
        ("beta:7", TypeError, r"^attempt must be a BookingAttempt, such as error\.attempt, not str\.$"),
        (lost("gamma"), ConfigurationError, r"^gamma is not configured here; these are: acme, beta\.$"),
        (
            lost(operation="beta.patients.create"),
            NoResultError,
            r"^beta\.patients\.create makes no appointment: nothing was booked by this attempt\.",
        ),
    ],
)
def test_what_is_no_lost_booking_is_refused_before_anything_is_asked(attempt, error, said):
    with pytest.raises(error, match=said):
        routing.resolve_booking(members(*BOTH), attempt)


def test_an_id_that_could_be_anybodys_is_refused_where_several_are_meant():
    given = {**SPAN, "service": ["acme:3", "beta:4"]}
    with pytest.raises(ValueError, match=r"^customer has an id and no provider, and acme, beta are meant: "):
        routing.book_first_available(members(*BOTH), Customer(id="31"), **given)
    routing.book_first_available(members(*BOTH), Customer(id="31"), **{**SPAN, "service": "acme:3"})
