"""`replay.json`: what the guard against replay decides."""

from __future__ import annotations

from typing import Any, Optional

from .suite import Suite

NOW = 1_767_225_600_000
LARGEST = 2**53 - 1
LIMITS = {"windowMs": 600_000, "cap": 10, "leaseMs": 60_000, "maxSkewMs": 300_000}
BOUNDS = {"floor": NOW - 500_000, "latest": NOW - 1_000}
MINE, OTHER = 4_503_599_627_370_497, 4_503_599_627_370_498

OPEN = {"state": 1, "lease": 0, "until": 0}
DONE = {"state": 3, "lease": 0, "until": 0}

Entry = Optional[dict[str, int]]


def claimed(lease: int, until: int) -> dict[str, int]:
    return {"state": 2, "lease": lease, "until": until}


# The rules a second time, from the design and not from the code: each is one sentence.


def is_live(entry: dict[str, int], now: int, limits: dict[str, int]) -> bool:
    left = entry["until"] - now
    return 0 < left <= limits["leaseMs"] + limits["maxSkewMs"]


def claim_rule(entry: Entry, bounds: dict[str, Any], attempt: dict[str, int], limits: dict[str, int]) -> Any:
    timestamp, lease, now = attempt["timestamp"], attempt["lease"], attempt["now"]
    if not 0 <= timestamp <= LARGEST:
        return "event_malformed"
    if entry and entry["state"] == 3:
        return "event_duplicate"
    if entry and entry["state"] == 2 and entry["lease"] != lease and is_live(entry, now, limits):
        return "event_in_progress"
    if timestamp - now > limits["maxSkewMs"]:
        return "event_from_future"
    if "maxAgeMs" in limits and now - timestamp > limits["maxAgeMs"]:
        return "event_expired"
    if entry is None and (timestamp < bounds["floor"] or now - timestamp > limits["windowMs"]):
        return "event_stale"
    return now + limits["leaseMs"]


def holds(entry: Entry, lease: int) -> bool:
    return entry is not None and entry["state"] == 2 and entry["lease"] == lease


def commit_rule(entry: Entry, bounds: dict[str, Any], attempt: dict[str, int]) -> Optional[int]:
    if not holds(entry, attempt["lease"]):
        return None
    return max(attempt["timestamp"], -1 if bounds["latest"] is None else bounds["latest"])


def prune_rule(
    entry: dict[str, int], bounds: dict[str, Any], attempt: dict[str, int], limits: dict[str, int], count: int
) -> Optional[int]:
    timestamp, latest = attempt["timestamp"], bounds["latest"]
    is_old = latest is not None and latest - timestamp > limits["windowMs"]
    if not is_old and count <= limits["cap"]:
        return None
    if entry["state"] == 2 and is_live(entry, attempt["now"], limits):
        return None
    return max(bounds["floor"], timestamp + 1) if entry["state"] == 3 else bounds["floor"]


