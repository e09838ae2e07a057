use mia_webhooks::{
    Code, MAX_EVENT_TIMESTAMP,
    replay::{Attempt, Bounds, Entry, Limits, claim, commit, prune, release},
};
use proptest::{array::uniform10, collection::vec, prelude::*};

use crate::replay_world::{Missing, Step, Worker, World};

const LIMITS: Limits = Limits { window: 1_000, cap: 3, lease: 60, max_skew: 300, max_age: Some(5_000) };
const BOUNDS: Bounds = Bounds { floor: 10_000, latest: Some(10_500) };
const NOW: u64 = 11_000;

fn attempt(timestamp: u64) -> Attempt {
    Attempt { timestamp, lease: 7, now: NOW }
}

const fn claimed(lease: u64, until: u64) -> Entry {
    Entry::Claimed { lease, until }
}

#[test]
fn claims_what_is_new_until_the_lease_ends() {
    assert_eq!(claim(None, BOUNDS, attempt(10_000), &LIMITS), Ok(NOW + 60));
    assert_eq!(claim(None, BOUNDS, attempt(NOW + 300), &LIMITS), Ok(NOW + 60));
}

#[test]
fn refuses_with_the_reason() {
    for (entry, timestamp, code) in [
        (None, MAX_EVENT_TIMESTAMP + 1, Code::EventMalformed),
        (None, NOW + 301, Code::EventFromFuture),
        (None, 5_999, Code::EventExpired),
        (None, 9_999, Code::EventStale),
        (Some(Entry::Done), 9_999, Code::EventDuplicate),
        (Some(Entry::Done), NOW + 301, Code::EventDuplicate),
        (Some(Entry::Open), 5_999, Code::EventExpired),
        (Some(claimed(8, NOW + 1)), 10_000, Code::EventInProgress),
    ] {
        assert_eq!(claim(entry, BOUNDS, attempt(timestamp), &LIMITS), Err(code), "{entry:?} at {timestamp}");
    }
}

#[test]
fn an_event_that_failed_may_come_again_below_the_floor() {
    assert!(claim(Some(Entry::Open), BOUNDS, attempt(9_000), &LIMITS).is_ok());
    assert!(claim(Some(claimed(8, NOW)), BOUNDS, attempt(9_000), &LIMITS).is_ok());
}

#[test]
fn a_claim_asked_for_twice_by_one_delivery_is_granted_twice() {
    assert!(claim(Some(claimed(7, NOW + 60)), BOUNDS, attempt(10_000), &LIMITS).is_ok());
}

#[test]
fn a_claim_of_a_clock_that_stepped_back_does_not_hold_for_days() {
    assert_eq!(
        claim(Some(claimed(8, NOW + 360)), BOUNDS, attempt(10_000), &LIMITS),
        Err(Code::EventInProgress)
    );
    assert!(claim(Some(claimed(8, NOW + 361)), BOUNDS, attempt(10_000), &LIMITS).is_ok());
}

#[test]
fn only_the_holder_commits_and_releases() {
    assert_eq!(commit(Some(claimed(7, 0)), BOUNDS, 10_600, 7), Ok(Bounds { latest: Some(10_600), ..BOUNDS }));
    assert_eq!(commit(Some(claimed(7, 0)), BOUNDS, 10_100, 7), Ok(BOUNDS));
    assert_eq!(release(Some(claimed(7, 0)), 7), Ok(()));
    for entry in [None, Some(Entry::Open), Some(Entry::Done), Some(claimed(8, NOW + 60))] {
        assert_eq!(commit(entry, BOUNDS, 10_600, 7), Err(Code::ClaimLost), "{entry:?}");
        assert_eq!(release(entry, 7), Err(Code::ClaimLost), "{entry:?}");
    }
}

#[test]
fn forgets_what_is_behind_the_window_or_over_the_cap() {
    let done = Entry::Done;
    let pruned = |entry, timestamp, count| prune(entry, timestamp, count, BOUNDS, NOW, &LIMITS);
    assert_eq!(pruned(done, 9_500, 3), None);
    assert_eq!(pruned(done, 9_499, 3), Some(BOUNDS));
    assert_eq!(pruned(done, 10_200, 3), None);
    assert_eq!(pruned(done, 10_200, 4), Some(Bounds { floor: 10_201, ..BOUNDS }));
    assert_eq!(pruned(Entry::Open, 10_200, 4), Some(BOUNDS));
    assert_eq!(pruned(Entry::Claimed { lease: 7, until: NOW }, 10_200, 4), Some(BOUNDS));
    assert_eq!(pruned(Entry::Claimed { lease: 7, until: NOW + 1 }, 9_000, 4), None);
    assert_eq!(prune(done, 0, 3, Bounds::default(), NOW, &LIMITS), None);
}

/// Times that repeat, a few of them far apart.
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
        // Every claim has lapsed: nothing is held back.
        world.take(Step::Clock(1_000_000)).unwrap();
        prop_assert_eq!(world.check_that_nothing_is_lost(), Ok(()));
        for _ in 0..times.len() {
            world.take(Step::Prune).unwrap();
        }
        let left = world.entries.iter().flatten().count();
        prop_assert!(left <= usize::try_from(cap).unwrap(), "{} entries are left", left);
    }
}
