//! The border of the `diagnose` module: bytes in, places in the tables of
//! deviations and hints out. Their sentences stay outside: the package gets them
//! from the same tables.

use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::diagnose::{Budget, Diagnosis, Question, Search, hints};

/// A search that runs in steps.
#[wasm_bindgen]
pub struct Diagnosing {
    search: Search<'static>,
    hints: Vec<u8>,
    diagnosis: Option<Diagnosis>,
}

#[wasm_bindgen]
impl Diagnosing {
    /// `secrets` is all secrets one after the other, and `lengths` the length of
    /// each, in bytes. The first is the one that should be right.
    #[wasm_bindgen(constructor)]
    pub fn new(payload: &[u8], token: &str, secrets: Vec<u8>, lengths: &[u32]) -> Self {
        // Wiped when dropped.
        let secrets = zeroize::Zeroizing::new(secrets);
        let mut rest = secrets.as_slice();
        let mut parts = Vec::new();
        for length in lengths {
            let (part, after) = rest.split_at_checked(*length as usize).unwrap_or((rest, &[]));
            parts.push(part);
            rest = after;
        }
        let (secret, other_secrets) =
            parts.split_first().map_or((&[][..], &[][..]), |(first, others)| (*first, others));
        let question = Question { payload, token, secret, other_secrets };
        let hints = hints(&question).into_iter().map(|hint| hint as u8).collect();
        Self { search: Search::new(&question).into_owned(), hints, diagnosis: None }
    }

    /// Goes on, and returns whether the search is over.
    pub fn go_on(&mut self, candidates: u32, bytes: u32) -> bool {
        self.diagnosis = self.search.go_on(Budget { candidates: candidates.into(), bytes: bytes.into() });
        self.diagnosis.is_some()
    }

    /// The deviations that are proved, as places in their table; `None` if nothing
    /// was found.
    pub fn found(&self) -> Option<Vec<u8>> {
        let found = self.diagnosis.as_ref()?.deviations.as_ref()?;
        Some(found.iter().map(|deviation| *deviation as u8).collect())
    }

    /// Whether anybody can make the token.
    pub fn is_weak(&self) -> bool {
        self.diagnosis.as_ref().is_some_and(Diagnosis::is_weak)
    }

    /// The hints, as places in their table.
    pub fn hints(&self) -> Vec<u8> {
        self.hints.clone()
    }

    /// How many candidates have been tried.
    pub fn tried(&self) -> u32 {
        u32::try_from(self.search.tried()).unwrap_or(u32::MAX)
    }
}
