#!/usr/bin/env python3
"""Write the test vectors of this folder, or check that they are up to date.

The oracle is Python's hashlib, hmac, base64, json and ipaddress. No code of
this project runs, so a bug cannot confirm itself. Every expectation is written
by hand next to its vector and checked against `generator/rules.py` and similar
modules, which state the rules a second time. Two runs write the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Iterator

# The sources are next to their output: do not write __pycache__ there.
sys.dont_write_bytecode = True

from generator.scope_vectors import scope_suite
from generator.diagnose_matrix import Matrix, diagnose_matrix
from generator.diagnose_vectors import diagnose_suite
from generator.diagnose_writers import Writers, diagnose_writers
from generator.event_vectors import event_suite
from generator.header_vectors import header_suite
from generator import json_writers
from generator.replay_vectors import replay_suite
from generator.secrets_vectors import secrets_suite
from generator.signature_vectors import signature_suite
from generator.subscription_vectors import subscription_suite
from generator.suite import Suite
from generator.token_surrogates_vectors import token_surrogates_suite
from generator.token_vectors import token_suite

FOLDER = Path(__file__).resolve().parent

SUITES = (
    signature_suite,
    token_suite,
    token_surrogates_suite,
    header_suite,
    secrets_suite,
    event_suite,
    replay_suite,
    diagnose_suite,
    diagnose_matrix,
    diagnose_writers,
    subscription_suite,
    scope_suite,
)


def files() -> Iterator[tuple[Path, Suite | Matrix | Writers]]:
    for make_suite in SUITES:
        suite = make_suite()
        yield FOLDER / suite.file, suite


def write() -> int:
    for path, suite in files():
        text = suite.text()
        path.write_bytes(text.encode("ascii"))
        print(f"{path.name}: {len(suite.vectors)} vectors, {len(suite.flags)} flags, {len(text)} bytes")
    return 0


def first_difference(found: list[bytes], expected: list[bytes]) -> int:
    """The number of the first line that differs."""
    for number, (one, other) in enumerate(zip(found, expected), start=1):
        if one != other:
            return number
    return min(len(found), len(expected)) + 1


def check() -> int:
    stale = 0
    for path, suite in files():
        expected = suite.text().encode("ascii")
        found = path.read_bytes() if path.exists() else None
        if found is None:
            print(f"{path.name} is missing", file=sys.stderr)
        elif found != expected:
            line = first_difference(found.split(b"\n"), expected.split(b"\n"))
            print(f"{path.name} is stale: line {line} differs", file=sys.stderr)
        else:
            continue
        stale += 1
    why = json_writers.is_stale()
    if why:
        print(f"{json_writers.FILE.name} {why}: run python3 tests/vectors/generate.py --writers", file=sys.stderr)
        stale += 1
    if stale:
        print("Run python3 tests/vectors/generate.py, and read the difference.", file=sys.stderr)
    else:
        print(f"{len(SUITES) + 1} files are up to date.")
    return 1 if stale else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Write the test vectors of this folder, with hashlib as the oracle."
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit with 1 when a file differs from what would be written",
    )
    parser.add_argument(
        "--writers",
        action="store_true",
        help="write only json-writers.json, with the JSON writers of other languages",
    )
    parser.add_argument(
        "--install-writers",
        action="store_true",
        help="install those languages and libraries on Debian 12, as root",
    )
    arguments = parser.parse_args()
    if not __debug__:
        parser.error("the vectors are checked by assertions: run without -O")
    if arguments.install_writers:
        json_writers.install()
        return 0
    if arguments.writers:
        return json_writers.write()
    return check() if arguments.check else write()


if __name__ == "__main__":
    sys.exit(main())
