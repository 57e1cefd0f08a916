"""Every case, with every provider, in every world, over a real socket."""

from __future__ import annotations

import logging
from collections import Counter
from fnmatch import fnmatchcase
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from cases import CASES, CORE, TOKEN_CASES, Case, few
from harness import ENGINE, ENGINES, WORLDS, Watch, World, said
from stages import STAGES, VERSIONS

import apptsdk
from apptsdk import APIStatusError, ApptError, NoAnswerError, OutcomeUnknownError, ResponseUnreadableError

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
    stage.prepare(case.verb)
    sandbox.ledger.clear()
    sandbox.requests.clear()
    for source, faults in ((verb, case.faults), (stage.token, case.tokens)):
        for one in faults:
            sandbox.fault(**{"provider": stage.name, **placed(one, source)})
    watch = Watch(sandbox, case.ahead)
    client = world.client(stage.clients, stage.settings, clock=watch, random=lambda: 1.0, **case.options)

    ends = verb.end_of(case)
    if ends.endswith("Error"):
        kind = getattr(apptsdk, ends)
        with pytest.raises(kind) as caught:
            world.tell(lambda teller: stage.play(case.verb, teller), client)
        error = caught.value
        assert type(error) is kind
        assert error.provider == stage.name
        assert error.operation.startswith(f"{stage.name}.")
        if isinstance(error, OutcomeUnknownError):
            see_unknown(error, case, verb, sandbox)
        if case.retry_after is not None:
            assert error.retry_after == pytest.approx(case.retry_after)
    else:
        value = world.tell(lambda teller: stage.play(case.verb, teller), client)
        if ends == "done":
            assert (value is not None) is verb.gives
        else:
            assert getattr(value, "recovered", False) is (ends == "recovered")
        if verb.action == "create":
            assert [str(value.id)] == sandbox.ledger.created(verb.resource)

    sent = [seen for seen in sandbox.requests if seen.method == verb.method and hits(seen.path, verb.path, stage)]
    assert len(sent) == case.sent + case.renewed * (stage.token is not None)
    # A renewed token is all that may differ.
    assert len({(seen.method, seen.raw_path, seen.body, unsigned(seen)) for seen in sent}) <= 1
    if not case.renewed and not case.name.startswith("token: "):
        assert len({seen.headers.get("authorization") for seen in sent}) == 1
    effects = Counter((entry.resource, entry.action) for entry in sandbox.ledger)
    made = min(case.made, 1) if verb.once else case.made
    assert effects == Counter({(verb.resource, verb.action): made} if made else {})
    # What cannot be found is not looked for, and so nothing is waited for either.
    slept = () if ends == "OutcomeUnknownError" and not verb.listed and case.slept else case.slept
    if slept is not None:
        assert watch.slept == pytest.approx(slept)


def see_unknown(error: OutcomeUnknownError, case: Case, verb: Any, sandbox: Sandbox) -> None:
    assert error.attempt.operation == error.operation
    assert isinstance(error.__cause__, NoAnswerError | APIStatusError | ResponseUnreadableError)
    if verb.named:
        assert error.attempt.reference
        assert error.attempt.reference in str(error)
        made = [entry.record["external_reference_id"] for entry in sandbox.ledger]
        assert made == [error.attempt.reference] * case.made


def placed(one: Any, source: Any) -> dict[str, Any]:
    """Say where a fault hits: the verb's own request, or the one by which what it made is found again."""
    if source.look is not None and one.get("method") == "GET":
        return {**one, "method": source.look[0], "path": source.look[1]}
    return {"method": source.method, "path": source.path, **one}


def unsigned(seen: Any) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in seen.headers.items() if name != "authorization"))


def hits(path: str, pattern: str, stage: Any) -> bool:
    return fnmatchcase(path, stage.base + pattern)


def test_every_case_has_a_name_of_its_own():
    assert [name for name, count in Counter(map(str, (*CASES, *TOKEN_CASES))).items() if count > 1] == []
    assert {str(case) for case in CASES} >= BOTH_ENGINES | CORE


@pytest.fixture
def provider(stage):
    return stage.name


def plays(stage: Any, case: Any) -> bool:
    """Tell whether a stage has the verb of a case, and plays more than a few of its cases."""
    return not isinstance(case, Case) or (case.verb in stage.verbs and case.verb not in stage.alike)


def everywhere(cases, stages, core=frozenset()):
    """Every case with every provider; the worlds take turns, so that each case is played in as many as it has stages.

    What is core is played in all of them.
    """
    for turn, stage in enumerate(stages):
        for place, case in enumerate(case for case in cases if plays(stage, case)):
            name = WORLDS[(turn + place) % len(WORLDS)]
            for world in WORLDS if str(case) in core else [name]:
                yield pytest.param(case, stage, World(world), id=f"{world}-{case}-{stage.name}")


@pytest.mark.parametrize(("case", "stage", "world"), list(everywhere(CASES, STAGES, CORE | BOTH_ENGINES)))
def test_a_case_ends_as_it_must(case, stage, world, sandbox):
    play(case, stage, world, sandbox)


@pytest.mark.parametrize(
    ("case", "stage", "world"), list(everywhere(TOKEN_CASES, [stage for stage in STAGES if stage.token]))
)
def test_a_case_of_tokens_ends_as_it_must(case, stage, world, sandbox):
    play(case, stage, world, sandbox)


@pytest.mark.parametrize(
    ("refusal", "stage", "world"),
    list(everywhere([*product([400, 401, 403, 422, 500], ["at the verb", "everywhere"])], STAGES)),
)
def test_a_provider_that_repeats_the_key_is_not_quoted(refusal, stage, world, sandbox, caplog):
    status, where = refusal
    caplog.set_level(logging.DEBUG, "apptsdk")
    played = stage(sandbox)
    verb, key = played.verbs["read"], played.secret
    text = f"The key {key} is wrong"
    body = {"code": False, "message": text, "error": [text]}
    path = verb.path if where == "at the verb" else None
    sandbox.fault("status", status=status, body=body, times=None, provider=stage.name, path=path)
    client = world.client(stage.clients, played.settings, clock=Watch(sandbox))

    async def story(teller):
        with pytest.raises(ApptError, match="The key … is wrong"):
            await played.play("read", teller)
        await played.play("read", teller)  # which has a token already, where the first one got it

    with pytest.raises(ApptError, match="The key … is wrong") as caught:
        world.tell(story, client)

    assert not [text for text in said(caught.value) if key in text]
    assert key not in caplog.text


def likenesses():
    """The worlds take turns: every verb is played in each of them, and so is every case."""
    for stage in (*STAGES, *VERSIONS):
        for turn, (verb, like) in enumerate(stage.alike.items()):
            for place, case in enumerate(few(verb, like)):
                world = World(WORLDS[(turn + place) % len(WORLDS)])
                yield pytest.param(case, stage, world, id=f"{world.name}-{stage.__name__}-{case}")


@pytest.mark.parametrize(("case", "stage", "world"), list(likenesses()))
def test_a_verb_ends_as_the_one_that_it_is_like(case, stage, world, sandbox):
    play(case, stage, world, sandbox)


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != ENGINE])  # that one has played them
@pytest.mark.parametrize(
    ("case", "stage", "world"),
    list(everywhere([case for case in CASES if str(case) in BOTH_ENGINES], STAGES, BOTH_ENGINES)),
)
def test_the_engine_makes_no_difference(case, stage, world, engine, sandbox):
    play(case, stage, World(world.name, engine), sandbox)
