//! Why does this token not match?
//!
//! The search hashes candidates (variant of the payload × variant of the secret ×
//! construction), fewest deviations first. A candidate with the token's digest is
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

mod base64;
mod construction;
mod deviation;
mod hint;
mod json;
mod payload;
mod secret;
mod token;

use alloc::{borrow::Cow, vec::Vec};

use construction::{CONSTRUCTIONS, Construction};
pub use deviation::{Blame, Deviation};
pub use hint::{Hint, hints};

/// The search does not combine more deviations than this.
const MAX_DEVIATIONS: usize = 3;

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
pub struct Search<'q> {
    payload: Cow<'q, [u8]>,
    secrets: Vec<secret::Variant>,
    readings: Vec<token::Reading>,
    /// How many deviations each candidate has in this round.
    deviations: usize,
    /// The place of the payload's variant, and its bytes once they are made.
    variant: usize,
    current: Option<Vec<u8>>,
    /// The places of the next construction and secret.
    construction: usize,
    secret: usize,
    tried: u64,
}

impl<'q> Search<'q> {
    /// Starts a search.
    #[must_use]
    pub fn new(question: &Question<'q>) -> Self {
        Self {
            payload: Cow::Borrowed(question.payload),
            secrets: secret::variants(question.secret, question.other_secrets),
            readings: token::readings(question.token),
            deviations: 0,
            variant: 0,
            current: None,
            construction: 0,
            secret: 0,
            tried: 0,
        }
    }

    /// The same search with a copy of the payload.
    #[must_use]
    pub fn into_owned(self) -> Search<'static> {
        Search { payload: Cow::Owned(self.payload.into_owned()), ..self }
    }

    /// How many candidates have been tried.
    #[must_use]
    pub const fn tried(&self) -> u64 {
        self.tried
    }

    /// Tries candidates until the budget is spent, and returns the diagnosis once
    /// there is one. Every call makes progress, however small its budget.
    pub fn go_on(&mut self, budget: Budget) -> Option<Diagnosis> {
        let Budget { mut candidates, mut bytes } = budget;
        // Without a reading, the token cannot be any digest.
        while !self.readings.is_empty() && self.deviations <= MAX_DEVIATIONS {
            if self.current.is_none() {
                if !self.variant_fits() {
                    self.next_variant();
                    continue;
                }
                // Making a variant takes as long as hashing one.
                self.current = payload::VARIANTS[self.variant].of(&self.payload);
                bytes = bytes.saturating_sub(self.payload.len() as u64);
                if self.current.is_none() {
                    self.next_variant();
                }
                if bytes == 0 {
                    return None;
                }
            }
            let Some(payload) = self.current.take() else { continue };
            while let Some((construction, secret)) = self.next_candidate() {
                let secret = &self.secrets[secret];
                let digest = construction.digest(&payload, &secret.bytes);
                self.tried += 1;
                if let Some(reading) = self.readings.iter().find(|reading| reading.stands_for(&digest)) {
                    let found = payload::VARIANTS[self.variant].deviations.iter().copied();
                    let found = found.chain(secret.deviation).chain(construction.deviations.iter().copied());
                    // With an empty secret the payload alone was hashed.
                    let is_payload_alone = secret.bytes.is_empty() && construction.deviations.is_empty();
                    let found = found.chain(is_payload_alone.then_some(Deviation::PayloadOnly));
                    let found = found.chain(reading.deviations.iter().copied()).collect();
                    return Some(Diagnosis { deviations: Some(found), tried: self.tried });
                }
                candidates = candidates.saturating_sub(1);
                bytes = bytes.saturating_sub((payload.len() + secret.bytes.len()) as u64);
                if candidates == 0 || bytes == 0 {
                    self.current = Some(payload);
                    return None;
                }
            }
            self.next_variant();
        }
        Some(Diagnosis { deviations: None, tried: self.tried })
    }

    fn variant_fits(&self) -> bool {
        let is_short = self.variant == 0 || self.payload.len() <= MAX_PAYLOAD_BYTES;
        is_short && payload::VARIANTS[self.variant].deviations.len() <= self.deviations
    }

    fn next_variant(&mut self) {
        (self.construction, self.secret) = (0, 0);
        self.variant += 1;
        if self.variant == payload::VARIANTS.len() {
            self.variant = 0;
            self.deviations += 1;
        }
    }

    /// The next pair whose deviations, together with those of the payload's
    /// variant, are as many as this round looks for.
    fn next_candidate(&mut self) -> Option<(&'static Construction, usize)> {
        let left = self.deviations - payload::VARIANTS[self.variant].deviations.len();
        while let Some(construction) = CONSTRUCTIONS.get(self.construction) {
            let of_secret = left.checked_sub(construction.deviations.len());
            let fits = self.readings.iter().any(|reading| reading.fits(construction.length()));
            // If the digest does not depend on the secret, one secret is enough.
            let is_needless = construction.is_without_secret() && of_secret != Some(0);
            if fits && !is_needless {
                while self.secret < self.secrets.len() {
                    let place = self.secret;
                    self.secret += 1;
                    if Some(usize::from(self.secrets[place].deviation.is_some())) == of_secret {
                        return Some((construction, place));
                    }
                }
            }
            self.construction += 1;
            self.secret = 0;
        }
        None
    }
}

impl core::fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Search").field("tried", &self.tried).finish_non_exhaustive()
    }
}
