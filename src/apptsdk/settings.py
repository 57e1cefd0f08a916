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


@attrs.frozen(kw_only=True)
class Settings:
    """The base of every provider's settings. They hold secrets: they show none and refuse to be pickled."""

    provider: ClassVar[str]
    """The provider's name: the first word of its environment variables, in capitals."""

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
    def is_in(cls, environment: Mapping[str, str] | None = None) -> bool:
        """Tell whether an environment speaks of this provider: whether any required field's variable is set.

        Args:
            environment: The variables; the process's own by default.

        Returns:
            Whether it does.
        """
        source = os.environ if environment is None else environment
        return any(source.get(cls.variable(name)) for name in cls.required())

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
        source = os.environ if environment is None else environment
        given: dict[str, str] = {}
        missing: list[str] = []
        for field in attrs.fields(cls):
            if not field.init or field.metadata.get("env") is False:
                continue
            value = source.get(cls.variable(field.name))
            if value or (value is not None and field.metadata.get("empty")):
                given[field.name] = value
            elif field.default is attrs.NOTHING:
                missing.append(cls.variable(field.name))
        if missing:
            raise ConfigurationError(
                f"Set the environment variable{'s' * (len(missing) > 1)} {', '.join(missing)}, "
                f"or pass a {cls.__name__}.",
                provider=cls.provider,
            )
        return cls(**given)

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
