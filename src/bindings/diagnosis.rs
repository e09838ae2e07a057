//! The border of the diagnosis: bytes in, places in the tables of deviations and
//! hints out. Their texts stay outside: the package has them from the same tables.

use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::diagnose::{Budget, Diagnosis, Question, Search, hints};

/// A search that goes on where it stopped.
#[wasm_bindgen]
pub struct Diagnosing {
    search: Search<'static>,
    hints: Vec<u8>,
    diagnosis: Option<Diagnosis>,
}

#[wasm_bindgen]
impl Diagnosing {
    /// `secrets` one behind the other, and the length of each, in bytes; the
    /// first is the one that should be right.
    #[wasm_bindgen(constructor)]
    pub fn new(payload: &[u8], token: &str, secrets: Vec<u8>, lengths: &[u32]) -> Self {
        // Wiped when it is dropped.
        let secrets = zeroize::Zeroizing::new(secrets);
        let mut rest = secrets.as_slice();
        let mut parts = Vec::new();
        for length in lengths {
            let (part, behind) = rest.split_at_checked(*length as usize).unwrap_or((rest, &[]));
            parts.push(part);
            rest = behind;
        }
        let (secret, other_secrets) =
            parts.split_first().map_or((&[][..], &[][..]), |(first, others)| (*first, others));
        let question = Question { payload, token, secret, other_secrets };
        let hints = hints(&question).into_iter().map(|hint| hint as u8).collect();
        Self { search: Search::new(&question).into_owned(), hints, diagnosis: None }
    }

    /// Goes on, and tells whether it is over.
    pub fn go_on(&mut self, candidates: u32, bytes: u32) -> bool {
        self.diagnosis = self.search.go_on(Budget { candidates: candidates.into(), bytes: bytes.into() });
        self.diagnosis.is_some()
    }

    /// What is proved, as places in the table; nothing where nothing was found.
    pub fn found(&self) -> Option<Vec<u8>> {
        let found = self.diagnosis.as_ref()?.deviations.as_ref()?;
        Some(found.iter().map(|deviation| *deviation as u8).collect())
    }

    /// Whether everybody can make the token.
    pub fn is_weak(&self) -> bool {
        self.diagnosis.as_ref().is_some_and(Diagnosis::is_weak)
    }

    /// What is conspicuous, as places in its table.
    pub fn hints(&self) -> Vec<u8> {
        self.hints.clone()
    }

    /// How many candidates were tried.
    pub fn tried(&self) -> u32 {
        u32::try_from(self.search.tried()).unwrap_or(u32::MAX)
    }
}
