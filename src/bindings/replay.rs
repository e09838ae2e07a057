//! The border of the `replay` module: numbers in, a number out.
//!
//! An entry crosses as three numbers: its state (0 none, 1 open, 2 claimed, 3
//! done), its lease and the time when the lease ends. Integers that JavaScript holds
//! exactly cross as they are; any other number becomes the largest `u64`. An answer
//! below 0 is a [`Code`]'s number, negated.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    Code,
    replay::{self, Attempt, Bounds, Entry, Limits},
};

/// The time when the claim lapses; see [`replay::claim`]. `max_age_ms` below 0 means
/// no limit.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "numbers cross without an allocation")]
pub fn claim(
    state: u32,
    holder: f64,
    until: f64,
    floor: f64,
    timestamp: f64,
    lease: f64,
    now: f64,
    window_ms: f64,
    lease_ms: f64,
    max_skew_ms: f64,
    max_age_ms: f64,
) -> f64 {
    let bounds = Bounds { floor: integer(floor), latest: None };
    let attempt = Attempt { timestamp: integer(timestamp), lease: integer(lease), now: integer(now) };
    let limits = Limits {
        window: integer(window_ms),
        lease: integer(lease_ms),
        max_skew: integer(max_skew_ms),
        max_age: optional(max_age_ms),
        ..Limits::default()
    };
    answer(replay::claim(entry(state, holder, until), bounds, attempt, &limits))
}

/// The newest time after a commit; see [`replay::commit`]. `latest` below 0 means
/// none.
#[wasm_bindgen]
pub fn commit(state: u32, holder: f64, latest: f64, timestamp: f64, lease: f64) -> f64 {
    let bounds = Bounds { floor: 0, latest: optional(latest) };
    let committed = replay::commit(entry(state, holder, 0.0), bounds, integer(timestamp), integer(lease));
    answer(committed.map(|bounds| bounds.latest.unwrap_or_default()))
}

/// 0 when the claim was given back; see [`replay::release`].
#[wasm_bindgen]
pub fn release(state: u32, holder: f64, lease: f64) -> f64 {
    answer(replay::release(entry(state, holder, 0.0), integer(lease)).map(|()| 0))
}

/// The floor after an entry is forgotten, or below 0 when the entry must stay; see
/// [`replay::prune`].
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "numbers cross without an allocation")]
pub fn prune(
    state: u32,
    until: f64,
    timestamp: f64,
    count: f64,
    floor: f64,
    latest: f64,
    now: f64,
    window_ms: f64,
    cap: f64,
    lease_ms: f64,
    max_skew_ms: f64,
) -> f64 {
    let bounds = Bounds { floor: integer(floor), latest: optional(latest) };
    let limits = Limits {
        window: integer(window_ms),
        cap: integer(cap),
        lease: integer(lease_ms),
        max_skew: integer(max_skew_ms),
        max_age: None,
    };
    let Some(entry) = entry(state, 0.0, until) else { return -1.0 };
    let kept = replay::prune(entry, integer(timestamp), integer(count), bounds, integer(now), &limits);
    kept.map_or(-1.0, |bounds| number(bounds.floor))
}

fn entry(state: u32, lease: f64, until: f64) -> Option<Entry> {
    match state {
        0 => None,
        1 => Some(Entry::Open),
        2 => Some(Entry::Claimed { lease: integer(lease), until: integer(until) }),
        _ => Some(Entry::Done),
    }
}

fn answer(result: Result<u64, Code>) -> f64 {
    result.map_or_else(|code| -f64::from(code as u8), number)
}

#[expect(clippy::cast_precision_loss, reason = "what comes from JavaScript goes back the same")]
const fn number(integer: u64) -> f64 {
    integer as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "a number that does not survive the cast becomes the largest integer"
)]
// Inlining it at each of its 30 calls made the module three times as large.
#[inline(never)]
const fn integer(number: f64) -> u64 {
    let integer = number as u64;
    if self::number(integer) == number { integer } else { u64::MAX }
}

fn optional(number: f64) -> Option<u64> {
    (number >= 0.0).then_some(integer(number))
}
