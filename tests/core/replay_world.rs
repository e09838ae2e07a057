//! A small world around the replay guard: events, two or more workers that deliver
//! them, a clock, and a store that saves what the guard decides. The world checks
//! every step by its own rules. All they take from the guard is when a claim lapses.

use mia_webhooks::{
    Code,
    replay::{self, Attempt, Bounds, Entry, Limits},
};

/// A protection of the guard that is left out, to prove that it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Missing {
    Nothing,
    /// A forgotten event leaves no trace.
    Floor,
    /// A claim counts as the asking worker's, whoever holds it.
    LeaseCheck,
    /// Another worker may save between a worker's load and its save.
    Transaction,
}

/// What a worker is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Worker {
    Idle,
    /// Has read the store but not saved yet; only if the transaction is missing.
    Loaded {
        claim: Claim,
        entry: Option<Entry>,
        bounds: Bounds,
    },
    /// Holds a claim, and forwards the event.
    Forwarding(Claim),
    /// The origin took the event.
    Taken(Claim),
    /// The origin refused it.
    Refused(Claim),
}

/// A worker's claim; the event is given by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Claim {
    event: usize,
    lease: u64,
    /// When the claim lapses; 0 once it has lapsed.
    until: u64,
}

/// What can happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A copy of an event arrives at an idle worker.
    Arrive { event: usize, worker: usize },
    /// A worker goes on; `well` says whether the origin accepts the event.
    Go { worker: usize, well: bool },
    /// A worker stops, and everything that it knew is lost.
    Crash { worker: usize },
    /// The clock moves, forward or back.
    Clock(i64),
    /// The oldest entry that may be forgotten is forgotten, if there is one.
    Prune,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World<const EVENTS: usize, const WORKERS: usize> {
    missing: Missing,
    limits: Limits,
    now: u64,
    /// The time of each event.
    times: [u64; EVENTS],
    pub(crate) workers: [Worker; WORKERS],
    pub(crate) entries: [Option<Entry>; EVENTS],
    bounds: Bounds,
    /// The last lease of each event; leases of different events are never compared.
    leases: [u64; EVENTS],
    committed: [bool; EVENTS],
    /// Events with this time or a later one must not be stale. Committed events
    /// before it were forgotten for a reason that the rules accept.
    stale_below: u64,
}

impl<const EVENTS: usize, const WORKERS: usize> World<EVENTS, WORKERS> {
    pub(crate) fn new(missing: Missing, times: [u64; EVENTS], limits: Limits) -> Self {
        Self {
            missing,
            limits,
            now: 1_000,
            times,
            workers: [Worker::Idle; WORKERS],
            entries: [None; EVENTS],
            bounds: Bounds::default(),
            leases: [0; EVENTS],
            committed: [false; EVENTS],
            stale_below: 0,
        }
    }

