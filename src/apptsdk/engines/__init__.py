"""Engines: small modules around an HTTP library, which send one request and read its answer."""

from __future__ import annotations
