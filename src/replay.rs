//! The guard against replay: what may be done with an event that may have been
//! seen before.
//!
//! A token says nothing about time: a captured request stays genuine for ever.
//! Refusing every event that is not newer than the newest one would be simple, but
//! would lose every event that arrives out of order. So the guard remembers each
//! event by its id for a while. As it forgets events, a floor rises; the guard
//! refuses every event below the floor that it does not remember. It also refuses
//! every event that it does not remember and that is older than the window: a
//! memory that has just begun knows nothing of the past. The age is reckoned at each
//! claim and nothing of it is kept, so a clock that was wrong does no lasting harm.
//!
//! Nothing is kept here. A store loads what it has, asks one of these functions
//! and saves the answer, all in one transaction. Then every id has **at most one
//! commit**, whatever the interleaving of deliveries, crashes and clocks: a
//! committed event is either still remembered or below the floor. And no genuine
//! event is refused for good unless it first comes when it is older than
//! [`Limits::window`], it is more than that or [`Limits::cap`] behind others, or it
//! is older than [`Limits::max_age`].
//!
//! An id is the SHA-256 of a payload ([`PayloadHash::id`](crate::PayloadHash::id)),
//! so one id has one timestamp. All times are milliseconds since the Unix epoch.
//!
//! ```
//! use mia_webhooks::{Code, replay::{self, Attempt, Bounds, Entry, Limits}};
//!
//! let (limits, bounds) = (Limits::default(), Bounds::default());
//! let attempt = Attempt { timestamp: 1_767_225_600_000, lease: 7, now: 1_767_225_600_250 };
//!
//! // Claimed before the event is forwarded …
//! let until = replay::claim(None, bounds, attempt, &limits)?;
//! let entry = Entry::Claimed { lease: 7, until };
//! // … so that nobody else forwards it meanwhile …
//! let other = Attempt { lease: 8, ..attempt };
//! assert_eq!(replay::claim(Some(entry), bounds, other, &limits), Err(Code::EventInProgress));
//! // … and committed after the origin took it.
//! let bounds = replay::commit(Some(entry), bounds, attempt.timestamp, 7)?;
//! assert_eq!(replay::claim(Some(Entry::Done), bounds, other, &limits), Err(Code::EventDuplicate));
//! # Ok::<(), Code>(())
//! ```

use crate::{Code, MAX_EVENT_TIMESTAMP};

/// What a store remembers of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A delivery failed, and the event may be claimed again, even below the floor.
    Open,
    /// A delivery is under way.
    Claimed {
        /// The id of the delivery that holds the claim; no other delivery has it.
        lease: u64,
        /// When the claim lapses.
        until: u64,
    },
    /// The event was committed.
    Done,
}

/// What a store remembers of all events of a partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// An event with an earlier time is refused unless it is remembered.
    pub floor: u64,
    /// The time of the newest committed event.
    pub latest: Option<u64>,
}

/// A delivery that asks for a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attempt {
    /// The event's `eventTimestamp`.
    pub timestamp: u64,
    /// An id for the claim, chosen at random.
    pub lease: u64,
    /// The current time.
    pub now: u64,
}

/// How much is remembered, and for how long. All but `cap` are milliseconds; the
/// values below are the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// How old an event may be that is not remembered, and how much older than the
    /// newest committed event a remembered one may be; 7 days.
    pub window: u64,
    /// How many events are remembered; 100,000.
    pub cap: u64,
    /// How long a claim holds without a commit; 60 seconds. It must be longer than
    /// any delivery takes, or two deliveries may run at once.
    pub lease: u64,
    /// How far in the future an event may be, and how far the clocks of those who
    /// claim may differ; 5 minutes.
    pub max_skew: u64,
    /// How old any event may be, also one whose delivery failed; no limit.
    pub max_age: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { window: 604_800_000, cap: 100_000, lease: 60_000, max_skew: 300_000, max_age: None }
    }
}

