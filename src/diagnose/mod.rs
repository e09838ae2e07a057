//! Why does this token not match?
//!
//! The search hashes candidates (form of the payload × form of the secret ×
//! construction), the likeliest first. A candidate with the token's digest is
//! proof: this is how the token was made. A token whose origin is proved still does
//! not verify.
//!
//! ```
//! use mia_webhooks::diagnose::{Deviation, Question, diagnose};
//!
//! // `echo` put a newline after the payload before it was signed.
//! let diagnosis = diagnose(&Question {
//!     payload: b"{}",
//!     token: "77dd090651077376a0246b2cf63e636d0bb8e4065c2b2d68d3e7668bab6cf717",
//!     secret: b"secret",
//!     other_secrets: &[],
//! });
//! assert_eq!(diagnosis.deviations, Some(vec![Deviation::PayloadFinalNewlineAdded]));
//! ```
//!
//! TIMING: this is for the person who holds the secret and chooses the tokens. Do
//! not use it in a receiver: nothing here takes constant time.

mod body;
mod bytes;
mod charset;
mod construction;
mod deviation;
mod hash;
mod hex;
mod hint;
mod json;
mod literal;
mod payload;
mod percent;
mod runtime;
mod secret;
mod signed;
mod token;
mod words;

use alloc::{string::String, vec::Vec};

use construction::{CONSTRUCTIONS, Construction, Hashing};
pub use construction::{Hash, Part};
pub use deviation::{Blame, Deviation};
pub use hint::{Hint, hints};
pub use runtime::Runtime;
pub use signed::Signed;
pub use token::Notation;

/// How unlikely a candidate may be, in all: the costs of its parts together. Where the
/// hash of the payload serves for all secrets, many more can be tried.
const MAX_COST: u8 = 3;
const QUICK_COST: u8 = 1;

/// Longer payloads, in bytes, are only tried as they are. Receivers refuse them by
/// default, and their variants would be megabytes each.
pub const MAX_PAYLOAD_BYTES: usize = 1 << 20;

/// The delivery to explain.
#[derive(Clone, Copy)]
pub struct Question<'q> {
    /// The payload, as it arrived.
    pub payload: &'q [u8],
    /// The token, as the header has it.
    pub token: &'q str,
    /// The secret that should be right.
    pub secret: &'q [u8],
    /// Other secrets with which the token might have been made.
    pub other_secrets: &'q [&'q [u8]],
}

impl core::fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Question(..)")
    }
}

/// How far a search may go before it returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// How many candidates are tried.
    pub candidates: u64,
    /// How many bytes are hashed, and written for variants of the payload.
    pub bytes: u64,
}

impl Budget {
    /// No limit.
    pub const ALL: Self = Self { candidates: u64::MAX, bytes: u64::MAX };
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// How the token was made, proved by the same digest. Empty if the token is
    /// valid, `None` if nothing was found.
    pub deviations: Option<Vec<Deviation>>,
    /// How many candidates were tried.
    pub tried: u64,
}

impl Diagnosis {
    /// Whether the token is valid: the right digest, in an accepted form.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.deviations.as_deref() == Some(&[])
    }

    /// Whether the token does not depend on a secret, so that anybody can make it.
    /// A weak token is never valid.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        let is_weak = |one: &Deviation| matches!(one, Deviation::PayloadOnly | Deviation::SecretPlaceholder);
        self.deviations.as_ref().is_some_and(|found| found.iter().any(is_weak))
    }
}

/// What a search tried: it combines the likely ones of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Searched {
    /// How many different forms of the payload were made.
    pub payloads: u32,
    /// How many different forms of the secrets there are.
    pub secrets: u32,
    /// How many ways to combine payload and secret make a digest as long as the token.
    pub constructions: u32,
    /// How many ways there are to read the token; 0 if it is no digest in any form.
    pub tokens: u32,
}

/// Searches until something is found or nothing is left to try.
#[must_use]
pub fn diagnose(question: &Question<'_>) -> Diagnosis {
    let mut search = Search::new(question);
    loop {
        if let Some(diagnosis) = search.go_on(Budget::ALL) {
            return diagnosis;
        }
    }
}

/// A search that the caller runs in steps.
///
/// ```
/// use mia_webhooks::diagnose::{Budget, Question, Search};
///
/// let question = Question { payload: b"{}", token: "0", secret: b"secret", other_secrets: &[] };
/// let mut search = Search::new(&question);
/// let diagnosis = loop {
///     if let Some(diagnosis) = search.go_on(Budget { candidates: 100, bytes: 1_000_000 }) {
///         break diagnosis;
///     }
///     // Here the caller can draw, or give up.
/// };
/// assert_eq!(diagnosis.deviations, None);
/// ```
pub struct Search {
    forms: payload::Forms,
    secrets: Vec<secret::Variant>,
    token: String,
    readings: Vec<token::Reading>,
    runtime: Runtime,
    /// The place of the payload's form, and the form once it is made.
    form: usize,
    current: Option<(payload::Made, Hashing)>,
    /// How unlikely the next construction and secret are together.
    cost: u8,
    /// The place of the next construction, and the next secret of the cost that is left.
    construction: usize,
    secret: usize,
    tried: u64,
    signed: Option<Signed>,
}

impl Search {
    /// Starts a search.
    #[must_use]
    pub fn new(question: &Question<'_>) -> Self {
        Self::with_runtime(question, Runtime::NATIVE)
    }

    /// Starts a search with other functions than Rust's own.
    #[must_use]
    pub fn with_runtime(question: &Question<'_>, runtime: Runtime) -> Self {
        let is_long = question.payload.len() > MAX_PAYLOAD_BYTES;
        let readings = token::readings(question.token);
        Self {
            forms: payload::Forms::of(question.payload.to_vec(), is_long),
            secrets: secret::variants(question.secret, question.other_secrets, runtime),
            token: question.token.into(),
            readings,
            runtime,
            form: 0,
            current: None,
            cost: 0,
            construction: 0,
            secret: 0,
            tried: 0,
            signed: None,
        }
    }

