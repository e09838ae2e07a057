"""Bytes, and how the JSON writes them."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple, Union


class Repeat(NamedTuple):
    """Too many bytes to write out: `unit`, repeated `times` times."""

    unit: bytes
    times: int


Bytes = Union[bytes, Repeat]


def octets(value: Bytes) -> bytes:
    return value.unit * value.times if isinstance(value, Repeat) else value


def on_the_wire(value: Any) -> Any:
    """The JSON form of bytes; everything else is unchanged."""
    if isinstance(value, Repeat):
        return {"repeat": value.unit.hex(), "times": value.times}
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [on_the_wire(item) for item in value]
    return value


def stream(label: str, length: int) -> bytes:
    """Bytes without a pattern, the same in every run: SHA-256 in counter mode."""
    blocks = (hashlib.sha256(f"{label} {counter}".encode()).digest() for counter in range(length // 32 + 1))
    return b"".join(blocks)[:length]


def repeated(length: int, period: int) -> Repeat:
    """`length` bytes that start over after `period` bytes."""
    assert length % period == 0, f"{period} does not divide {length}"
    return Repeat(stream(f"period {period}", period), length // period)
