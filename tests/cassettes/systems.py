"""The systems that cassettes are of."""

from __future__ import annotations

from system_cliniko import CLINIKO
from system_cubu import CUBU
from system_imiassist import IMIASSIST
from system_nexhealth import NEXHEALTH

SYSTEMS = {system.name: system for system in (CLINIKO, NEXHEALTH, CUBU, IMIASSIST)}
"""By the provider's name."""
