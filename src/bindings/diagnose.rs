//! The border of the `diagnose` module: bytes in, places in the tables of
//! deviations and hints out. Their sentences stay outside: the package gets them
//! from the same tables.

use alloc::{string::String, vec::Vec};

use wasm_bindgen::prelude::wasm_bindgen;

use crate::diagnose::{Budget, Diagnosis, Question, Runtime, Search, Signed};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Number)]
    fn number(text: &str) -> f64;
    #[wasm_bindgen(js_name = String)]
    fn string(number: f64) -> String;

    // Called like this, it needs no table of values of JavaScript.
    #[wasm_bindgen(js_namespace = ["String", "prototype", "normalize"], js_name = call)]
    fn normalize(text: &str, form: &str) -> String;
}

/// JavaScript's own functions.
const RUNTIME: Runtime = Runtime {
    normalised: |text, is_composed| {
        let form = if is_composed { "NFC" } else { "NFD" };
        normalize(text, form)
    },
    shortest_double: |text| {
        let double = number(text);
        double.is_finite().then(|| string(double))
    },
};

/// A search that runs in steps.
#[wasm_bindgen]
pub struct Diagnosing {
    search: Search,
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
        Self { search: Search::with_runtime(&question, RUNTIME), diagnosis: None }
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
        let mut places = Vec::with_capacity(8);
        for hint in self.search.hints() {
            places.push(hint as u8);
        }
        places
    }

    /// How many candidates have been tried.
    pub fn tried(&self) -> u32 {
        u32::try_from(self.search.tried()).unwrap_or(u32::MAX)
    }

    /// How many forms of the payload, of the secret, ways to combine them and readings of
    /// the token there were.
    pub fn searched(&self) -> Vec<u32> {
        let searched = self.search.searched();
        [searched.payloads, searched.secrets, searched.constructions, searched.tokens].to_vec()
    }

    /// The payload that was signed; `None` if nothing is proved.
    pub fn signed_payload(&self) -> Option<Vec<u8>> {
        self.search.signed().map(|signed| signed.payload.clone())
    }

    /// The secret that it was signed with.
    pub fn signed_secret(&self) -> Option<Vec<u8>> {
        self.search.signed().map(|signed| signed.secret.to_vec())
    }

    /// The bytes between the two.
    pub fn signed_between(&self) -> Option<Vec<u8>> {
        self.search.signed().map(|signed| signed.between().to_vec())
    }

    /// The parts in their order, by place in the package's table; then whether it is an HMAC,
    /// the hash function and the notation.
    pub fn signed_order(&self) -> Option<Vec<u8>> {
        let Signed { parts, is_keyed, hash, notation, .. } = self.search.signed()?;
        let mut order = Vec::with_capacity(8);
        for part in *parts {
            order.push(part.place());
        }
        for place in [u8::from(*is_keyed), *hash as u8, *notation as u8] {
            order.push(place);
        }
        Some(order)
    }
}