    /// Takes a step; the error says which rule the step broke.
    pub(crate) fn take(&mut self, step: Step) -> Result<(), &'static str> {
        match step {
            Step::Arrive { event, worker } => {
                self.leases[event] += 1;
                let claim = Claim { event, lease: self.leases[event], until: 0 };
                let (entry, bounds) = (self.entries[event], self.bounds);
                if self.missing == Missing::Transaction {
                    self.workers[worker] = Worker::Loaded { claim, entry, bounds };
                    return Ok(());
                }
                self.claim(worker, claim, entry, bounds)
            }
            Step::Go { worker, well } => match self.workers[worker] {
                Worker::Idle => Ok(()),
                Worker::Loaded { claim, entry, bounds } => self.claim(worker, claim, entry, bounds),
                Worker::Forwarding(claim) => {
                    self.workers[worker] = if well { Worker::Taken(claim) } else { Worker::Refused(claim) };
                    Ok(())
                }
                Worker::Taken(claim) => self.commit(worker, claim),
                Worker::Refused(claim) => {
                    self.workers[worker] = Worker::Idle;
                    if replay::release(self.entries[claim.event], self.lease_to_ask_with(claim)).is_ok() {
                        self.entries[claim.event] = Some(Entry::Open);
                    }
                    Ok(())
                }
            },
            Step::Crash { worker } => {
                self.workers[worker] = Worker::Idle;
                Ok(())
            }
            Step::Clock(by) => {
                self.now = self.now.saturating_add_signed(by);
                self.lapse();
                Ok(())
            }
            Step::Prune => {
                self.prune();
                Ok(())
            }
        }
    }

    fn claim(
        &mut self,
        worker: usize,
        claim: Claim,
        entry: Option<Entry>,
        bounds: Bounds,
    ) -> Result<(), &'static str> {
        self.workers[worker] = Worker::Idle;
        let Claim { event, lease, .. } = claim;
        let timestamp = self.times[event];
        match replay::claim(entry, bounds, Attempt { timestamp, lease, now: self.now }, &self.limits) {
            Ok(until) => {
                if self.committed[event] {
                    return Err("a claim was granted after the commit");
                }
                if entry.is_none() && self.is_old(timestamp, self.now) {
                    return Err("an old event passed, of which the guard knows nothing");
                }
                if self.workers.iter().any(|other| Self::is_live(other, event)) {
                    return Err("a claim was granted while another one was live");
                }
                self.entries[event] = Some(Entry::Claimed { lease, until });
                self.workers[worker] = Worker::Forwarding(Claim { until, ..claim });
                Ok(())
            }
            Err(Code::EventDuplicate) if !self.committed[event] => Err("a duplicate of nothing"),
            Err(Code::EventStale)
                if !self.committed[event]
                    && timestamp >= self.stale_below
                    && !(entry.is_none() && self.is_old(timestamp, self.now)) =>
            {
                Err("a genuine event in time was refused for good")
            }
            Err(_) => Ok(()),
        }
    }

    /// Whether an event has left the window by this clock.
    fn is_old(&self, timestamp: u64, now: u64) -> bool {
        timestamp + self.limits.window < now
    }

    /// Whether a worker handles this event with a claim that has not lapsed.
    fn is_live(worker: &Worker, event: usize) -> bool {
        let (Worker::Forwarding(claim) | Worker::Taken(claim) | Worker::Refused(claim)) = worker else {
            return false;
        };
        claim.event == event && claim.until > 0
    }

    /// Marks claims that have lapsed. They stay lapsed, even if the clock steps back.
    fn lapse(&mut self) {
        let ends = self.now + 1..=self.now + self.limits.lease + self.limits.max_skew;
        for worker in &mut self.workers {
            if let Worker::Forwarding(claim) | Worker::Taken(claim) | Worker::Refused(claim) = worker
                && !ends.contains(&claim.until)
            {
                claim.until = 0;
            }
        }
    }

    fn commit(&mut self, worker: usize, claim: Claim) -> Result<(), &'static str> {
        self.workers[worker] = Worker::Idle;
        let (event, lease) = (claim.event, self.lease_to_ask_with(claim));
        if let Ok(bounds) = replay::commit(self.entries[event], self.bounds, self.times[event], lease) {
            if self.committed[event] {
                return Err("an event was committed twice");
            }
            self.entries[event] = Some(Entry::Done);
            self.bounds = bounds;
            self.committed[event] = true;
        }
        Ok(())
    }

    fn lease_to_ask_with(&self, claim: Claim) -> u64 {
        match self.entries[claim.event] {
            Some(Entry::Claimed { lease: holder, .. }) if self.missing == Missing::LeaseCheck => holder,
            _ => claim.lease,
        }
    }

    /// Forgets at most one entry: the oldest that may be forgotten.
    fn prune(&mut self) {
        let count = self.entries.iter().flatten().count() as u64;
        let mut order: [usize; EVENTS] = core::array::from_fn(|event| event);
        order.sort_by_key(|&event| self.times[event]);
        for event in order {
            let (Some(entry), time) = (self.entries[event], self.times[event]) else { continue };
            let Some(bounds) = replay::prune(entry, time, count, self.bounds, self.now, &self.limits) else {
                continue;
            };
            let is_old = self.bounds.latest.is_some_and(|latest| latest > time + self.limits.window);
            if self.committed[event] && (is_old || count > self.limits.cap) {
                self.stale_below = self.stale_below.max(time + 1);
            }
            self.entries[event] = None;
            if self.missing != Missing::Floor {
                self.bounds = bounds;
            }
            return;
        }
    }

    /// What must hold when every worker is idle: an event that was not committed can
    /// still be committed, unless it is not remembered and older than the window, or
    /// than a rightly forgotten event. Whatever the clock showed before, only what it
    /// shows now counts.
    pub(crate) fn check_that_nothing_is_lost(&self) -> Result<(), &'static str> {
        for (event, &timestamp) in self.times.iter().enumerate() {
            // A claim that a crash left has lapsed long before that.
            let now = self.now + if self.entries[event].is_none() { 0 } else { 1_000_000 };
            let attempt = Attempt { timestamp, lease: u64::MAX, now: now.max(timestamp) };
            let answer = replay::claim(self.entries[event], self.bounds, attempt, &self.limits);
            if answer.is_ok() && self.committed[event] {
                return Err("a committed event could be claimed again");
            }
            let is_late = self.entries[event].is_none()
                && (timestamp < self.stale_below || self.is_old(timestamp, attempt.now));
            if answer.is_err() && !self.committed[event] && !is_late {
                return Err("an event that was never committed is lost");
            }
        }
        Ok(())
    }
}