def replay_suite() -> Suite:
    suite = Suite(
        "replay.json",
        {
            "new": "A new event is refused, or claimed for another time than the lease.",
            "duplicate": "A committed event is delivered again.",
            "duplicate_first": "A committed event is refused with another reason than that it is known, and its sender goes on.",
            "in_progress": "Two deliveries of one event run side by side.",
            "lapsed": "An event whose delivery crashed is never delivered.",
            "same_lease": "A claim whose answer was lost cannot be asked for again.",
            "stepped_clock": "A claim of a clock that was ahead holds its event back for as long as that was.",
            "future": "An event of the future is let in, and moves what is remembered.",
            "age": "The age limit is not kept, or is kept without being set.",
            "stale": "What was forgotten is delivered again.",
            "unknown_past": "A capture of last year is delivered by a memory that has just begun.",
            "in_window": "An event that comes late, but in the window, is lost.",
            "floor_is_new": "An event at the floor, or above it, is lost.",
            "open_below_floor": "An event that failed is lost once the floor has passed it.",
            "range": "A number is kept in too few bits, or wraps.",
            "holder": "Somebody commits or gives back a claim of somebody else.",
            "late_commit": "A claim that lapsed, and that nobody took over, cannot be committed.",
            "latest": "The newest time goes back, or is not noted.",
            "window": "What is behind the window is kept for ever, or what is in it is forgotten.",
            "cap": "What is over the cap is kept for ever, or what is under it is forgotten.",
            "floor_rises": "The floor does not rise over what is forgotten, or sinks.",
            "floor_stays": "The floor rises over what was never committed, and its sender is refused for good.",
            "live_stays": "A delivery that is under way is forgotten.",
        },
    )

    def claim(
        id: str, flags: str, expected: Any, entry: Entry = None, timestamp: int = NOW - 2_000, **limits: int
    ) -> None:
        attempt = {"timestamp": timestamp, "lease": MINE, "now": NOW}
        all_limits = {**LIMITS, **limits}
        assert claim_rule(entry, BOUNDS, attempt, all_limits) == expected, id
        suite.add(
            id, flags, call="claim", entry=entry, bounds=BOUNDS, attempt=attempt, limits=all_limits, expected=expected
        )

    until = NOW + 60_000
    claim("claims_a_new_event", "new", until)
    claim("claims_an_event_of_now", "new", until, timestamp=NOW)
    claim("claims_an_event_older_than_the_latest", "new", until, timestamp=NOW - 400_000)
    claim("claims_for_another_lease_time", "new", NOW + 7, leaseMs=7)
    claim("refuses_a_committed_event", "duplicate", "event_duplicate", DONE)
    claim("refuses_a_committed_event_below_the_floor", "duplicate_first", "event_duplicate", DONE, BOUNDS["floor"] - 1)
    claim("refuses_a_committed_event_of_the_future", "duplicate_first", "event_duplicate", DONE, NOW + 300_001)
    claim("refuses_a_committed_event_over_the_age", "duplicate_first age", "event_duplicate", DONE, maxAgeMs=1)
    claim("refuses_while_another_delivers", "in_progress", "event_in_progress", claimed(OTHER, NOW + 60_000))
    claim("refuses_in_the_last_millisecond_of_a_lease", "in_progress", "event_in_progress", claimed(OTHER, NOW + 1))
    claim("refuses_a_lease_that_differs_by_one", "in_progress range", "event_in_progress", claimed(MINE - 1, NOW + 1))
    claim("claims_when_the_lease_ends", "lapsed", until, claimed(OTHER, NOW))
    claim("claims_long_after_the_lease", "lapsed", until, claimed(OTHER, 0))
    claim("claims_after_a_lapse_below_the_floor", "lapsed open_below_floor", until, claimed(OTHER, NOW), 1_000_000_000_000)
    claim("claims_again_with_the_same_lease", "same_lease", until, claimed(MINE, NOW + 1_000))
    claim("refuses_a_lease_within_the_skew", "stepped_clock", "event_in_progress", claimed(OTHER, NOW + 360_000))
    claim("claims_over_a_lease_beyond_the_skew", "stepped_clock", until, claimed(OTHER, NOW + 360_001))
    claim("claims_over_a_lease_of_the_last_millennium", "stepped_clock range", until, claimed(OTHER, LARGEST))
    claim("claims_at_the_skew", "future", until, timestamp=NOW + 300_000)
    claim("refuses_over_the_skew", "future", "event_from_future", timestamp=NOW + 300_001)
    claim("refuses_the_largest_time", "future range", "event_from_future", timestamp=LARGEST)
    claim("refuses_an_open_event_of_the_future", "future", "event_from_future", OPEN, NOW + 300_001)
    claim("refuses_what_is_no_time", "range", "event_malformed", timestamp=LARGEST + 1)
    claim("claims_without_an_age_limit", "age", until, timestamp=NOW - 499_999)
    claim("claims_at_the_age_limit", "age", until, timestamp=NOW - 1_000, maxAgeMs=1_000)
    claim("refuses_over_the_age_limit", "age", "event_expired", timestamp=NOW - 1_001, maxAgeMs=1_000)
    claim("refuses_an_open_event_over_the_age_limit", "age", "event_expired", OPEN, NOW - 1_001, maxAgeMs=1_000)
    claim("claims_an_event_of_later_with_an_age_limit", "age range", until, timestamp=NOW + 5, maxAgeMs=1)
    claim("refuses_below_the_floor", "stale", "event_stale", timestamp=BOUNDS["floor"] - 1)
    claim("refuses_time_zero", "stale range", "event_stale", timestamp=0)
    claim("refuses_before_the_window", "unknown_past", "event_stale", timestamp=NOW - 400_001, windowMs=400_000)
    claim("refuses_last_year", "unknown_past range", "event_stale", timestamp=NOW - 31_536_000_000, windowMs=400_000)
    claim("claims_at_the_edge_of_the_window", "in_window", until, timestamp=NOW - 400_000, windowMs=400_000)
    claim("claims_in_a_window_longer_than_time", "in_window range", until, timestamp=NOW - 499_999, windowMs=LARGEST)
    claim("claims_an_event_of_later_in_the_shortest_window", "in_window range", until, timestamp=NOW + 5, windowMs=1)
    claim("claims_an_open_event_before_the_window", "open_below_floor", until, OPEN, NOW - 400_001, windowMs=400_000)
    claim("claims_a_lapsed_event_before_the_window", "lapsed open_below_floor", until, claimed(OTHER, NOW), NOW - 9, windowMs=8)
    claim("refuses_a_committed_event_before_the_window", "duplicate_first", "event_duplicate", DONE, NOW - 400_001, windowMs=400_000)
    claim("claims_at_the_floor", "floor_is_new", until, timestamp=BOUNDS["floor"])
    claim("claims_an_open_event", "open_below_floor", until, OPEN)
    claim("claims_an_open_event_below_the_floor", "open_below_floor", until, OPEN, BOUNDS["floor"] - 1)

    def settle(call: str, id: str, flags: str, expected: Any, entry: Entry, **bounds: Any) -> None:
        attempt = {"timestamp": NOW - 2_000, "lease": MINE, "now": NOW}
        all_bounds = {**BOUNDS, **bounds}
        rule = commit_rule(entry, all_bounds, attempt) if call == "commit" else holds(entry, MINE)
        assert rule == expected, id
        suite.add(id, flags, call=call, entry=entry, bounds=all_bounds, attempt=attempt, limits=LIMITS, expected=expected)

    settle("commit", "commits_and_the_latest_stays", "latest", NOW - 1_000, claimed(MINE, NOW + 1))
    settle("commit", "commits_and_is_the_latest", "latest", NOW - 2_000, claimed(MINE, NOW + 1), latest=NOW - 2_001)
    settle("commit", "commits_as_the_first", "latest", NOW - 2_000, claimed(MINE, NOW + 1), latest=None)
    settle("commit", "commits_after_a_lapse", "late_commit", NOW - 1_000, claimed(MINE, NOW - 1))
    settle("release", "gives_back", "holder", True, claimed(MINE, NOW + 1))
    settle("release", "gives_back_after_a_lapse", "holder", True, claimed(MINE, NOW - 1))
    for call, refused in [("commit", None), ("release", False)]:
        verb = {"commit": "commit", "release": "give_back"}[call]
        settle(call, f"does_not_{verb}_for_another", "holder", refused, claimed(OTHER, NOW + 1))
        settle(call, f"does_not_{verb}_for_a_lapsed_other", "holder", refused, claimed(OTHER, NOW - 1))
        settle(call, f"does_not_{verb}_what_is_open", "holder", refused, OPEN)
        settle(call, f"does_not_{verb}_what_is_done", "holder", refused, DONE)
        settle(call, f"does_not_{verb}_what_is_not_known", "holder", refused, None)
    settle("commit", "does_not_commit_done_with_lease_zero", "holder", None, {"state": 3, "lease": MINE, "until": 0})

    def prune(id: str, flags: str, expected: Optional[int], entry: dict[str, int], count: int, timestamp: int, **bounds: Any) -> None:
        attempt = {"timestamp": timestamp, "lease": MINE, "now": NOW}
        all_bounds = {**BOUNDS, **bounds}
        assert prune_rule(entry, all_bounds, attempt, LIMITS, count) == expected, id
        suite.add(
            id,
            flags,
            call="prune",
            entry=entry,
            bounds=all_bounds,
            attempt=attempt,
            limits=LIMITS,
            count=count,
            expected=expected,
        )

    floor, edge = BOUNDS["floor"], BOUNDS["latest"] - 600_000
    prune("keeps_at_the_window", "window", None, DONE, 1, edge)
    prune("forgets_behind_the_window", "window floor_rises", floor, DONE, 1, edge - 1)
    prune("raises_the_floor_behind_the_window", "window floor_rises", edge, DONE, 1, edge - 1, floor=5)
    prune("keeps_everything_without_a_latest", "window", None, DONE, 10, 0, latest=None)
    prune("keeps_what_is_newer_than_the_latest", "window range", None, OPEN, 10, NOW)
    prune("keeps_at_the_cap", "cap", None, DONE, 10, NOW - 2_000)
    prune("forgets_over_the_cap", "cap floor_rises", NOW - 1_999, DONE, 11, NOW - 2_000)
    prune("forgets_over_the_cap_without_a_latest", "cap floor_stays", floor, OPEN, 11, NOW - 2_000, latest=None)
    prune("forgets_an_open_event_over_the_cap", "cap floor_stays", floor, OPEN, 11, NOW - 2_000)
    prune("forgets_an_open_event_behind_the_window", "window floor_stays", floor, OPEN, 1, edge - 1)
    prune("forgets_a_lapsed_claim_over_the_cap", "cap floor_stays", floor, claimed(OTHER, NOW), 11, NOW - 2_000)
    prune("forgets_a_claim_beyond_the_skew", "cap stepped_clock", floor, claimed(OTHER, NOW + 360_001), 11, NOW - 2_000)
    prune("keeps_a_live_claim_over_the_cap", "live_stays", None, claimed(OTHER, NOW + 1), 11, NOW - 2_000)
    prune("keeps_a_live_claim_behind_the_window", "live_stays", None, claimed(OTHER, NOW + 1), 11, 0)
    prune("keeps_the_floor_over_an_older_event", "floor_rises", floor, DONE, 11, floor - 7)
    return suite
