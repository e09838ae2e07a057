//! Runs the fuzzer's checks (fuzz/README.md) on its seeds and mutations of them.

use std::fs;

#[expect(unreachable_pub, reason = "public in the fuzzer's own crate")]
#[path = "../../fuzz/bodies.rs"]
mod bodies;

/// Pseudo-random numbers, the same in every run: xorshift32.
pub(crate) struct Random(u32);

impl Random {
    pub(crate) const fn new() -> Self {
        Self(0x9e37_79b9)
    }

    pub(crate) const fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % end
    }

    /// The bytes with one of them set, inserted or deleted.
    pub(crate) fn mutate(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let at = self.below(bytes.len());
        let byte = self.below(256).to_le_bytes()[0];
        match self.below(3) {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => drop(bytes.remove(at)),
        }
        bytes
    }
}

fn seeds(folder: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn try_mutations(body: fn(&[u8]), seeds: &[Vec<u8>], each: usize) {
    let mut random = Random::new();
    for seed in seeds {
        body(seed);
        for _ in 0..each {
            body(&random.mutate(seed));
        }
    }
}

#[test]
fn holds_for_records() {
    try_mutations(bodies::json, &seeds("fuzz/seeds/json"), 20);
}

#[test]
fn holds_for_tokens() {
    try_mutations(bodies::diagnose_token, &seeds("fuzz/seeds/diagnose"), 1);
}

#[test]
#[ignore = "takes seconds: cargo xtask test runs it, optimised"]
fn holds_for_many_tokens() {
    try_mutations(bodies::diagnose_token, &seeds("fuzz/seeds/diagnose"), 60);
}

#[test]
fn holds_for_addresses() {
    try_mutations(bodies::url, &seeds("fuzz/seeds/url"), 30);
}

#[test]
fn holds_for_certificates() {
    try_mutations(bodies::certificate, &seeds("fuzz/seeds/certificate"), 12);
}
