"""Anything in any order, with answers lost: nothing is lost and nothing is doubled, unless recovery is switched off."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from portable_machine import Counts, DoubledError, LostError, Machine
from portable_places import PLACES

from apptsdk import exchange
from apptsdk.operation import Effect
from apptsdk.retry import Verdict, judge_status

EVERYWHERE = pytest.mark.parametrize("place", PLACES, ids=str)
ROUNDS, LENGTH = 4, 126
LEAST = 2000 // len(PLACES)


def play(place):
    """Play a number of rounds, the same ones every time; what fails is shown as it was played, and not made shorter."""
    counts = Counts()
    machine = type("Machine", (Machine,), {"place": place, "counts": counts})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=ROUNDS,
            stateful_step_count=LENGTH,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return counts


@EVERYWHERE
def test_whatever_answers_are_lost_every_appointment_is_live_once_and_known(place):
    counts = play(place)
    print(f"{place}: {attrs.asdict(counts)}")  # noqa: T201 - the counts
    assert counts.steps >= LEAST
    assert counts.faults >= counts.writes / 5
    assert counts.unknown > 0
    assert counts.settled > 0
    assert (counts.recovered > 0) is place.finds_lost
    assert (counts.refused > 0) is place.holds


def sent_again(monkeypatch):
    """Take a lost booking for something that may be repeated."""
    monkeypatch.setattr(exchange, "judge_silence", lambda effect: Verdict.AGAIN)
    monkeypatch.setattr(exchange, "judge_status", lambda effect, status: judge_status(Effect.IDEMPOTENT, status))


def taken_for_failed(monkeypatch):
    """Take a lost booking for one that was not made."""

    def failed(ask, error):
        raise error
        yield

    monkeypatch.setattr(exchange._Ask, "_recovered", failed)


@EVERYWHERE
@pytest.mark.parametrize("switched_off", [sent_again, taken_for_failed])
def test_without_recovery_a_booking_is_lost_or_doubled(place, switched_off, monkeypatch):
    switched_off(monkeypatch)
    with pytest.raises((LostError, DoubledError)):
        play(place)