    /// How many candidates have been tried.
    #[must_use]
    pub const fn tried(&self) -> u64 {
        self.tried
    }

    /// What the search tried so far.
    #[must_use]
    pub fn searched(&self) -> Searched {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let is_possible = |construction: &&Construction| {
            self.readings.iter().any(|reading| reading.fits(construction.length()))
        };
        Searched {
            payloads: self.forms.made(),
            secrets: count(self.secrets.len()),
            constructions: count(CONSTRUCTIONS.iter().filter(is_possible).count()),
            tokens: count(self.readings.len()),
        }
    }

    /// What to look at where nothing is proved: as [`hints`] of the same question.
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        let secret = self.secrets.first().map_or(&[][..], |secret| &secret.bytes);
        hints(&Question { payload: self.forms.payload(), token: &self.token, secret, other_secrets: &[] })
    }

    /// What was signed in place of the payload and the secret, once it is proved. It holds
    /// the secret that the token was made with.
    #[must_use]
    pub const fn signed(&self) -> Option<&Signed> {
        self.signed.as_ref()
    }

    /// Tries candidates until the budget is spent, and returns the diagnosis once
    /// there is one. Every call makes progress, however small its budget.
    pub fn go_on(&mut self, budget: Budget) -> Option<Diagnosis> {
        let Budget { mut candidates, mut bytes } = budget;
        // Without a reading, the token cannot be any digest.
        while !self.readings.is_empty() && self.form < self.forms.count() {
            if self.current.is_none() {
                // Making a form takes as long as hashing one.
                bytes = bytes.saturating_sub(self.forms.length(self.form) as u64);
                if let Some(made) = self.forms.make(self.form, self.runtime) {
                    bytes = bytes.saturating_sub(made.bytes.len() as u64);
                    let hashing = Hashing::of(&made.bytes);
                    self.current = Some((made, hashing));
                } else {
                    self.next_form();
                }
                if bytes == 0 {
                    return None;
                }
            }
            let Some((made, hashing)) = self.current.take() else { continue };
            while let Some((construction, place)) = self.next_candidate(made.cost) {
                let secret = &self.secrets[place];
                let digest = construction.digest(&made.bytes, &hashing, &secret.bytes);
                self.tried += 1;
                if let Some(reading) = self.readings.iter().find(|reading| reading.stands_for(&digest)) {
                    let mut found = self.forms.deviations(&made, self.runtime);
                    // With an empty secret the payload alone was hashed.
                    let is_payload_alone = secret.bytes.is_empty() && construction.deviations.is_empty();
                    if is_payload_alone {
                        found.push(Deviation::PayloadOnly);
                    } else if !construction.is_without_secret() {
                        deviation::extend(&mut found, &secret.deviations);
                    }
                    deviation::extend(&mut found, construction.deviations);
                    deviation::extend(&mut found, &reading.deviations);
                    self.signed = Some(Signed {
                        payload: made.bytes,
                        secret: secret.bytes.clone(),
                        parts: construction.parts,
                        is_keyed: construction.is_keyed,
                        hash: construction.hash,
                        notation: reading.notation(),
                    });
                    self.form = self.forms.count();
                    return Some(Diagnosis { deviations: Some(found), tried: self.tried });
                }
                candidates = candidates.saturating_sub(1);
                let of_payload = if construction.is_quick() { 0 } else { made.bytes.len() };
                // Even the shortest text takes a block or two.
                bytes = bytes.saturating_sub((of_payload + secret.bytes.len() + 64) as u64);
                if candidates == 0 || bytes == 0 {
                    self.current = Some((made, hashing));
                    return None;
                }
            }
            self.next_form();
        }
        Some(Diagnosis { deviations: None, tried: self.tried })
    }

    const fn next_form(&mut self) {
        (self.cost, self.construction, self.secret) = (0, 0, 0);
        self.form += 1;
    }

    /// The next pair beside a form of this cost, the likeliest first.
    #[inline(never)]
    fn next_candidate(&mut self, of_form: u8) -> Option<(&'static Construction, usize)> {
        let most = MAX_COST + if of_form > 1 { 0 } else { QUICK_COST };
        while self.cost + of_form <= most {
            while let Some(construction) = CONSTRUCTIONS.get(self.construction) {
                if let Some(place) = self.next_secret(construction, of_form) {
                    return Some((construction, place));
                }
                self.construction += 1;
                self.secret = 0;
            }
            self.construction = 0;
            self.cost += 1;
        }
        None
    }

    /// The next secret with which a candidate has exactly the cost of this round.
    #[inline(never)]
    fn next_secret(&mut self, construction: &Construction, of_form: u8) -> Option<usize> {
        let fitting = self.readings.iter().filter(|reading| reading.fits(construction.length()));
        let of_token = fitting.map(token::Reading::cost).min()?;
        let cost = self.cost.checked_sub(construction.cost + of_token)?;
        let is_too_long = !construction.is_quick() && self.cost + of_form > MAX_COST;
        // If the digest does not depend on the secret, one secret is enough.
        if is_too_long || construction.is_without_secret() && (cost > 0 || self.secret > 0) {
            return None;
        }
        let first = self.secrets.partition_point(|secret| secret.cost < cost);
        let place = first + self.secret;
        self.secret += 1;
        self.secrets.get(place).filter(|secret| secret.cost == cost).map(|_| place)
    }
}

impl core::fmt::Debug for Search {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Search").field("tried", &self.tried).finish_non_exhaustive()
    }
}
