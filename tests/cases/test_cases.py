"""Every case, with every provider, in every world, over a real socket."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import pytest
from cases import CASES, Case, few
from harness import ENGINES, WORLDS, Watch, World
from stages import STAGES

import apptsdk
from apptsdk import APIStatusError, NoAnswerError, OutcomeUnknownError, ResponseUnreadableError

if TYPE_CHECKING:
    from apptsdk.sandbox import Sandbox

BOTH_ENGINES = frozenset(
    {
        "book: the connection is cut after it is done",
        "book: nothing is answered",
        "book: the answer is a bomb",
        "book: 503, and nothing is done",
        "register: half of the answer arrives",
        "read: 503 twice",
        "read: something answers that is not HTTP",
        "browse: half of the answer arrives",
        "cancel: the connection is cut after it is done",
    }
)


def play(case: Case, stage_kind: Any, world: World, sandbox: Sandbox) -> None:
    stage = stage_kind(sandbox)
    verb = stage.verbs[case.verb]
    for one in case.faults:
        sandbox.fault(**{"method": verb.method, "path": verb.path, **one})
    watch = Watch(sandbox, case.ahead)
    client = world.client(stage.clients, stage.settings, clock=watch, random=lambda: 1.0, **case.options)

    if case.ends.endswith("Error"):
        kind = getattr(apptsdk, case.ends)
        with pytest.raises(kind) as caught:
            world.tell(lambda teller: stage.play(case.verb, teller), client)
        error = caught.value
        assert type(error) is kind
        assert error.provider == stage.name
        assert error.operation.startswith(f"{stage.name}.")
        if isinstance(error, OutcomeUnknownError):
            assert error.attempt.operation == error.operation
            assert isinstance(error.__cause__, NoAnswerError | APIStatusError | ResponseUnreadableError)
        if case.retry_after is not None:
            assert error.retry_after == pytest.approx(case.retry_after)
    else:
        value = world.tell(lambda teller: stage.play(case.verb, teller), client)
        if case.ends == "done":
            assert value is None
        else:
            assert getattr(value, "recovered", False) is (case.ends == "recovered")
        if verb.action == "create":
            assert [value.id] == sandbox.ledger.created(verb.resource)

    sent = [seen for seen in sandbox.requests if seen.method == verb.method and hits(seen.path, verb.path, stage)]
    assert len(sent) == case.sent
    assert len({(seen.raw_path, seen.body, tuple(sorted(seen.headers.items()))) for seen in sent}) == 1
    effects = Counter((entry.resource, entry.action) for entry in sandbox.ledger)
    assert effects == Counter({(verb.resource, verb.action): case.made} if case.made else {})
    if case.slept is not None:
        assert watch.slept == pytest.approx(case.slept)


def hits(path: str, pattern: str, stage: Any) -> bool:
    return fnmatchcase(path, stage.base + pattern)


def test_every_case_has_a_name_of_its_own():
    assert [name for name, count in Counter(map(str, CASES)).items() if count > 1] == []
    assert {str(case) for case in CASES} >= BOTH_ENGINES


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_ends_as_it_must(case, stage, world, sandbox):
    play(case, stage, world, sandbox)


def likenesses():
    """The worlds take turns: every verb is played in each of them, and so is every case."""
    for stage in STAGES:
        for turn, (verb, like) in enumerate(stage.alike.items()):
            for place, case in enumerate(few(verb, like)):
                world = World(WORLDS[(turn + place) % len(WORLDS)])
                yield pytest.param(case, stage, world, id=f"{world.name}-{stage.name}-{case}")


@pytest.mark.parametrize(("case", "stage", "world"), list(likenesses()))
def test_a_verb_ends_as_the_one_that_it_is_like(case, stage, world, sandbox):
    play(case, stage, world, sandbox)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("case", [case for case in CASES if str(case) in BOTH_ENGINES], ids=str)
def test_the_engine_makes_no_difference(case, name, engine, sandbox):
    play(case, STAGES[0], World(name, engine), sandbox)
