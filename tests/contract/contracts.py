"""All contracts: what the tests are run for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract_cliniko import ClinikoContract
from contract_cubu import CubuContract
from contract_imiassist import IMIassistContract, IMIassistFlowContract
from contract_nexhealth import NexHealthContract, NexHealthV2Contract

if TYPE_CHECKING:
    from contract_base import Contract

CONTRACTS: list[Contract] = [
    ClinikoContract(),
    NexHealthContract(),
    NexHealthV2Contract(),
    CubuContract(),
    IMIassistContract(),
    IMIassistFlowContract(),
]
NAMES = [contract.name for contract in CONTRACTS]
