use mia_webhooks::{
    Code,
    replay::{Attempt, Bounds, Entry, Limits, claim, commit, prune, release},
};
use proptest::{array::uniform10, collection::vec, prelude::*};

use serde_json::Value;

use crate::{
    replay_world::{Missing, Step, Worker, World},
    vectors::{read, text},
};

#[test]
fn decides_every_vector() {
    for vector in read("replay.json") {
        let (id, expected) = (text(&vector["id"]), &vector["expected"]);
        let number = |of: &str, name: &str| vector[of][name].as_u64();
        let required = |of: &str, name: &str| number(of, name).unwrap();
        let entry = vector["entry"]["state"].as_u64().map(|state| match state {
            1 => Entry::Open,
            2 => Entry::Claimed { lease: required("entry", "lease"), until: required("entry", "until") },
            _ => Entry::Done,
        });
        let bounds = Bounds { floor: required("bounds", "floor"), latest: number("bounds", "latest") };
        let timestamp = required("attempt", "timestamp");
        let (lease, now) = (required("attempt", "lease"), required("attempt", "now"));
        let limits = Limits {
            window: required("limits", "windowMs"),
            cap: required("limits", "cap"),
            lease: required("limits", "leaseMs"),
            max_skew: required("limits", "maxSkewMs"),
            max_age: number("limits", "maxAgeMs"),
        };
        let answer = match text(&vector["call"]) {
            "claim" => match claim(entry, bounds, Attempt { timestamp, lease, now }, &limits) {
                Ok(until) => Value::from(until),
                Err(code) => Value::from(code.name()),
            },
            "commit" => match commit(entry, bounds, timestamp, lease) {
                Ok(after) => Value::from(after.latest),
                Err(code) => lost(code, Value::Null),
            },
            "release" => match release(entry, lease) {
                Ok(()) => Value::from(true),
                Err(code) => lost(code, Value::from(false)),
            },
            _ => {
                let count = vector["count"].as_u64().unwrap();
                prune(entry.unwrap(), timestamp, count, bounds, now, &limits).map_or(Value::Null, |after| {
                    assert_eq!(after.latest, bounds.latest, "{id}");
                    Value::from(after.floor)
                })
            }
        };
        assert_eq!(answer, *expected, "{id}");
    }
}

fn lost(code: Code, answer: Value) -> Value {
    assert_eq!(code, Code::ClaimLost);
    answer
}

/// Times that repeat, with a few far apart.
fn times() -> impl Strategy<Value = [u64; 10]> {
    uniform10(prop_oneof![900..910_u64, 0..1_200_u64])
}

fn steps() -> impl Strategy<Value = Vec<(u8, usize, usize, i64)>> {
    vec((0..16_u8, 0..10_usize, 0..4_usize, -200..200_i64), 1..200)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Delivery, duplicate, delay, crash, lapse, pruning and a clock that steps
    /// both ways, at random: at most one commit, and nothing is lost.
    #[test]
    fn any_interleaving_commits_once_and_loses_nothing(
        times in times(),
        steps in steps(),
        window in 1..400_u64,
        cap in 0..6_u64,
    ) {
        let limits = Limits { window, cap, lease: 20, max_skew: 1_000_000, max_age: None };
        let mut world = World::<10, 4>::new(Missing::Nothing, times, limits);
        for (kind, event, worker, by) in steps {
            let step = match (kind, world.workers[worker]) {
                (0, _) => Step::Crash { worker },
                (1, _) => Step::Clock(by),
                (2 | 3, _) => Step::Prune,
                (4.., Worker::Idle) => Step::Arrive { event, worker },
                (4..6, _) => Step::Go { worker, well: false },
                _ => Step::Go { worker, well: true },
            };
            prop_assert_eq!(world.take(step), Ok(()));
        }
        // Now every claim has lapsed, so nothing is held back.
        world.take(Step::Clock(1_000_000)).unwrap();
        prop_assert_eq!(world.check_that_nothing_is_lost(), Ok(()));
        for _ in 0..times.len() {
            world.take(Step::Prune).unwrap();
        }
        let left = world.entries.iter().flatten().count();
        prop_assert!(left <= usize::try_from(cap).unwrap(), "{} entries are left", left);
    }
}
