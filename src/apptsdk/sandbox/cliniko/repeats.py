"""Repeat rules: how a body says one, when the further occurrences are, and what is left of a series."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeVar, cast

from attrs import evolve
from dateutil import rrule

from apptsdk.sandbox.cliniko import inputs
from apptsdk.sandbox.cliniko.inputs import BLANK
from apptsdk.sandbox.cliniko.records import RepeatRule, Span
from apptsdk.sandbox.cliniko.refusals import no_object
from apptsdk.sandbox.cliniko.times import seconds, wall
from apptsdk.sandbox.cliniko.world import World

_FREQUENCIES: dict[str, Literal[1, 2, 3]] = {"Daily": rrule.DAILY, "Weekly": rrule.WEEKLY, "Monthly": rrule.MONTHLY}
S = TypeVar("S", bound=Span)


def read_rule(value: object, most: int, errors: dict[str, str]) -> RepeatRule | None:
    """Read a rule from a body.

    Args:
        value: what the body says.
        most: how many repeats there may be.
        errors: where the vendor's texts go.

    Returns:
        The rule, None if there is none.

    Raises:
        Refusal: 422, it is no object.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise no_object()
    said = cast("dict[str, Any]", value)
    if said.get("repeat_type") is None:
        return None
    checks = {
        "repeat_type": inputs.one_of(tuple(_FREQUENCIES)),
        "number_of_repeats": inputs.number(0, most + 1),
        "repeating_interval": inputs.number(0, 101),
    }
    wrong: dict[str, str] = {}
    read = inputs.read(said, checks, wrong)
    if "number_of_repeats" not in wrong and read.get("number_of_repeats") is None:
        wrong["number_of_repeats"] = BLANK
    errors |= wrong
    if wrong:
        return None
    return RepeatRule(read["repeat_type"], read["number_of_repeats"], read.get("repeating_interval") or 1)


def occurrences(world: World, first: S) -> Iterator[S]:
    """Make the further occurrences.

    Args:
        world: the account.
        first: the first, whose rule counts.
    """
    rule = first.repeat_rule
    if rule is None:
        return
    zone = world.zone_of(first.business)
    # The rule runs on the wall clock, without a zone, so that nine o'clock stays nine o'clock.
    begin = wall(first.starts_at, zone).replace(tzinfo=None)
    length = first.ends_at - first.starts_at
    dates = rrule.rrule(
        _FREQUENCIES[rule.repeat_type],
        dtstart=begin,
        interval=rule.repeating_interval,
        count=rule.number_of_repeats + 1,
    )
    for moment in list(dates)[1:]:
        starts_at = seconds(moment.replace(tzinfo=zone))
        yield evolve(
            first,
            id=world.next_id(),
            starts_at=starts_at,
            ends_at=starts_at + length,
            repeated_from=first.id,
            repeat_rule=None,
        )


def later(series: Iterable[S], span: S) -> Iterator[S]:
    """Find what is left of a series.

    Args:
        series: where to look.
        span: one of the series.

    Returns:
        The live others that begin later.
    """
    first = span.repeated_from or span.id
    for other in series:
        if first in {other.id, other.repeated_from} and other.live and other.starts_at > span.starts_at:
            yield other
