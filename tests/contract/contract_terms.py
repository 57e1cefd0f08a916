"""Where we or a sandbox say something else than the vendor's document, and why. What is no longer so, fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from contract_rows import Key


@attrs.frozen(kw_only=True)
class Terms:
    """What is agreed about one table.

    Args:
        not_offered: What the vendor takes or gives and we do not offer, with its type and whether it may be null.
        null_too: What we take as None, and the vendor does not declare to be null.
        not_null: What we do not take as None, and the vendor declares that it may be null.
        listed_by_us: Fields for whose values we have an enum, where the vendor's document lists none.
        unnamed: Fields for whose values the vendor has a list and we no enum: the wire must show every one.
        always: What we always send, though the vendor does not demand it.
        left_out: What the vendor demands, and we can leave out.
        read_as: What we read or take as something else than the vendor says, with the vendor's type.
        partial: Places that show some fields only of objects that others show whole.
        inline: Answers that have no name in the vendor's document, with what it lists and nobody has seen there.
        needed: What must be given, though the vendor's document demands nothing, and cannot be made null.
        deprecated: What the vendor's document declares deprecated, and its real answers carry.
        rare: What an object lacks where there is nothing to show.
        never_null: What may be null, and always has a value in the sandbox.
        null_seen: What is null, though the vendor's document does not say that it may be.
        undeclared: What answers hold and our models know, though the vendor's document does not say so.
        beyond: Values of our enums that the vendor lists elsewhere, by the value.
        of_others: What our inputs hold and other versions alone take.
        unseen: What never has a value in the sandbox, with its type and whether it may be null.
        vague: What may be anything as far as the vendor says, whatever the sandbox has there.
        modelless: What we require of objects for which we have no model.
    """

    not_offered: Mapping[Key, tuple[str, bool]] = attrs.field(factory=dict)
    null_too: Mapping[Key, str] = attrs.field(factory=dict)
    not_null: Mapping[Key, str] = attrs.field(factory=dict)
    listed_by_us: Mapping[str, str] = attrs.field(factory=dict)
    unnamed: Mapping[str, str] = attrs.field(factory=dict)
    always: Mapping[Key, str] = attrs.field(factory=dict)
    left_out: Mapping[Key, str] = attrs.field(factory=dict)
    read_as: Mapping[Key, str] = attrs.field(factory=dict)
    partial: AbstractSet[str] = frozenset()
    inline: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    needed: Mapping[Key, str] = attrs.field(factory=dict)
    deprecated: AbstractSet[tuple[str, str]] = frozenset()
    rare: AbstractSet[Key] = frozenset()
    never_null: AbstractSet[Key] = frozenset()
    null_seen: Mapping[Key, str] = attrs.field(factory=dict)
    undeclared: Mapping[Key, str] = attrs.field(factory=dict)
    beyond: Mapping[str, str] = attrs.field(factory=dict)
    of_others: AbstractSet[Key] = frozenset()
    unseen: Mapping[Key, tuple[str, bool]] = attrs.field(factory=dict)
    vague: Mapping[Key, str] = attrs.field(factory=dict)
    modelless: Mapping[Key, str] = attrs.field(factory=dict)
