"""What a provider says beside a success: a warning, once; and which quotas a request counts against."""

import warnings
from functools import partial
from inspect import currentframe
from pathlib import Path

import pytest
from core_support import (
    BASE,
    KEY,
    WIRE,
    FakeClock,
    Room,
    account,
    answer,
    ask,
    cancel_visit,
    create_visit,
    find_visits,
    flow,
    get_visit,
    list_visits,
    page,
    service,
)

import apptsdk
from apptsdk import messages, raw
from apptsdk.errors import BadRequestError, OutcomeUnknownError, ProviderWarning, ResponseUnreadableError
from apptsdk.http import NoAnswer
from apptsdk.operation import Effect, Operation, Remembered
from apptsdk.pacing import Quota

SAID = "location_id was ignored"


def remarks(response):
    """Read `{"remarks": [...]}`, and refuse anything else."""
    return response.json()["remarks"]


def talkative(**changes):
    return account(notes=remarks, **changes)


def remark(*texts, status=200, **more):
    return answer(status, {"id": "7", "starts_at": "2026-03-02T22:00:00Z", "remarks": list(texts), **more})


def warned(work, answers, at):
    """Carry out a work; returns what it was and every warning's text."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        done = ask(work, answers, at=at)
    assert all(one.category is ProviderWarning for one in caught)
    return done, [str(one.message) for one in caught]


@pytest.mark.parametrize("make", [get_visit, cancel_visit, create_visit])
def test_a_remark_is_a_warning_and_the_answer_is_there(make):
    done, said = warned(make(), [remark(SAID)], talkative())

    assert done.error is None
    assert said == [f"{make().name}: {SAID}"]


def test_it_is_a_warning_of_users():
    assert issubclass(ProviderWarning, UserWarning)


def test_it_points_at_the_callers_line_and_not_into_the_sdk(world):
    with pytest.warns(ProviderWarning, match=SAID) as caught:
        world.run(get_visit(), [remark(SAID)], talkative())

    (one,) = caught
    assert Path(apptsdk.__file__).parent not in Path(one.filename).parents


def test_it_points_at_the_line_that_asked_whatever_of_the_sdk_lies_between():
    where = Path(apptsdk.__file__).parent
    code = compile("def through(told): told()", str(where / "providers" / "made_up.py"), "exec")
    inside = {}
    exec(code, inside)  # a function whose file is one of the SDK's
    line = currentframe().f_lineno + 2
    with pytest.warns(ProviderWarning) as caught:
        inside["through"](partial(messages.remark, SAID))
    (one,) = caught

    assert (one.filename, one.lineno, str(one.message)) == (__file__, line, SAID)


def test_a_package_that_is_only_called_alike_is_not_the_sdk():
    mine = f"{Path(apptsdk.__file__).parent}_of_mine.py"
    outside = {"remark": messages.remark}
    exec(compile(f"def told(): remark({SAID!r})", mine, "exec"), outside)
    with pytest.warns(ProviderWarning) as caught:
        outside["told"]()

    assert [one.filename for one in caught] == [mine]


def test_the_same_remark_on_the_same_operation_is_made_once():
    at = talkative()
    texts = [warned(get_visit(number), [remark(SAID)], at)[1] for number in ("1", "2", "3")]

    assert texts == [[f"acme.visits.get: {SAID}"], [], []]


def test_another_text_another_operation_and_another_account_are_told_apart():
    at = talkative()
    warned(get_visit(), [remark(SAID)], at)

    assert warned(get_visit(), [remark("floor was ignored")], at)[1] == ["acme.visits.get: floor was ignored"]
    assert warned(cancel_visit(), [remark(SAID)], at)[1] == [f"acme.visits.cancel: {SAID}"]
    assert warned(get_visit(), [remark(SAID)], talkative())[1] == [f"acme.visits.get: {SAID}"]


def test_several_remarks_are_several_warnings():
    done, said = warned(get_visit(), [remark("one", "two", "one")], talkative())

    assert done.get().id == "7"
    assert said == ["acme.visits.get: one", "acme.visits.get: two"]


def test_where_warnings_are_errors_a_read_raises_it_once():
    at = talkative()
    done = ask(get_visit(), [remark(SAID)], at=at)

    assert type(done.error) is ProviderWarning
    assert str(done.error) == f"acme.visits.get: {SAID}"
    assert ask(get_visit(), [remark(SAID)], at=at).get().id == "7"


@pytest.mark.parametrize("make", [cancel_visit, create_visit])
def test_where_warnings_are_errors_a_write_is_not_lost_and_the_remark_is_logged(make, caplog):
    done = ask(make(), [remark(SAID, "more")], at=talkative())

    assert done.error is None
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        f"{make().name}: {SAID}",
        f"{make().name}: more",
    ]


def test_a_write_whose_remark_is_an_error_is_remembered_as_made():
    at = talkative()
    made = ask(create_visit(), [remark(SAID)], at=at).get()

    assert at.unclaimed("acme.visits.create", [made]) == ()
    assert at.unclaimed("acme.visits.cancel", [made]) == (made,)


def room():
    return Operation("acme.rooms.get", "GET", "/rooms/4", WIRE.one(Room), Effect.SAFE)


def beside():
    def script():
        found = yield from Remembered("room 4", room())
        return found, (yield from get_visit())

    return flow(script)


def warnings_in(caplog):
    return [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]


def test_where_warnings_are_errors_a_look_at_what_helps_does_not_fail_for_a_remark(caplog):
    at = talkative()
    done = ask(beside(), [remark(SAID), answer()], at=at)

    assert [found.id for found in done.get()] == ["7", "7"]
    assert warnings_in(caplog) == [f"acme.rooms.get: {SAID}"]
    assert len(ask(beside(), [answer()], at=at).sent) == 1


def test_where_warnings_are_errors_what_was_asked_for_beside_it_still_raises():
    done = ask(beside(), [answer(), remark(SAID)], at=talkative())

    assert type(done.error) is ProviderWarning
    assert str(done.error) == f"acme.visits.get: {SAID}"


def test_where_warnings_are_errors_a_lost_write_is_found_all_the_same(caplog):
    listed = answer(200, {"visits": [{"id": "7", "starts_at": "2026-03-02T22:00:00Z"}], "remarks": [SAID]})
    done = ask(create_visit(recover=find_visits), [NoAnswer("cut"), listed], at=talkative())

    assert done.get().recovered
    assert warnings_in(caplog) == [f"acme.visits.list: {SAID}"]


def test_elsewhere_such_looks_warn_like_all_others():
    assert warned(beside(), [remark(SAID), answer()], talkative())[1] == [f"acme.rooms.get: {SAID}"]


SENT = {
    "a body's value": (create_visit(body={"name": "Featherstone"}, clues={}), "Featherstone"),
    "a query's value": (get_visit(query=(("name", "Featherstone"),)), "FEATHERSTONE"),
    "a filter's value": (get_visit(query=(("q[]", "last_name:=Featherstone"),)), "featherstone"),
    "a clue": (create_visit(body=None, clues={"name": "Featherstone"}), "Featherstone"),
    "the key": (get_visit(), KEY),
}


@pytest.mark.parametrize(("work", "echo"), SENT.values(), ids=SENT)
def test_what_we_sent_and_what_is_secret_is_taken_out(work, echo, caplog):
    done, said = warned(work, [remark(f"{echo} was ignored")], talkative())

    assert done.error is None
    assert said == [f"{work.name}: … was ignored"]
    ask(work, [remark(f"{echo} was ignored")], at=talkative())
    assert echo.lower() not in caplog.text.lower()


def test_what_is_taken_out_makes_no_new_remark():
    at = talkative()
    names = ("Featherstone", "Parkinson")
    texts = [warned(get_visit(query=(("name", name),)), [remark(f"{name} was ignored")], at)[1] for name in names]

    assert texts == [["acme.visits.get: … was ignored"], []]


def test_an_error_is_no_success_and_its_remarks_are_not_passed_on():
    done, said = warned(get_visit(), [remark(SAID, status=400, message="no")], talkative())

    assert type(done.error) is BadRequestError
    assert said == []


def test_an_answer_that_does_not_decode_is_the_error_and_its_remarks_are_not_passed_on():
    done, said = warned(get_visit(), [answer(body={"remarks": [SAID]})], talkative())

    assert type(done.error) is ResponseUnreadableError
    assert said == []


ODD = {
    "HTML": b"<html>ignored</html>",
    "no remarks": b'{"id": "7", "starts_at": "2026-03-02T22:00:00Z"}',
    "a null": b'{"id": "7", "starts_at": "2026-03-02T22:00:00Z", "remarks": null}',
    "numbers": b'{"id": "7", "starts_at": "2026-03-02T22:00:00Z", "remarks": 5}',
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_remarks_that_cannot_be_read_are_none(body):
    at = talkative()
    done, said = warned(raw.request(at.service, "GET", "/files/1"), [answer(200, body)], at)

    assert done.get().content == body
    assert said == []


def test_a_write_is_not_lost_over_remarks_that_cannot_be_read():
    assert ask(cancel_visit(), [answer(200, b"<html>ignored</html>")], at=talkative()).error is None


def test_what_was_found_after_it_was_lost_has_no_remark():
    done, said = warned(create_visit(), [NoAnswer("cut")], talkative())

    assert type(done.error) is OutcomeUnknownError
    assert said == []


# --- tags ------------------------------------------------------------------------------------------------------------


def searched(method, path):
    return frozenset({"search"} if (method, path) == ("GET", "/visits") else {"other"})


def tagged(*quotas):
    return account(quotas=quotas, tags=searched)


WORKS = {
    "a list": list_visits().page(None),
    "a list with a query": list_visits(query=(("name", "x"),)).page(None),
    "a further page of it": list_visits().page(f"{BASE}/visits?page=2"),
    "a raw request": raw.request(service(), "GET", "/visits"),
    "a raw list": raw.request_pages(service(), "/visits", "visits").page(None),
    "a further page of that": raw.request_pages(service(), "/visits", "visits").page(f"{BASE}/visits?page=2"),
}


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_what_a_request_is_decides_which_quota_it_counts_against(work):
    at, clock = tagged(Quota(1, per=10, tag="search")), FakeClock()
    first = ask(work, [page("1")], at=at, clock=clock)
    second = ask(work, [page("1")], at=at, clock=clock)

    assert (first.error, second.error) == (None, None)
    assert sum(first.pauses) == 0
    assert sum(second.pauses) == pytest.approx(10)


def test_other_requests_are_not_held_up():
    at, clock = tagged(Quota(1, per=10, tag="search")), FakeClock()
    ask(list_visits().page(None), [page("1")], at=at, clock=clock)

    for work in (get_visit(), create_visit(), raw.request(at.service, "POST", "/visits", json={})):
        assert ask(work, [answer()], at=at, clock=clock).pauses == []


def test_an_operations_own_tags_count_beside_them():
    at, clock = tagged(Quota(1, per=10, tag="other"), Quota(1, per=30, tag="own")), FakeClock()
    own = get_visit(tags=frozenset({"own"}))
    ask(own, [answer()], at=at, clock=clock)

    assert sum(ask(get_visit(), [answer()], at=at, clock=clock).pauses) == pytest.approx(10)
    assert sum(ask(own, [answer()], at=at, clock=clock).pauses) == pytest.approx(20)


def test_every_attempt_counts():
    at, clock = tagged(Quota(1, per=10, tag="other")), FakeClock()
    done = ask(get_visit(), [answer(503, {}), answer()], at=at, clock=clock)

    assert done.error is None
    assert sum(done.pauses) == pytest.approx(10)


def test_without_tags_the_operations_own_are_all():
    at, clock = account(quotas=(Quota(1, per=10, tag="search"),)), FakeClock()
    works = [list_visits().page(None), get_visit(effect=Effect.SAFE)]

    assert [ask(work, [page("1"), answer()], at=at, clock=clock).pauses for work in works] == [[], []]
