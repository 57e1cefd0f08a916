"""Credentials and options of a provider: what all settings classes share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar, Final, Self

import attrs

from apptsdk.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apptsdk.account import Account
    from apptsdk.pacing import Quota


_FLAGS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def flag(value: bool | str, field: str, provider: str) -> bool:
    """Read a setting that is on or off, from an environment variable too.

    Args:
        value: True, False, or one of the words for them.
        field: The field's name.
        provider: The provider's name.

    Returns:
        The flag.

    Raises:
        ConfigurationError: It is neither.
    """
    found = value if isinstance(value, bool) else _FLAGS.get(str(value).lower())
    if found is None:
        variable = f"{provider}_{field}".upper()
        raise ConfigurationError(f"{field} ({variable}) must be true or false.", provider=provider)
    return found


def _source(environment: Mapping[str, str] | None) -> Mapping[str, str]:
    return os.environ if environment is None else environment


def _value(source: Mapping[str, str], variable: str, field: attrs.Attribute[object]) -> str | None:
    """Read a variable; an empty one is none, but where the field may be empty."""
    return source.get(variable) if field.metadata.get("empty") else source.get(variable) or None


@attrs.frozen(kw_only=True)
class Settings:
    """The base of every provider's settings. They hold secrets: they show none and refuse to be pickled."""

    provider: ClassVar[str]
    """The provider's name: the first word of its environment variables, in capitals."""
    alternatives: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Fields that have defaults, and of which one group is needed all the same: several kinds of credentials."""

    @property
    def credential(self) -> object:
        """What tells accounts apart: clients whose settings have it in common share an account."""
        return self

    @property
    def headers(self) -> Mapping[str, str]:
        """Header fields of every request by these settings, beside those of the account."""
        return {}

    @classmethod
    def variable(cls, field: str) -> str:
        """Name the environment variable of a field.

        Args:
            field: The field's name.

        Returns:
            The variable's name.
        """
        return f"{cls.provider}_{field}".upper()

    @classmethod
    def required(cls) -> tuple[str, ...]:
        """Name the fields that have no default.

        Returns:
            Their names.
        """
        return tuple(field.name for field in attrs.fields(cls) if field.init and field.default is attrs.NOTHING)

    @classmethod
    def given(cls, environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Name the variables of these settings that an environment has. An empty one is none.

        Args:
            environment: The variables; the process's own by default.

        Returns:
            Their names, in the order of the fields.
        """
        source = _source(environment)
        return tuple(variable for variable in map(cls.variable, cls._readable()) if source.get(variable))

    @classmethod
    def missing(cls, environment: Mapping[str, str] | None = None) -> str:
        """Say which variables an environment lacks: those of required fields, and of alternatives if none is whole.

        Args:
            environment: The variables; the process's own by default. An empty mapping lacks all that is needed.

        Returns:
            Their names, as text for a message; empty where nothing is missing.
        """
        source = _source(environment)
        fields = cls._readable().items()
        there = {name for name, field in fields if _value(source, cls.variable(name), field) is not None}
        lacks = [cls.variable(name) for name in cls.required() if name not in there]
        told = ", ".join(lacks)
        if not cls.alternatives or any(there.issuperset(names) for names in cls.alternatives):
            return told
        either = ", or ".join(" with ".join(map(cls.variable, names)) for names in cls.alternatives)
        return f"{told}, and either {either}" if told else f"either {either}"

    @classmethod
    def is_in(cls, environment: Mapping[str, str] | None = None) -> bool:
        """Tell whether an environment speaks of this provider: whether the variable of any field is set.

        Args:
            environment: The variables; the process's own by default.

        Returns:
            Whether it does.
        """
        return bool(cls.given(environment))

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings from environment variables, one a field: `CLINIKO_API_KEY` is `api_key`.

        Args:
            environment: The variables; the process's own by default.

        Returns:
            The settings.

        Raises:
            ConfigurationError: A required variable is missing; the message names all that are.
        """
        source = _source(environment)
        missing = cls.missing(source)
        if missing:
            raise ConfigurationError(
                f"Set the environment variable{'s' * (' ' in missing)} {missing}, or pass a {cls.__name__}.",
                provider=cls.provider,
            )
        values = {name: _value(source, cls.variable(name), field) for name, field in cls._readable().items()}
        return cls(**{name: value for name, value in values.items() if value is not None})

    @classmethod
    def _readable(cls) -> dict[str, attrs.Attribute[object]]:
        """Give the fields that an environment can hold."""
        fields = {field.name: field for field in attrs.fields(cls) if field.init}
        return {name: field for name, field in fields.items() if field.metadata.get("env") is not False}

    def changed(self, **given: object) -> Self:
        """Give these settings with some replaced.

        Args:
            **given: The new values, by field.

        Returns:
            New settings.

        Raises:
            ConfigurationError: A value is malformed.
        """
        return attrs.evolve(self, **given)

    def account(self, pace: Iterable[Quota] | None = None) -> Account:
        """Make the account that these settings describe.

        Args:
            pace: Quotas instead of the provider's own; an empty tuple for no limit.

        Returns:
            A new account.
        """
        raise NotImplementedError

    def __reduce__(self) -> str:
        raise TypeError("Settings hold credentials and are not pickled. Read them in each process: from_env().")
