"""One column of the file as mapping sees it, and what is said of it."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from services.mapping.names import Name, read
from services.mapping.profiles import ColumnProfile

FEW_ROWS = 8
"""Cells below which nothing is made of how many differ."""


@dataclass(frozen=True)
class Cells:
    """All that is known of one column of the file. sample: some of its cells as text, or None."""

    profile: ColumnProfile
    sample: pa.Array[Any] | None = None

    @cached_property
    def name(self) -> Name:
        return read(self.profile.name)

    @property
    def known(self) -> bool:
        """Whether anything at all is known of the values."""
        return self.profile.filled + self.profile.blank > 0


@dataclass(frozen=True)
class Verdict:
    """points: added to the confidence that the name gives. cap: the most it may be; 0 is a veto. reason: in words."""

    points: float = 0.0
    cap: float = 100.0
    reason: str = ""
