"""What stands in a file in the place of something real: made-up secrets, people and texts."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from datetime import date, timedelta

from apptsdk.tokens import token_from

MADE_UP = "made-up"
"""How made-up secrets begin."""
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9:]+)?|[0-9]{2}:[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PHONE = 2_025_550_000
_EPOCH = date(1970, 1, 1)


def made_up_secret(name: str, text: str, count: int) -> str:
    """Make up the n-th secret of a name. Of a token that says how long it lives, that is kept, and nothing else.

    Args:
        name: The member that holds it.
        text: The real one.
        count: The number.

    Returns:
        The made-up one, which is no secret to anybody.
    """
    try:
        life = token_from(text, wall=0.0).lifetime
    except ValueError:
        life = None
    made = f"{MADE_UP}-{name}-{count}"
    if life is None:
        return made
    claims = urlsafe_b64encode(json.dumps({"iat": 1, "exp": 1 + int(life)}).encode()).rstrip(b"=").decode()
    return f"{made}.{claims}.no-signature"


def number_of(name: str, text: str) -> int | None:
    """Give the number of a made-up secret.

    Args:
        name: The member that holds it.
        text: Whatever it holds.

    Returns:
        The number; None where it is anything else than a made-up one.
    """
    number = text.removeprefix(f"{MADE_UP}-{name}-").partition(".")[0]
    if not (number.isascii() and number.isdecimal()) or text != made_up_secret(name, text, int(number)):
        return None
    return int(number)


def invented(name: str, text: str, count: int) -> str:
    """Make up the n-th value of a name, of the same kind, so that it still decodes and can be asked for.

    Args:
        name: The member that holds it.
        text: The real one.
        count: The number.

    Returns:
        The made-up one.
    """
    day = (_EPOCH + timedelta(days=count)).isoformat()
    kinds = (
        (DATE.fullmatch(text), day),
        ("phone" in name.lower(), str(_PHONE + count)),
        (_NUMBER.fullmatch(text), str(count)),
        (MOMENT.fullmatch(text), f"{day}T00:00:00Z"),
        ("email" in name.lower(), f"person{count}@example.com"),
        (name == "subdomain", f"{name}-{count}"),
        (text.startswith("http"), f"https://example.com/{name}/{count}"),
    )
    return next((made for fits, made in kinds if fits), f"{name or 'text'} {count}")
