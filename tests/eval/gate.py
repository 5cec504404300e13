"""Is a measured value under its floor, or over its ceiling?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def under(measured: Mapping[str, Any], floors: Mapping[str, float]) -> list[str]:
    """Names of the floors that are not reached; a measure that is missing is under its floor."""
    return [name for name, floor in floors.items() if measured.get(name, float("-inf")) < floor]


def over(measured: Mapping[str, Any], ceilings: Mapping[str, float]) -> list[str]:
    """Names of the ceilings that are passed (seconds, megabytes); a missing measure passes its."""
    return [name for name, most in ceilings.items() if measured.get(name, float("inf")) > most]