/// Decides whether a delivery may go on. If so, the entry becomes
/// [`Entry::Claimed`] with its lease, until the returned time.
///
/// A holder may claim again with the same lease: a store may repeat a call whose
/// answer was lost.
///
/// # Errors
/// - [`Code::EventMalformed`]: the timestamp is over [`MAX_EVENT_TIMESTAMP`].
/// - [`Code::EventDuplicate`]: the event was committed.
/// - [`Code::EventInProgress`]: another delivery holds the claim.
/// - [`Code::EventFromFuture`]: the timestamp is too far ahead. Nothing is
///   saved, so such an event cannot change what the guard remembers.
/// - [`Code::EventExpired`]: the event is older than [`Limits::max_age`].
/// - [`Code::EventStale`]: the event is not remembered, and is below the floor or
///   older than [`Limits::window`].
pub fn claim(entry: Option<Entry>, bounds: Bounds, attempt: Attempt, limits: &Limits) -> Result<u64, Code> {
    let Attempt { timestamp, lease, now } = attempt;
    match entry {
        _ if timestamp > MAX_EVENT_TIMESTAMP => Err(Code::EventMalformed),
        Some(Entry::Done) => Err(Code::EventDuplicate),
        Some(Entry::Claimed { lease: holder, until }) if holder != lease && is_live(until, now, limits) => {
            Err(Code::EventInProgress)
        }
        _ if timestamp > now.saturating_add(limits.max_skew) => Err(Code::EventFromFuture),
        _ if limits.max_age.is_some_and(|age| now.saturating_sub(timestamp) > age) => Err(Code::EventExpired),
        None if timestamp < bounds.floor.max(now.saturating_sub(limits.window)) => Err(Code::EventStale),
        _ => Ok(now.saturating_add(limits.lease)),
    }
}

/// Records that the event was delivered. The holder of the claim may commit even
/// after the claim has lapsed. The entry becomes [`Entry::Done`]; the returned
/// bounds must be saved with it.
///
/// # Errors
/// [`Code::ClaimLost`]: the claim had lapsed, and another delivery took it over.
pub fn commit(entry: Option<Entry>, bounds: Bounds, timestamp: u64, lease: u64) -> Result<Bounds, Code> {
    held(entry, lease)?;
    Ok(Bounds { latest: bounds.latest.max(Some(timestamp)), ..bounds })
}

/// Gives the claim back after a failed delivery. The entry becomes
/// [`Entry::Open`].
///
/// # Errors
/// [`Code::ClaimLost`], as for [`commit`].
pub fn release(entry: Option<Entry>, lease: u64) -> Result<(), Code> {
    held(entry, lease)
}

/// Decides whether an entry may be forgotten, given the number of entries. If so,
/// returns the bounds to save. Ask about the oldest entry first.
///
/// Only forgetting a committed event raises the floor. An event that was never
/// committed counts as new once its entry is gone, unless it is below the floor or
/// older than the window.
#[must_use]
pub fn prune(
    entry: Entry,
    timestamp: u64,
    count: u64,
    bounds: Bounds,
    now: u64,
    limits: &Limits,
) -> Option<Bounds> {
    let is_old = bounds.latest.is_some_and(|latest| latest.saturating_sub(timestamp) > limits.window);
    match entry {
        _ if !is_old && count <= limits.cap => None,
        Entry::Claimed { until, .. } if is_live(until, now, limits) => None,
        Entry::Done => Some(Bounds { floor: bounds.floor.max(timestamp.saturating_add(1)), ..bounds }),
        Entry::Open | Entry::Claimed { .. } => Some(bounds),
    }
}

fn held(entry: Option<Entry>, lease: u64) -> Result<(), Code> {
    match entry {
        Some(Entry::Claimed { lease: holder, .. }) if holder == lease => Ok(()),
        _ => Err(Code::ClaimLost),
    }
}

/// Whether a claim has not lapsed. If it ends later than any claim made now could,
/// it was made before the clock stepped back: waiting for it could take days.
const fn is_live(until: u64, now: u64, limits: &Limits) -> bool {
    now < until && until - now <= limits.lease.saturating_add(limits.max_skew)
}
